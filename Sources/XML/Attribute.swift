/// One attribute of an element (XML 1.0, clause 3.1), its value normalised and unescaped.
public struct Attribute: Hashable, Sendable {
  /// The local name, without prefix.
  public var name: String
  /// The namespace name; empty: none.
  public var namespace: String
  /// As written; empty: none. The namespace is what counts.
  public var prefix: String
  public var value: String

  public init(_ name: String, namespace: String = "", prefix: String = "", value: String) {
    self.name = name
    self.namespace = namespace
    self.prefix = prefix
    self.value = value
  }
}

/// `xmlns:prefix="uri"`, kept where it was written so that a file is written back as it came.
public struct NamespaceDeclaration: Hashable, Sendable {
  /// Empty: the default namespace.
  public var prefix: String
  /// Empty, only together with an empty prefix: no default namespace from here on.
  public var uri: String

  public init(prefix: String, uri: String) {
    self.prefix = prefix
    self.uri = uri
  }
}

/// A name in a namespace, such as that of the seal's element.
public struct ElementName: Hashable, Sendable {
  public var name: String
  public var namespace: String

  public init(_ name: String, in namespace: String) {
    self.name = name
    self.namespace = namespace
  }
}
