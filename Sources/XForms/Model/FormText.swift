/// A text of a form in its languages; parts in braces (folded) or `output` (ODK) are computed.
struct FormText: Hashable, Sendable {
  enum Part: Hashable, Sendable {
    case literal(String)
    case value(XPathExpression)
  }

  /// What is written in one language; the language "" serves every language.
  struct Version: Hashable, Sendable {
    let language: String
    /// The whole text while `computed` is empty, as in most texts.
    private let plain: String
    private let computed: [Part]

    init(language: String, text: String) {
      self.language = language
      plain = text
      computed = []
    }

    init(language: String, parts: [Part]) {
      self.language = language
      switch parts.count == 1 ? parts.first : nil {
      case .literal(let text):
        plain = text
        computed = []
      case .value, nil:
        plain = ""
        computed = parts
      }
    }

    var parts: [Part] {
      !computed.isEmpty ? computed : plain.isEmpty ? [] : [.literal(plain)]
    }

    fileprivate var expressions: [XPathExpression] {
      computed.compactMap { if case .value(let expression) = $0 { expression } else { nil } }
    }
  }

  /// By language.
  let versions: [Version]

  init(_ versions: [Version]) {
    let isSorted = zip(versions, versions.dropFirst()).allSatisfy { $0.language < $1.language }
    self.versions = isSorted ? versions : versions.sorted { $0.language < $1.language }
  }

  init(_ parts: [String: [Part]]) {
    self.init(parts.map { Version(language: $0.key, parts: $0.value) })
  }

  /// The same text in every language.
  init(_ text: String) { self.init([Version(language: "", text: text)]) }

  /// The computed parts of all languages.
  var expressions: [XPathExpression] { versions.flatMap(\.expressions) }

  /// What is written in `language` itself.
  subscript(language: String) -> [Part]? { versions.first { $0.language == language }?.parts }

  /// The parts for `language`, or what comes nearest.
  func parts(in language: String) -> [Part] {
    self[language] ?? self[""] ?? versions.first?.parts ?? []
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
