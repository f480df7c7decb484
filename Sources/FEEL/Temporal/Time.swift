/// A time of day, local, with an offset from UTC, or in a named zone: a FEEL `time`.
///
/// `==` is FEEL's `is`: the same fields and the same zone. `ordering(to:)` is FEEL's `=` and `<`.
/// - Note: Source: DMN 1.5, 10.3.2.3.4 (the time domain).
public struct Time: Hashable, Sendable {
  let nanosecondOfDay: Int
  private let zoneCode: Zone.OptionalCode

  static let nanosecondsPerDay = 86_400_000_000_000

  init(nanosecondOfDay: Int, zone: Zone?) {
    self.nanosecondOfDay = nanosecondOfDay
    zoneCode = Zone.OptionalCode(zone)
  }

  /// `nil` unless all parts are in range: hours to 23, minutes and seconds to 59, no leap seconds.
  public init?(hour: Int, minute: Int, second: Int, nanosecond: Int = 0, zone: Zone? = nil) {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...59 ~= second, 0...999_999_999 ~= nanosecond
    else { return nil }
    let seconds = (hour * 60 + minute) * 60 + second
    self.init(nanosecondOfDay: seconds * 1_000_000_000 + nanosecond, zone: zone)
  }

  public static let midnight = Time(nanosecondOfDay: 0, zone: nil)

  public var hour: Int { secondOfDay / 3600 }
  public var minute: Int { secondOfDay / 60 % 60 }
  public var second: Int { secondOfDay % 60 }
  public var nanosecond: Int { nanosecondOfDay % 1_000_000_000 }
  /// `nil`: a local time.
  public var zone: Zone? { zoneCode.zone }

  var secondOfDay: Int { nanosecondOfDay / 1_000_000_000 }

  /// The same fields in another zone; nothing is converted.
  public func with(zone: Zone?) -> Time { Time(nanosecondOfDay: nanosecondOfDay, zone: zone) }

  /// Seconds east of UTC, `nil` for a local time; a named zone counts without summer time, as there is no day to tell.
  public var offset: Int? { zone?.standardOffset }
}

extension Time {
  /// FEEL's order: by the second, in UTC when both have a zone; fractions of a second do not count.
  ///
  /// `nil`, FEEL's `null`, when only one of the two has a zone.
  public func ordering(to other: Time) -> Ordering? {
    switch (offset, other.offset) {
    case (nil, nil): Ordering(secondOfDay, other.secondOfDay)
    case (let offset?, let otherOffset?):
      Ordering(secondOfDay - offset, other.secondOfDay - otherOffset)
    case (nil, _?), (_?, nil): nil
    }
  }

  /// FEEL `time + duration`: past midnight it begins again; the zone stays.
  public func adding(_ duration: DaysTimeDuration) -> Time {
    let seconds = duration.wholeSeconds.flooredDivision(by: 86_400).remainder
    let sum = nanosecondOfDay + seconds * 1_000_000_000 + duration.nanosecondOfSecond
    return Time(nanosecondOfDay: sum % Self.nanosecondsPerDay, zone: zone)
  }

  /// FEEL `time - time`; `nil` when only one of the two has a zone.
  public func subtracting(_ other: Time) -> DaysTimeDuration? {
    guard (zone == nil) == (other.zone == nil) else { return nil }
    let shift = (offset ?? 0) - (other.offset ?? 0)
    return DaysTimeDuration(
      seconds: -shift, nanoseconds: nanosecondOfDay - other.nanosecondOfDay)
  }
}

extension Time: CodableAsText {
  /// Reads `13:20:00`, `13:20:00.5`, `13:20:00Z`, `13:20:00+04:00`, `13:20:00@Asia/Baku`; `24:00:00` is midnight.
  ///
  /// Digits beyond nanoseconds are dropped.
  public init?(_ text: String) {
    guard let time = TemporalReader.read(text, { $0.time()?.time }) else { return nil }
    self = time
  }

  public var description: String { TemporalWriter.text { $0.write(self) } }
}
