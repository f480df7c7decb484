import Diagnostics
import Foundation
import XML

/// The corpus of malicious, broken and tricky files: `manifest.tsv`, `probe.xsd` and the files it names.
enum BadXMLSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let corpus = URL(filePath: directory)
    let pipeline = try BadXMLPipeline(corpus: corpus)
    let manifest = try String(contentsOf: corpus.appending(path: "manifest.tsv"), encoding: .utf8)
    let cases = manifest.split(separator: "\n").compactMap(BadXMLCase.init)
    let failures = try cases.compactMap { item -> String? in
      let bytes = Array(try Data(contentsOf: corpus.appending(path: item.file)))
      var outcome = BadXMLOutcome.undecided("not read")
      let time = try ContinuousClock().measure {
        outcome = try pipeline.outcome(of: bytes, sealed: item.needsSeal)
      }
      let faults = problems(of: outcome, in: item, after: time)
      return faults.isEmpty ? nil : "\(item.file): \(faults.joined(separator: "; "))"
    }
    return (cases.count - failures.count, cases.count, failures)
  }

  /// What must hold for every file (the corpus's README, rules 1, 2, 4 and 6).
  private static func problems(
    of outcome: BadXMLOutcome, in item: BadXMLCase, after time: Duration
  ) -> [String] {
    var problems: [String] = []
    if !item.allowed.contains(Substring(outcome.word)) {
      problems.append("expected \(item.allowed.joined(separator: " or ")) got \(outcome.word)")
    }
    if time > .milliseconds(100) { problems.append("expected less than 100 ms got \(time)") }
    switch outcome {
    case .accepted(let root): problems += wrongValues(of: root, in: item)
    case .refused(_, let details): problems += wrongDetails(details)
    case .undecided: break
    }
    return problems
  }

  private static func wrongDetails(_ details: [Diagnostic]) -> [String] {
    var problems: [String] = []
    if details.count > 20 { problems.append("expected 20 details at most got \(details.count)") }
    if details.contains(where: { $0.location?.line == nil }) {
      problems.append("expected a line got none")
    }
    let quoted = details.flatMap { $0.arguments.filter { $0.key != "path" }.values }
    if let long = quoted.first(where: { $0.unicodeScalars.count > 81 }) {
      problems.append("expected short quotations got \(long)")
    }
    return problems
  }

  private static func wrongValues(of root: Element, in item: BadXMLCase) -> [String] {
    guard let values = item.values else { return [] }
    return values.sorted { $0.key < $1.key }.compactMap { name, expected in
      let found = root.first(name)?.text
      let actual = name == "Kind" ? found?.whiteSpaceCollapsed : found
      return actual == expected ? nil : "expected \(name) \(expected) got \(actual ?? "nothing")"
    }
  }
}

extension Element {
  /// The first element called `name` below this one.
  fileprivate func first(_ name: String) -> Element? {
    for element in elements {
      if element.name == name { return element }
      if let found = element.first(name) { return found }
    }
    return nil
  }
}
