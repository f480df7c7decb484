public import XML

// The instance as XML: pruned for handing in, complete for a draft.

extension Answers {
  private enum Purpose {
    /// Relevant, non-empty, kept; codes with system, version and label.
    case handingIn
    /// Relevant, empty or not: what ODK's servers get.
    case submission
    /// Everything.
    case draft
  }

  /// The document to hand in: relevant, non-empty, kept fields in the namespace of the form; a coded value has the
  /// attributes `codeSystem`, `codeSystemVersion` and `display` (in `language`) of the list in force.
  ///
  /// Ask `problems()` first: this writes whatever there is.
  public func xml() -> Element {
    root(for: .handingIn, attributes: [Attribute("version", value: form.version)])
  }

  /// Everything that was typed, also what is not relevant now, so that nothing is lost until the form is handed in.
  public func draft() -> Element {
    let version = tree.attribute("version", of: rootNode) == nil ? form.version : ""
    let own = version.isEmpty ? [] : [Attribute("version", value: version)]
    return root(for: .draft, attributes: own + [Attribute("draft", value: "true")])
  }

  /// The submission of ODK XForms: every relevant node, empty ones too.
  public func submission() -> Element { root(for: .submission, attributes: []) }

  private func root(for purpose: Purpose, attributes: [Attribute]) -> Element {
    var root =
      element(of: rootNode, for: purpose)
      ?? Element(form.fields[0].name, namespace: form.fields[0].namespace)
    if form.fields[0].prefix.isEmpty, !root.namespace.isEmpty {
      root.declarations = [NamespaceDeclaration(prefix: "", uri: root.namespace)]
    }
    root.attributes = attributes + root.attributes
    return root
  }

  private func element(of node: Int32, for purpose: Purpose) -> Element? {
    guard let field = field(of: node) else { return nil }
    guard purpose == .draft || isRelevant(node), purpose != .handingIn || field.isKept else {
      return nil
    }
    var element = Element(field.name, namespace: field.namespace, prefix: field.prefix)
    element.attributes = attributes(of: node, for: purpose)
    if field.children.allSatisfy({ form.fields[$0].isAttribute }) {
      let text = text(of: node)
      if text.isEmpty { return purpose == .handingIn ? nil : element }
      element.children = [.text(text)]
      if purpose == .handingIn { element.attributes += codeAttributes(of: text, field) }
      return element
    }
    element.children = environment.primary[node].children.compactMap {
      self.element(of: $0, for: purpose).map { .element($0) }
    }
    let isEmpty = element.children.isEmpty && node != rootNode
    return isEmpty && purpose == .handingIn ? nil : element
  }

  private func attributes(of node: Int32, for purpose: Purpose) -> [Attribute] {
    environment.primary[node].attributes.compactMap { number in
      let record = environment.primary[number]
      guard purpose == .draft || !record.isHidden else { return nil }
      return Attribute(
        record.name, namespace: record.namespace, prefix: record.prefix, value: record.value)
    }
  }

  private func codeAttributes(of text: String, _ field: Field) -> [Attribute] {
    guard let list = form.codeLists[field.number] else { return [] }
    let codes = field.selection == .one ? [text] : tokens(text).map(String.init)
    let labels = codes.compactMap { list.label(of: $0, in: language) }
    return [
      Attribute("codeSystem", value: list.system),
      Attribute("codeSystemVersion", value: list.version),
      Attribute("display", value: labels.joined(separator: "; ")),
    ]
  }
}
