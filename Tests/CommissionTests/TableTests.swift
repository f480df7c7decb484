import Commission
import Diagnostics
import TestSupport
import Testing

struct TableTests {
  /// What a file with these lines holds, row by row.
  @Test(arguments: try Examples.files(in: "Cases/tables"))
  func table(_ examples: Examples) throws {
    try examples.check { input in
      do {
        return try CSV(parsing: Array(input.utf8), file: "t.csv").rows.map { row in
          "= \(row.location): " + ["a", "b", "c"].map { "\($0)=\(row[$0])" }.joined(separator: " ")
        }
      } catch let problem as Diagnostic {
        return ["! \(problem.code) \(problem.location?.description ?? "")"]
      }
    }
  }
}
