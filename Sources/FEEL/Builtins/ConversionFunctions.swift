/// Functions that make one type of another (DMN 1.5, table 72; Camunda).
extension Builtins {
  static let conversions: [Builtin] = dates + times + datesAndTimes + others

  private static let dates: [Builtin] = [
    Builtin("date", .init("from", [.string, .date, .dateTime])) { (call, _) throws(Failure) in
      guard case .string(let text) = call[0] else { return .date(call.day(0)) }
      guard let day = Day(text) else { throw .unreadable("date") }
      return .date(day)
    },
    Builtin("date", .number("year"), .number("month"), .number("day")) {
      (call, _) throws(Failure) in
      .date(try day(call))
    },
  ]

  private static let times: [Builtin] = [
    Builtin("time", .init("from", [.string, .time, .dateTime, .date])) {
      (call, _) throws(Failure) in
      switch call[0] {
      case .string(let text):
        guard let time = Time(text) else { throw .unreadable("time") }
        return .time(time)
      case .dateTime(let dateTime): return .time(dateTime.time)
      case .date(let day): return .time(day.midnightUTC.time)
      default: return call[0]
      }
    },
    Builtin(
      "time", .number("hour"), .number("minute"), .number("second"),
      .init("offset", .daysTime).optional
    ) { (call, _) throws(Failure) in
      .time(try time(call, from: 0, zone: zone(call[3])))
    },
  ]

  private static let datesAndTimes: [Builtin] = [
    Builtin("date and time", .init("from", [.string, .dateTime, .date])) {
      (call, _) throws(Failure) in
      switch call[0] {
      case .string(let text):
        if let dateTime = DateTime(text) { return .dateTime(dateTime) }
        guard let day = Day(text) else { throw .unreadable("date and time") }
        return .dateTime(day.at(.midnight))
      case .date(let day): return .dateTime(day.midnightUTC)
      default: return call[0]
      }
    },
    Builtin("date and time", .day("date"), .init("time", .time)) { (call, _) throws(Failure) in
      guard case .time(let time) = call[1] else { throw .unreadable("time") }
      return .dateTime(call.day(0).at(time))
    },
    Builtin("date and time", .init("date", .dateTime), .string("timezone")) {
      (call, _) throws(Failure) in
      guard case .dateTime(let moment) = call[0] else { throw .unreadable("date and time") }
      guard let zone = Zone(named: call.string(1)) else { throw .outsideDomain("timezone") }
      guard let instant = moment.instant else {
        return .dateTime(moment.day.at(moment.time.with(zone: zone)))
      }
      return try Outcome(DateTime(instant, in: zone)) { .dateTime($0) }.get("date and time")
    },
    Builtin(
      "date and time", .number("year"), .number("month"), .number("day"), .number("hour"),
      .number("minute"), .number("second"), .init("offset", .daysTime).optional
    ) { (call, _) throws(Failure) in
      .dateTime(try day(call).at(time(call, from: 3, zone: zone(call[6]))))
    },
    Builtin(
      "date and time", .number("year"), .number("month"), .number("day"), .number("hour"),
      .number("minute"), .number("second"), .string("timezone")
    ) { (call, _) throws(Failure) in
      guard let zone = Zone(named: call.string(6)) else { throw .outsideDomain("timezone") }
      return .dateTime(try day(call).at(time(call, from: 3, zone: zone)))
    },
  ]

  private static let others: [Builtin] = [
    Builtin("duration", .init("from", [.string, .daysTime, .yearsMonths])) {
      (call, _) throws(Failure) in
      guard case .string(let text) = call[0] else { return call[0] }
      if let duration = YearsMonthsDuration(text) { return .yearsMonths(duration) }
      guard let duration = DaysTimeDuration(text) else { throw .unreadable("duration") }
      return .daysTime(duration)
    },
    Builtin("number", .init("from", [.string, .number])) { (call, _) throws(Failure) in
      guard case .string(let text) = call[0] else { return call[0] }
      guard let number = Decimal128(text) else { throw .unreadable("number") }
      return .number(number)
    },
    Builtin(
      "number", .string("from"), .string("grouping separator").nullable,
      .string("decimal separator").nullable
    ) { (call, _) throws(Failure) in
      try number(call.string(0), grouping: call[1].string, decimal: call[2].string)
    },
    Builtin("string", .any("from")) { (call, evaluator) throws(Failure) in
      try text(of: call[0], limit: evaluator.environment.limits.bytes)
    },
    Builtin("range", .string("from")) { (call, _) throws(Failure) in
      guard let range = FEELRange(literal: call.string(0)) else { throw .unreadable("range") }
      return .range(range)
    },
  ]

  /// The day of the first three arguments.
  private static func day(_ call: Call) throws(Failure) -> Day {
    let day = try Day(
      year: call.exactInteger(0, "year"), month: call.exactInteger(1, "month"),
      day: call.exactInteger(2, "day"))
    guard let day else { throw .outsideDomain("day") }
    return day
  }

  /// The time of three arguments from `first` on; the seconds may have a fraction.
  private static func time(_ call: Call, from first: Int, zone: Zone?) throws(Failure) -> Time {
    let hour = try call.exactInteger(first, "hour")
    let minute = try call.exactInteger(first + 1, "minute")
    guard (0...23).contains(hour) else { throw .outsideDomain("hour") }
    guard (0...59).contains(minute) else { throw .outsideDomain("minute") }
    let seconds = call.number(first + 2)
    guard let whole = seconds.rounded(to: 0, .floor), let second = Int(exactly: whole),
      let fraction = seconds.subtracting(whole)?.multiplied(by: 1_000_000_000),
      let nanosecond = fraction.rounded(to: 0, .floor).flatMap({ Int(exactly: $0) }),
      let time = Time(
        hour: hour, minute: minute, second: second, nanosecond: nanosecond, zone: zone)
    else { throw .outsideDomain("second") }
    return time
  }

  private static func zone(_ offset: FEELValue) throws(Failure) -> Zone? {
    guard case .daysTime(let duration) = offset else { return nil }
    guard let seconds = Int(exactly: duration.totalSeconds), let zone = Zone(offset: seconds) else {
      throw .outsideDomain("offset")
    }
    return zone
  }

  private static func number(
    _ text: String, grouping: String?, decimal: String?
  ) throws(Failure) -> FEELValue {
    guard grouping == nil || [" ", ",", "."].contains(grouping) else {
      throw .outsideDomain("grouping separator")
    }
    guard decimal == nil || [",", "."].contains(decimal), decimal == nil || decimal != grouping
    else {
      throw .outsideDomain("decimal separator")
    }
    var digits = text
    if let grouping { digits.removeAll { String($0) == grouping } }
    if decimal == "," {
      guard !digits.contains(".") else { throw .unreadable("number") }
      digits = String(digits.map { $0 == "," ? "." : $0 })
    }
    guard let number = Decimal128(digits) else { throw .unreadable("number") }
    return .number(number)
  }

  static func text(of value: FEELValue, limit: Int) throws(Failure) -> FEELValue {
    switch value {
    case .null: return .null
    case .string: return value
    default:
      var printer = LiteralPrinter(limit: limit)
      printer.print(value, isTopmost: true)
      guard !printer.isFull else { throw .tooLarge(limit) }
      return .string(printer.text)
    }
  }
}

extension Outcome {
  fileprivate func get(_ operation: String) throws(Failure) -> FEELValue {
    guard case .value(let value) = self else { throw .notRepresentable(operation) }
    return value
  }
}
