/// The names an expression may use, known while it is parsed.
///
/// Names with blanks and operators (`Loan amount`, `a-b`) are only recognised when they are listed; a type tells which
/// names may follow a dot or stand in a filter.
public struct FEELNames: Hashable, Sendable {
  /// Variables, in no particular order.
  public private(set) var variables: [String: FEELType]
  /// Types besides the built-in ones, for `instance of` and function parameters.
  public private(set) var types: [String: FEELType]
  /// The names of several words, by their first word.
  let phrases: Phrases

  public static let none = FEELNames([])

  /// The host functions of the working calendar: one of their names holds a keyword and must be known to be read.
  public static let workCalendar = FEELNames([
    "add working days", "working days between", "next working day",
  ])

  public init(_ names: [String]) {
    self.init(
      variables: Dictionary(names.map { ($0, .any) }, uniquingKeysWith: { first, _ in first }))
  }

  public init(variables: [String: FEELType], types: [String: FEELType] = [:]) {
    self.variables = variables
    self.types = types
    phrases = Phrases(variables.keys)
  }

  /// These names and `others`, which win.
  public func adding(_ others: FEELNames) -> FEELNames {
    FEELNames(
      variables: variables.merging(others.variables) { $1 },
      types: types.merging(others.types) { $1 })
  }
}
