/// Functions of truth values, and questions about any value (DMN 1.5, table 73; Camunda).
extension Builtins {
  static let booleans: [Builtin] =
    [
      Builtin("not", .boolean("negand")) { call, _ in .boolean(!call.boolean(0)) },
      Builtin("is", .any("value1").optional, .any("value2").optional) { (call, _) throws(Failure) in
        guard !call.arguments.isEmpty else { throw .noSignature(given: "0") }
        return .boolean(call[0] == call[1])
      },
      Builtin("get or else", .any("value"), .any("default")) { call, _ in
        call[0].isNull ? call[1] : call[0]
      },
      Builtin("is defined", .any("value")) { call, _ in .boolean(!call[0].isNull) },
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
