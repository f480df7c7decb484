internal import Diagnostics

extension FEELRange {
  /// Reads what the function `range` takes (DMN 1.5, table 72): an interval between two literals.
  init?(literal text: String) {
    var parser = Parser(text, names: .none, at: nil)
    guard let ends = try? parser.rangeLiteral() else { return nil }
    guard !ends.low.isNull else { return nil }
    self.init(
      from: ends.low, to: ends.high, includesLow: ends.includesLow, includesHigh: ends.includesHigh)
  }
}

extension Parser {
  fileprivate mutating func rangeLiteral() throws(Diagnostic) -> (
    low: FEELValue, high: FEELValue, includesLow: Bool, includesHigh: Bool
  ) {
    try start()
    let includesLow = token.kind == .leftBracket
    guard includesLow || token.kind == .rightBracket || token.kind == .leftParen else {
      throw expected("[")
    }
    try advance()
    let low = try literal()
    try expect(.dotDot, "..")
    let high = try literal()
    let includesHigh = token.kind == .rightBracket
    guard includesHigh || token.kind == .leftBracket || token.kind == .rightParen else {
      throw expected("]")
    }
    try advance()
    guard token.kind == .end else { throw unexpected() }
    return (low, high, includesLow, includesHigh)
  }

  /// A number, string, `@"…"`, or a temporal function called with a string.
  private mutating func literal() throws(Diagnostic) -> FEELValue {
    switch token.kind {
    case .minus:
      try advance()
      guard case .number(let number) = try literal() else { throw unexpected() }
      return .number(-number)
    case .number:
      guard let number = Decimal128(text(token)) else { throw unexpected() }
      try advance()
      return .number(number)
    case .string:
      let text = unescaped(token)
      try advance()
      return .string(text)
    case .at:
      try advance()
      return try temporal { FEELValue(temporal: $0) }
    case .word: return try temporalCall()
    default: throw problemAtToken("FEEL002")
    }
  }

  private mutating func temporalCall() throws(Diagnostic) -> FEELValue {
    let first = text(token)
    let name =
      Builtins.phrases.match(first, endingAt: token.end, in: lexer.bytes)?.name ?? first
    let end =
      Builtins.phrases.match(first, endingAt: token.end, in: lexer.bytes)?.end ?? token.end
    try read(from: end)
    try expect(.leftParen, "(")
    let value = try temporal { text in
      switch name {
      case "date": Day(text).map { .date($0) }
      case "time": Time(text).map { .time($0) }
      case "date and time": DateTime(text).map { .dateTime($0) }
      case "duration": FEELValue(duration: text)
      default: nil
      }
    }
    try expect(.rightParen, ")")
    return value
  }

  private mutating func temporal(
    _ make: (String) -> FEELValue?
  ) throws(Diagnostic) -> FEELValue {
    guard token.kind == .string, let value = make(unescaped(token)) else { throw unexpected() }
    try advance()
    return value
  }
}

extension FEELValue {
  /// The value of `@"text"` (DMN 1.5, rule 62); `nil` when it is no date, time, date and time or duration.
  init?(temporal text: String) {
    if let day = Day(text) {
      self = .date(day)
    } else if let dateTime = DateTime(text) {
      self = .dateTime(dateTime)
    } else if let time = Time(text) {
      self = .time(time)
    } else {
      self.init(duration: text)
    }
  }

  /// The duration of either type that `text` writes.
  init?(duration text: String) {
    if let duration = YearsMonthsDuration(text) {
      self = .yearsMonths(duration)
    } else if let duration = DaysTimeDuration(text) {
      self = .daysTime(duration)
    } else {
      return nil
    }
  }
}
