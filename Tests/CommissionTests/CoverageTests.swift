import Commission
import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

/// The table article → scenario → definition → form: made from the files, checked against `Scenarios/COVERAGE.md`.
struct CoverageTests {
  /// Act and place of every citation in `text`: `[S3 Art. 14-1, 42; …]` gives `S3 Art. 14-1` and `S3 Art. 42`.
  static func articles(in text: String) -> Set<String> {
    var result: Set<String> = []
    for act in ["S3 Art. ", "S0 "] {
      var rest = text[...]
      while let start = rest.range(of: act) {
        rest = rest[start.upperBound...]
        for part in rest.split(separator: ",", omittingEmptySubsequences: false) {
          let place = part.trimmingSpaces.prefix {
            $0.isNumber || $0 == "-" || (act == "S0 " && $0 == "L")
          }
          guard place.contains(where: \.isNumber) else { break }
          result.formUnion(places(act, String(place)))
          if part.trimmingSpaces.count > place.count { break }
        }
      }
    }
    return result
  }

  /// `L8-L16` stands for nine paragraphs; `3-1` is one article.
  private static func places(_ act: String, _ place: String) -> [String] {
    let ends = place.split(separator: "-").compactMap { Int($0.drop { $0 == "L" }) }
    guard act == "S0 ", ends.count == 2, ends[0] < ends[1] else { return [act + place] }
    return (ends[0]...ends[1]).map { "\(act)L\($0)" }
  }

  @Test func citationsAreTakenApart() {
    #expect(
      Self.articles(in: "[S3 Art. 14-1, 42; domain 2] Help, 3 times") == [
        "S3 Art. 14-1", "S3 Art. 42",
      ])
    #expect(Self.articles(in: "S0 L8-L10, L16") == ["S0 L8", "S0 L9", "S0 L10", "S0 L16"])
    #expect(Self.articles(in: "[PROP, DT-09] Majority").isEmpty)
  }

  @Test func scenariosNameWhatIsThere() throws {
    let names = Set(TestDefinitions.files.map(\.path))
    for scenario in try Scenario.all() {
      #expect(try !scenario.values(of: "article").isEmpty, "\(scenario) names no article")
      for definition in try scenario.values(of: "definition") {
        #expect(names.contains("Workflows/\(definition)"), "\(scenario): \(definition)")
      }
      for form in try scenario.values(of: "form") {
        #expect(names.contains("Forms/\(form).xml"), "\(scenario): \(form)")
      }
    }
  }

  @Test func theTableIsUpToDate() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "Cases/articles.csv")
    let table = try CSV(parsing: Array(Data(contentsOf: url)), file: "articles.csv")
    let scenarios = try Scenario.all()
    let sources = TestDefinitions.files.map { file in
      (file, Self.articles(in: String(decoding: file.bytes, as: UTF8.self)))
    }
    var lines = [
      "# What of the law is where",
      "",
      "Made by `CoverageTests` from the citations in the definitions and the headings of the scenarios; `UPDATE=1` writes it anew.",
      "",
      "| Article | Scenarios | Procedures and decisions that cite it | Forms, papers and lists |",
      "| --- | --- | --- | --- |",
    ]
    for row in table.rows {
      let article = row["article"]
      let shown = try scenarios.filter { scenario in
        try scenario.values(of: "article").contains { Self.articles(in: $0).contains(article) }
      }
      func files(_ folder: String) -> [String] {
        sources.filter { $0.0.path.hasPrefix(folder) && $0.1.contains(article) }.map {
          let parts = $0.0.path.split(separator: "/")
          // a paper has the name of its form
          return parts.suffix(parts.contains("papers") ? 2 : 1).joined(separator: "/")
        }
      }
      let definitions = files("Workflows/")
      let isRecord = row["need"] == "record"
      if !shown.isEmpty {
        #expect(!definitions.isEmpty, "\(article) is shown, but nothing cites it")
      }
      lines.append(
        "| \(article) | \(isRecord ? "record only" : joined(shown.map(\.description))) | "
          + "\(joined(definitions)) | \(joined(files("Forms/"))) |")
    }
    try Golden.check(
      lines.joined(separator: "\n") + "\n", against: "COVERAGE.md", in: "Scenarios")
  }

  private func joined(_ names: [String]) -> String {
    names.isEmpty ? "–" : names.joined(separator: ", ")
  }
}
