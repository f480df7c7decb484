/// A day and a time of that day: a FEEL `date and time`.
///
/// `==` is FEEL's `is`: the same fields and the same zone. `ordering(to:)` is FEEL's `=` and `<`.
///
/// In a named zone a time that the clocks skip counts as if they had not been put forward yet, and one that comes twice
/// is the first of the two: the offset before the change, in both cases.
/// - Note: Source: DMN 1.5, 10.3.2.3.6 (the date and time domain).
public struct DateTime: Hashable, Sendable {
  public let day: Day
  public let time: Time

  public init(_ day: Day, _ time: Time) {
    self.day = day
    self.time = time
  }

  /// `nil`: a local date and time.
  public var zone: Zone? { time.zone }

  /// Seconds east of UTC at this day and time, `nil` when local.
  public var offset: Int? { zone?.offset(atLocal: localSeconds) }

  /// Seconds from 1970-01-01T00:00:00 on the clock of this place.
  var localSeconds: Int { day.daysSinceEpoch * 86_400 + time.secondOfDay }

  /// `nil` for local, and where the year in UTC is beyond those FEEL knows.
  private init?(localSeconds: Int, nanosecond: Int, zone: Zone?) {
    let (days, seconds) = localSeconds.flooredDivision(by: 86_400)
    guard let day = Day(daysSinceEpoch: days) else { return nil }
    self.day = day
    time = Time(nanosecondOfDay: seconds * 1_000_000_000 + nanosecond, zone: zone)
  }
}

extension DateTime {
  /// What a clock in `zone` shows at `instant`; `nil` outside the years FEEL knows.
  ///
  /// The second time that the clock shows something has the offset as its zone: with the name it would be the first.
  public init?(_ instant: Instant, in zone: Zone) {
    let offset = zone.offset(at: instant)
    let localSeconds = instant.seconds + offset
    let isSecond = zone.offset(atLocal: localSeconds) != offset
    self.init(
      localSeconds: localSeconds, nanosecond: instant.nanoseconds,
      zone: isSecond ? Zone(offset: offset) : zone)
  }

  /// `nil` when there is no zone.
  public var instant: Instant? {
    offset.map { Instant(seconds: localSeconds - $0, nanoseconds: time.nanosecond) }
  }
}

extension DateTime {
  /// FEEL's order: by the second, in UTC when both have a zone; fractions of a second do not count.
  ///
  /// `nil`, FEEL's `null`, when only one of the two has a zone.
  public func ordering(to other: DateTime) -> Ordering? {
    switch (offset, other.offset) {
    case (nil, nil): Ordering(localSeconds, other.localSeconds)
    case (let offset?, let otherOffset?):
      Ordering(localSeconds - offset, other.localSeconds - otherOffset)
    case (nil, _?), (_?, nil): nil
    }
  }

  /// FEEL `date and time + days and time duration`: in a named zone the time that really passes; `nil` out of range.
  public func adding(_ duration: DaysTimeDuration) -> DateTime? {
    if let zone, zone.fixedOffset == nil {
      return instant?.adding(duration).flatMap { DateTime($0, in: zone) }
    }
    let nanoseconds = time.nanosecond + duration.nanosecondOfSecond
    let (sum, overflow) = localSeconds.addingReportingOverflow(duration.wholeSeconds)
    guard !overflow else { return nil }
    return DateTime(
      localSeconds: sum + nanoseconds / 1_000_000_000, nanosecond: nanoseconds % 1_000_000_000,
      zone: zone)
  }

  /// FEEL `date and time + years and months duration`: the time and zone stay; `nil` out of range.
  public func adding(_ duration: YearsMonthsDuration) -> DateTime? {
    day.adding(duration).map { DateTime($0, time) }
  }

  /// FEEL `date and time - date and time`; `nil` when only one of the two has a zone.
  public func subtracting(_ other: DateTime) -> DaysTimeDuration? {
    guard (zone == nil) == (other.zone == nil) else { return nil }
    let seconds = localSeconds - (offset ?? 0) - other.localSeconds + (other.offset ?? 0)
    return DaysTimeDuration(
      seconds: seconds, nanoseconds: time.nanosecond - other.time.nanosecond)
  }
}

extension Day {
  /// This day at `time`.
  public func at(_ time: Time) -> DateTime { DateTime(self, time) }

  /// What a date counts as beside a `date and time`: midnight in UTC (DMN 1.5, 10.3.2.3.6).
  public var midnightUTC: DateTime { at(.midnight.with(zone: .utc)) }
}

extension DateTime: CodableAsText {
  /// Reads a day, `T` and a time, see `Day` and `Time`; `24:00:00` is midnight of the next day.
  public init?(_ text: String) {
    guard let value = TemporalReader.read(text, { $0.dateTime() }) else { return nil }
    self = value
  }

  public var description: String {
    TemporalWriter.text {
      $0.write(day)
      $0.write(ascii: "T")
      $0.write(time)
    }
  }
}
