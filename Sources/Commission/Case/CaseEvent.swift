public import BPMN
public import FEEL

/// One thing that happened in a case. A stored event never changes its meaning: old JSON decodes for ever.
public enum CaseEvent: Hashable, Sendable {
  case opened(CaseOpening)
  /// Something the process engine did.
  case process(ProcessEvent)
  case statusChanged(from: CaseStatus, to: CaseStatus)
  /// A document became part of the case.
  case documentAdded(CaseDocument)
  case draftSaved(task: ElementKey, TaskDraft)
  case draftDropped(task: ElementKey)
  case clockOpened(Clock)
  case clockPaused(String, at: Instant, reason: String)
  case clockResumed(String, at: Instant)
  case clockClosed(String, at: Instant)
  case clockChanged(String, Clock.Change)
  case pseudonymGiven(String)
  case panelDrawn(PanelDraw)
  /// The case, or a document of it, got its number in a gapless register.
  case registered(register: String, number: String, on: Day)
  case noticeIssued(Notice)
  case dossierSent(message: String, kind: String, receiver: String, document: String)
  /// Another agency was told of these entitlements.
  case entitlementsPublished([String])
  /// This case concerns another one.
  case linked(CaseLink)
  /// The process is over.
  case closed(at: Instant)

  /// `owner` has given a task to somebody and gets it back when it is resolved.
  case taskDelegated(task: ElementKey, owner: String)
  case taskResolved(task: ElementKey)
  /// A remark on the case, or on one of its tasks.
  case commented(CaseComment)
  /// Somebody has stepped down and does nothing more in this case.
  case recused(Recusal)
  /// The case went back to a step that was done before.
  case returned(from: [String], to: String)
  /// Nothing happens in the case until it is resumed; its clocks stand still.
  case suspended(Suspension)
  case resumed(at: Instant)
  /// A closed case goes on, at the step `element`.
  case reopened(at: Instant, element: String)
  /// The case was ended before its time.
  case cancelled(at: Instant)
  /// From here on the case runs on other definitions: `kind/identifier@version`.
  case definitionsChanged(DefinitionChange)
}

/// A remark in the history of a case.
public struct CaseComment: Hashable, Sendable {
  /// The element of the task it is about.
  public let element: String?
  public let text: String
}

/// Who has stepped down, and at what.
public struct Recusal: Hashable, Sendable {
  public let user: String
  public let element: String
}

/// Why and from what a case stands still.
public struct Suspension: Hashable, Sendable {
  public let at: Instant
  /// The status it goes back to.
  public let status: CaseStatus
  /// The clocks that stand still because of it.
  public let clocks: [String]
}

/// Other definitions under a running case.
public struct DefinitionChange: Hashable, Sendable {
  public enum Cause: String, Hashable, Sendable {
    /// The case was migrated.
    case migration
    /// Another edition of the working calendar.
    case calendar
  }

  public let cause: Cause
  public let removed: [String]
  public let added: [String]
}

/// How a case began.
public struct CaseOpening: Hashable, Sendable {
  public let number: CaseNumber
  public let kind: CaseKind
  /// The rules that hold for the case for ever: `AZ-2022` or `AZ-S3`.
  public let profile: String
  /// The day of the legal fact; definitions in force on it are used.
  public let legalDate: Day
  public let commission: String
  /// The identifier in the person register; empty in the work of the office itself.
  public let person: String
  /// Surname and initials, and the year of birth, as lists show people; the name of the process where there is nobody.
  public let initials: String
  public let birthYear: Int?
  public let openedAt: Instant
  /// The definitions the case runs on, as `kind/identifier@version`.
  public let definitions: [String]
}

/// What a case is about (domain.md 4.2).
public enum CaseKind: String, Hashable, Sendable, CaseIterable {
  case initial
  case reExamination = "re-examination"
  case appeal
  case childrenCommission = "children-commission"
  case specialConclusion = "special-conclusion"
  case socialService = "social-service"
  case certificateDuplicate = "certificate-duplicate"
  /// Work of the office itself, about nobody: a process that starts by itself.
  case office
  case courtJudgment = "court-judgment"
}

/// Where a case stands in law (domain.md 4.2); the allowed moves are the decision `case-status-transition`.
public struct CaseStatus: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  public static let submitted = CaseStatus(rawValue: "submitted")
}

/// Another case that this one is tied to.
public struct CaseLink: Hashable, Sendable {
  public enum Relation: String, Hashable, Sendable {
    /// This case decides on the other one.
    case appealOf = "appeal-of"
    /// The other one decides on this case.
    case appealedIn = "appealed-in"
    /// The other one was annulled, and this case decides anew.
    case remittedFrom = "remitted-from"
    /// This case was annulled, and the other one decides anew.
    case remittedTo = "remitted-to"
  }

  public let relation: Relation
  public let number: CaseNumber
}

/// A document of a case: a completed form, a received file, an issued paper, a letter.
public struct CaseDocument: Hashable, Sendable {
  public enum Role: String, Hashable, Sendable {
    /// It came from outside.
    case received
    /// Somebody filled it at a task.
    case answers
    /// The commission issued it; from then on nothing in it changes.
    case issued
    /// Sent to a person or an agency.
    case letter
  }

  /// The name in the case: `referral`, `finding 2`, `conclusion`.
  public let name: String
  public let role: Role
  /// SHA-256 of the stored bytes.
  public let identifier: String
  public let form: String?
  public let formVersion: String?
  /// The number in its register, for issued documents.
  public let number: String?
  public let by: String
  /// Whom that person stood in for.
  public var onBehalfOf: String?
  public let at: Instant
  /// The process variable that holds its answers.
  public let variable: String?
  /// The task it was filled at.
  public let element: String?
}

/// A letter or a message to somebody.
public struct Notice: Hashable, Sendable {
  public let template: String
  public let recipient: String
  /// `sms`, `e-mail`, `post` … as the person chose, or `portal` for offices.
  public let channel: String
  public let language: String
  /// How the person wants to read it (`PaperFormat`); `nil` in letters that were written before it was kept.
  public var format: String?
  /// The stored letter.
  public let document: String
  public let at: Instant
}
