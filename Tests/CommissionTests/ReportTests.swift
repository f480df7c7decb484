import Commission
import Foundation
import TestSupport
import Testing

/// The figures of the ministry's note reproduce their sums (report fixture R-1, domain.md 12).
struct ReportTests {
  private struct Row {
    let line: Int
    let institution, kind, age: String
    let women, men, total: Int
  }

  private func rows() throws -> [Row] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Cases/reports/care-2023.csv")
    return try CSV(parsing: Array(Data(contentsOf: url)), file: "care-2023.csv").rows.map {
      Row(
        line: Int($0["line"]) ?? 0, institution: $0["institution"], kind: $0["kind"],
        age: $0["age"], women: Int($0["women"]) ?? 0, men: Int($0["men"]) ?? 0,
        total: Int($0["total"]) ?? -1)
    }
  }

  @Test func womenAndMenMakeTheTotal() throws {
    for row in try rows() { #expect(row.women + row.men == row.total, "\(row.institution)") }
  }

  @Test func theFiguresStandInTheNote() throws {
    guard let folder = try Corpus.url("sources") else { return }
    let text = try String(
      contentsOf: folder.appending(path: "000_8abc80fb427a756c.txt"), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for row in try rows() {
      let numbers = lines[row.line - 1].split { !$0.isNumber }.compactMap { Int($0) }
      for figure in [row.women, row.men, row.total] where figure > 0 {
        #expect(numbers.contains(figure), "L\(row.line) \(row.institution): \(figure)")
      }
    }
  }

  @Test func sumsBySexAgeAndInstitution() throws {
    let rows = try rows()
    func sums(_ title: String, by key: (Row) -> String) -> String {
      let groups = Dictionary(grouping: rows, by: key).sorted { $0.key < $1.key }
      return groups.map { name, rows in
        "\(title) \(name): \(rows.map(\.women).reduce(0, +)) women, "
          + "\(rows.map(\.men).reduce(0, +)) men, \(rows.map(\.total).reduce(0, +)) persons\n"
      }.joined()
    }
    try Golden.check(
      sums("kind", by: \.kind) + sums("age", by: \.age) + sums("all", by: { _ in "institutions" }),
      against: "care-2023-sums.txt", in: "Cases/reports")
  }
}
