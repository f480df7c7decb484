/// A text of a form in its languages; parts in braces (folded) or `output` (ODK) are computed.
struct FormText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case literal(String)
    case value(XPathExpression)
  }

  /// By language; the key "" serves every language.
  var parts: [String: [Part]]

  init(_ parts: [String: [Part]]) { self.parts = parts }

  /// The same text in every language.
  init(_ text: String) { parts = ["": [.literal(text)]] }

  /// The parts for `language`, or what comes nearest.
  func parts(in language: String) -> [Part] {
    parts[language] ?? parts[""] ?? parts.min { $0.key < $1.key }?.value ?? []
  }

  /// Without computed parts: for headings of lists, schemas and messages about the form itself.
  func plain(in language: String) -> String {
    parts(in: language).map { part in
      switch part {
      case .literal(let text): text
      case .value: "…"
      }
    }.joined()
  }

  var expressions: [XPathExpression] {
    var result: [XPathExpression] = []
    for parts in parts.values {
      for case .value(let expression) in parts { result.append(expression) }
    }
    return result
  }
}

extension XPathEvaluator {
  /// `text` as people read it, its computed parts seen from `node`.
  static func render(
    _ text: FormText, in language: String, at node: NodeReference, _ environment: XPathEnvironment
  ) -> String {
    text.parts(in: language).map { part in
      switch part {
      case .literal(let text): return text
      case .value(let expression):
        var evaluator = XPathEvaluator(environment, current: node)
        return (try? evaluator.string(of: expression.term, Focus(node: node))) ?? ""
      }
    }.joined()
  }
}
