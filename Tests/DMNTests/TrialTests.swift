import DMN
import Diagnostics
import FEEL
import Testing

/// `decision test` and `decision whatif`.
@Suite struct TrialTests {
  private let table = TextTable(
    """
    UNIQUE band
    percent: number | child: boolean => band: string | since: date
    <= 60 | - => "low" | date("2026-01-01")
    > 60 | false => "high" | date("2026-01-01")
    > 60 | true => "child" | date("2026-02-01")
    """)

  @Test func examplesAgainstDecision() throws {
    let model = try table.model()
    let examples = try DecisionExamples(
      csv: """
        percent,child,=> band,since
        60,false,"low",2026-01-01
        60.5,false,high,-
        61,true,"high",2026-01-01

        """, file: "band.csv", for: "band", of: model)
    #expect(examples.rows.map(\.line) == [2, 3, 4])
    let report = try model.test("band", examples: examples)
    #expect(report.total == 3)
    #expect(report.passed == 2)
    #expect(report.failures.map(\.line) == [4, 4])
    #expect(report.failures.map(\.output) == ["band", "since"])
    #expect(report.failures[0].expected == "high")
    #expect(report.failures[0].found == "child")
    #expect(report.failures[0].trace.matched.map(\.number) == [3])
    #expect(report.coverage.map(\.matches) == [1, 1, 1])
    #expect(report.uncovered.isEmpty)
  }

  @Test func uncoveredRules() throws {
    let model = try table.model()
    let examples = try DecisionExamples(
      csv: "percent;child;=> band\n60;;\"low\"\n", file: "band.csv", for: "band", of: model)
    let report = try model.test("band", examples: examples)
    #expect(report.passed == 1)
    #expect(report.uncovered.map(\.number) == [2, 3])
  }

  @Test(arguments: [
    ("percent,band\n1,x\n", "DMN201"), ("percent,=> band\n1\n", "DMN202"),
    ("percent,=> band\n1 +,\"x\"\n", "DMN203"), ("percent,=> since\n1,\n2,1 +\n", "DMN203"),
    ("weight,=> band\n1,\"x\"\n", "DMN205"),
  ])
  func wrongExamples(_ csv: String, _ code: String) throws {
    let model = try table.model()
    #expect { try DecisionExamples(csv: csv, file: "x.csv", for: "band", of: model) } throws: {
      ($0 as? Diagnostic)?.code == code
    }
  }

  @Test func whatIf() throws {
    let before = try table.model()
    let after = try TextTable(
      """
      UNIQUE band
      percent: number | child: boolean | years: number => band: string | since: date
      <= 70 | - | - => "low" | date("2026-01-01")
      > 70 | - | - => "high" | date("2026-01-01")
      """
    ).model()
    let report = try before.whatIf(
      "band", becomes: after,
      for: [
        ["percent": 60, "child": false, "years": 1], ["percent": 65, "child": false],
        ["percent": 80, "child": false],
      ])
    #expect(report.total == 3)
    #expect(report.changes.map(\.index) == [1])
    #expect(report.changes[0].before.trace.matched.map(\.number) == [2])
    #expect(report.changes[0].after.trace.matched.map(\.number) == [1])
    #expect(report.missingInputs == ["years": 2])
  }

  @Test func unknownDecision() throws {
    let model = try table.model()
    #expect { try model.evaluate("other", inputs: [:]) } throws: {
      ($0 as? Diagnostic)?.code == "DMN006"
    }
  }
}
