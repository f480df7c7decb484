import Foundation
import XForms
import XML

/// XPath cases of ODK's engines: `cases.tsv` and the documents it names.
enum XPathSuite {
  /// Families that forms of ours never use: places on the globe and unrepeatable numbers.
  private static let outOfScope: Set = ["xforms/geo", "xforms/area", "xforms/random"]

  static func run(_ directory: String) throws -> Suite.Report {
    let folder = URL(filePath: directory)
    let table = try String(contentsOf: folder.appending(path: "cases.tsv"), encoding: .utf8)
    let cases = table.split(separator: "\n").dropFirst().compactMap(XPathCase.init)
    let twins = XPathTwins(cases)
    var documents: [String: XPathCaseDocument] = [:]
    var failures: [String] = []
    var passed = (scope: 0, all: 0)
    for item in cases {
      let name = twins.document(of: item)
      let document =
        try documents[name] ?? XPathCaseDocument(folder.appending(path: name))
      documents[name] = document
      let outcome = document.outcome(of: item)
      if item.accepts(outcome) {
        passed.all += 1
        if !outOfScope.contains(item.family) { passed.scope += 1 }
      } else {
        failures.append(
          "\(item.id) \(item.family) \(item.expression): expected \(item.expected) (\(item.kind)) got \(outcome)"
        )
      }
    }
    let scope = cases.count { !outOfScope.contains($0.family) }
    return Suite.Report(
      failures: failures,
      summary: "\(passed.scope) of \(scope) in scope, \(passed.all) of \(cases.count) all")
  }
}

/// Where the older suite's recording lost a page.
///
/// Cases of openrosa-xpath-evaluator that set up their page in a way the recorder did not see carry the page of another
/// test. When web-forms has the same case (expression, context, kind and expected value), its page is the right one.
struct XPathTwins {
  private var pages: [[String]: String] = [:]

  init(_ cases: [XPathCase]) {
    for item in cases where item.suites == "web-forms" { pages[item.key] = item.document }
  }

  func document(of item: XPathCase) -> String {
    guard item.suites == "openrosa-xpath-evaluator" else { return item.document }
    return pages[item.key] ?? item.document
  }
}

/// What an expression gave, in the ways in which cases ask for it.
struct XPathOutcome: CustomStringConvertible {
  var string = ""
  var number = Double.nan
  var boolean = false
  /// Paths in the notation of the cases; `nil` when it is no node-set.
  var nodes: [String]?
  var texts: [String] = []
  var error: String?

  var description: String {
    error.map { "error \($0)" } ?? nodes.map { "\($0) '\(string)'" } ?? "'\(string)'"
  }
}

/// One line of `cases.tsv`.
struct XPathCase {
  let id, family, kind, document, context, root, language, expression, expected, suites: String
  let namespaces: [String: String]
  let factor: Double
  let others: [String]

  init?(_ line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.unescaped)
    guard fields.count >= 14 else { return nil }
    (id, family, kind, document) = (fields[0], fields[1], fields[2], fields[4])
    (context, root, language) = (fields[5], fields[6], fields[8])
    (expression, expected, suites) = (fields[9], fields[10], fields[12])
    factor = Double(fields[11]) ?? 1
    namespaces =
      (try? JSONDecoder().decode([String: String].self, from: Data(fields[7].utf8)))
      ?? Self.commonNamespaces
    others = fields[13].split(separator: ";").compactMap { other in
      other.firstIndex(of: "=").map { String(other[other.index(after: $0)...]) }
    }
  }

  /// What an empty column stands for.
  private static let commonNamespaces = [
    "xhtml": "http://www.w3.org/1999/xhtml", "mathml": "http://www.w3.org/1998/Math/MathML",
    "jr": "http://openrosa.org/javarosa",
  ]

  private static func unescaped(_ field: Substring) -> String {
    var result = ""
    var rest = field.makeIterator()
    while let character = rest.next() {
      guard character == "\\", let escaped = rest.next() else {
        result.append(character)
        continue
      }
      switch escaped {
      case "t": result += "\t"
      case "n": result += "\n"
      case "r": result += "\r"
      default: result.append(escaped)
      }
    }
    return result
  }

  var key: [String] { [expression, context, kind, expected] }

  func accepts(_ outcome: XPathOutcome) -> Bool {
    if kind == "error" { return outcome.error != nil }
    guard outcome.error == nil else { return false }
    return ([expected] + others).contains { accepts(outcome, $0) }
  }

  private func accepts(_ outcome: XPathOutcome, _ expected: String) -> Bool {
    switch kind {
    case "boolean": return String(outcome.boolean) == expected
    case "number": return same(outcome.number, Double(expected) ?? .nan)
    case "number-rounded":
      let rounded = (outcome.number * factor).rounded(.toNearestOrAwayFromZero) / factor
      return same(rounded, Double(expected) ?? .nan)
    case "string": return outcome.string == expected
    case "string-lower": return outcome.string.lowercased() == expected
    case "string-length": return String(outcome.string.utf16.count) == expected
    case "string-length-joined":
      return String(outcome.texts.joined().utf16.count) == expected
    case "string-match":
      return outcome.string.range(of: expected, options: .regularExpression) != nil
    case "count": return outcome.nodes.map { String($0.count) } == expected
    case "texts-joined": return outcome.texts.joined() == expected
    case "nodeset", "nodeset-unordered":
      let paths = (try? JSONDecoder().decode([String].self, from: Data(expected.utf8))) ?? []
      guard let nodes = outcome.nodes else { return false }
      // A browser has a node for each CDATA section; in XPath text beside text is one node.
      let once = zip(paths, [""] + paths).filter { $0 != $1 }.map(\.0)
      return kind == "nodeset" ? nodes == once : Set(nodes) == Set(paths)
    default: return false
    }
  }

  /// NaN is NaN, and a minus before zero does not count.
  private func same(_ left: Double, _ right: Double) -> Bool {
    left == right || (left.isNaN && right.isNaN)
      || (left - right).magnitude < 1e-12 * right.magnitude
  }
}

/// A document of the cases, ready for expressions: its instances and texts are where ODK forms keep them.
struct XPathCaseDocument {
  private var environment: XPathEnvironment

  init(_ url: URL) throws {
    let bytes = Self.acceptable(try String(contentsOf: url, encoding: .utf8))
    let root = try Element(parsing: bytes, file: url.lastPathComponent)
    environment = XPathEnvironment(primary: DataTree(root, mixed: true))
    environment.offset = -7 * 3600  // America/Phoenix
    // noon of 22 November 2026, the day on which the documents of the cases were written: some name it as today
    environment.now = XPathDate(instant: 1795374000.0 / 86_400)
  }

  /// The suites' pages have `<!DOCTYPE html>` and namespaces that are no URIs, which our parser refuses.
  private static func acceptable(_ text: String) -> [UInt8] {
    let type = text.hasPrefix("<!DOCTYPE") ? text.firstIndex(of: ">") : nil
    let rest = type.map { String(text[text.index(after: $0)...]) } ?? text
    let absolute = rest.replacingOccurrences(
      of: #"(xmlns(:\w+)?=")([^":]+")"#, with: "$1urn:$3", options: .regularExpression)
    return Array(absolute.utf8)
  }

  func outcome(of item: XPathCase) -> XPathOutcome {
    do {
      var environment = environment
      environment.namespaces = item.namespaces
      environment.language = item.language
      let document = NodeReference(node: 0)
      guard let context = try node(item.context, document, environment) else {
        return XPathOutcome(error: "no context")
      }
      readInstances(&environment)
      readTexts(item.language, &environment)
      environment.root = try node(item.root, document, self.environment) ?? document
      let inside = contextInside(environment.root, context, environment)
      return try evaluate(item.expression, at: inside, environment)
    } catch {
      return XPathOutcome(error: "\(error)")
    }
  }

  /// A context outside of the instance that `/` means stands for the root element of that instance.
  private func contextInside(
    _ root: NodeReference, _ context: NodeReference, _ environment: XPathEnvironment
  ) -> NodeReference {
    let tree = environment.primary
    var next = context.node
    while next > 0, next != root.node { next = tree.parent(of: next) }
    if next == root.node { return context }
    return tree.elements(below: root.node).first.map { NodeReference(node: $0) } ?? context
  }

  private func evaluate(
    _ expression: String, at context: NodeReference, _ environment: XPathEnvironment
  ) throws -> XPathOutcome {
    let parsed = try XPathExpression(parsing: expression)
    let value = try XPathEvaluator.evaluate(parsed, at: context, in: environment)
    let evaluator = XPathEvaluator(environment, current: context)
    var outcome = XPathOutcome(
      string: evaluator.string(value), number: evaluator.number(value),
      boolean: evaluator.boolean(value))
    if case .nodes(let nodes) = value {
      outcome.nodes = nodes.map { environment.primary.position($0.node) }
      outcome.texts = nodes.map { evaluator.stringValue($0) }
    }
    return outcome
  }

  private func node(
    _ path: String, _ document: NodeReference, _ environment: XPathEnvironment
  ) throws -> NodeReference? {
    let expression = try XPathExpression(parsing: path)
    let value = try XPathEvaluator.evaluate(expression, at: document, in: environment)
    guard case .nodes(let nodes) = value else { return nil }
    return nodes.first
  }

  private func readInstances(_ environment: inout XPathEnvironment) {
    let tree = environment.primary
    for node in tree.elements(named: "instance") {
      if let id = tree.attribute("id", of: node) {
        environment.instances[id] = NodeReference(node: node)
      }
    }
  }

  /// `itext/translation[@lang]/text[@id]/value`; without a language the default translation.
  private func readTexts(_ language: String, _ environment: inout XPathEnvironment) {
    let tree = environment.primary
    let translations = tree.elements(named: "translation")
    let chosen =
      translations.first { language.isEmpty ? false : tree.attribute("lang", of: $0) == language }
      ?? translations.first { tree.attribute("default", of: $0) != nil } ?? translations.first
    guard let chosen else { return }
    for text in tree.elements(named: "text", below: chosen) {
      guard let id = tree.attribute("id", of: text) else { continue }
      environment.textNodes[id] = tree.elements(named: "value", below: text)
        .map { NodeReference(node: $0) }
    }
  }
}
