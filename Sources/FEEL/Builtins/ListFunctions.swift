/// Functions of lists (DMN 1.5, table 76; Camunda).
extension Builtins {
  static let lists: [Builtin] = [
    Builtin("list contains", .list("list"), .any("element")) { call, evaluator in
      .boolean(call.list(0).contains { $0.equals(call[1], budget: &evaluator.steps) == true })
    },
    Builtin("count", .list("list"), isBrief: true) { call, _ in FEELValue(call.list(0).count) },
    Builtin("is empty", .list("list"), isBrief: true) { call, _ in .boolean(call.list(0).isEmpty) },
    Builtin("sublist", .list("list"), .number("start position"), .number("length").optional) {
      (call, _) throws(Failure) in
      try sublist(
        call.list(0), from: call.integer(1, "start position"),
        length: call[2].isNull ? nil : call.integer(2, "length"))
    },
    Builtin("append", .list("list"), .any("item").repeated) { (call, evaluator) throws(Failure) in
      try evaluator.list(call.list(0) + call.arguments.dropFirst())
    },
    Builtin("concatenate", .list("list").repeated) { (call, evaluator) throws(Failure) in
      try evaluator.list(call.arguments.flatMap { $0.list ?? [] })
    },
    Builtin("union", .list("list").repeated) { (call, evaluator) throws(Failure) in
      let all = call.arguments.flatMap { $0.list ?? [] }
      return .list(try evaluator.distinct(all).map(\.value))
    },
    Builtin("distinct values", .list("list")) { (call, evaluator) throws(Failure) in
      .list(try evaluator.distinct(call.list(0)).map(\.value))
    },
    Builtin("duplicate values", .list("list")) { (call, evaluator) throws(Failure) in
      .list(try evaluator.distinct(call.list(0)).filter { $0.count > 1 }.map(\.value))
    },
    Builtin("insert before", .list("list"), .number("position"), .any("newItem")) {
      (call, _) throws(Failure) in
      var list = call.list(0)
      list.insert(call[2], at: try offset(of: call.integer(1, "position"), in: list, "position"))
      return .list(list)
    },
    Builtin("remove", .list("list"), .number("position")) { (call, _) throws(Failure) in
      var list = call.list(0)
      list.remove(at: try offset(of: call.integer(1, "position"), in: list, "position"))
      return .list(list)
    },
    Builtin("list replace", .list("list"), .number("position"), .any("newItem")) {
      (call, _) throws(Failure) in
      var list = call.list(0)
      list[try offset(of: call.integer(1, "position"), in: list, "position")] = call[2]
      return .list(list)
    },
    Builtin("list replace", .list("list"), .function("match"), .any("newItem")) {
      (call, evaluator) throws(Failure) in
      try evaluator.replacing(call.list(0), call[1], call[2], at: call.node)
    },
    Builtin("reverse", .list("list")) { call, _ in .list(call.list(0).reversed()) },
    Builtin("index of", .list("list"), .any("match")) { call, evaluator in
      .list(
        call.list(0).indices
          .filter { call.list(0)[$0].equals(call[1], budget: &evaluator.steps) == true }
          .map { FEELValue($0 + 1) })
    },
    Builtin("flatten", .list("list")) { (call, evaluator) throws(Failure) in
      var flat: [FEELValue] = []
      try evaluator.flatten(call.list(0), into: &flat)
      return .list(flat)
    },
    Builtin("sort", .list("list"), .function("precedes").optional) {
      (call, evaluator) throws(Failure) in
      .list(try evaluator.sorted(call.list(0), by: call[1], at: call.node))
    },
    Builtin("partition", .list("list"), .number("size")) { (call, evaluator) throws(Failure) in
      let (list, size) = (call.list(0), try call.integer(1, "size"))
      try evaluator.take(2 * list.count)
      guard size > 0 else { throw .outsideDomain("size") }
      return .list(
        stride(from: 0, to: list.count, by: size).map { .list(Array(list[$0...].prefix(size))) })
    },
  ]

  /// The index in Swift of `position`, which counts from 1, or from the end when it is negative.
  private static func offset(
    of position: Int, in list: [FEELValue], _ parameter: String
  ) throws(Failure) -> Int {
    let offset = position > 0 ? position - 1 : list.count + position
    guard position != 0, list.indices.contains(offset) else { throw .outsideDomain(parameter) }
    return offset
  }

  private static func sublist(
    _ list: [FEELValue], from start: Int, length: Int?
  ) throws(Failure) -> FEELValue {
    let offset = try offset(of: start, in: list, "start position")
    guard let length else { return .list(Array(list[offset...])) }
    guard length >= 0, offset + length <= list.count else { throw .outsideDomain("length") }
    return .list(Array(list[offset..<offset + length]))
  }
}

extension Evaluator {
  /// A list within the limit.
  func list(_ elements: [FEELValue]) throws(Failure) -> FEELValue {
    guard elements.count <= environment.limits.elements else {
      throw .tooLarge(environment.limits.elements)
    }
    return .list(elements)
  }

  /// The different values in order of first appearance, and how often each is there.
  ///
  /// Values of one type that compare by hash are looked up, others compared one by one: `=` and `==` differ for times.
  mutating func distinct(
    _ elements: [FEELValue]
  ) throws(Failure) -> [(value: FEELValue, count: Int)] {
    var result: [(value: FEELValue, count: Int)] = []
    var positions: [FEELValue: Int] = [:]
    var compared: [Int] = []
    for element in elements {
      try take(1 + element.extent)
      switch element {
      case .null, .boolean, .number, .string, .date, .daysTime, .yearsMonths:
        if let position = positions[element] {
          result[position].count += 1
        } else {
          positions[element] = result.count
          result.append((element, 1))
        }
      case .time, .dateTime, .list, .context, .range, .function:
        let position = compared.first {
          result[$0].value.equals(element, budget: &steps) == true
        }
        if let position {
          result[position].count += 1
        } else {
          compared.append(result.count)
          result.append((element, 1))
        }
      }
    }
    return result
  }

  mutating func flatten(
    _ elements: [FEELValue], into flat: inout [FEELValue]
  ) throws(Failure) {
    for element in elements {
      try take(1)
      if case .list(let inner) = element {
        try flatten(inner, into: &flat)
      } else {
        flat.append(element)
      }
    }
    guard flat.count <= environment.limits.elements else {
      throw .tooLarge(environment.limits.elements)
    }
  }

  mutating func replacing(
    _ list: [FEELValue], _ match: FEELValue, _ newItem: FEELValue, at node: NodeID
  ) throws(Failure) -> FEELValue {
    var result = list
    for index in list.indices {
      switch call(match, [list[index], newItem], at: node) {
      case .boolean(true): result[index] = newItem
      case .boolean(false): continue
      case let other: throw .notBoolean(other.kind)
      }
    }
    return .list(result)
  }

  /// A stable merge sort; `precedes` null means ascending.
  mutating func sorted(
    _ list: [FEELValue], by precedes: FEELValue, at node: NodeID
  ) throws(Failure) -> [FEELValue] {
    guard list.count > 1 else { return list }
    try take((list.count + 1) / 2)
    let middle = list.count / 2
    let left = try sorted(Array(list[..<middle]), by: precedes, at: node)
    let right = try sorted(Array(list[middle...]), by: precedes, at: node)
    var merged: [FEELValue] = []
    merged.reserveCapacity(list.count)
    var (leftIndex, rightIndex) = (0, 0)
    while leftIndex < left.count, rightIndex < right.count {
      if try isLess(right[rightIndex], left[leftIndex], by: precedes, at: node) {
        merged.append(right[rightIndex])
        rightIndex += 1
      } else {
        merged.append(left[leftIndex])
        leftIndex += 1
      }
    }
    return merged + left[leftIndex...] + right[rightIndex...]
  }

  private mutating func isLess(
    _ left: FEELValue, _ right: FEELValue, by precedes: FEELValue, at node: NodeID
  ) throws(Failure) -> Bool {
    if case .null = precedes {
      try take(left.comparisonExtent(with: right))
      guard let order = left.ordering(to: right) else {
        throw .operands("<", left.kind, right.kind)
      }
      return order == .less
    }
    let answer = call(precedes, [left, right], at: node)
    guard let truth = answer.boolean else { throw .notBoolean(answer.kind) }
    return truth
  }
}
