/// The name of an element or attribute as it is written; the many that a document has of each share one.
@usableFromInline final class TagName: Hashable, Sendable {
  /// The local name, without prefix.
  @usableFromInline let name: String
  /// Empty: none.
  @usableFromInline let namespace: String
  /// Empty: none.
  @usableFromInline let prefix: String

  @usableFromInline init(_ name: String, namespace: String, prefix: String) {
    self.name = name
    self.namespace = namespace
    self.prefix = prefix
  }

  @usableFromInline static func == (left: TagName, right: TagName) -> Bool {
    left === right
      || left.name == right.name && left.namespace == right.namespace
        && left.prefix == right.prefix
  }

  @usableFromInline func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(prefix)
  }
}
