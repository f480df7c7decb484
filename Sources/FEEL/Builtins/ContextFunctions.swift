/// Functions of contexts (DMN 1.5, table 82; Camunda).
extension Builtins {
  static let contexts: [Builtin] = [
    Builtin("get value", .context("m"), .string("key")) { (call, _) throws(Failure) in
      guard let value = call.context(0)[call.string(1)] else { throw .noEntry("key") }
      return value
    },
    Builtin("get value", .context("context"), .list("keys")) { (call, _) throws(Failure) in
      var value = call[0]
      for key in try strings(in: call.list(1), "keys") {
        guard case .context(let context) = value, let next = context[key] else {
          throw .noEntry("keys")
        }
        value = next
      }
      return value
    },
    Builtin("get entries", .context("m")) { call, _ in
      .list(call.context(0).entries.map { ["key": .string($0.name), "value": $0.value] })
    },
    Builtin("context put", .context("context"), .string("key"), .any("value")) { call, _ in
      var context = call.context(0)
      context[call.string(1)] = call[2]
      return .context(context)
    },
    Builtin("context put", .context("context"), .list("keys"), .any("value")) {
      (call, _) throws(Failure) in
      try put(call[2], at: strings(in: call.list(1), "keys")[...], of: call[0])
    },
    Builtin("context merge", .list("contexts")) { (call, _) throws(Failure) in
      var merged = FEELContext()
      for element in call.list(0) {
        guard case .context(let context) = element else {
          throw .argument("contexts", expected: "list<context>", found: element.kind)
        }
        merged = merged.merging(context)
      }
      return .context(merged)
    },
    Builtin("context", .list("entries")) { (call, _) throws(Failure) in
      .context(try context(of: call.list(0)))
    },
  ]

  private static func strings(
    in elements: [FEELValue], _ parameter: String
  ) throws(Failure) -> [String] {
    var strings: [String] = []
    for element in elements {
      guard case .string(let string) = element else {
        throw .argument(parameter, expected: "list<string>", found: element.kind)
      }
      strings.append(string)
    }
    return strings
  }

  /// Puts `value` below `keys`, of which all but the last must lead to contexts.
  private static func put(
    _ value: FEELValue, at keys: ArraySlice<String>, of target: FEELValue
  ) throws(Failure) -> FEELValue {
    guard let key = keys.first else { throw .outsideDomain("keys") }
    guard case .context(var context) = target else {
      throw .argument("context", expected: "context", found: target.kind)
    }
    let rest = keys.dropFirst()
    context[key] =
      rest.isEmpty ? value : try put(value, at: rest, of: context[key] ?? .null)
    return .context(context)
  }

  /// The context of `{key: …, value: …}` entries.
  private static func context(of entries: [FEELValue]) throws(Failure) -> FEELContext {
    var pairs: [(String, FEELValue)] = []
    for entry in entries {
      guard case .context(let entry) = entry, case .string(let key) = entry["key"],
        let value = entry["value"]
      else {
        throw .argument("entries", expected: "context<key: string, value: Any>", found: .context)
      }
      pairs.append((key, value))
    }
    let result = FEELContext(pairs)
    guard result.count == pairs.count else { throw .duplicateEntry("key") }
    return result
  }
}
