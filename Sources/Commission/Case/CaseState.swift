public import BPMN
public import FEEL

/// Everything that is alive in one case. What has passed is in the records, not here.
///
/// `apply` is the only thing that changes it and cannot fail: the state is the sum of the events.
public struct CaseState: Hashable, Sendable, Codable {
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

  public init(_ opening: CaseOpening) {
    self.opening = opening
  }

  public var number: CaseNumber { opening.number }

  public var isClosed: Bool { process.isEmpty && closedAt != nil }

  /// The newest document of that name.
  public func document(_ name: String) -> CaseDocument? {
    documents.last { $0.name == name }
  }

  public mutating func apply(_ event: CaseEvent) {
    switch event {
    case .opened(let opening): self.opening = opening
    case .process(let event): process.apply(event)
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
    }
  }
}
