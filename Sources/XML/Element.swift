public import Diagnostics
public import Synchronization

/// An element with all that is in it, as plain values: no pointer into libxml2, safe to keep and to send.
///
/// White space, comments, CDATA sections and prefixes are kept, so that a file can be written back.
public struct Element: Hashable, Sendable {
  /// Shared by copies until one of them is changed, so that handing an element on costs one reference.
  @usableFromInline var parts: Parts

  /// The local name, without prefix.
  @inlinable public var name: String {
    get { parts.name }
    _modify { yield &unshared.name }
  }
  /// The namespace name; empty: none.
  @inlinable public var namespace: String {
    get { parts.namespace }
    _modify { yield &unshared.namespace }
  }
  /// As written; empty: none. The namespace is what counts.
  @inlinable public var prefix: String {
    get { parts.prefix }
    _modify { yield &unshared.prefix }
  }
  @inlinable public var attributes: [Attribute] {
    get { parts.attributes }
    _modify { yield &unshared.storedAttributes }
  }
  /// The namespaces declared on this element; writing adds those that are missing.
  @inlinable public var declarations: [NamespaceDeclaration] {
    get { parts.declarations }
    _modify { yield &unshared.storedDeclarations }
  }
  @inlinable public var children: [Node] {
    get { parts.children }
    _modify { yield &unshared.storedChildren }
  }
  /// Where the start tag begins; not part of `==`.
  @inlinable public var location: SourceLocation? {
    get { parts.location }
    _modify { yield &unshared.location }
  }

  public init(
    _ name: String, namespace: String = "", prefix: String = "", attributes: [Attribute] = [],
    declarations: [NamespaceDeclaration] = [], children: [Node] = [],
    location: SourceLocation? = nil
  ) {
    parts = Parts(
      name: name, namespace: namespace, prefix: prefix, attributes: attributes,
      declarations: declarations, children: children, location: location)
  }

  /// An element as a parser met it.
  init(_ place: XMLTape.Place) { parts = Parts(place) }

  /// Where it lies on a tape; `nil` for one that a program made or changed.
  var place: XMLTape.Place? { parts.place }

  /// Where it lies on a tape, as long as nobody has looked at its parts.
  var unopened: XMLTape.Place? {
    parts.isOpen.load(ordering: .acquiring) ? nil : parts.place
  }

  /// The parts, of this copy alone.
  @usableFromInline var unshared: Parts {
    mutating get {
      if parts.place != nil || !isKnownUniquelyReferenced(&parts) { parts = Parts(parts) }
      return parts
    }
  }

  public static func == (left: Element, right: Element) -> Bool {
    left.parts === right.parts
      || left.name == right.name && left.namespace == right.namespace
        && left.prefix == right.prefix && left.attributes == right.attributes
        && left.declarations == right.declarations && left.children == right.children
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

extension Element {
  /// What an element consists of. Never changed while two elements share it, but for being opened, which the lock of its
  /// tape and `isOpen` keep apart from reading: this is why it may be sent.
  @usableFromInline final class Parts: @unchecked Sendable {
    @exclusivity(unchecked) @usableFromInline var name: String
    @exclusivity(unchecked) @usableFromInline var namespace: String
    @exclusivity(unchecked) @usableFromInline var prefix: String
    @exclusivity(unchecked) @usableFromInline var storedAttributes: [Attribute] = []
    @exclusivity(unchecked) @usableFromInline var storedDeclarations: [NamespaceDeclaration] = []
    @exclusivity(unchecked) @usableFromInline var storedChildren: [Node] = []
    @exclusivity(unchecked) @usableFromInline var location: SourceLocation?
    /// What is stored has been taken from the tape, or was never there.
    @usableFromInline let isOpen: Atomic<Bool>
    let place: XMLTape.Place?

    init(
      name: String, namespace: String, prefix: String, attributes: [Attribute],
      declarations: [NamespaceDeclaration], children: [Node], location: SourceLocation?
    ) {
      self.name = name
      self.namespace = namespace
      self.prefix = prefix
      self.location = location
      isOpen = Atomic(true)
      place = nil
      storedAttributes = attributes
      storedDeclarations = declarations
      storedChildren = children
    }

    convenience init(_ other: Parts) {
      self.init(
        name: other.name, namespace: other.namespace, prefix: other.prefix,
        attributes: other.attributes, declarations: other.declarations, children: other.children,
        location: other.location)
    }

    init(_ place: XMLTape.Place) {
      let entry = place.entry
      name = place.tape.string(entry.name)
      namespace = place.tape.string(entry.namespace)
      prefix = place.tape.string(entry.prefix)
      location = place.tape.location(of: entry)
      isOpen = Atomic(false)
      self.place = place
    }

    @inlinable var attributes: [Attribute] {
      if !isOpen.load(ordering: .acquiring) { open() }
      return storedAttributes
    }
    @inlinable var declarations: [NamespaceDeclaration] {
      if !isOpen.load(ordering: .acquiring) { open() }
      return storedDeclarations
    }
    @inlinable var children: [Node] {
      if !isOpen.load(ordering: .acquiring) { open() }
      return storedChildren
    }

    /// Takes from the tape what is directly in the element.
    @usableFromInline @inline(never) func open() {
      guard let place else { return }
      place.tape.whileOpening {
        guard !isOpen.load(ordering: .relaxed) else { return }
        storedAttributes = place.tape.attributes(of: place.index)
        storedDeclarations = place.tape.declarations(of: place.index)
        storedChildren = place.tape.children(of: place.index)
        isOpen.store(true, ordering: .releasing)
      }
    }
  }
}
