public import Diagnostics

/// The value of an expression, and why parts of it became null.
public struct FEELResult: Hashable, Sendable {
  public let value: FEELValue
  /// One `FEEL1xx` per failed subexpression, in the order of evaluation, at most `FEELResult.noteLimit`.
  public let notes: [Diagnostic]

  /// More notes than this say nothing new.
  public static let noteLimit = 20

  public init(value: FEELValue, notes: [Diagnostic] = []) {
    self.value = value
    self.notes = notes
  }

  public var isTrue: Bool { value.isTrue }
}
