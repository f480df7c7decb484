extension XPathEvaluator {
  mutating func logicFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .alwaysTrue: return .boolean(true)
    case .alwaysFalse: return .boolean(false)
    case .boolean: return .boolean(try boolean(of: arguments[0], focus))
    case .not: return .boolean(!(try boolean(of: arguments[0], focus)))
    case .booleanFromString:
      return .boolean(["true", "1"].contains(try string(of: arguments[0], focus)))
    case .lang: return .boolean(isLanguage(try string(of: arguments[0], focus), focus.node))
    case .conditional:
      return try evaluate(arguments[try boolean(of: arguments[0], focus) ? 1 : 2], focus)
    case .coalesce:
      let first = try evaluate(arguments[0], focus)
      return isEmpty(first) ? try evaluate(arguments[1], focus) : first
    case .once:
      let kept = stringValue(current)
      return kept.isEmpty ? try evaluate(arguments[0], focus) : .string(kept)
    case .checklist:
      let answers = try booleans(arguments.dropFirst(2), focus)
      let count = Double(answers.count { $0 })
      return .boolean(try isWithin(count, arguments, focus))
    default: return .boolean(try weightedChecklist(arguments, focus))
    }
  }

  private func isEmpty(_ value: XPathValue) -> Bool {
    if case .number(let number) = value { return number.isNaN }
    return string(value).isEmpty
  }

  /// Every node of a node-set is an answer of its own: `yes`, `true` and every number but 0 count.
  private mutating func booleans(
    _ arguments: some Sequence<XPathTerm>, _ focus: Focus
  ) throws -> [Bool] {
    var result: [Bool] = []
    for argument in arguments {
      let value = try evaluate(argument, focus)
      if case .nodes(let nodes) = value {
        result += nodes.map { isAffirmative(stringValue($0)) }
      } else {
        result.append(boolean(value))
      }
    }
    return result
  }

  private func isAffirmative(_ text: String) -> Bool {
    let number = XPathNumber.parse(text)
    return number.isNaN ? ["yes", "true"].contains(text) : number != 0
  }

  /// Minimum and maximum are the first two arguments; -1 is "no limit".
  private mutating func isWithin(
    _ value: Double, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> Bool {
    let minimum = try number(of: arguments[0], focus)
    let maximum = try number(of: arguments[1], focus)
    return (minimum == -1 || value >= minimum) && (maximum == -1 || value <= maximum)
  }

  private mutating func weightedChecklist(
    _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> Bool {
    var sum = 0.0
    for index in stride(from: 2, to: arguments.count, by: 2) {
      let answers = try booleans([arguments[index]], focus)
      let weights = try strings([arguments[index + 1]], focus).map(number)
      for (answer, weight) in zip(answers, weights) where answer { sum += weight }
    }
    return try isWithin(sum, arguments, focus)
  }

  /// `xml:lang` of the nearest element that has one begins with `language` (XPath 1.0, clause 4.3).
  private func isLanguage(_ language: String, _ node: NodeReference) -> Bool {
    var next: NodeReference? = node
    while let element = next {
      let attribute = attributes(element).first { name($0) == "lang" && prefix($0) == "xml" }
      if let attribute {
        let value = stringValue(attribute).lowercased()
        let wanted = language.lowercased()
        return value == wanted || value.hasPrefix(wanted + "-")
      }
      next = parent(element)
    }
    return false
  }
}
