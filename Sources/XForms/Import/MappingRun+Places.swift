import Diagnostics

// Expressions over the document, what they used of it, and what nobody used.

extension MappingRun {
  /// - Throws: `MAP019` when all expressions together have looked at too many nodes.
  mutating func evaluate(_ expression: XPathExpression, at node: Int32) throws -> XPathValue {
    let reference = NodeReference(node: node)
    var evaluator = XPathEvaluator(environment, current: reference)
    let value = try evaluator.evaluate(expression.term, XPathEvaluator.Focus(node: reference))
    visits += evaluator.visits + 1
    guard visits <= Self.maximalVisits else {
      throw Diagnostic("MAP019", at: location(of: root))
    }
    return value
  }

  mutating func nodes(_ expression: XPathExpression, at node: Int32) throws -> [Int32] {
    guard case .nodes(let nodes) = try evaluate(expression, at: node) else { return [] }
    return nodes.map(\.node)
  }

  mutating func isTrue(_ expression: XPathExpression, at node: Int32) throws -> Bool {
    let value = try evaluate(expression, at: node)
    return XPathEvaluator(environment, current: NodeReference(node: node)).boolean(value)
  }

  /// The nodes whose texts an expression is made of; conditions in brackets only choose among them.
  mutating func sources(of term: XPathTerm, at node: Int32) throws -> [Int32] {
    switch term {
    case .number, .literal: return []
    case .path: return try nodes(XPathExpression(source: "", term: term), at: node)
    case .call(_, let arguments), .unknownCall(_, let arguments):
      var result: [Int32] = []
      for argument in arguments { result += try sources(of: argument, at: node) }
      return result
    case .or(let left, let right), .and(let left, let right), .compare(_, let left, let right),
      .calculate(_, let left, let right), .union(let left, let right):
      return try sources(of: left, at: node) + sources(of: right, at: node)
    case .negate(let operand): return try sources(of: operand, at: node)
    }
  }

  /// - Returns: whether it was not used before.
  @discardableResult
  mutating func use(_ node: Int32) -> Bool {
    switch tree[node].kind {
    case .element, .document: usedWhole.insert(node).inserted
    case .attribute, .text, .comment, .processingInstruction:
      used.insert(tree[node].parent).inserted
    }
  }

  // MARK: What nobody used

  /// A line for the outermost elements below `node` of which nothing was used, and for each that was used in part.
  mutating func account(
    below node: Int32, section: String, _ sections: [Int32: String]
  ) throws {
    try account(node, section: section, sections, elementsOnTheWay(to: sections))
  }

  /// Elements that were used, sections, and what is around them.
  private func elementsOnTheWay(to sections: [Int32: String]) -> Set<Int32> {
    var result: Set<Int32> = []
    for node in used.union(usedWhole).union(sections.keys) {
      var next = node
      while next > 0, result.insert(next).inserted { next = tree[next].parent }
    }
    return result
  }

  private mutating func account(
    _ node: Int32, section: String, _ sections: [Int32: String], _ touched: Set<Int32>
  ) throws {
    guard !usedWhole.contains(node), try !isStructure(node) else { return }
    let section = sections[node] ?? section
    guard touched.contains(node) else {
      if try holdsContent(node) {
        try addUnused(.notTaken, node, section)
      } else if let absence = absentElement(node) {
        try addUnused(.absent, absence, section)
      }
      return
    }
    if !used.contains(node), hasOwnContent(node) { try addUnused(.notTaken, node, section) }
    for child in tree.elements(below: node) {
      try account(child, section: section, sections, touched)
    }
  }

  private mutating func addUnused(
    _ outcome: MappingLine.Outcome, _ node: Int32, _ section: String
  ) throws {
    guard !isFull else { return omit() }
    var line = MappingLine(outcome: outcome)
    line.section = section
    line.source = try place(of: node)
    line.line = lineNumber(of: node)
    if outcome == .notTaken { line.problem = Diagnostic("MAP018", at: location(of: node)) }
    add(line)
  }

  /// Nobody asks any more when there is no room to tell it.
  private mutating func isStructure(_ node: Int32) throws -> Bool {
    guard node != root, !isFull, let elements = mapping.structure.elements else { return false }
    return try isTrue(elements, at: node)
  }

  private mutating func holdsContent(_ node: Int32) throws -> Bool {
    guard try !isStructure(node) else { return false }
    if hasOwnContent(node) { return true }
    for child in tree.elements(below: node) where try holdsContent(child) { return true }
    return false
  }

  private func hasOwnContent(_ node: Int32) -> Bool {
    let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"
    let hasAttribute = tree[node].attributes.contains {
      let attribute = tree[$0]
      return attribute.namespace != schemaInstance && attribute.name != mapping.structure.absence
        && !mapping.structure.attributes.contains(attribute.name)
    }
    return hasAttribute
      || tree[node].children.contains {
        tree[$0].kind == .text && !tree[$0].value.trimmedSpaces.isEmpty
      }
  }

  /// The first element that says why there is nothing in it.
  private func absentElement(_ node: Int32) -> Int32? {
    guard let absence = mapping.structure.absence else { return nil }
    if tree.attribute(absence, of: node) != nil { return node }
    return tree.elements(below: node).lazy.compactMap { absentElement($0) }.first
  }

  // MARK: Lines

  mutating func line(
    _ outcome: MappingLine.Outcome, at node: Int32?, _ section: FormMapping.Section,
    _ problem: Diagnostic? = nil, _ question: FormMapping.Place? = nil,
    reason: [String: String] = [:]
  ) throws -> MappingLine {
    var line = MappingLine(outcome: outcome)
    line.section = section.id
    if let node { line.source = try place(of: node) }
    line.line = node.flatMap { lineNumber(of: $0) }
    line.form = question?.form
    line.path = question?.path
    line.label = question.flatMap { answers[$0.form]?.label(at: $0.path) }
    line.problem = problem
    line.reason = reason
    return line
  }

  private func lineNumber(of node: Int32) -> Int? {
    let element = tree[node].kind == .element ? node : tree[node].parent
    return element >= 0 && tree[element].line > 0 ? Int(tree[element].line) : nil
  }

  func location(of node: Int32) -> SourceLocation? { location(line: lineNumber(of: node)) }

  func location(line: Int?) -> SourceLocation? { SourceLocation(file: file, line: line) }

  /// Names from the root down, counted among those of the same name where there are several, and what the mapping calls
  /// the element: `component/structuredBody/component[3]/section (DGN)`.
  private mutating func place(of node: Int32) throws -> String {
    var parts: [String] = []
    var next = node
    while next > 0, next != root {
      let record = tree[next]
      parts.append(record.kind == .attribute ? "@\(record.name)" : numbered(next))
      next = record.parent
    }
    let path = parts.isEmpty ? "." : parts.reversed().joined(separator: "/")
    guard tree[node].kind == .element, let expression = mapping.structure.label,
      let named = try nodes(expression, at: node).first
    else { return path }
    let label = tree.stringValue(named)
    guard label.count <= 40, label.allSatisfy({ $0.isLetter || $0.isNumber || "._-".contains($0) })
    else { return path }
    return "\(path) (\(label))"
  }

  private func numbered(_ node: Int32) -> String {
    guard tree[node].kind == .element else { return "text()" }
    let ordinal = ordinals[node] ?? 0
    return ordinal == 0 ? tree[node].name : "\(tree[node].name)[\(ordinal)]"
  }
}

extension DataTree {
  /// The number of each element among those of its name beside it, for those that are not alone.
  func ordinals(below node: Int32 = 0) -> [Int32: Int] {
    var result: [Int32: Int] = [:]
    collectOrdinals(below: node, into: &result)
    return result
  }

  private func collectOrdinals(below node: Int32, into result: inout [Int32: Int]) {
    let elements = elements(below: node)
    for (_, alike) in Dictionary(grouping: elements, by: { self[$0].name }) where alike.count > 1 {
      for (index, element) in alike.enumerated() { result[element] = index + 1 }
    }
    for element in elements { collectOrdinals(below: element, into: &result) }
  }
}

extension Answers {
  /// What the question at `path` is called.
  fileprivate func label(at path: String) -> String? {
    guard let node = node(at: path), let field = field(of: node) else { return nil }
    return label(of: field, at: node)
  }
}
