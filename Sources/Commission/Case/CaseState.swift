public import BPMN
public import FEEL

/// Everything that is alive in one case. What has passed is in the records, not here.
///
/// `apply` is the only thing that changes it and cannot fail: the state is the sum of the events.
public struct CaseState: Hashable, Sendable {
  public private(set) var opening: CaseOpening
  public private(set) var status = CaseStatus.submitted
  public private(set) var process = ProcessState()
  /// Oldest first; the newest of a name counts.
  public private(set) var documents: [CaseDocument] = []
  /// By parameter: `T-MSEC`.
  public private(set) var clocks: [String: Clock] = [:]
  /// By task.
  public private(set) var drafts: [ElementKey: TaskDraft] = [:]
  public private(set) var pseudonym: String?
  public private(set) var draws = 0
  /// The experts of the last draw; with the ones before them they cannot be drawn again after a conflict.
  public private(set) var panel: [PanelDraw.Member] = []
  public private(set) var links: [CaseLink] = []
  public private(set) var closedAt: Instant?
  /// Who gets a delegated task back, by task.
  public private(set) var owners: [ElementKey: String] = [:]
  /// Users who have stepped down in this case.
  public private(set) var recused: [String] = []
  public private(set) var suspension: Suspension?
  /// What the case runs on, as `kind/identifier@version`.
  public private(set) var definitions: [String]

  public init(_ opening: CaseOpening) {
    self.opening = opening
    definitions = opening.definitions
  }

  public var isSuspended: Bool { suspension != nil }

  public var number: CaseNumber { opening.number }

  public var isClosed: Bool { process.isEmpty && closedAt != nil }

  /// The newest document of that name.
  public func document(_ name: String) -> CaseDocument? {
    documents.last { $0.name == name }
  }

  public mutating func apply(_ event: CaseEvent) {
    switch event {
    case .opened(let opening):
      self.opening = opening
      definitions = opening.definitions
    case .process(let event): apply(event)
    case .statusChanged(_, let status): self.status = status
    case .documentAdded(let document): documents.append(document)
    case .draftSaved(let task, let draft): drafts[task] = draft
    case .draftDropped(let task): drafts[task] = nil
    case .clockOpened(let clock): clocks[clock.parameter.identifier] = clock
    case .clockPaused(let name, let instant, let reason):
      clocks[name]?.pause(at: instant, reason: reason)
    case .clockResumed(let name, let instant): clocks[name]?.resume(at: instant)
    case .clockClosed(let name, let instant): clocks[name]?.closedAt = instant
    case .pseudonymGiven(let pseudonym): self.pseudonym = pseudonym
    case .panelDrawn(let draw):
      draws += 1
      panel = draw.panel
    case .linked(let link): links.append(link)
    case .registered, .noticeIssued, .dossierSent, .entitlementsPublished: break
    case .closed(let instant): closedAt = instant
    case .clockChanged(let name, let change): clocks[name]?.apply(change)
    case .taskDelegated(let task, let owner): owners[task] = owner
    case .taskResolved(let task): owners[task] = nil
    case .recused(let recusal): recused.append(recusal.user)
    case .suspended(let suspension): suspend(suspension)
    case .resumed(let instant): resume(at: instant)
    case .reopened: closedAt = nil
    case .definitionsChanged(let change): definitions = change.applied(to: definitions)
    case .commented, .returned, .cancelled: break
    }
  }

  /// What belongs to a task ends with it.
  private mutating func apply(_ event: ProcessEvent) {
    process.apply(event)
    switch event {
    case .taskCompleted(let key, _), .terminated(let key): owners[key] = nil
    default: break
    }
  }

  private mutating func suspend(_ suspension: Suspension) {
    self.suspension = suspension
    for name in suspension.clocks {
      clocks[name]?.pause(at: suspension.at, reason: Clock.suspension)
    }
  }

  private mutating func resume(at instant: Instant) {
    for name in suspension?.clocks ?? [] { clocks[name]?.resume(at: instant) }
    suspension = nil
  }
}

/// States that were stored before an entry was known do not have it.
extension CaseState: JSONRecord {
  public static func members(of value: CaseState?, in json: inout JSONCoder) throws -> CaseState {
    var state = CaseState(try json.member("opening", value?.opening))
    state.status = try json.member("status", value?.status)
    state.process = try json.member("process", value?.process)
    state.documents = try json.member("documents", value?.documents)
    state.clocks = try json.member("clocks", value?.clocks)
    guard let drafts = try json.pairs("drafts", value?.drafts) else {
      throw JSONCoder.missing("drafts")
    }
    state.drafts = drafts
    state.pseudonym = try json.optional("pseudonym", value?.pseudonym)
    state.draws = try json.member("draws", value?.draws)
    state.panel = try json.member("panel", value?.panel)
    state.links = try json.member("links", value?.links)
    state.closedAt = try json.optional("closedAt", value?.closedAt)
    state.owners = try json.pairs("owners", value?.owners) ?? [:]
    state.recused = try json.optional("recused", value?.recused) ?? []
    state.suspension = try json.optional("suspension", value?.suspension)
    state.definitions =
      try json.optional("definitions", value?.definitions) ?? state.opening.definitions
    return state
  }
}

extension DefinitionChange {
  /// `definitions` without what was removed and with what was added, in order.
  func applied(to definitions: [String]) -> [String] {
    (definitions.filter { !removed.contains($0) } + added).sorted()
  }

  /// What leads from one set of references to another.
  init(_ cause: Cause, from old: [String], to new: [String]) {
    self.init(
      cause: cause, removed: old.filter { !new.contains($0) },
      added: new.filter { !old.contains($0) })
  }
}
