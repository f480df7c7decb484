import FEEL

/// A temporal value of any kind, as case files write it.
enum TemporalValue {
  case day(Day)
  case time(Time)
  case dateTime(DateTime)
  case daysTime(DaysTimeDuration)
  case yearsMonths(YearsMonthsDuration)

  init?(_ text: Substring) {
    let text = String(text)
    if let day = Day(text) {
      self = .day(day)
    } else if let time = Time(text) {
      self = .time(time)
    } else if let dateTime = DateTime(text) {
      self = .dateTime(dateTime)
    } else if let duration = DaysTimeDuration(text) {
      self = .daysTime(duration)
    } else if let duration = YearsMonthsDuration(text) {
      self = .yearsMonths(duration)
    } else {
      return nil
    }
  }
}

/// The operations on temporal values by the names that case files and `Oracle/temporal_cases.py` use.
enum TemporalCalculator {
  /// The result as text; `null` where there is none.
  static func result(_ words: [Substring]) throws -> String {
    guard words.count > 1 else { throw UnknownOperation(words: words) }
    let text = reading(words) ?? arithmetic(words) ?? calendar(words) ?? zone(words)
    guard let text else { throw UnknownOperation(words: words) }
    return text
  }

  /// How a text reads and prints.
  private static func reading(_ words: [Substring]) -> String? {
    let text = String(words[1])
    return switch words[0] {
    case "date": shown(Day(text))
    case "time": shown(Time(text))
    case "dateAndTime": shown(DateTime(text))
    case "daysTime": shown(DaysTimeDuration(text))
    case "yearsMonths": shown(YearsMonthsDuration(text))
    case "zone": shown(Zone(text))
    case "instant": shown(Instant(text))
    default: nil
    }
  }

  private static func shown(_ value: (some CustomStringConvertible)?) -> String {
    value?.description ?? "null"
  }

  private static func arithmetic(_ words: [Substring]) -> String? {
    guard words.count > 2, let left = TemporalValue(words[1]) else { return nil }
    let right = TemporalValue(words[2])
    switch words[0] {
    case "add": return right.flatMap { sum(left, $0) }
    case "subtract": return right.flatMap { difference(left, $0) }
    case "compare": return right.map { ordering(left, $0).map { "\($0)" } ?? "null" }
    case "multiply": return Decimal128(words[2]).flatMap { product(left, $0) }
    case "divide": return quotient(left, right, Decimal128(words[2]))
    default: return nil
    }
  }

  private static func sum(_ left: TemporalValue, _ right: TemporalValue) -> String? {
    switch (left, right) {
    case (.day(let day), .daysTime(let duration)): shown(day.adding(duration))
    case (.day(let day), .yearsMonths(let duration)): shown(day.adding(duration))
    case (.time(let time), .daysTime(let duration)): shown(time.adding(duration))
    case (.dateTime(let value), .daysTime(let duration)): shown(value.adding(duration))
    case (.dateTime(let value), .yearsMonths(let duration)): shown(value.adding(duration))
    case (.daysTime(let value), .daysTime(let duration)): shown(value.adding(duration))
    case (.yearsMonths(let value), .yearsMonths(let duration)): shown(value.adding(duration))
    default: nil
    }
  }

  private static func difference(_ left: TemporalValue, _ right: TemporalValue) -> String? {
    switch (left, right) {
    case (.day(let left), .day(let right)): shown(left.subtracting(right))
    case (.time(let left), .time(let right)): shown(left.subtracting(right))
    case (.dateTime(let left), .dateTime(let right)): shown(left.subtracting(right))
    case (.dateTime(let left), .day(let right)): shown(left.subtracting(right.midnightUTC))
    case (.day(let left), .dateTime(let right)): shown(left.midnightUTC.subtracting(right))
    case (.daysTime(let left), .daysTime(let right)): shown(left.subtracting(right))
    case (.yearsMonths(let left), .yearsMonths(let right)): shown(left.subtracting(right))
    case (_, .daysTime(let right)): sum(left, .daysTime(-right))
    case (_, .yearsMonths(let right)): sum(left, .yearsMonths(-right))
    default: nil
    }
  }

  private static func ordering(_ left: TemporalValue, _ right: TemporalValue) -> Ordering? {
    switch (left, right) {
    case (.time(let left), .time(let right)): left.ordering(to: right)
    case (.dateTime(let left), .dateTime(let right)): left.ordering(to: right)
    case (.day(let left), .day(let right)): compared(left, right)
    case (.daysTime(let left), .daysTime(let right)): compared(left, right)
    case (.yearsMonths(let left), .yearsMonths(let right)): compared(left, right)
    default: nil
    }
  }

  private static func compared<Value: Comparable>(_ left: Value, _ right: Value) -> Ordering {
    left < right ? .less : left == right ? .equal : .greater
  }

  private static func product(_ left: TemporalValue, _ factor: Decimal128) -> String? {
    switch left {
    case .daysTime(let duration): shown(duration.multiplied(by: factor))
    case .yearsMonths(let duration): shown(duration.multiplied(by: factor))
    case .day, .time, .dateTime: nil
    }
  }

  private static func quotient(
    _ left: TemporalValue, _ right: TemporalValue?, _ divisor: Decimal128?
  ) -> String? {
    switch (left, right, divisor) {
    case (.daysTime(let left), .daysTime(let right)?, _): shown(left.divided(by: right))
    case (.yearsMonths(let left), .yearsMonths(let right)?, _): shown(left.divided(by: right))
    case (.daysTime(let left), nil, let divisor?): shown(left.divided(by: divisor))
    case (.yearsMonths(let left), nil, let divisor?): shown(left.divided(by: divisor))
    default: nil
    }
  }
}

extension TemporalCalculator {
  private static func calendar(_ words: [Substring]) -> String? {
    guard let day = Day(String(words[1])) else { return nil }
    let other = words.dropFirst(2).first.map(String.init) ?? ""
    switch words[0] {
    case "day":
      return Day(daysSinceEpoch: day.daysSinceEpoch) == day ? "\(day.daysSinceEpoch)" : nil
    case "week": return "\(day.weekOfYear) \(day.weekday.rawValue) \(day.dayOfYear)"
    case "names": return "\(day.weekday.name) \(day.monthName)"
    case "lastDayOfMonth": return day.lastDayOfMonth.description
    case "addDays": return Int(other).map { shown(day.adding(days: $0)) }
    case "addMonths": return Int(other).map { shown(day.adding(YearsMonthsDuration(months: $0))) }
    case "days": return Day(other).map { "\(day.days(since: $0))" }
    case "months": return Day(other).map { YearsMonthsDuration(from: day, to: $0).description }
    default: return nil
    }
  }

  private static func zone(_ words: [Substring]) -> String? {
    guard words.count > 2 else { return nil }
    let right = String(words[2])
    switch words[0] {
    case "offset":
      guard let seconds = Int(right), let zone = Zone(named: String(words[1])) else { return nil }
      return "\(zone.offset(at: Instant(seconds: seconds)))"
    case "local":
      return (DateTime(right + "@" + words[1])?.instant).map { "\($0.seconds)" }
    case "addZoned":
      guard let start = DateTime(String(words[1])) else { return nil }
      return DaysTimeDuration(right).map { shown(start.adding($0)) }
    case "in":
      guard let instant = Instant(String(words[1])), let zone = Zone(right) else { return nil }
      return shown(DateTime(instant, in: zone))
    default: return nil
    }
  }
}
