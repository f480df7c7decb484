/// A length of time in months, whatever days they have: a FEEL `years and months duration`.
///
/// - Note: Source: DMN 1.5, 10.3.2.3.8 (the years and months duration domain).
public struct YearsMonthsDuration: Hashable, Sendable {
  public let totalMonths: Int

  /// The least integer, which has no positive counterpart, counts as the one above it.
  public init(months: Int) {
    totalMonths = max(months, -Int.max)
  }

  /// Whole months from `start` to `end`, negative when it comes first: FEEL `years and months duration`.
  public init(from start: Day, to end: Day) {
    let months = (end.year - start.year) * 12 + end.month - start.month
    if start <= end {
      self.init(months: end.day < start.day ? months - 1 : months)
    } else {
      self.init(months: end.day > start.day ? months + 1 : months)
    }
  }

  private init?(exactly months: Decimal128?) {
    guard let whole = months?.rounded(to: 0, .down), let total = Int(exactly: whole) else {
      return nil
    }
    self.init(months: total)
  }
}

extension YearsMonthsDuration: Comparable {
  public static func < (left: YearsMonthsDuration, right: YearsMonthsDuration) -> Bool {
    left.totalMonths < right.totalMonths
  }
}

extension YearsMonthsDuration {
  public var isNegative: Bool { totalMonths < 0 }
  public var magnitude: YearsMonthsDuration { isNegative ? -self : self }

  /// FEEL's properties: the length is the sum of both, which have its sign.
  public var years: Int { totalMonths / 12 }
  /// From -11 to 11.
  public var months: Int { totalMonths % 12 }
}

extension YearsMonthsDuration {
  public static prefix func - (value: YearsMonthsDuration) -> YearsMonthsDuration {
    YearsMonthsDuration(months: -value.totalMonths)
  }

  /// `nil` when the months are more than 64 bits hold.
  public func adding(_ other: YearsMonthsDuration) -> YearsMonthsDuration? {
    let (sum, overflow) = totalMonths.addingReportingOverflow(other.totalMonths)
    return overflow ? nil : YearsMonthsDuration(months: sum)
  }

  /// `nil` when the months are more than 64 bits hold.
  public func subtracting(_ other: YearsMonthsDuration) -> YearsMonthsDuration? { adding(-other) }

  /// Whole months, the rest dropped; `nil` when they are more than 64 bits hold.
  public func multiplied(by factor: Decimal128) -> YearsMonthsDuration? {
    YearsMonthsDuration(exactly: Decimal128(totalMonths).multiplied(by: factor))
  }

  /// Whole months, the rest dropped; `nil` for a divisor of zero and when they are more than 64 bits hold.
  public func divided(by divisor: Decimal128) -> YearsMonthsDuration? {
    YearsMonthsDuration(exactly: Decimal128(totalMonths).divided(by: divisor))
  }

  /// How many times `divisor` goes into this duration; `nil` when it is zero.
  public func divided(by divisor: YearsMonthsDuration) -> Decimal128? {
    Decimal128(totalMonths).divided(by: Decimal128(divisor.totalMonths))
  }
}

extension YearsMonthsDuration: CodableAsText {
  /// Reads `P1Y2M`, `-P18M`: years, months or both, in this order (XSD `yearMonthDuration`).
  public init?(_ text: String) {
    guard let duration = TemporalReader.read(text, { $0.yearsMonthsDuration() }) else { return nil }
    self = duration
  }

  /// In its shortest form: years, months below 12; `P0M` for nothing.
  public var description: String { TemporalWriter.text { $0.write(self) } }
}
