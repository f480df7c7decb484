import Diagnostics
import FEEL
import TestSupport
import Testing

/// Input lines are one expression; results are its value and its notes, or why it cannot be read.
@Test(arguments: try Examples.files(in: "Cases"))
func feel(_ examples: Examples) throws {
  try examples.check { input in
    do {
      let expression = try FEELExpression(parsing: input, names: Sample.names)
      let result = expression.evaluate(in: Sample.variables, environment: Sample.environment)
      return ["= \(result.value)"] + result.notes.map(line)
    } catch let problem as Diagnostic {
      return [line(problem)]
    }
  }
}

/// Expressions that may take a hundred thousand steps: whatever takes time counts, not only loops.
@Test(arguments: try Examples.files(in: "Cases/limits"))
func steps(_ examples: Examples) throws {
  var environment = Sample.environment
  environment.limits.steps = 100_000
  try examples.check { [environment] input in
    let expression = try FEELExpression(parsing: input)
    let result = expression.evaluate(in: [:], environment: environment)
    return ["= \(result.value)"] + result.notes.map(line)
  }
}

/// The first input line is the value of the input, the rest the unary tests of a cell.
@Test(arguments: try Examples.files(in: "Cases/unary"))
func unaryTests(_ examples: Examples) throws {
  try examples.check { lines in
    let input = lines.prefix { $0 != "\n" }
    do {
      let value = try FEELExpression(parsing: String(input)).evaluate(in: Sample.variables).value
      let cell = String(lines.dropFirst(input.count))
      let tests = try FEELExpression(parsing: cell, as: .unaryTests, names: Sample.names)
      let variables = Sample.variables.merging(["?": value])
      let result = tests.evaluate(in: variables, environment: Sample.environment)
      return ["= \(result.value)"] + result.notes.map(line)
    } catch let problem as Diagnostic {
      return [line(problem)]
    }
  }
}

/// Code and arguments; of the place only what is not in the arguments.
private func line(_ note: Diagnostic) -> String {
  let words = note.arguments.filter { $0.key != "expression" && $0.key != "offset" }
    .sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
  let place = note.severity == .error ? note.location.map { " \($0)" } ?? "" : ""
  return "! \(note.code)\(place)\(words)"
}

/// What the cases may use.
enum Sample {
  static let variables: FEELContext = [
    "x": 5, "Full Name": "Leyla Əliyeva", "a-b": 7,
    "person": ["first name": "Elçin", "age": 41, "children": [["age": 12], ["age": 9]]],
  ]

  static let names = FEELNames(variables: [
    "x": .number, "Full Name": .string, "a-b": .number,
    "person": .context([
      .init("first name", .string), .init("age", .number),
      .init("children", .list(.context([.init("age", .number)]))),
    ]),
  ])

  static let environment = FEELEnvironment(
    now: DateTime("2026-03-10T09:30:00@Asia/Baku"), seed: 42,
    functions: [
      "deadline": .host(name: "deadline", parameters: ["clock"]) { _ in
        .date(Day(year: 2026, month: 4, day: 1)!)
      }
    ])
}
