internal import Diagnostics
public import FEEL

/// Inputs with the outputs that are expected for them, from a CSV table that people keep beside a decision.
///
/// The first line names the inputs, then, after `=>`, the outputs: `percent,age,=> band,group`. Cells are FEEL
/// literals; text may stand without quotes where the model says `string`, dates as `2026-01-31`. An empty input is
/// not given, an output `-` may be anything.
public struct DecisionExamples: Sendable {
  /// One line of the table.
  public struct Row: Sendable {
    /// Counted from 1, in the file.
    public let line: Int
    public let inputs: FEELContext
    /// By output name; what may be anything is left out.
    public let expected: FEELContext
  }

  public let inputNames: [String]
  public let outputNames: [String]
  public let rows: [Row]

  /// Reads the table for `decision` of `model`, whose types say what cells without quotes mean.
  ///
  /// - Throws: `DMN006` no such decision; `DMN201` no `=>` in the first line, `DMN202` a line with another number of
  ///   cells, `DMN203` a cell that is no value.
  public init(csv: String, file: String, for decision: String, of model: DecisionModel) throws {
    let types = try model.exampleTypes(of: decision)
    var lines = CSVReader.rows(of: csv)[...]
    let header = lines.popFirst()?.fields ?? []
    guard let split = header.firstIndex(where: { $0.hasPrefix("=>") }) else {
      throw Diagnostic("DMN201", at: SourceLocation(file: file, line: 1))
    }
    inputNames = Array(header[..<split])
    outputNames = [String(header[split].dropFirst(2)).trimmed] + header[(split + 1)...]
    let names = inputNames + outputNames
    let inputCount = split
    rows = try lines.map { row in
      let place = SourceLocation(file: file, line: row.line)
      guard row.fields.count == names.count else {
        throw Diagnostic(
          "DMN202", ["expected": String(names.count), "found": String(row.fields.count)], at: place)
      }
      var inputs = FEELContext()
      var expected = FEELContext()
      for (position, cell) in row.fields.enumerated() {
        let isInput = position < inputCount
        if cell.isEmpty && isInput || cell == "-" && !isInput { continue }
        let type = (isInput ? types.inputs : types.outputs)[names[position]] ?? .any
        guard let value = Self.value(cell, of: type) else {
          throw Diagnostic("DMN203", ["cell": cell, "column": names[position]], at: place)
        }
        if isInput { inputs[names[position]] = value } else { expected[names[position]] = value }
      }
      return Row(line: row.line, inputs: inputs, expected: expected)
    }
  }

  private static func value(_ cell: String, of type: FEELType) -> FEELValue? {
    if cell.isEmpty { return .null }
    switch type {
    case .string where !cell.hasPrefix("\"") && cell != "null": return .string(cell)
    case .date, .any: if let day = Day(cell) { return .date(day) }
    case .number: if let number = Decimal128(cell) { return .number(number) }
    default: break
    }
    if let value = Scope(elements: [], types: [:]).constant(cell) { return value }
    guard type == .any, cell.allSatisfy({ $0.isLetter || $0 == "_" }) else { return nil }
    return .string(cell)
  }
}

extension DecisionModel {
  /// The types of the inputs of a decision, and of its value or the value's members.
  fileprivate func exampleTypes(of decision: String) throws
    -> (inputs: [String: FEELType], outputs: [String: FEELType])
  {
    let position = try position(of: decision)
    var inputs: [String: FEELType] = [:]
    for element in graph.elements where !element.isFunction {
      inputs[element.name] = element.type.type.feel
    }
    let element = graph.elements[position]
    var outputs: [String: FEELType] = [:]
    if case .context(let fields) = element.type.type.element.feel {
      for field in fields { outputs[field.name] = field.type }
    } else {
      outputs[element.name] = element.type.type.feel
    }
    return (inputs, outputs)
  }
}
