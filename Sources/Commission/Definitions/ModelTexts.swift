internal import BPMN
internal import DMN
internal import Diagnostics

/// What people read of processes and decisions, in their language: the models themselves speak English.
///
/// A table with the columns `en` (the text as it stands in the model), `az` and `ru`.
public struct ModelTexts: Sendable {
  private let words: [String: [Language: String]]

  public static let none = ModelTexts(words: [:])

  private init(words: [String: [Language: String]]) {
    self.words = words
  }

  /// - Throws: `CASE010` when a text is missing in one of the languages.
  public init(_ table: CSV) throws {
    var words: [String: [Language: String]] = [:]
    for row in table.rows {
      words[ModelTexts.key(try row.required("en"))] = try [
        .az: row.required("az"), .ru: row.required("ru"),
      ]
    }
    self.init(words: words)
  }

  /// These texts and `others`, which win.
  func adding(_ others: ModelTexts) -> ModelTexts {
    ModelTexts(words: words.merging(others.words) { $1 })
  }

  /// `text` of a model in `language`; the text itself where nobody has translated it.
  public func text(_ text: String, in language: Language) -> String {
    language == .en ? text : words[ModelTexts.key(text)]?[language] ?? text
  }

  /// Whether `text` can be shown in every language.
  func has(_ text: String) -> Bool { words[ModelTexts.key(text)] != nil }

  /// Line breaks and blanks of an editor do not make another text.
  private static func key(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension FlowNode {
  /// What people read of a step: the name and the help of a user task; nothing of others.
  var texts: [String] {
    guard case .userTask = kind else { return [] }
    return [title, documentation ?? ""].filter { !$0.isEmpty }
  }
}

extension DefinitionFile {
  /// The texts of a model that are not in `texts`, each as a warning; none where there are no tables of texts.
  func untranslated(in texts: ModelTexts?) -> [Diagnostic] {
    guard let texts else { return [] }
    let found: [(String, SourceLocation?)] =
      switch content {
      case .process(let model):
        model.processes.flatMap(\.allNodes).flatMap { node in
          node.texts.map { ($0, node.location) }
        }
      case .decision(let model): model.decisions.map { ($0.name, SourceLocation(file: path)) }
      case .form, .block, .list, .calendar, .acts, .texts, .paper, .mapping: []
      }
    return found.filter { text, _ in !texts.has(text) }.map { text, location in
      Diagnostic(
        "CASE059", ["text": String(text.prefix(60))], at: location, severity: .warning)
    }
  }
}
