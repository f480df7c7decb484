import Diagnostics
import FEEL
import Testing

@Suite struct Expressions {
  @Test func tellTheirVariables() throws {
    let expression = try FEELExpression(
      parsing: "for i in list return i + a-b * date(d).year", names: FEELNames(["a-b"]))
    #expect(expression.freeNames == ["list", "a-b", "d"])
    var asked: [String] = []
    _ = expression.evaluate { name in
      asked.append(name)
      return nil
    }
    #expect(asked == expression.freeNames)
  }

  @Test func problemsHaveTheirPlaceInTheFile() throws {
    let place = SourceLocation(file: "a.dmn", line: 10, column: 5)
    let problem = #expect(throws: Diagnostic.self) {
      try FEELExpression(parsing: "1 +\n  )", at: place)
    }
    #expect(problem?.location == SourceLocation(file: "a.dmn", line: 11, column: 3))
    let result = try FEELExpression(parsing: "1 + absent", at: place).evaluate(in: [:])
    #expect(result.notes.first?.code == "FEEL101")
    #expect(result.notes.first?.location == SourceLocation(file: "a.dmn", line: 10, column: 9))
    #expect(result.notes.first?.arguments["expression"] == "absent")
    #expect(result.notes.first?.arguments["offset"] == "4")
  }

  @Test func constantsAreKnownWithoutEvaluation() throws {
    #expect(
      try FEELExpression(parsing: #"date("2026-03-01")"#).constant == .date(Day("2026-03-01")!))
    #expect(try FEELExpression(parsing: "-(2 + 3)").constant == -5)
    #expect(try FEELExpression(parsing: "now()").constant == nil)
    #expect(try FEELExpression(parsing: "1 / 0").constant == nil)
  }

  @Test func cellsTellTheirTests() throws {
    func tests(_ text: String) throws -> (isNegated: Bool, tests: [UnaryTest])? {
      try FEELExpression(parsing: text, as: .unaryTests).unaryTests
    }
    #expect(try tests("-")?.tests == [.anything])
    #expect(try tests("")?.tests == [.anything])
    let range = try #require(FEELRange(from: 1, to: 5, includesLow: true, includesHigh: false))
    let less = try #require(FEELRange(.less, 0))
    #expect(
      try tests(#"[1..5), < 0, "a", x"#)?.tests == [
        .range(range), .range(less), .value("a"), .computed,
      ])
    #expect(try tests("not(1, 2)")?.isNegated == true)
    #expect(try tests("? > 1")?.tests == [.computed])
    #expect(try FEELExpression(parsing: "1").unaryTests == nil)
  }

  @Test func equalSourceIsEqual() throws {
    let first = try FEELExpression(parsing: "a b + 1", names: FEELNames(["a b"]))
    #expect(try first == FEELExpression(parsing: "a b + 1", names: FEELNames(["a b"])))
    #expect(try first != FEELExpression(parsing: "a b + 2", names: FEELNames(["a b"])))
  }

  @Test func hostFunctionsNestWithinTheLimit() throws {
    let calling = try FEELExpression(parsing: "again(n)")
    let again = FEELFunction.host(name: "again", parameters: [.init("n", .number)]) {
      arguments, environment in
      calling.evaluate(in: ["n": arguments[0]], environment: environment)
    }
    let environment = FEELEnvironment(functions: ["again": again])
    let result = calling.evaluate(in: ["n": 1], environment: environment)
    #expect(result.value == .null)
    #expect(result.notes.contains { $0.code == "FEEL118" })
  }

  @Test func chanceComesFromTheSeed() throws {
    let expression = try FEELExpression(parsing: "[random number(), uuid()]")
    let first = expression.evaluate(in: [:], environment: FEELEnvironment(seed: 1))
    #expect(first == expression.evaluate(in: [:], environment: FEELEnvironment(seed: 1)))
    #expect(first != expression.evaluate(in: [:], environment: FEELEnvironment(seed: 2)))
    #expect(expression.evaluate(in: [:]).notes.map(\.code) == ["FEEL126", "FEEL126"])
  }
}
