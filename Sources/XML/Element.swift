public import Diagnostics

/// An element with all that is in it, as plain values: no pointer into libxml2, safe to keep and to send.
///
/// White space, comments, CDATA sections and prefixes are kept, so that a file can be written back.
public struct Element: Hashable, Sendable {
  /// The local name, without prefix.
  public var name: String
  /// The namespace name; empty: none.
  public var namespace: String
  /// As written; empty: none. The namespace is what counts.
  public var prefix: String
  public var attributes: [Attribute]
  /// The namespaces declared on this element; writing adds those that are missing.
  public var declarations: [NamespaceDeclaration]
  public var children: [Node]
  /// Where the start tag begins; not part of `==`.
  public var location: SourceLocation?

  public init(
    _ name: String, namespace: String = "", prefix: String = "", attributes: [Attribute] = [],
    declarations: [NamespaceDeclaration] = [], children: [Node] = [],
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.namespace = namespace
    self.prefix = prefix
    self.attributes = attributes
    self.declarations = declarations
    self.children = children
    self.location = location
  }

  public static func == (left: Element, right: Element) -> Bool {
    left.name == right.name && left.namespace == right.namespace && left.prefix == right.prefix
      && left.attributes == right.attributes && left.declarations == right.declarations
      && left.children == right.children
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(prefix)
    hasher.combine(attributes)
    hasher.combine(declarations)
    hasher.combine(children)
  }
}
