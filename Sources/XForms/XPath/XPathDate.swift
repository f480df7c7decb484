internal import FEEL

/// A date or an instant as days since 1970-01-01 (ODK XForms, data types).
///
/// A date is a whole number of days whatever the time zone; an instant counts from midnight UTC.
package struct XPathDate: Hashable, Sendable {
  var days: Double
  /// A date without time of day.
  var isDay: Bool

  /// A moment; one without zone is taken for UTC.
  init(_ moment: DateTime) {
    let zoned = moment.zone == nil ? moment.day.at(moment.time.with(zone: .utc)) : moment
    self.init(instant: Double(zoned.instant?.seconds ?? 0) / 86_400)
  }

  static let millisecondsPerDay = 86_400_000.0

  init(day: Int) {
    days = Double(day)
    isDay = true
  }

  package init(instant days: Double) {
    self.days = days
    isDay = false
  }

  /// The day number of a date, or `nil` when there is no such day.
  static func dayNumber(year: Int, month: Int, day: Int) -> Int? {
    guard (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year) else {
      return nil
    }
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year, month and day of a day number.
  static func date(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Days from midnight UTC for local comparisons: a date begins at midnight of `offset` (seconds).
  func instant(offset: Int) -> Double { isDay ? days - Double(offset) / 86_400 : days }
}

// MARK: Text

extension XPathDate {
  /// Reads `YYYY-MM-DD` or `YYYY-MM-DDThh:mm[:ss[.fff]][Z|±hh:mm]`; without zone the time is local (`offset` in seconds).
  ///
  /// One digit for month and day is accepted, as ODK's tests do.
  init?(_ text: String, offset: Int) {
    var scanner = DateScanner(text)
    guard let year = scanner.digits(4...4), scanner.skip("-"), let month = scanner.digits(1...2),
      scanner.skip("-"), let day = scanner.digits(1...2),
      let number = Self.dayNumber(year: year, month: month, day: day)
    else { return nil }
    if scanner.isAtEnd {
      self.init(day: number)
      return
    }
    guard scanner.skip("T"), let time = scanner.time(offset: offset), scanner.isAtEnd else {
      return nil
    }
    self.init(instant: Double(number) + Double(time) / Self.millisecondsPerDay)
  }

  /// `YYYY-MM-DD`, or local time with milliseconds and the offset.
  func text(offset: Int) -> String {
    let fields = fields(offset: offset)
    let date = "\(padded(fields.year, 4))-\(padded(fields.month, 2))-\(padded(fields.day, 2))"
    guard !isDay else { return date }
    let time = "\(padded(fields.hour, 2)):\(padded(fields.minute, 2)):\(padded(fields.second, 2))"
    let sign = offset < 0 ? "-" : "+"
    let minutes = abs(offset) / 60
    let zone = "\(sign)\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    return "\(date)T\(time).\(padded(fields.millisecond, 3))\(zone)"
  }

  struct Fields {
    var year, month, day, hour, minute, second, millisecond: Int
    /// 0 is Sunday.
    var weekday: Int
  }

  /// Local calendar fields; `nil` only for numbers no calendar has.
  func fields(offset: Int) -> Fields {
    let local = isDay ? days : days + Double(offset) / 86_400
    let milliseconds = (max(-1e9, min(1e9, local)) * Self.millisecondsPerDay).rounded()
    let day = Int((milliseconds / Self.millisecondsPerDay).rounded(.down))
    let rest = Int(milliseconds) - day * 86_400_000
    let date = Self.date(ofDay: day)
    return Fields(
      year: date.year, month: date.month, day: date.day, hour: rest / 3_600_000,
      minute: rest / 60_000 % 60, second: rest / 1000 % 60, millisecond: rest % 1000,
      weekday: ((day + 4) % 7 + 7) % 7)
  }
}

/// `number` with leading zeros.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(abs(number))
  return (number < 0 ? "-" : "") + String(repeating: "0", count: max(0, width - digits.count))
    + digits
}

/// Reads digits and separators from left to right.
struct DateScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) {
    bytes = text.utf8.count <= 64 ? Array(text.utf8) : []
  }

  var isAtEnd: Bool { index == bytes.count && index > 0 }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
    index += 1
    return true
  }

  mutating func digits(_ count: ClosedRange<Int>) -> Int? {
    var value = 0
    var read = 0
    while read < count.upperBound, index < bytes.count, bytes[index] >= 48, bytes[index] <= 57 {
      value = value * 10 + Int(bytes[index] - 48)
      index += 1
      read += 1
    }
    return count.contains(read) ? value : nil
  }

  /// Milliseconds since midnight UTC of `hh:mm[:ss[.fff]][zone]`.
  mutating func time(offset: Int) -> Int? {
    guard let hour = digits(2...2), hour < 24, skip(":"), let minute = digits(2...2), minute < 60
    else { return nil }
    var milliseconds = (hour * 60 + minute) * 60_000
    if skip(":") {
      guard let second = digits(2...2), second < 60 else { return nil }
      milliseconds += second * 1000
      if skip(".") {
        let start = index
        guard let fraction = digits(1...9) else { return nil }
        milliseconds += Self.milliseconds(fraction, digits: index - start)
      }
    }
    if skip("Z") { return milliseconds }
    if isAtEnd { return milliseconds - offset * 1000 }
    guard let zone = zone() else { return nil }
    return milliseconds - zone * 60_000
  }

  private static func milliseconds(_ fraction: Int, digits: Int) -> Int {
    var value = fraction
    for _ in 0..<max(0, digits - 3) { value /= 10 }
    for _ in 0..<max(0, 3 - digits) { value *= 10 }
    return value
  }

  /// Minutes east of UTC.
  private mutating func zone() -> Int? {
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = digits(2...2), hours <= 14 else { return nil }
    _ = skip(":")
    guard let minutes = isAtEnd ? 0 : digits(2...2), minutes < 60 else { return nil }
    return sign * (hours * 60 + minutes)
  }
}
