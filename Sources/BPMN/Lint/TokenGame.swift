/// Plays through every way tokens can take in one scope, without looking at data.
///
/// Choices may go any way, boundary events may happen or not. Played for a bounded number of situations: a scope that is
/// too large or circles with ever more tokens is not judged.
struct TokenGame {
  /// What was seen in all situations together.
  struct Outcome {
    /// Joins at which tokens were left waiting when nothing could move any more.
    var stuck: Set<String> = []
    /// Joins that went on at least once.
    var joined: Set<String> = []
  }

  private struct Way {
    let id: String
    let target: Int
  }

  private let nodes: [FlowNode]
  private let ways: [Way]
  private var incoming: [Int: [Int]] = [:]
  private var outgoing: [Int: [Int]] = [:]
  private var boundaries: [Int: [Int]] = [:]
  private var links: [Int: Int] = [:]
  private var outcome = Outcome()

  private static let situationLimit = 4_000
  private static let tokenLimit = 12

  /// Tokens on flows, waiting ones included: the positions of the flows, in order, a flow twice for two tokens.
  private typealias Situation = [Int]

  init(_ scope: FlowContent) {
    nodes = scope.nodes
    let indexes = Dictionary(nodes.enumerated().map { ($1.id, $0) }) { $1 }
    ways = scope.flows.compactMap { flow in
      indexes[flow.target].map { Way(id: flow.id, target: $0) }
    }
    for (position, way) in ways.enumerated() { incoming[way.target, default: []].append(position) }
    let sources = Dictionary(scope.flows.map { ($0.id, $0.source) }) { $1 }
    for (position, way) in ways.enumerated() {
      if let source = sources[way.id].flatMap({ indexes[$0] }) {
        outgoing[source, default: []].append(position)
      }
    }
    for (index, node) in nodes.enumerated() {
      if case .boundaryEvent(let host, _) = node.kind, let host = indexes[host] {
        boundaries[host, default: []].append(index)
      }
      if node.kind == .intermediateThrowEvent, case .link(let name)? = node.events.first {
        links[index] = nodes.firstIndex {
          $0.kind == .intermediateCatchEvent && $0.events.contains(.link(name: name))
        }
      }
    }
  }

  /// `nil` when there were too many situations to look at all of them.
  mutating func play() -> Outcome? {
    var open: [Situation] = []
    for start in nodes.indices {
      if case .startEvent = nodes[start].kind { open += results(of: start).map { $0.sorted() } }
    }
    return play(from: open)
  }

  /// From a situation in which the nodes `atWork` are about to end, and tokens wait on flows.
  ///
  /// `nil` when there were too many situations to look at all of them.
  mutating func play(from atWork: [String], waiting: [String: Int]) -> Outcome? {
    var open: [Situation] = [
      ways.indices.flatMap { Array(repeating: $0, count: waiting[ways[$0].id] ?? 0) }
    ]
    for id in atWork {
      guard let node = nodes.firstIndex(where: { $0.id == id }) else { continue }
      let results = results(of: node)
      open = open.flatMap { situation in results.map { situation + $0 } }
      guard open.count < Self.situationLimit else { return nil }
    }
    return play(from: open.map { $0.sorted() })
  }

  private mutating func play(from situations: [Situation]) -> Outcome? {
    var seen: Set<Situation> = []
    var open = situations
    while let situation = open.popLast() {
      guard seen.insert(situation).inserted else { continue }
      guard seen.count < Self.situationLimit, situation.count < Self.tokenLimit else { return nil }
      let next = moves(from: situation)
      if next.isEmpty { noteWaiting(in: situation) }
      open += next
    }
    return outcome
  }

  private mutating func noteWaiting(in situation: Situation) {
    for position in situation { outcome.stuck.insert(nodes[ways[position].target].id) }
  }

  private mutating func moves(from situation: Situation) -> [Situation] {
    var moves: [Situation] = []
    for node in Set(situation.map { ways[$0].target }).sorted() {
      guard let used = enabling(node, in: situation) else { continue }
      if used.count > 1 { outcome.joined.insert(nodes[node].id) }
      var rest = situation
      for position in used { rest.firstIndex(of: position).map { _ = rest.remove(at: $0) } }
      if nodes[node].events.contains(.terminate) {
        moves.append([])
      } else {
        moves += results(of: node).map { (rest + $0).sorted() }
      }
    }
    return moves
  }

  /// The tokens that let a node go on; `nil` when it must wait.
  private func enabling(_ node: Int, in situation: Situation) -> [Int]? {
    let flows = incoming[node] ?? []
    let filled = flows.filter(situation.contains)
    switch nodes[node].kind {
    case .parallelGateway: return filled.count == flows.count ? flows : nil
    case .inclusiveGateway: return filled  // waits as long as needed, so it never gets stuck
    default:
      let quantity = nodes[node].startQuantity
      guard quantity > 1 else { return Array(filled.prefix(1)) }
      let tokens = situation.filter(flows.contains)
      return tokens.count >= quantity ? Array(tokens.prefix(quantity)) : nil
    }
  }

  /// The flows that get tokens when a node has been entered: one list for each way it can turn out.
  private func results(of node: Int) -> [[Int]] {
    let flows = outgoing[node] ?? []
    var results: [[Int]]
    switch nodes[node].kind {
    case .exclusiveGateway, .eventBasedGateway: results = flows.map { [$0] }
    case .inclusiveGateway: results = subsets(flows)
    default:
      let copies = nodes[node].completionQuantity
      results = [flows.flatMap { Array(repeating: $0, count: max(1, copies)) }]
    }
    if let target = links[node] { results = self.results(of: target) }
    for event in boundaries[node] ?? [] {
      guard case .boundaryEvent(_, let interrupting) = nodes[event].kind,
        !nodes[event].isCompensationEvent
      else { continue }
      let branch = outgoing[event] ?? []
      results += interrupting ? [branch] : results.map { $0 + branch }
    }
    return results
  }

  /// Every non-empty choice of flows; all or one where there are too many.
  private func subsets(_ flows: [Int]) -> [[Int]] {
    guard flows.count <= 5 else { return flows.map { [$0] } + [flows] }
    return (1..<max(2, 1 << flows.count)).map { mask in
      flows.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element)
    }
  }
}
