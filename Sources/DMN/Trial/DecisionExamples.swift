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
  ///   cells, `DMN203` a cell that is no value, `DMN205` an input or output that the decision does not have.
  public init(csv: String, file: String, for decision: String, of model: DecisionModel) throws {
    let types = try CaseTypes(decision, of: [model])
    var lines = CSVReader.rows(of: csv)[...]
    let header = lines.popFirst()?.fields ?? []
    guard let split = header.firstIndex(where: { $0.hasPrefix("=>") }) else {
      throw Diagnostic("DMN201", at: SourceLocation(file: file, line: 1))
    }
    inputNames = Array(header[..<split])
    outputNames = [String(header[split].dropFirst(2)).trimmed] + header[(split + 1)...]
    let names = inputNames + outputNames
    let inputCount = split
    let head = SourceLocation(file: file, line: 1)
    for name in inputNames { try types.check(input: name, at: head) }
    for name in outputNames { try types.check(output: name, at: head) }
    rows = try lines.map { row in
      let place = SourceLocation(file: file, line: row.line)
      guard row.fields.count == names.count else {
        throw Diagnostic.cells(row.fields.count, expected: names.count, at: place)
      }
      var inputs = FEELContext()
      var expected = FEELContext()
      for (position, cell) in row.fields.enumerated() {
        let isInput = position < inputCount
        if cell.isEmpty && isInput || cell == "-" && !isInput { continue }
        let type = (isInput ? types.inputs : types.outputs)[names[position]] ?? .any
        guard let value = CaseTypes.value(cell, of: type) else {
          throw Diagnostic.noValue(column: names[position], at: place)
        }
        if isInput { inputs[names[position]] = value } else { expected[names[position]] = value }
      }
      return Row(line: row.line, inputs: inputs, expected: expected)
    }
  }
}
