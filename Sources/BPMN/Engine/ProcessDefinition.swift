import Diagnostics

/// A process made ready to run: flat arrays, everything referred to by index, all FEEL compiled.
public struct ProcessDefinition: Sendable {
  public let id: String
  public let name: String
  public let versionTag: String?
  public let documentation: String?
  /// `zeebe:properties` of the process.
  public let properties: [String: String]

  /// Node 0 is the process itself; a container comes before what is inside it.
  let nodes: [CompiledNode]
  let flows: [CompiledFlow]
  let indexes: [String: Int]
  /// How inclusive gateways join, by the index of the gateway.
  let inclusiveJoins: [Int: InclusiveJoin]
  /// The model it was made from, to judge whether a move is safe.
  let content: FlowContent

  /// The names of the messages that start this process.
  public var startMessages: [String] {
    nodes[0].starts.flatMap { nodes[$0].triggers.compactMap(\.messageName) }
  }

  /// The names of the signals that start this process.
  public var startSignals: [String] {
    nodes[0].starts.flatMap { nodes[$0].triggers.compactMap(\.signalName) }
  }

  /// Whether the process can be started by command, not only by a message or signal.
  public var hasNoneStart: Bool { nodes[0].noneStart != nil }

  /// The ids of all elements, in document order, a subprocess before what is inside it.
  public var elements: [String] { nodes.dropFirst().map(\.id) }

  /// What to call the element with this id: its name in the model, else its id.
  public func title(of element: String) -> String {
    indexes[element].map { nodes[$0].title } ?? element
  }

  /// The help text of the element with this id.
  public func documentation(of element: String) -> String? {
    indexes[element].flatMap { nodes[$0].documentation }
  }

  /// The `zeebe:properties` of the element with this id.
  public func properties(of element: String) -> [String: String] {
    indexes[element].map { nodes[$0].properties } ?? [:]
  }

  /// The start event that begins with this message.
  func start(byMessage name: String) -> Int? {
    nodes[0].starts.first { nodes[$0].triggers.contains { $0.messageName == name } }
  }

  /// The start event that begins with this signal.
  func start(bySignal name: String) -> Int? {
    nodes[0].starts.first { nodes[$0].triggers.contains { $0.signalName == name } }
  }
}

/// A flow node, or the process itself, as the engine runs it.
struct CompiledNode: Sendable {
  let id: String
  /// The name of the element in the file.
  let tag: String
  let title: String
  let behavior: Behavior
  /// The index of the container.
  let scope: Int
  let incoming: [Int]
  let outgoing: [Int]
  /// The ids of `outgoing`.
  let outgoingIDs: [String]
  /// Whether any of `outgoing` has a condition.
  let hasConditions: Bool
  let defaultFlow: Int?
  let inputs: [IOMapping]
  let outputs: [IOMapping]
  let repetition: Repetition
  /// Indexes of the boundary events.
  let boundaries: [Int]
  /// Of a container: the start events in it that begin a token there.
  let starts: [Int]
  /// Of a container: the none start event in it.
  let noneStart: Int?
  /// Of a container: the start events of the event subprocesses in it.
  let eventStarts: [Int]
  /// Of an event-based gateway: the events behind it.
  let alternatives: [Int]
  /// Of a boundary event or the start event of an event subprocess.
  let isInterrupting: Bool
  /// How many tokens it takes to enter; a parallel gateway takes one of each incoming flow instead.
  let startQuantity: Int
  let completionQuantity: Int
  let lane: String?
  let laneGroup: String?
  let documentation: String?
  let properties: [String: String]
  /// The message of a send task or a message throw event.
  let message: String?
  let location: SourceLocation?
  /// Whether a token that enters is at work at once.
  let activatesAtOnce: Bool
  /// Whether tokens wait here for others.
  let joins: Bool
  /// Of an activity: the index of what undoes it.
  let compensationHandler: Int?
  /// Whether it is done only to undo another activity.
  let isForCompensation: Bool
  /// Of a subprocess: the names of its data objects and properties, variables of its own.
  let data: [String]
  /// In the order in which they are asked.
  let listeners: [CompiledListener]
}

extension CompiledNode {
  /// Whether it runs several times inside an instance of its own.
  var isRepeated: Bool {
    if case .once = repetition { false } else { true }
  }

  var multiInstance: MultiInstanceDefinition? {
    if case .multiInstance(let loop) = repetition { loop } else { nil }
  }

  var loop: StandardLoop? {
    if case .loop(let loop) = repetition { loop } else { nil }
  }

  /// Whether something is done at this moment before the element goes on.
  func listens(to event: ListenerEvent) -> Bool {
    !listeners.isEmpty && listeners.contains { $0.event == event }
  }

  /// What an event waits for.
  var triggers: [Trigger] {
    switch behavior {
    case .wait(let triggers), .happened(let triggers): triggers.list
    default: []
    }
  }

  /// Whether an event waits for all its triggers.
  var needsAllTriggers: Bool {
    switch behavior {
    case .wait(let triggers), .happened(let triggers): triggers.needsAll
    default: false
    }
  }

  /// What an event that throws several does last.
  var lastBehavior: Behavior {
    if case .several(_, let last) = behavior { last } else { behavior }
  }

  /// Whether a token that enters tells everyone who waits at this moment.
  var throwsSignal: Bool {
    switch behavior {
    case .throwSignal, .several: true
    default: false
    }
  }

  /// The job a worker does here.
  var job: JobDefinition? {
    switch behavior {
    case .job(let job), .several(_, then: .job(let job)): job
    default: nil
    }
  }
}

extension Trigger {
  var messageName: String? {
    if case .message(let name, _) = self { name.text } else { nil }
  }

  var signalName: String? {
    if case .signal(let name) = self { name.text } else { nil }
  }
}

/// A sequence flow as the engine follows it.
struct CompiledFlow: Sendable {
  let id: String
  let target: Int
  /// `nil`: always taken.
  let condition: ModelExpression?
}

/// Which nodes an inclusive gateway must wait for: a token there can still reach one of its flows.
struct InclusiveJoin: Sendable {
  /// For each incoming flow, by its index: the nodes with a way to it that does not pass the gateway.
  let reaching: [Int: Set<Int>]
}
