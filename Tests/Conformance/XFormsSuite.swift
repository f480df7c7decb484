import Diagnostics
import FEEL
import Foundation
import XForms
import XML

/// Forms, initial instances and recorded scenarios of ODK's engines (`forms.tsv`, `initial/`, `scenarios/`).
enum XFormsSuite {
  static func run(_ directory: String) throws -> Suite.Report {
    let folder = URL(filePath: directory)
    var tally = XFormsTally()
    try runForms(folder, &tally)
    try runScenarios(folder, &tally)
    return Suite.Report(
      failures: tally.failures,
      summary: "forms \(tally.forms), initial \(tally.initial), expectations \(tally.expectations)")
  }

  /// Phoenix, at noon of a day on which nothing special happens.
  static let now = DateTime("2024-05-15T12:00:00-07:00")!

  // MARK: Forms and their first instance

  private static func runForms(_ folder: URL, _ tally: inout XFormsTally) throws {
    let table = try String(contentsOf: folder.appending(path: "forms.tsv"), encoding: .utf8)
    for line in table.split(separator: "\n").dropFirst() {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard columns.count >= 11 else { continue }
      let resources = XFormsResources(folder, source: String(columns[0].prefix { $0 != "/" }))
      let url = folder.appending(path: "forms").appending(path: columns[0])
      let mustLoad = columns[8] == "ok" || isNoDefect(columns[9])
      do {
        let form = try Form(
          odk: Array(try Data(contentsOf: url)), file: columns[0], resources: resources.bytes)
        tally.forms.count(mustLoad)
        if !mustLoad { tally.fail(columns[0], "a refusal (\(columns[9]))", "a form") }
        guard !columns[10].isEmpty, mustLoad else { continue }
        try runInitial(form, columns, folder, &tally)
      } catch let problem as Diagnostic {
        tally.forms.count(!mustLoad)
        if mustLoad { tally.fail(columns[0], "a form", "\(problem)") }
        if mustLoad, !columns[10].isEmpty { tally.initial.count(false) }
      }
    }
  }

  /// JavaRosa's own limits, which the corpus names as no fault of the form.
  private static func isNoDefect(_ reason: String) -> Bool {
    ["'pulldata'", "'intersects'", "NullPointerException", "For input string: \"no\""]
      .contains { reason.contains($0) }
  }

  private static func runInitial(
    _ form: Form, _ columns: [String], _ folder: URL, _ tally: inout XFormsTally
  ) throws {
    let url = folder.appending(path: columns[10])
    let expected = try Element(parsing: Array(try Data(contentsOf: url)), file: columns[10])
    // JavaRosa makes the rows of a count when somebody gets there.
    let actual = Answers(form, now: now, seed: 7, followingCounts: false).submission()
    let difference = XFormsComparison.difference(expected, actual, path: "")
    tally.initial.count(difference == nil)
    if let difference { tally.fail("initial \(columns[0])", difference.expected, difference.found) }
  }

  // MARK: Scenarios

  private static func runScenarios(_ folder: URL, _ tally: inout XFormsTally) throws {
    let url = folder.appending(path: "scenarios/scenarios.jsonl")
    for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n") {
      guard let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
        object["upstream_known_failing"] as? Bool != true, let name = object["form"] as? String,
        let steps = object["steps"] as? [[String: Any]]
      else { continue }
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      let id = "\(object["id"] ?? "") \(object["title"] ?? "")"
      let resources = XFormsResources(folder, source: "web-forms")
      do {
        let form = try Form(odk: bytes, file: name, resources: resources.bytes)
        var scenario = XFormsScenario(id: id, form: form)
        scenario.run(steps, &tally)
      } catch {
        for step in steps where step["op"] as? String == "expect" {
          tally.expectations.count(false)
          tally.fail(id, "\(step)", "no form: \(error)")
        }
      }
    }
  }
}

/// Passed and failed so far.
struct XFormsTally {
  struct Score: CustomStringConvertible {
    var passed = 0
    var total = 0

    mutating func count(_ isPassed: Bool) {
      total += 1
      if isPassed { passed += 1 }
    }

    var description: String { "\(passed) of \(total)" }
  }

  var forms = Score()
  var initial = Score()
  var expectations = Score()
  var failures: [String] = []

  mutating func fail(_ id: String, _ expected: String, _ found: String) {
    failures.append("\(id): expected \(expected) got \(found)")
  }
}

/// The files behind `jr://` addresses: `media/<source>/<name>`, of whichever source has it.
struct XFormsResources {
  private let folders: [URL]

  init(_ folder: URL, source: String) {
    let sources = [source, "collect", "web-forms", "javarosa"]
    folders = sources.map { folder.appending(path: "media").appending(path: $0) }
  }

  func bytes(_ address: String) -> [UInt8]? {
    let name = address.split(separator: "/").last.map(String.init) ?? address
    return folders.lazy.compactMap { try? Data(contentsOf: $0.appending(path: name)) }.first
      .map { Array($0) }
  }
}

/// Compares an instance with JavaRosa's, as the corpus's README says.
enum XFormsComparison {
  /// The first difference; `nil` when there is none.
  static func difference(
    _ expected: Element, _ actual: Element, path: String
  ) -> (expected: String, found: String)? {
    let here = "\(path)/\(expected.name)"
    guard expected.name == actual.name else { return (here, "\(path)/\(actual.name)") }
    if let difference = attributes(expected, actual, here) { return difference }
    if expected.elements.isEmpty && actual.elements.isEmpty {
      return isSame(expected.text, actual.text)
        ? nil : ("\(here) '\(expected.text)'", "'\(actual.text)'")
    }
    let (left, right) = (grouped(expected.elements), grouped(actual.elements))
    for (a, b) in zip(left, right) {
      if let difference = difference(a, b, path: here) { return difference }
    }
    guard left.count == right.count else {
      let names = { (elements: [Element]) in elements.map(\.name).joined(separator: " ") }
      return ("\(here): \(names(left))", names(right))
    }
    return nil
  }

  private static func attributes(
    _ expected: Element, _ actual: Element, _ here: String
  ) -> (expected: String, found: String)? {
    for attribute in expected.attributes where attribute.name != "template" {
      let found = actual.attributes.first { $0.name == attribute.name }?.value
      guard let found, isSame(attribute.value, found) else {
        return ("\(here)/@\(attribute.name) '\(attribute.value)'", "'\(found ?? "none")'")
      }
    }
    return nil
  }

  /// Neighbours of the same name together, as JavaRosa writes them.
  private static func grouped(_ elements: [Element]) -> [Element] {
    var names: [String] = []
    for element in elements where !names.contains(element.name) { names.append(element.name) }
    return names.flatMap { name in elements.filter { $0.name == name } }
  }

  /// A random identifier or number: unlike from run to run, and left as it was in some of the files.
  private static func isDrawn(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
    return parts == [8, 4, 4, 4, 12] || (text.hasPrefix("0.") && text.count >= 14)
  }

  /// Seconds of a time of day in Phoenix, where JavaRosa moves times of other zones; it adds fraction and zone.
  private static func time(_ text: String) -> Double? {
    guard let match = text.wholeMatch(of: /(\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:([+-]\d\d):(\d\d))?/)
    else {
      return nil
    }
    let (hour, minute, second) = (Double(match.1) ?? 0, Double(match.2) ?? 0, Double(match.3) ?? 0)
    let zone = match.4.map { Double($0) ?? 0 } ?? -7
    let minutes = (match.5.flatMap { Double($0) } ?? 0) * (zone < 0 ? -1 : 1)
    let seconds = ((hour - zone - 7) * 60 + minute - minutes) * 60 + second
    return (seconds + 86_400).truncatingRemainder(dividingBy: 86_400)
  }

  /// Equal as numbers or as text; `{…}` stands for a value that changes from run to run.
  static func isSame(_ expected: String, _ found: String) -> Bool {
    if expected == found { return true }
    if isDrawn(expected), isDrawn(found) { return true }
    if let a = Double(expected), let b = Double(found) { return abs(a - b) < 1e-9 }
    if let a = time(expected), let b = time(found) { return a == b }
    let lengths = ["{now}": 29, "{today}": 10, "uuid:{random}": 41, "{random-uuid}": 36]
    if let length = lengths[expected] { return found.count == length }
    guard let open = expected.firstIndex(of: "{"), let close = expected.lastIndex(of: "}") else {
      return expected.split(whereSeparator: \.isWhitespace)
        == found.split(whereSeparator: \.isWhitespace)
    }
    return found.hasPrefix(expected[..<open])
      && found.hasSuffix(expected[expected.index(after: close)...])
  }
}
