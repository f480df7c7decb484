public import DMN
internal import Diagnostics
public import FEEL

/// A term set by law or rule: how long, in what unit, and whether it can stand still.
///
/// The rows are the decision `clock-parameter` of `Workflows/shared/deadlines.dmn`, each with its article.
public struct ClockParameter: Hashable, Sendable {
  public enum Unit: String, Hashable, Sendable {
    case workingDays = "working-days"
    case calendarDays = "calendar-days"
    case months
    case years
    /// Of every day, counted exactly.
    case hours
  }

  /// `T-MSEC`.
  public let identifier: String
  public let unit: Unit
  /// In `unit`.
  public let amount: Int
  /// The coded reasons for which the clock may be paused; empty: never.
  public let pauseReasons: [String]
  /// The citation of the row.
  public let source: String
  /// The deployed version of the model, such as `deadlines@2`; `nil` in clocks that were opened before it was kept.
  public internal(set) var version: String?
  /// The id of the DMN model the row stands in.
  public let model: String

  private init(
    identifier: String, unit: Unit, amount: Int, pauseReasons: [String], source: String,
    version: String?, model: String
  ) {
    self.identifier = identifier
    self.unit = unit
    self.amount = amount
    self.pauseReasons = pauseReasons
    self.source = source
    self.version = version
    self.model = model
  }

  /// Looks `identifier` up in the decision `clock-parameter`.
  ///
  /// - Throws: `CAL011` when there is no such row, or it is not complete.
  public init(_ identifier: String, in decisions: [String: DecisionModel]) throws {
    let unknown = Diagnostic("CAL011", ["clock": identifier])
    guard let model = decisions["clock-parameter"] else { throw unknown }
    let result = try model.evaluate(
      "clock-parameter", inputs: ["parameter": .string(identifier)], environment: FEELEnvironment())
    guard case .context(let row) = result.value,
      case .string(let unit)? = row["unit"], let unit = Unit(rawValue: unit),
      case .number(let amount)? = row["amount"], let amount = Int(exactly: amount)
    else { throw unknown }
    version = nil
    self.identifier = identifier
    self.unit = unit
    self.amount = amount
    if row["pausable"] == .boolean(true), case .list(let reasons)? = row["pauseReasons"] {
      pauseReasons = reasons.compactMap(\.text)
    } else {
      pauseReasons = []
    }
    source = row["source"]?.text ?? ""
    self.model = model.id
  }
}

extension ClockParameter: JSONRecord {
  public static func members(of value: ClockParameter?, in json: inout JSONCoder) throws
    -> ClockParameter
  {
    try ClockParameter(
      identifier: json.member("identifier", value?.identifier),
      unit: json.member("unit", value?.unit),
      amount: json.member("amount", value?.amount),
      pauseReasons: json.member("pauseReasons", value?.pauseReasons),
      source: json.member("source", value?.source),
      version: json.optional("version", value?.version),
      model: json.member("model", value?.model))
  }
}

extension ClockParameter.Unit: JSONStored {}

extension FEELValue {
  /// The string itself; `nil` for every other kind of value.
  var text: String? {
    if case .string(let text) = self { text } else { nil }
  }
}
