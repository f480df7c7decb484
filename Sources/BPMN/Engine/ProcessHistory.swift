/// What has been done in a case, counted over its events: how often, and where something stands now.
public struct ProcessHistory: Hashable, Sendable {
  /// The visits to one element.
  public struct Visits: Hashable, Sendable {
    public internal(set) var entered = 0
    public internal(set) var completed = 0
    public internal(set) var terminated = 0

    /// How many instances are at work or wait.
    public var open: Int { entered - completed - terminated }
  }

  /// By process id, then element id.
  public private(set) var elements: [String: [String: Visits]] = [:]
  /// How often each sequence flow was taken, by process id, then flow id.
  public private(set) var flows: [String: [String: Int]] = [:]
  private var entries: [ElementKey: ElementEntry] = [:]

  public init(_ events: some Sequence<ProcessEvent> = []) {
    for event in events { add(event) }
  }

  /// Counts one more event; others than the beginning and end of elements do not matter.
  public mutating func add(_ event: ProcessEvent) {
    switch event {
    case .entered(let entry):
      entries[entry.key] = entry
      count(entry) { $0.entered += 1 }
    case .completed(let key, let taken):
      guard let entry = entries.removeValue(forKey: key) else { return }
      count(entry) { $0.completed += 1 }
      for flow in taken { flows[entry.process, default: [:]][flow, default: 0] += 1 }
    case .terminated(let key):
      entries.removeValue(forKey: key).map { entry in count(entry) { $0.terminated += 1 } }
    case .migrated(let key, let process, let element): move(key, process, element)
    default: return
    }
  }

  /// A visit that is still open goes on in another element.
  private mutating func move(_ key: ElementKey, _ process: String, _ element: String) {
    guard let entry = entries[key] else { return }
    count(entry) { $0.entered -= 1 }
    let moved = ElementEntry(
      key: key, process: process, element: element, scope: entry.scope,
      loopCounter: entry.loopCounter, state: entry.state)
    entries[key] = moved
    count(moved) { $0.entered += 1 }
  }

  private mutating func count(_ entry: ElementEntry, _ change: (inout Visits) -> Void) {
    change(&elements[entry.process, default: [:]][entry.element, default: Visits()])
  }
}
