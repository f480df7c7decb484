import Diagnostics

/// How documents of another format become answers: which part of theirs goes to which question of ours
/// (`Forms/mappings/*.xml`, described in `Forms/README.md`).
///
/// Nothing of the other format is known here but what that file says.
public struct FormMapping: Sendable {
  public let id: String
  /// By language.
  public let title: [String: String]
  /// The kind of message that the forms make together: `referral`.
  public let kind: String
  /// Where the number of the document, its version and the code of its issuer are found among the answers.
  public let origin: Origin
  /// The file it was read from, as its reader was told.
  public let file: String
  /// The root element that documents of this format have.
  let element: String
  let namespace: String
  /// What else must be true of the root.
  let condition: XPathExpression?
  let namespaces: [String: String]
  let structure: Structure
  let sections: [Section]
  let codes: [String: Codes]

  /// A question of one of the forms.
  public struct Place: Hashable, Sendable {
    public let form: String
    /// As `Answers.set` knows it; rows are not numbered.
    public let path: String
  }

  public struct Origin: Hashable, Sendable {
    public let number: Place
    public let version: Place
    public let issuer: Place
  }

  /// What in a document says nothing by itself, so that nobody misses it.
  struct Structure: Sendable {
    /// True of elements without content of their own.
    let elements: XPathExpression?
    let attributes: Set<String>
    /// The attribute that says why there is no value.
    let absence: String?
    /// What an element is called in the report besides its place.
    let label: XPathExpression?
  }

  /// A part of the document that readers know by name.
  struct Section: Sendable {
    let id: String
    let title: [String: String]
    let select: XPathExpression
    let minimum: Int
    let maximum: Int
    let rules: [Rule]

    /// The form that it fills first; `nil` when all of it is left.
    var form: String? {
      rules.lazy.compactMap { rule in
        switch rule {
        case .answer(let answer): answer.place.form
        case .rows(let rows): rows.place.form
        case .leave: nil
        }
      }.first
    }
  }

  enum Rule: Sendable {
    case answer(AnswerRule)
    case rows(RowsRule)
    /// Read by nobody, for a reason that is told.
    case leave(XPathExpression, reason: [String: String])
  }

  struct AnswerRule: Sendable {
    let place: Place
    let select: XPathExpression
    let conversion: Conversion
    /// What stands between several values; `nil`: there may be one only.
    let separator: String?
    let location: SourceLocation?
  }

  struct RowsRule: Sendable {
    let place: Place
    let select: XPathExpression
    let answers: [AnswerRule]
    let location: SourceLocation?
  }

  enum Conversion: Hashable, Sendable {
    case text
    /// Year, month and day without signs between them, perhaps a time after them.
    case date
    /// A telephone address: `tel:+994 50 123-45-67`.
    case phone
    case codes(String)
  }

  /// Codes of theirs and what they are called with us.
  struct Codes: Sendable {
    /// The code systems that they may say they are of; empty: any.
    let systems: Set<String>
    /// `nil`: the same codes.
    let answers: [String: String]?
    let location: SourceLocation?
  }

  /// The ids of the forms that it fills, in the order of the mapping.
  public var forms: [String] {
    var result: [String] = []
    for place in places where !result.contains(place.form) { result.append(place.form) }
    return result
  }

  /// The ids of the sections, in the order of the mapping.
  public var sectionIDs: [String] { sections.map(\.id) }

  /// What the section is called.
  public func title(ofSection id: String, in language: String) -> String? {
    sections.first { $0.id == id }?.title[language]
  }

  /// Every question that it names, with the line of the rule.
  var locatedPlaces: [(place: Place, rule: AnswerRule?, location: SourceLocation?)] {
    sections.flatMap(\.rules).flatMap {
      rule -> [(place: Place, rule: AnswerRule?, location: SourceLocation?)] in
      switch rule {
      case .answer(let answer): [(answer.place, answer, answer.location)]
      case .rows(let rows):
        [(rows.place, nil, rows.location)] + rows.answers.map { ($0.place, $0, $0.location) }
      case .leave: []
      }
    }
  }

  private var places: [Place] { locatedPlaces.map(\.place) }
}
