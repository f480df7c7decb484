import Diagnostics
import Foundation
import XML

/// The corpus of malicious, broken and tricky files: `manifest.tsv`, `probe.xsd` and the files it names.
enum BadXMLSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let corpus = URL(filePath: directory)
    let fresh = try BadXMLPipeline(corpus: corpus)
    let manifest = try String(contentsOf: corpus.appending(path: "manifest.tsv"), encoding: .utf8)
    let cases = manifest.split(separator: "\n").compactMap(BadXMLCase.init)
    let failures = try cases.compactMap { item -> String? in
      var pipeline = fresh
      func outcome(of file: String) throws -> BadXMLOutcome {
        try pipeline.outcome(
          of: Array(Data(contentsOf: corpus.appending(path: file))), sealed: item.needsSeal,
          inSequence: item.isInSequence)
      }
      for file in item.before { _ = try outcome(of: file) }
      let start = ContinuousClock.now
      let first = try outcome(of: item.file)
      let time = ContinuousClock.now - start
      var faults = problems(of: first, in: item, after: time)
      let again = try outcome(of: item.file)
      if again.word != first.word {
        faults.append("expected \(first.word) again got \(again.word)")
      }
      if item.file == "bad/seq-3.xml" { faults += try outOfOrder(fresh, in: corpus) }
      return faults.isEmpty ? nil : "\(item.file): \(faults.joined(separator: "; "))"
    }
    return (cases.count - failures.count, cases.count, failures)
  }

  /// The three messages of the thread in the wrong order: held, then all applied in theirs.
  private static func outOfOrder(_ fresh: BadXMLPipeline, in corpus: URL) throws -> [String] {
    var pipeline = fresh
    let words = try ["3", "2", "1"].map {
      let bytes = Array(try Data(contentsOf: corpus.appending(path: "bad/seq-\($0).xml")))
      return try pipeline.outcome(of: bytes, sealed: true, inSequence: true).word
    }
    var inOrder = fresh
    for number in ["1", "2", "3"] {
      let bytes = Array(try Data(contentsOf: corpus.appending(path: "bad/seq-\(number).xml")))
      _ = try inOrder.outcome(of: bytes, sealed: true, inSequence: true)
    }
    if words == ["HELD", "HELD", "OK"], pipeline.applied == inOrder.applied { return [] }
    return ["expected HELD, HELD, OK got \(words.joined(separator: ", "))"]
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
    case .held: break
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
