/// How the instances of one version of a process become instances of another.
public struct MigrationPlan: Hashable, Sendable {
  /// The id of the process whose instances migrate.
  public let source: String
  /// The id of the process they belong to afterwards; most often the same.
  public let target: String
  /// Which element becomes which; an element that is not named keeps its id.
  public let elements: [String: String]
  /// Which sequence flow becomes which, for tokens that wait at a join; a flow that is not named keeps its id.
  public let flows: [String: String]

  /// What the elements of the source are, by id.
  let kinds: [String: String]

  public init(
    from source: ProcessDefinition, to target: ProcessDefinition, elements: [String: String] = [:],
    flows: [String: String] = [:]
  ) {
    self.source = source.id
    self.target = target.id
    self.elements = elements
    self.flows = flows
    kinds = Dictionary(source.nodes.map { ($0.id, $0.kind) }) { $1 }
  }

  /// What an element of the source is called in the target.
  public func element(_ id: String) -> String {
    id == source ? target : elements[id] ?? id
  }

  /// The events of the target that the source had too: what became of them stays as it is.
  func isKnown(_ element: String) -> Bool { kinds.keys.contains { self.element($0) == element } }
}

extension CompiledNode {
  /// Only an element of the same kind can go on with what another has begun.
  var kind: String {
    switch repetition {
    case .once: tag
    case .loop: tag + " again and again"
    case .multiInstance(let loop): tag + (loop.isSequential ? " one by one" : " side by side")
    }
  }
}
