import DMN
import FEEL

/// What the fuzzer feeds: bytes of any kind, taken for a decision model when they begin like XML, else for FEEL.
///
/// It must always come back with a value, null or a `Diagnostic`. `Tests/Scripts/fuzz.sh` compiles this file into a
/// libFuzzer target; `FuzzTests` runs it over a fixed series of damaged texts.
enum FuzzTarget {
  static func run(_ bytes: [UInt8]) {
    if bytes.first == UInt8(ascii: "<") {
      model(bytes)
    } else {
      let text = String(decoding: bytes, as: UTF8.self)
      expression(text, as: .expression)
      expression(text, as: .unaryTests)
    }
  }

  private static let inputs: FEELContext = [
    "x": 5, "a b": "text", "n": 0, "percent": 61, "age": 17, "day": .date(Day("2026-03-01")!),
    "list": [1, 2, nil, "a"], "item": ["a": 1, "b c": [1, 2]], "?": 3,
  ]

  private static var environment: FEELEnvironment {
    var environment = FEELEnvironment(now: DateTime("2026-03-10T09:30:00Z"), seed: 1)
    environment.limits.steps = 20_000
    environment.limits.elements = 10_000
    environment.limits.bytes = 100_000
    return environment
  }

  private static func expression(_ text: String, as kind: FEELExpression.Kind) {
    let names = FEELNames(inputs.names)
    guard let expression = try? FEELExpression(parsing: text, as: kind, names: names) else {
      return
    }
    let result = expression.evaluate(in: inputs, environment: environment)
    let again = expression.evaluate(in: inputs, environment: environment)
    precondition(result == again, "the same expression gave two answers")
    _ = result.value.description
  }

  private static func model(_ bytes: [UInt8]) {
    guard let model = try? DecisionModel(parsing: bytes, file: "fuzz.dmn") else { return }
    _ = model.lint()
    for decision in model.decisions {
      var given = FEELContext()
      for input in decision.inputs { given[input.name] = value(of: input.type) }
      for inputs in [given, Self.inputs, [:]] {
        guard
          let traced = try? model.evaluate(decision.id, inputs: inputs, environment: environment),
          let plain = try? model.value(of: decision.id, inputs: inputs, environment: environment)
        else { continue }
        precondition(traced.value == plain.value, "a trace changed the answer")
        _ = traced.trace.xml()
      }
    }
  }

  private static func value(of type: String) -> FEELValue {
    switch type {
    case "number": 61
    case "boolean": true
    case "date": .date(Day("2026-03-01")!)
    default: "text"
    }
  }
}
