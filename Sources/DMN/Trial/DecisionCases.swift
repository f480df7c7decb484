internal import Diagnostics
public import FEEL

/// Cases for which a decision is to be made, from a table (CSV) or JSON that people keep or another program writes.
public struct DecisionCases: Sendable {
  /// One case.
  public struct Row: Sendable {
    /// The line of the table, or the place in the JSON list, counted from 1.
    public let number: Int
    public let inputs: FEELContext
  }

  public let rows: [Row]

  /// Reads a table whose first line names the inputs; cells are written as in `DecisionExamples`.
  ///
  /// Outputs after `=>` are skipped, so that a table of examples will do.
  /// - Parameter models: versions of the model; an input must be known to one of them.
  /// - Throws: `DMN006` no such decision; `DMN202` a line with another number of cells, `DMN203` a cell that is no
  ///   value, `DMN205` an input that nobody knows.
  public init(csv: String, file: String, for decision: String, of models: [DecisionModel]) throws {
    let types = try CaseTypes(decision, of: models)
    var lines = CSVReader.rows(of: csv)[...]
    let header = lines.popFirst()?.fields ?? []
    let names = Array(header.prefix { !$0.hasPrefix("=>") })
    for name in names { try types.check(input: name, at: SourceLocation(file: file, line: 1)) }
    rows = try lines.map { row in
      let place = SourceLocation(file: file, line: row.line)
      guard row.fields.count == header.count else {
        throw Diagnostic.cells(row.fields.count, expected: header.count, at: place)
      }
      var inputs = FEELContext()
      for (name, cell) in zip(names, row.fields) where !cell.isEmpty {
        guard let value = CaseTypes.value(cell, of: types.inputs[name] ?? .any) else {
          throw Diagnostic.noValue(column: name, at: place)
        }
        inputs[name] = value
      }
      return Row(number: row.line, inputs: inputs)
    }
  }

  /// Reads a JSON list of objects; dates and durations are texts where the model expects one.
  ///
  /// - Throws: `DMN006` no such decision; `DMN204` no JSON, or no list of objects; `DMN205` an input that no version
  ///   in `models` knows.
  public init(json: String, file: String, for decision: String, of models: [DecisionModel]) throws {
    let types = try CaseTypes(decision, of: models)
    let read = Self.reader.evaluate(in: ["text": .string(json)]).value
    guard case .list(let items) = read else {
      throw Diagnostic("DMN204", at: SourceLocation(file: file))
    }
    rows = try items.enumerated().map { index, item in
      guard case .context(let context) = item else {
        throw Diagnostic("DMN204", at: SourceLocation(file: file))
      }
      var inputs: [(String, FEELValue)] = []
      for (name, value) in context.entries {
        try types.check(input: name, at: SourceLocation(file: file))
        inputs.append((name, CaseTypes.value(value, of: types.inputs[name] ?? .any)))
      }
      return Row(number: index + 1, inputs: FEELContext(inputs))
    }
  }

  private static let reader: FEELExpression = {
    do {
      return try FEELExpression(parsing: "from json(text)", names: FEELNames(["text"]))
    } catch {
      fatalError("our own expression: \(error)")
    }
  }()
}

extension CaseTypes {
  /// - Throws: `DMN205` when the decision has no input of that name.
  func check(input name: String, at location: SourceLocation) throws {
    guard inputs[name] == nil else { return }
    throw Diagnostic(
      "DMN205", ["name": name, "known": inputs.keys.sorted().joined(separator: ", ")], at: location)
  }

  /// - Throws: `DMN205` when the value has members and none of that name.
  func check(output name: String, at location: SourceLocation) throws {
    guard hasMembers, outputs[name] == nil else { return }
    throw Diagnostic(
      "DMN205", ["name": name, "known": outputs.keys.sorted().joined(separator: ", ")],
      at: location)
  }
}

extension Diagnostic {
  /// A line of a table with more or fewer cells than the first.
  static func cells(_ found: Int, expected: Int, at location: SourceLocation) -> Diagnostic {
    Diagnostic("DMN202", ["expected": String(expected), "found": String(found)], at: location)
  }

  /// A cell that cannot be read; what stands in it may be personal and is not repeated.
  static func noValue(column: String, at location: SourceLocation) -> Diagnostic {
    Diagnostic("DMN203", ["column": column], at: location)
  }
}
