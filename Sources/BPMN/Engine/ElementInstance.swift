public import FEEL

/// Where an element instance stands in its life (Zeebe's process instance lifecycle).
///
/// `activating → activated → completing → completed`, and from each of the first three `→ terminating → terminated`.
public enum ElementState: String, Hashable, Sendable, CaseIterable {
  /// Entered; input mappings, timers or assignments are not evaluated yet, or an incident holds it here.
  case activating
  /// Working or waiting: for a person, a job, an event, or for what is inside it.
  case activated
  /// Done inside; output mappings or the choice of the next flow are not evaluated yet, or an incident holds it here.
  case completing
  case completed
  case terminating
  case terminated

  /// The only moves there are; everything else is a bug of the engine.
  public func mayBecome(_ next: ElementState) -> Bool {
    switch (self, next) {
    case (.activating, .activated), (.activated, .completing), (.completing, .completed): true
    case (.activating, .terminating), (.activated, .terminating), (.completing, .terminating): true
    case (.terminating, .terminated): true
    default: false
    }
  }
}

/// One element at work: a process, an activity, an event that waits, a gateway held by an incident.
///
/// The instances of a case are a tree: `scope` is what this one runs inside.
public struct ElementInstance: Hashable, Sendable {
  public let key: ElementKey
  /// The id of the process the element belongs to.
  public internal(set) var process: String
  /// The id of the element; the id of the process itself for the instance of a process.
  public internal(set) var element: String
  /// The instance this one runs inside; the call activity for a called process; `nil` for a case's root process.
  public let scope: ElementKey?
  /// From 1 in the inner instances of a multi-instance activity, else 0.
  public let loopCounter: Int
  public internal(set) var state: ElementState
  /// How many instances run directly inside this one.
  public internal(set) var children = 0
  /// The variables that live here; the ones further out are found through `scope`.
  public internal(set) var variables: [String: FEELValue] = [:]

  init(_ entry: ElementEntry) {
    key = entry.key
    process = entry.process
    element = entry.element
    scope = entry.scope
    loopCounter = entry.loopCounter
    state = entry.state
  }
}

/// How far a multi-instance activity has come.
public struct MultiInstanceProgress: Hashable, Sendable {
  /// How many inner instances there will be in all.
  public let total: Int
  /// The values they take, when they come from a collection.
  public let items: [FEELValue]
  /// The variable that receives the results, when there is one.
  public let outputCollection: String?
  public internal(set) var started = 0
  public internal(set) var completed = 0
  public internal(set) var terminated = 0
  /// The result of each inner instance, `null` until it has completed.
  public internal(set) var outputs: [FEELValue]

  init(total: Int, items: [FEELValue], outputCollection: String?) {
    self.total = total
    self.items = items
    self.outputCollection = outputCollection
    outputs = outputCollection == nil ? [] : Array(repeating: .null, count: total)
  }

  var active: Int { started - completed - terminated }
}

extension ElementState: JSONStored {}

extension ElementInstance: JSONRecord {
  public static func members(
    of value: ElementInstance?, in json: inout JSONCoder
  ) throws -> ElementInstance {
    var instance = ElementInstance(try ElementEntry.members(of: value?.entry, in: &json))
    instance.variables = try json.dictionary("variables", value?.variables)
    return instance
  }

  private var entry: ElementEntry {
    ElementEntry(
      key: key, process: process, element: element, scope: scope, loopCounter: loopCounter,
      state: state)
  }
}

extension ElementEntry: JSONRecord {
  public static func members(
    of value: ElementEntry?, in json: inout JSONCoder
  ) throws -> ElementEntry {
    try ElementEntry(
      key: json.member("key", value?.key), process: json.member("process", value?.process),
      element: json.member("element", value?.element), scope: json.optional("scope", value?.scope),
      loopCounter: json.optional("loopCounter", value?.loopCounter == 0 ? nil : value?.loopCounter)
        ?? 0, state: json.member("state", value?.state))
  }
}

extension MultiInstanceProgress: JSONRecord {
  public static func members(
    of value: MultiInstanceProgress?, in json: inout JSONCoder
  ) throws -> MultiInstanceProgress {
    var progress = try MultiInstanceProgress(
      total: json.member("total", value?.total), items: json.member("items", value?.items),
      outputCollection: json.optional("outputCollection", value?.outputCollection))
    progress.started = try json.member("started", value?.started)
    progress.completed = try json.member("completed", value?.completed)
    progress.terminated = try json.member("terminated", value?.terminated)
    progress.outputs = try json.member("outputs", value?.outputs)
    return progress
  }
}
