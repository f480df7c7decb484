import DMN
import Diagnostics
import FEEL
import Testing

/// Files of cases for `decision whatif`.
@Suite struct CasesTests {
  private let before = TextTable(
    """
    UNIQUE band
    percent: number | child: boolean | since: date => band: string
    <= 60 | - | - => "low"
    > 60 | - | - => "high"
    """)
  private let after = TextTable(
    """
    UNIQUE band
    percent: number | years: number => band: string
    <= 70 | - => "low"
    > 70 | - => "high"
    """)

  @Test func table() throws {
    let cases = try DecisionCases(
      csv: "percent;since;years;=> band\n60;2026-01-31;;low\n\n61.5;;3;-\n", file: "cases.csv",
      for: "band", of: [before.model(), after.model()])
    #expect(cases.rows.map(\.number) == [2, 4])
    let day = try #require(Day("2026-01-31"))
    #expect(cases.rows[0].inputs == ["percent": 60, "since": .date(day)])
    #expect(
      cases.rows[1].inputs == ["percent": .number(try #require(Decimal128("61.5"))), "years": 3])
  }

  @Test func json() throws {
    let cases = try DecisionCases(
      json: #"[{"percent": 60, "since": "2026-01-31"}, {"child": true, "years": null}]"#,
      file: "cases.json", for: "band", of: [before.model(), after.model()])
    #expect(cases.rows.map(\.number) == [1, 2])
    let day = try #require(Day("2026-01-31"))
    #expect(cases.rows[0].inputs == ["percent": 60, "since": .date(day)])
    #expect(cases.rows[1].inputs == ["child": true, "years": nil])
  }

  @Test(arguments: [
    ("percent,weight\n1,2\n", "DMN205"), ("percent\n1,2\n", "DMN202"), ("percent\n1 +\n", "DMN203"),
    ("[1]", "DMN204"), ("[{\"percent\": 1}", "DMN204"), ("[{\"weight\": 1}]", "DMN205"),
  ])
  func refused(_ text: String, _ code: String) throws {
    let models = [try before.model()]
    #expect {
      _ =
        text.hasPrefix("[")
        ? try DecisionCases(json: text, file: "x", for: "band", of: models)
        : try DecisionCases(csv: text, file: "x", for: "band", of: models)
    } throws: {
      ($0 as? Diagnostic)?.code == code
    }
  }
}
