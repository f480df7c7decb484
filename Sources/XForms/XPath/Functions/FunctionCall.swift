import Diagnostics

extension XPathEvaluator {
  /// Calls `function`; arguments are evaluated by the function, so `if` and `coalesce` can leave some alone.
  mutating func call(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    try visit(1)
    switch function {
    case .last, .position, .count, .id, .instance, .current, .randomize, .localName, .namespaceURI,
      .name, .countNonEmpty, .indexedRepeat:
      return try nodeFunction(function, arguments, focus)
    case .string, .concat, .join, .contains, .substring, .substr, .translate, .startsWith,
      .endsWith, .substringBefore, .substringAfter, .stringLength, .normalizeSpace:
      return try stringFunction(function, arguments, focus)
    case .regex, .uuid, .digest, .base64Decode:
      return try encodingFunction(function, arguments, focus)
    case .boolean, .not, .lang, .alwaysTrue, .alwaysFalse, .booleanFromString, .conditional,
      .coalesce, .once,
      .checklist, .weightedChecklist:
      return try logicFunction(function, arguments, focus)
    case .number, .sum, .min, .max, .floor, .ceiling, .round, .abs, .int, .pow, .random:
      return .number(try numberFunction(function, arguments, focus))
    case .sqrt, .log, .log10, .exp, .exp10, .sin, .cos, .tan, .asin, .acos, .atan, .atan2, .pi:
      return .number(try realFunction(function, arguments, focus))
    case .today, .now, .date, .dateTime, .formatDate, .formatDateTime, .decimalDateTime,
      .decimalDate, .decimalTime, .yearsBetween, .monthsBetween:
      return try dateFunction(function, arguments, focus)
    case .selected, .selectedAt, .countSelected, .itext, .choiceName, .pulldata:
      return try choiceFunction(function, arguments, focus)
    case .version: return .string(environment.version)
    case .area, .distance, .geofence, .intersects:
      return try placeFunction(function, arguments, focus)
    }
  }

  /// The first argument's string, or the context node's.
  mutating func optionalString(_ arguments: [XPathTerm], _ focus: Focus) throws -> String {
    guard let argument = arguments.first else { return stringValue(focus.node) }
    return try string(of: argument, focus)
  }

  /// The strings of all arguments; a node-set gives one for each of its nodes.
  mutating func strings(_ arguments: some Sequence<XPathTerm>, _ focus: Focus) throws -> [String] {
    var result: [String] = []
    for argument in arguments {
      let value = try evaluate(argument, focus)
      if case .nodes(let nodes) = value {
        try visit(nodes.count)
        result += nodes.map(stringValue)
      } else {
        result.append(string(value))
      }
    }
    return result
  }
}

/// Splits at XML white space.
func tokens(_ text: String) -> [Substring] {
  text.unicodeScalars.split { $0.isXMLSpace }.map { Substring($0) }
}
