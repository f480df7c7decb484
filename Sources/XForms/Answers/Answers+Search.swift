import Diagnostics

extension Answers {
  /// The choices of a question that `words` lead to: first codes that begin so, then labels in any language in which
  /// some word begins with each of the typed ones.
  ///
  /// Long lists are searched through an index that the first search of a list makes.
  /// - Throws: `FORM015` when there is no question at `path`.
  public func choices(
    at path: String, matching words: String, limit: Int = 20
  ) throws -> [Choice] {
    guard let node = node(at: path), let field = field(of: node) else {
      throw Diagnostic("FORM015", ["path": path])
    }
    if let found = try indexed(field, node, words, limit: limit) { return found }
    let offered = try choices(at: path)
    let wanted = SearchText.words(words)
    guard !wanted.isEmpty else { return Array(offered.prefix(limit)) }
    let start = SearchText.folded(words.filter { !$0.isWhitespace })
    let byCode = offered.filter { SearchText.folded($0.value).hasPrefix(start) }
    let byWords = offered.filter { choice in
      let known = labels(of: choice, field).flatMap(SearchText.words)
      return !byCode.contains(choice)
        && wanted.allSatisfy { word in known.contains { $0.hasPrefix(word) } }
    }
    return Array((byCode + byWords).prefix(limit))
  }

  private func labels(of choice: Choice, _ field: Field) -> [String] {
    guard let list = form.codeLists[field.number] else { return [choice.label] }
    return form.languages.compactMap { list.label(of: choice.value, in: $0) }
  }

  /// By the index of the list; `nil` when the choices are not simply its entries.
  private func indexed(
    _ field: Field, _ node: Int32, _ text: String, limit: Int
  ) throws -> [Choice]? {
    guard let list = form.codeLists[field.number],
      case .nodes(let nodeset, _, .languageColumn)? = form.choiceSources[field.number],
      case .path(let path) = nodeset.term, let name = path.listName,
      let filters = path.entryFilters, let document = environment.instances[name]?.document
    else { return nil }
    var evaluator = XPathEvaluator(environment, current: NodeReference(node: node))
    let column = list.table.column(language) ?? 0
    var found: [Choice] = []
    for row in list.candidates(text, form.languages) where found.count < limit {
      let item = NodeReference(document: document, node: list.table.item(row))
      var isOffered = true
      for filter in filters where isOffered {
        let value = try evaluator.evaluate(filter, .init(node: item))
        if case .number = value { return nil }  // a position among all entries
        isOffered = evaluator.boolean(value)
      }
      if isOffered {
        let cell = { (column: Int) in list.table.cell(Int(row), column) }
        found.append(Choice(value: cell(list.table.column("code") ?? 0), label: cell(column)))
      }
    }
    return found
  }
}

extension CodeList {
  /// The rows that `text` leads to, best first; all when it says nothing.
  fileprivate func candidates(_ text: String, _ languages: [String]) -> [Int32] {
    let wanted = SearchText.words(text)
    guard !wanted.isEmpty else { return (0..<table.rowCount).map { Int32(clamping: $0) } }
    let index = table.words(in: languages)
    let byCode = index.rows(
      codesBeginning: SearchText.folded(text.filter { !$0.isWhitespace }))
    let known = Set(byCode)
    return byCode + index.rows(words: wanted).filter { !known.contains($0) }
  }
}

extension XPathPath {
  /// The conditions in `instance('list')/root/item[…]`; `nil` for any other path, and for positions.
  fileprivate var entryFilters: [XPathTerm]? {
    guard steps.count == 2, steps[0].predicates.isEmpty, case .term(_, let first) = start,
      first.isEmpty, steps.allSatisfy({ $0.axis == .child })
    else { return nil }
    let filters = steps[1].predicates
    let isPlain = filters.allSatisfy {
      $0.functions.isDisjoint(with: [.position, .last])
    }
    return isPlain ? filters : nil
  }
}
