/// Writes temporal values as FEEL reads them.
struct TemporalWriter {
  private var bytes: [UInt8] = []

  static func text(_ body: (inout TemporalWriter) -> Void) -> String {
    var writer = TemporalWriter()
    writer.bytes.reserveCapacity(32)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  mutating func write(ascii character: Unicode.Scalar) { bytes.append(UInt8(ascii: character)) }

  private mutating func write(_ number: Int, digits: Int) {
    if digits > 1 || number > 9 { write(number / 10, digits: digits - 1) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }

  mutating func write(_ day: Day) {
    if day.year < 0 { write(ascii: "-") }
    write(abs(day.year), digits: 4)
    write(ascii: "-")
    write(day.month, digits: 2)
    write(ascii: "-")
    write(day.day, digits: 2)
  }

  mutating func write(_ time: Time) {
    write(clock: time.secondOfDay, withSeconds: true)
    write(fraction: time.nanosecond)
    if let zone = time.zone { write(zone) }
  }

  mutating func write(_ zone: Zone) {
    guard let offset = zone.fixedOffset else {
      bytes += "@\(zone.name ?? "")".utf8  // an offset has no name
      return
    }
    guard offset != 0 else { return write(ascii: "Z") }
    write(ascii: offset < 0 ? "-" : "+")
    write(clock: abs(offset), withSeconds: offset % 60 != 0)
  }

  private mutating func write(clock seconds: Int, withSeconds: Bool) {
    write(seconds / 3600, digits: 2)
    write(ascii: ":")
    write(seconds / 60 % 60, digits: 2)
    guard withSeconds else { return }
    write(ascii: ":")
    write(seconds % 60, digits: 2)
  }

  /// A point and the digits that are needed; nothing for zero.
  private mutating func write(fraction nanoseconds: Int) {
    guard nanoseconds != 0 else { return }
    var (value, digits) = (nanoseconds, 9)
    while value % 10 == 0 { (value, digits) = (value / 10, digits - 1) }
    write(ascii: ".")
    write(value, digits: digits)
  }
}

extension TemporalWriter {
  mutating func write(_ duration: YearsMonthsDuration) {
    let length = duration.magnitude
    if duration.isNegative { write(ascii: "-") }
    write(ascii: "P")
    write(length.years, unit: "Y")
    if length.months != 0 || length.years == 0 {
      write(length.months, digits: 1)
      write(ascii: "M")
    }
  }

  mutating func write(_ duration: DaysTimeDuration) {
    let length = duration.magnitude
    if duration.isNegative { write(ascii: "-") }
    write(ascii: "P")
    write(length.days, unit: "D")
    let hasSeconds = length.seconds != 0 || length.nanoseconds != 0
    guard hasSeconds || length.hours != 0 || length.minutes != 0 || length.days == 0 else { return }
    write(ascii: "T")
    write(length.hours, unit: "H")
    write(length.minutes, unit: "M")
    if hasSeconds || length == .zero {
      write(length.seconds, digits: 1)
      write(fraction: length.nanoseconds)
      write(ascii: "S")
    }
  }

  /// A part of a duration; nothing for zero.
  private mutating func write(_ number: Int, unit: Unicode.Scalar) {
    guard number != 0 else { return }
    write(number, digits: 1)
    write(ascii: unit)
  }
}
