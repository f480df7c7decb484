import Commission
import TestSupport
import Testing

struct PersonalNumberTests {
  @Test(arguments: try Examples.files(in: "Cases/numbers"))
  func number(_ examples: Examples) throws {
    try examples.check { input in
      ["= \(PersonalNumber(String(input.dropFirst().dropLast()))?.description ?? "invalid")"]
    }
  }
}
