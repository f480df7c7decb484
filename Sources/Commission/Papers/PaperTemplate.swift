internal import Diagnostics
internal import FEEL
internal import XML

/// What stands on a paper, as data: `Forms/papers/*.xml`, three languages beside each other (`Forms/README.md`).
///
/// A template belongs to the form whose answers the paper holds, and to one kind of receiver.
struct PaperTemplate: Sendable {
  /// A text in all languages; what stands in braces is FEEL.
  struct Text: Sendable {
    enum Piece: Sendable {
      case literal(String)
      case value(FEELExpression)
    }

    let pieces: [Language: [Piece]]
  }

  indirect enum Part: Sendable {
    case heading(Text)
    case text(Text, when: FEELExpression?)
    /// Answers of the form, those that are named or all.
    case answers([String]?)
    /// The rows of a repeat for which `condition` is true, with the named answers.
    case rows(of: String, [String], where: FEELExpression?)
    /// The rules that decided, with their articles.
    case reasons
    /// Who signed.
    case signatures
    /// What is said in plain words; all that easy-to-read papers hold.
    case summary([Part])
    case include(String)
  }

  static let namespace = "urn:msec:paper-definition:1"

  let identifier: String
  /// The id of the form; `nil`: it is only included by others.
  let form: String?
  /// `person`, `employer`, `institution` or `implementer`.
  let receiver: String
  let title: Text?
  let parts: [Part]

  /// - Throws: `PAPER001` for an element that means nothing here, `PAPER002` for a text that is missing in a language,
  ///   `FEEL0xx` for a wrong expression, each with its line.
  init(parsing bytes: [UInt8], file: String) throws {
    let root = try Element(parsing: bytes, file: file)
    guard root.name == "paper", root.namespace == PaperTemplate.namespace else {
      throw Diagnostic("PAPER001", ["element": root.name], at: root.location)
    }
    identifier = try root.attribute("id")
    form = root["of"]
    receiver = root["receiver"] ?? "person"
    title = try root.child("title").map { try Text($0) }
    parts = try root.elements.filter { $0.name != "title" }.map { try Part($0) }
  }

  /// Papers that this one includes.
  var included: [String] {
    parts.flatMap { part -> [String] in if case .include(let name) = part { [name] } else { [] } }
  }

  /// The questions that are named by the form, with rows as `measures/service`.
  var questions: [String] { PaperTemplate.questions(in: parts) }

  private static func questions(in parts: [Part]) -> [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .answers(let names): names ?? []
      case .rows(let rows, let names, _): names.map { "\(rows)/\($0)" }
      case .summary(let parts): questions(in: parts)
      case .heading, .text, .reasons, .signatures, .include: []
      }
    }
  }
}

extension PaperTemplate.Text {
  init(_ element: Element) throws {
    var pieces: [Language: [Piece]] = [:]
    for language in Language.allCases {
      guard let text = element[language.rawValue] else {
        throw Diagnostic(
          "PAPER002", ["element": element.name, "language": language.rawValue],
          at: element.location)
      }
      pieces[language] = try Self.pieces(of: text, at: element.location)
    }
    self.pieces = pieces
  }

  /// `{{` is a brace.
  private static func pieces(of text: String, at location: SourceLocation?) throws -> [Piece] {
    var pieces: [Piece] = []
    var literal = ""
    var rest = text[...]
    while let letter = rest.popFirst() {
      guard letter == "{" else {
        literal.append(letter)
        continue
      }
      if rest.first == "{" {
        literal.append(rest.removeFirst())
        continue
      }
      let end = rest.firstIndex(of: "}") ?? rest.endIndex
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = ""
      try pieces.append(.value(FEELExpression(parsing: String(rest[..<end]), at: location)))
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    }
    return literal.isEmpty ? pieces : pieces + [.literal(literal)]
  }
}

extension PaperTemplate.Part {
  init(_ element: Element) throws {
    func names(_ attribute: String) -> [String]? {
      element[attribute].map { $0.split(separator: " ").map(String.init) }
    }
    func expression(_ attribute: String) throws -> FEELExpression? {
      try element[attribute].map { try FEELExpression(parsing: $0, at: element.location) }
    }
    switch element.name {
    case "heading": self = try .heading(PaperTemplate.Text(element))
    case "text": self = try .text(PaperTemplate.Text(element), when: expression("when"))
    case "answers": self = .answers(names("select"))
    case "rows":
      self = try .rows(
        of: element.attribute("of"), names("select") ?? [], where: expression("where"))
    case "reasons": self = .reasons
    case "signatures": self = .signatures
    case "summary":
      self = try .summary(
        element.elements.map {
          // whole papers are included, not their plain words
          guard $0.name != "include" else {
            throw Diagnostic("PAPER001", ["element": $0.name], at: $0.location)
          }
          return try PaperTemplate.Part($0)
        })
    case "include": self = try .include(element.attribute("paper"))
    default: throw Diagnostic("PAPER001", ["element": element.name], at: element.location)
    }
  }
}
