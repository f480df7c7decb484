/// A value of FEEL (DMN 1.5, 10.3.2.2).
///
/// `==` asks whether two values are the same value of the same type, as FEEL `is` does; the three-valued FEEL `=` is
/// `equals(_:)`.
public enum FEELValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case number(Decimal128)
  case string(String)
  case date(Day)
  case time(Time)
  indirect case dateTime(DateTime)
  case daysTime(DaysTimeDuration)
  case yearsMonths(YearsMonthsDuration)
  case list([FEELValue])
  case context(FEELContext)
  indirect case range(FEELRange)
  indirect case function(FEELFunction)
}

extension FEELValue {
  /// The truth value, `nil` for every other type.
  public var boolean: Bool? { if case .boolean(let value) = self { value } else { nil } }

  /// The number, `nil` for every other type.
  public var number: Decimal128? { if case .number(let value) = self { value } else { nil } }

  /// The number as an integer, `nil` when there is a fraction or another type.
  public var integer: Int? { number.flatMap { Int(exactly: $0) } }

  /// The text, `nil` for every other type.
  public var string: String? { if case .string(let value) = self { value } else { nil } }

  /// The elements, `nil` for every other type.
  public var list: [FEELValue]? { if case .list(let value) = self { value } else { nil } }

  /// The context, `nil` for every other type.
  public var context: FEELContext? { if case .context(let value) = self { value } else { nil } }

  public var isNull: Bool { if case .null = self { true } else { false } }

  /// A truth value, `null` when it is not known.
  init(_ truth: Bool?) {
    self = truth.map { .boolean($0) } ?? .null
  }

  /// A number, exact.
  public init(_ integer: Int) {
    self = .number(Decimal128(integer))
  }

  /// Turns what three-valued logic knows into a value and back: everything but a truth value is unknown.
  public var isTrue: Bool { if case .boolean(true) = self { true } else { false } }
}

extension FEELValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .number(Decimal128(value)) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  public init(nilLiteral: ()) { self = .null }
  public init(arrayLiteral elements: FEELValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, FEELValue)...) {
    self = .context(FEELContext(elements))
  }
}
