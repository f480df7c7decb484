import FEEL

/// Where one element of a picture stands: told by line, badge and word, never by colour alone.
public struct DiagramMark: Hashable, Sendable {
  public enum Position: Hashable, Sendable {
    /// Nothing is here at present.
    case none
    /// Someone or something is at work here.
    case now
    /// It waits for an event or a time.
    case waiting
    /// An incident holds it.
    case incident
  }

  /// How often it has been completed.
  public var completed: Int
  public var position: Position

  public init(completed: Int = 0, position: Position = .none) {
    self.completed = completed
    self.position = position
  }
}

/// The words of a picture, in the reader's language; the model gives its own names.
public struct DiagramWords: Hashable, Sendable {
  public var title: String
  /// One sentence that tells the same as the picture: "At: Waiting for sitting; 4 of 8 steps done".
  public var description: String
  public var now: String
  public var waiting: String
  public var incident: String
  public var done: String
  /// The heading of the list under a picture of what is not drawn in it.
  public var notDrawn: String

  public init(
    title: String, description: String = "", now: String = "now", waiting: String = "waiting",
    incident: String = "problem", done: String = "done", notDrawn: String = "Not in the picture:"
  ) {
    self.title = title
    self.description = description
    self.now = now
    self.waiting = waiting
    self.incident = incident
    self.done = done
    self.notDrawn = notDrawn
  }
}

extension ProcessState {
  /// The marks of the elements of `process`: counts from `history`, positions from what is alive.
  public func marks(of process: String, history: ProcessHistory) -> [String: DiagramMark] {
    var marks = (history.elements[process] ?? [:]).mapValues {
      DiagramMark(completed: $0.completed)
    }
    for (flow, count) in history.flows[process] ?? [:] {
      marks[flow] = DiagramMark(completed: count)
    }
    let held = Set(incidents.map(\.element))
    for instance in instances.values where instance.process == process && !instance.isProcess {
      let position = position(of: instance, isHeld: held.contains(instance.key))
      let before = marks[instance.element, default: DiagramMark()].position
      marks[instance.element, default: DiagramMark()].position = max(before, position)
    }
    return marks
  }

  private func position(of instance: ElementInstance, isHeld: Bool) -> DiagramMark.Position {
    if isHeld { return .incident }
    if taskRecords[instance.key] != nil || jobRecords[instance.key] != nil { return .now }
    if instance.children > 0 || multiInstances[instance.key] != nil { return .now }
    return subscriptionsByHolder[instance.key] == nil ? .now : .waiting
  }
}

extension DiagramMark.Position: Comparable {
  /// Of several instances of one element the most urgent is shown.
  public static func < (left: DiagramMark.Position, right: DiagramMark.Position) -> Bool {
    left.urgency < right.urgency
  }

  private var urgency: Int {
    switch self {
    case .none: 0
    case .waiting: 1
    case .now: 2
    case .incident: 3
    }
  }
}
