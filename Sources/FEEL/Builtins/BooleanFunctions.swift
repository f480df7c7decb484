/// Functions of truth values, and questions about any value (DMN 1.5, table 73; Camunda).
extension Builtins {
  static let booleans: [Builtin] =
    [
      Builtin("not", .boolean("negand")) { call, _ in .boolean(!call.boolean(0)) },
      Builtin("is", .any("value1").optional, .any("value2").optional) {
        (call, evaluator) throws(Failure) in
        guard !call.arguments.isEmpty else { throw .noSignature(given: "0") }
        for value in call.arguments { try evaluator.walk(value) }
        return .boolean(call[0] == call[1])
      },
      Builtin("get or else", .any("value"), .any("default"), isBrief: true) { call, _ in
        call[0].isNull ? call[1] : call[0]
      },
      Builtin("is defined", .any("value"), isBrief: true) { call, _ in .boolean(!call[0].isNull) },
      Builtin("assert", .any("value"), .any("condition"), .string("cause").optional) {
        (call, _) throws(Failure) in
        guard call[1].isTrue else { throw .assertion }
        return call[0]
      },
    ]
    + Builtin.ofElements("all") { (elements, _) throws(Failure) in
      try decide(elements, by: false)
    }
    + Builtin.ofElements("any") { (elements, _) throws(Failure) in
      try decide(elements, by: true)
    }

  /// `truth` as soon as one element is it; else its opposite, unless something is not a truth value.
  private static func decide(
    _ elements: [FEELValue], by truth: Bool
  ) throws(Failure) -> FEELValue {
    if elements.contains(.boolean(truth)) { return .boolean(truth) }
    for element in elements where element.boolean == nil {
      guard element.isNull else { throw .notBoolean(element.kind) }
      return .null
    }
    return .boolean(!truth)
  }
}

extension Evaluator {
  /// Counts the parts of `value` on all levels: shared ones can make a small value take for ever to walk through.
  fileprivate mutating func walk(_ value: FEELValue) throws(Failure) {
    try take(1 + value.extent)
    switch value {
    case .list(let elements): for element in elements { try walk(element) }
    case .context(let context): for element in context.values { try walk(element) }
    case .null, .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
      .range, .function:
      return
    }
  }
}
