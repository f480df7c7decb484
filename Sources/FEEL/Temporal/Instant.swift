/// A point of time, the same everywhere; what a clock shows needs a `Zone`.
public struct Instant: Hashable, Sendable {
  /// Whole seconds from 1970-01-01T00:00:00Z, without leap seconds; negative before.
  public let seconds: Int
  private let fraction: Int32

  private static let range =
    Day.dayNumbers.lowerBound * 86_400...Day.dayNumbers.upperBound * 86_400 + 86_399

  /// Beyond the years that `Day` knows, the first or last second of them.
  public init(seconds: Int, nanoseconds: Int = 0) {
    let (carry, fraction) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    let nearest = overflow ? seconds : sum
    self.seconds = min(max(nearest, Self.range.lowerBound), Self.range.upperBound)
    self.fraction = Int32(fraction)
  }

  /// From 0 to 999999999, after `seconds`.
  public var nanoseconds: Int { Int(fraction) }
}

extension Instant: Comparable {
  public static func < (left: Instant, right: Instant) -> Bool {
    (left.seconds, left.fraction) < (right.seconds, right.fraction)
  }
}

extension Instant {
  /// `nil` outside the years that `Day` knows.
  public func adding(_ duration: DaysTimeDuration) -> Instant? {
    let (sum, overflow) = seconds.addingReportingOverflow(duration.wholeSeconds)
    guard !overflow, Self.range.contains(sum) else { return nil }
    return Instant(seconds: sum, nanoseconds: nanoseconds + duration.nanosecondOfSecond)
  }

  /// The time that passes from `other` to this instant.
  public func subtracting(_ other: Instant) -> DaysTimeDuration {
    DaysTimeDuration(
      seconds: seconds - other.seconds, nanoseconds: nanoseconds - other.nanoseconds)
  }
}

extension Instant: CodableAsText {
  /// Reads a date and time with `Z`, an offset or a zone.
  public init?(_ text: String) {
    guard let instant = DateTime(text)?.instant else { return nil }
    self = instant
  }

  /// In UTC: `2026-02-28T09:30:00.5Z`.
  public var description: String {
    DateTime(self, in: .utc)?.description ?? ""  // the range holds just the days there are
  }
}
