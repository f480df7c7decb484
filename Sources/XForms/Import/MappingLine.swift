public import Diagnostics

/// What became of one part of a document, or why a question is still open.
///
/// It holds no value of the document. Labels and messages of the form's own rules may show answers, as everywhere: they
/// are for the person who converts, not for logs.
public struct MappingLine: Hashable, Sendable {
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    case taken
    /// The document says that there is no value.
    case absent
    /// The mapping leaves it, and says why.
    case left
    /// The mapping has no place for it.
    case notTaken = "not-taken"
    /// It has its place, and does not fit there.
    case refused
    /// A section that must be there is not.
    case missing
    /// The form lacks this answer, or it is wrong.
    case asked
  }

  public internal(set) var outcome: Outcome
  /// The id of the section; empty: outside of those that the mapping knows.
  public internal(set) var section = ""
  /// Where it stands in the document: `component/structuredBody/component[3]/section`; `nil`: nowhere.
  public internal(set) var source: String?
  public internal(set) var line: Int?
  public internal(set) var form: String?
  /// The question, by its path in the form.
  public internal(set) var path: String?
  /// What the question is called.
  public internal(set) var label: String?
  public internal(set) var problem: Diagnostic?
  /// Why it was left, by language.
  public internal(set) var reason: [String: String] = [:]

  init(outcome: Outcome) { self.outcome = outcome }

  /// A problem of an answer.
  init(asking problem: Diagnostic, in form: String) {
    outcome = .asked
    self.form = form
    path = problem.arguments["path"]
    label = problem.arguments["label"]
    self.problem = problem
  }
}

/// A document that was read by a mapping.
public struct MappedDocument: Sendable {
  /// By id of the form; not complete while there are lines that ask.
  public private(set) var answers: [String: Answers]
  /// In the order of the document, then what is asked.
  public private(set) var lines: [MappingLine]
  /// Lines beyond those that are kept.
  public let omitted: Int

  init(answers: [String: Answers], lines: [MappingLine], omitted: Int) {
    self.answers = answers
    self.lines = lines
    self.omitted = omitted
  }

  /// Forms that a person has filled.
  private(set) var given: Set<String> = []

  /// Every form may be handed in, and nothing that did not fit was left to nobody.
  public var isComplete: Bool { answers.keys.allSatisfy { !isOpen($0) } }

  /// Whether a person has to look at the form: something is asked, or did not fit and they have not seen it.
  public func isOpen(_ form: String) -> Bool {
    lines.contains {
      $0.form == form && ($0.outcome == .asked || $0.outcome == .refused && !given.contains(form))
    }
  }

  /// Puts the answers of a person in the place of those of the document.
  ///
  /// - Parameter problems: what is wrong with them.
  public mutating func replace(_ given: Answers, problems: [Diagnostic]) {
    answers[given.form.id] = given
    self.given.insert(given.form.id)
    lines.removeAll { $0.outcome == .asked && $0.form == given.form.id }
    lines += problems.filter { $0.severity == .error }.map {
      MappingLine(asking: $0, in: given.form.id)
    }
  }

  /// The problems of one form.
  public func asked(of form: String) -> [MappingLine] {
    lines.filter { $0.outcome == .asked && $0.form == form }
  }
}
