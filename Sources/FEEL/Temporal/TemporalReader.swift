/// Reads the texts of FEEL's temporal values from left to right, strictly.
///
/// - Note: Source: DMN 1.5, 10.3.4.1 (conversion functions) and XSD 1.1 Part 2, 3.3.7 to 3.3.9 and 3.4.26, 3.4.27.
struct TemporalReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var index = 0

  /// What `body` reads; `nil` also when it leaves anything of `text` unread.
  static func read<Value>(
    _ text: String, _ body: (inout TemporalReader) -> Value?
  ) -> Value? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = TemporalReader(bytes: bytes)
      let value = body(&reader)
      return reader.index == bytes.count ? value : nil
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
  }

  private func isAt(_ character: Unicode.Scalar) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: character)
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard isAt(character) else { return false }
    index += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard index < bytes.count else { return nil }
    let digit = bytes[index] &- UInt8(ascii: "0")
    guard digit < 10 else { return nil }
    index += 1
    return Int(digit)
  }

  private mutating func twoDigits() -> Int? {
    guard let tens = digit(), let ones = digit() else { return nil }
    return tens * 10 + ones
  }

  /// One digit or more; `nil` also when they are too many for 64 bits.
  private mutating func number() -> Int? {
    guard var value = digit() else { return nil }
    while let digit = digit() {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      value = sum
    }
    return value
  }
}

extension TemporalReader {
  mutating func day() -> Day? {
    let isNegative = take("-")
    let start = index
    guard let year = number(), 4...9 ~= index - start,
      index - start == 4 || bytes[start] != UInt8(ascii: "0"),
      take("-"), let month = twoDigits(), take("-"), let day = twoDigits()
    else { return nil }
    return Day(year: isNegative ? -year : year, month: month, day: day)
  }

  /// A time; 24:00:00 is the midnight that ends a day.
  mutating func time() -> (time: Time, endsDay: Bool)? {
    guard let hour = twoDigits(), take(":"), let minute = twoDigits(), take(":"),
      let second = twoDigits(), let nanosecond = fraction()
    else { return nil }
    var zone: Zone?
    if index < bytes.count {
      zone = self.zone()
      if zone == nil { return nil }
    }
    let endsDay = hour == 24 && minute == 0 && second == 0 && nanosecond == 0
    let time = Time(
      hour: endsDay ? 0 : hour, minute: minute, second: second, nanosecond: nanosecond, zone: zone)
    return time.map { ($0, endsDay) }
  }

  mutating func dateTime() -> DateTime? {
    guard let day = day(), take("T"), let (time, endsDay) = time() else { return nil }
    return (endsDay ? day.adding(days: 1) : day)?.at(time)
  }

  /// Nanoseconds after a point, 0 without one; `nil` for a point without digits.
  private mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    guard var value = digit() else { return nil }
    var count = 1
    while let digit = digit() {
      if count < 9 { value = value * 10 + digit }
      count += 1
    }
    while count < 9 {
      value *= 10
      count += 1
    }
    return value
  }

  mutating func zone() -> Zone? {
    if take("Z") { return .utc }
    if take("@") {
      let name = String(decoding: bytes[index...], as: UTF8.self)
      index = bytes.count
      return Zone(named: name)
    }
    let isWest = take("-")
    guard isWest || take("+"), let hours = twoDigits(), take(":"), let minutes = twoDigits(),
      minutes < 60
    else { return nil }
    var seconds = 0
    if take(":") {
      guard let digits = twoDigits(), digits < 60 else { return nil }
      seconds = digits
    }
    let offset = (hours * 60 + minutes) * 60 + seconds
    return Zone(offset: isWest ? -offset : offset)
  }
}

extension TemporalReader {
  mutating func yearsMonthsDuration() -> YearsMonthsDuration? {
    let isNegative = take("-")
    guard take("P"), var value = number() else { return nil }
    var total: Int128 = 0
    if take("Y") {
      total = Int128(value) * 12
      if index == bytes.count { return Self.duration(months: total, isNegative) }
      guard let months = number() else { return nil }
      value = months
    }
    guard take("M") else { return nil }
    return Self.duration(months: total + Int128(value), isNegative)
  }

  private static func duration(months: Int128, _ isNegative: Bool) -> YearsMonthsDuration? {
    Int(exactly: isNegative ? -months : months).map(YearsMonthsDuration.init(months:))
  }

  mutating func daysTimeDuration() -> DaysTimeDuration? {
    let isNegative = take("-")
    guard take("P") else { return nil }
    var seconds: Int128 = 0
    if !isAt("T") {
      guard let days = number(), take("D") else { return nil }
      seconds = Int128(days) * 86_400
    }
    var nanoseconds: Int128 = 0
    if take("T") {
      guard let time = durationTime() else { return nil }
      seconds += time.seconds
      nanoseconds = Int128(time.nanoseconds)
    }
    let total = seconds * 1_000_000_000 + nanoseconds
    return DaysTimeDuration(totalNanoseconds: isNegative ? -total : total)
  }

  /// `2H3M4.5S`: at least one part, in this order.
  private mutating func durationTime() -> (seconds: Int128, nanoseconds: Int)? {
    var seconds: Int128 = 0
    var units: [(Unicode.Scalar, Int128)] = [("H", 3600), ("M", 60), ("S", 1)]
    repeat {
      guard let value = number() else { return nil }
      // Java, and with it the DMN conformance suite, also writes `0.S`.
      let nanoseconds = isAt(".") ? durationFraction() : nil
      guard let unit = units.firstIndex(where: { isAt($0.0) }) else { return nil }
      guard nanoseconds == nil || isAt("S") else { return nil }
      seconds += Int128(value) * units[unit].1
      index += 1
      units.removeSubrange(...unit)
      if let nanoseconds { return (seconds, nanoseconds) }
    } while index < bytes.count
    return (seconds, 0)
  }

  /// Nanoseconds after the point, which may stand alone.
  private mutating func durationFraction() -> Int? {
    let start = index
    if let value = fraction() { return value }
    index = start + 1
    return 0
  }
}
