import Diagnostics
import FEEL
import TestSupport
import Testing

/// Lines: a type, then a value; results: the type as printed, whether the value conforms, what it is coerced to.
@Test(arguments: try Examples.files(in: "Cases/types"))
func types(_ examples: Examples) throws {
  try examples.check { lines in
    let parts = lines.split(separator: "\n", maxSplits: 1).map(String.init)
    do {
      let type = try FEELType(parsing: parts[0], types: ["tAge": .number])
      guard parts.count == 2 else { return ["= \(type)"] }
      let value = try FEELExpression(parsing: parts[1]).evaluate(in: [:]).value
      let coerced = type.coerce(value).map(\.description) ?? "none"
      return ["= \(type)", "= conforms \(type.conforms(value)), coerced \(coerced)"]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}

@Test func typesOfMembers() throws {
  let type = try FEELType(parsing: "list<context<a: number, b: list<string>>>")
  #expect(type.member("a") == .list(.number))
  #expect(type.element.member("b").element == .string)
  #expect(type.member("c") == .list(.any))
  #expect(FEELType(of: [1, 2]) == .list(.number))
  #expect(FEELType(of: [1, "a"]) == .list(.any))
}
