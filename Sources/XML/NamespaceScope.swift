/// The namespace declarations in force while writing (Namespaces in XML 1.0, clause 6).
struct NamespaceScope: Sendable {
  static let xml = "http://www.w3.org/XML/1998/namespace"

  private var declared: [NamespaceDeclaration] = []

  var count: Int { declared.count }

  func declarations(since mark: Int) -> ArraySlice<NamespaceDeclaration> { declared[mark...] }

  mutating func remove(downTo mark: Int) { declared.removeSubrange(mark...) }

  /// What `prefix` means here; `nil` when it is not declared.
  func uri(of prefix: String) -> String? {
    if let found = declared.last(where: { $0.prefix == prefix }) { return found.uri }
    return prefix.isEmpty ? "" : prefix == "xml" ? Self.xml : nil
  }

  /// Declares what `element` declares and whatever else its names need.
  ///
  /// - Returns: the qualified names to write.
  mutating func enter(_ element: Element) -> (element: String, attributes: [String]) {
    let mark = declared.count
    for declaration in element.declarations where declaration.isAllowed {
      if !declared[mark...].contains(where: { $0.prefix == declaration.prefix }) {
        declared.append(declaration)
      }
    }
    let prefix = self.prefix(
      for: element.namespace, preferred: element.prefix, declaringSince: mark, isAttribute: false)
    let attributes = element.attributes.map {
      let prefix = self.prefix(
        for: $0.namespace, preferred: $0.prefix, declaringSince: mark, isAttribute: true)
      return qualified($0.name, prefix)
    }
    return (qualified(element.name, prefix), attributes)
  }

  private func qualified(_ name: String, _ prefix: String) -> String {
    prefix.isEmpty ? name : "\(prefix):\(name)"
  }

  /// A prefix that means `uri`: the preferred one where possible, else one in force, else a new one, `ns1` and so on.
  private mutating func prefix(
    for uri: String, preferred: String, declaringSince mark: Int, isAttribute: Bool
  ) -> String {
    if uri == Self.xml { return "xml" }
    if uri.isEmpty {
      if !isAttribute, self.uri(of: "") != "" { declareDefault("", since: mark) }
      return ""
    }
    let fits = !(isAttribute && preferred.isEmpty) && preferred != "xml" && preferred != "xmlns"
    if fits, self.uri(of: preferred) == uri { return preferred }
    if fits, !declared[mark...].contains(where: { $0.prefix == preferred }) {
      declared.append(NamespaceDeclaration(prefix: preferred, uri: uri))
      return preferred
    }
    if let other = declared.last(where: {
      $0.uri == uri && !(isAttribute && $0.prefix.isEmpty) && self.uri(of: $0.prefix) == uri
    }) {
      return other.prefix
    }
    var number = 1
    while self.uri(of: "ns\(number)") != nil { number += 1 }
    declared.append(NamespaceDeclaration(prefix: "ns\(number)", uri: uri))
    return "ns\(number)"
  }

  /// An element without namespace cannot stand under a default namespace that it declares itself: its own one goes.
  private mutating func declareDefault(_ uri: String, since mark: Int) {
    if let own = declared[mark...].firstIndex(where: { $0.prefix.isEmpty }) {
      declared[own].uri = uri
    } else {
      declared.append(NamespaceDeclaration(prefix: "", uri: uri))
    }
  }
}

extension NamespaceDeclaration {
  fileprivate var isAllowed: Bool {
    prefix != "xml" && prefix != "xmlns" && (prefix.isEmpty || !uri.isEmpty)
  }
}
