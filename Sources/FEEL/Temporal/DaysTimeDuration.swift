/// A length of time in days, hours, minutes and seconds, down to nanoseconds: a FEEL `days and time duration`.
///
/// At most 2^62 seconds, about 146 thousand million years, in either direction.
/// - Note: Source: DMN 1.5, 10.3.2.3.7 (the days and time duration domain).
public struct DaysTimeDuration: Hashable, Sendable {
  /// Rounded toward negative infinity.
  let wholeSeconds: Int
  /// From 0 to 999999999, after `wholeSeconds`.
  private let fraction: Int32

  private static let longest = 1 << 62

  public static let zero = DaysTimeDuration(seconds: 0)

  /// The sum of both parts; the longest duration where it would be longer.
  public init(seconds: Int, nanoseconds: Int = 0) {
    let (carry, fraction) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (sum, overflow) = seconds.addingReportingOverflow(carry)
    let nearest = overflow ? seconds : sum
    wholeSeconds = min(max(nearest, -Self.longest), Self.longest - 1)
    self.fraction = Int32(fraction)
  }

  /// `nil` beyond the longest duration.
  init?(totalNanoseconds: Int128) {
    let (quotient, remainder) = totalNanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard quotient.magnitude < Self.longest else { return nil }
    self.init(seconds: Int(quotient), nanoseconds: Int(remainder))
  }

  /// The nearest duration to `seconds` in nanoseconds, halves to the even one; `nil` beyond the longest duration.
  public init?(seconds: Decimal128) {
    guard let total = seconds.multiplied(by: 1_000_000_000)?.rounded(to: 0, .halfEven),
      total.magnitude < Decimal128(coefficient: 1, exponent: 29, isNegative: false)
    else { return nil }
    let magnitude = Int128(total.coefficient) * Int128(PowersOfTen.wide(max(total.exponent, 0)))
    self.init(totalNanoseconds: total.isNegative ? -magnitude : magnitude)
  }

  var totalNanoseconds: Int128 { Int128(wholeSeconds) * 1_000_000_000 + Int128(fraction) }
  var nanosecondOfSecond: Int { Int(fraction) }
}

extension DaysTimeDuration: Comparable {
  public static func < (left: DaysTimeDuration, right: DaysTimeDuration) -> Bool {
    (left.wholeSeconds, left.fraction) < (right.wholeSeconds, right.fraction)
  }
}

extension DaysTimeDuration {
  public var isNegative: Bool { wholeSeconds < 0 }
  public var magnitude: DaysTimeDuration { isNegative ? -self : self }

  /// The whole length in seconds, exact.
  public var totalSeconds: Decimal128 {
    let total = totalNanoseconds
    let (whole, rest) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
    return rest == 0
      ? Decimal128(coefficient: UInt128(whole.magnitude), exponent: 0, isNegative: total < 0)
      : Decimal128(coefficient: UInt128(total.magnitude), exponent: -9, isNegative: total < 0)
  }

  /// FEEL's properties: the length is the sum of these five, which all have its sign.
  public var days: Int { towardZero / 86_400 }
  /// From -23 to 23.
  public var hours: Int { towardZero / 3600 % 24 }
  /// From -59 to 59.
  public var minutes: Int { towardZero / 60 % 60 }
  /// From -59 to 59.
  public var seconds: Int { towardZero % 60 }
  /// From -999999999 to 999999999.
  public var nanoseconds: Int {
    isNegative && fraction > 0 ? Int(fraction) - 1_000_000_000 : Int(fraction)
  }

  private var towardZero: Int { isNegative && fraction > 0 ? wholeSeconds + 1 : wholeSeconds }
}

extension DaysTimeDuration {
  public static prefix func - (value: DaysTimeDuration) -> DaysTimeDuration {
    DaysTimeDuration(seconds: -value.wholeSeconds, nanoseconds: -value.nanosecondOfSecond)
  }

  /// `nil` beyond the longest duration.
  public func adding(_ other: DaysTimeDuration) -> DaysTimeDuration? {
    DaysTimeDuration(totalNanoseconds: totalNanoseconds + other.totalNanoseconds)
  }

  /// `nil` beyond the longest duration.
  public func subtracting(_ other: DaysTimeDuration) -> DaysTimeDuration? {
    DaysTimeDuration(totalNanoseconds: totalNanoseconds - other.totalNanoseconds)
  }

  /// To the nearest nanosecond; `nil` beyond the longest duration.
  public func multiplied(by factor: Decimal128) -> DaysTimeDuration? {
    totalSeconds.multiplied(by: factor).flatMap(DaysTimeDuration.init(seconds:))
  }

  /// To the nearest nanosecond; `nil` for a divisor of zero and beyond the longest duration.
  public func divided(by divisor: Decimal128) -> DaysTimeDuration? {
    totalSeconds.divided(by: divisor).flatMap(DaysTimeDuration.init(seconds:))
  }

  /// How many times `divisor` goes into this duration; `nil` when it is zero.
  public func divided(by divisor: DaysTimeDuration) -> Decimal128? {
    totalSeconds.divided(by: divisor.totalSeconds)
  }
}

extension DaysTimeDuration: CodableAsText {
  /// Reads `P1DT2H3M4.5S`, `-PT36H`: any of days, hours, minutes, seconds, in this order (XSD `dayTimeDuration`).
  ///
  /// Digits beyond nanoseconds are dropped.
  public init?(_ text: String) {
    guard let duration = TemporalReader.read(text, { $0.daysTimeDuration() }) else { return nil }
    self = duration
  }

  /// In its shortest form: days, hours below 24, minutes and seconds below 60; `PT0S` for nothing.
  public var description: String { TemporalWriter.text { $0.write(self) } }
}
