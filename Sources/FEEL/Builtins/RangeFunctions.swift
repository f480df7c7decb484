/// How points and ranges lie to each other (DMN 1.5, table 78).
extension Builtins {
  static let ranges: [Builtin] =
    relation("before", on: [.points, .pointRange, .rangePoint, .ranges]) { $0.highToLow == .less }
    + relation("after", on: [.points, .pointRange, .rangePoint, .ranges]) {
      $0.lowToHigh == .greater
    }
    + relation("meets", on: [.ranges]) { $0.highToLow == .equal }
    + relation("met by", on: [.ranges]) { $0.lowToHigh == .equal }
    + relation("overlaps", on: [.ranges]) { $0.highToLow != .less && $0.lowToHigh != .greater }
    + relation("overlaps before", on: [.ranges]) {
      $0.lowToLow == .less && $0.highToLow != .less && $0.highToHigh != .greater
    }
    + relation("overlaps after", on: [.ranges]) {
      $0.lowToLow == .greater && $0.lowToHigh != .greater && $0.highToHigh != .less
    }
    + relation("finishes", on: [.pointRange, .ranges]) {
      $0.highToHigh == .equal && $0.lowToLow != .less
    }
    + relation("finished by", on: [.rangePoint, .ranges]) {
      $0.highToHigh == .equal && $0.lowToLow != .greater
    }
    + relation("includes", on: [.rangePoint, .ranges]) {
      $0.lowToLow != .greater && $0.highToHigh != .less
    }
    + relation("during", on: [.pointRange, .ranges]) {
      $0.lowToLow != .less && $0.highToHigh != .greater
    }
    + relation("starts", on: [.pointRange, .ranges]) {
      $0.lowToLow == .equal && $0.highToHigh != .greater
    }
    + relation("started by", on: [.rangePoint, .ranges]) {
      $0.lowToLow == .equal && $0.highToHigh != .less
    }
    + relation("coincides", on: [.points, .ranges]) {
      $0.lowToLow == .equal && $0.highToHigh == .equal
    }

  private static func relation(
    _ name: String, on operands: [Operands], _ holds: @escaping @Sendable (Relation) -> Bool
  ) -> [Builtin] {
    operands.map { operands in
      Builtin(name, operands.parameters.0, operands.parameters.1) { (call, _) throws(Failure) in
        .boolean(holds(try Relation(of: Extent(call[0]), to: Extent(call[1]))))
      }
    }
  }

  private enum Operands {
    case points, pointRange, rangePoint, ranges

    var parameters: (Builtin.Parameter, Builtin.Parameter) {
      let points: FEELValue.Kind = [
        .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths,
      ]
      return switch self {
      case .points: (.init("point1", points), .init("point2", points))
      case .pointRange: (.init("point", points), .range("range"))
      case .rangePoint: (.range("range"), .init("point", points))
      case .ranges: (.range("range1"), .range("range2"))
      }
    }
  }
}

/// How the ends of one extent compare with those of another.
private struct Relation {
  let lowToLow: Ordering
  let lowToHigh: Ordering
  let highToLow: Ordering
  let highToHigh: Ordering

  init(of left: Extent, to right: Extent) throws(Failure) {
    lowToLow = try left.low.ordering(to: right.low)
    lowToHigh = try left.low.ordering(to: right.high)
    highToLow = try left.high.ordering(to: right.low)
    highToHigh = try left.high.ordering(to: right.high)
  }
}

/// From where to where a range or a point reaches; a point is a range whose ends are the same.
private struct Extent {
  let low: Edge
  let high: Edge

  init(_ value: FEELValue) throws(Failure) {
    guard case .range(let range) = value else {
      low = .at(value, 0)
      high = low
      return
    }
    guard range.comparison != .notEqual else { throw .outsideDomain("range") }
    low = range.low.isNull ? .belowAll : .at(range.low, range.includesLow ? 0 : 1)
    high = range.high.isNull ? .aboveAll : .at(range.high, range.includesHigh ? 0 : -1)
  }
}

/// An end: that of `[5` lies before that of `(5`, that of `5)` before that of `5]`, a missing one beyond all values.
private enum Edge {
  case belowAll
  /// At a value, or just below (-1) or above (1) it.
  case at(FEELValue, Int)
  case aboveAll

  func ordering(to other: Edge) throws(Failure) -> Ordering {
    switch (self, other) {
    case (.belowAll, .belowAll), (.aboveAll, .aboveAll): return .equal
    case (.belowAll, _), (_, .aboveAll): return .less
    case (.aboveAll, _), (_, .belowAll): return .greater
    case (.at(let left, let leftSide), .at(let right, let rightSide)):
      guard let ordering = left.ordering(to: right) else {
        throw .operands("<", left.kind, right.kind)
      }
      return ordering == .equal ? Ordering(leftSide, rightSide) : ordering
    }
  }
}
