/// One element of a process in the order in which it is gone through.
public struct OutlineLine: Hashable, Sendable, CustomStringConvertible {
  public let element: String
  public let title: String
  /// 0 for the process itself, one more inside each subprocess.
  public let depth: Int
  /// "done", "now" and the like; empty: not reached.
  public let mark: String
  /// How often it was completed.
  public let completed: Int
  /// The titles of what follows it, with the names of the flows.
  public let next: [String]

  /// For a terminal or a screen reader.
  public var description: String {
    let indent = String(repeating: "  ", count: depth)
    let count = completed > 1 ? " ×\(completed)" : ""
    let state = mark.isEmpty ? "" : " [\(mark)\(count)]"
    let following = next.isEmpty ? "" : " → " + next.joined(separator: "; ")
    return indent + title + state + following
  }
}

/// Puts the elements of a process in the order of its flows: each after what leads to it, as far as circles allow.
struct Outline {
  private let process: ModelProcess
  private let marks: [String: DiagramMark]
  private let words: DiagramWords

  init(_ process: ModelProcess, marks: [String: DiagramMark], words: DiagramWords) {
    self.process = process
    self.marks = marks
    self.words = words
  }

  func lines() -> [OutlineLine] {
    let heading = OutlineLine(
      element: process.id, title: process.name.isEmpty ? process.id : process.name, depth: 0,
      mark: "", completed: 0, next: [])
    return [heading] + lines(process.content, depth: 1)
  }

  private func lines(_ content: FlowContent, depth: Int) -> [OutlineLine] {
    let titles = Dictionary(content.nodes.map { ($0.id, $0.title) }) { $1 }
    return ordered(content).flatMap { node -> [OutlineLine] in
      let next = content.flows.filter { $0.source == node.id }.map { flow in
        let target = titles[flow.target] ?? flow.target
        return flow.name.isEmpty ? target : "\(flow.name): \(target)"
      }
      let mark = marks[node.id] ?? DiagramMark()
      return [
        OutlineLine(
          element: node.id, title: node.title, depth: depth, mark: word(mark),
          completed: mark.completed, next: next)
      ] + lines(node.content, depth: depth + 1)
    }
  }

  private func word(_ mark: DiagramMark) -> String {
    switch mark.position {
    case .now: words.now
    case .waiting: words.waiting
    case .incident: words.incident
    case .none: mark.completed > 0 ? words.done : ""
    }
  }

  /// Depth first from the starts, so that a branch is told before the next one begins; boundary events follow their host.
  private func ordered(_ content: FlowContent) -> [FlowNode] {
    let nodes = Dictionary(content.nodes.map { ($0.id, $0) }) { $1 }
    var following: [String: [String]] = [:]
    for flow in content.flows { following[flow.source, default: []].append(flow.target) }
    for node in content.nodes {
      if case .boundaryEvent(let host, _) = node.kind {
        following[host, default: []].append(node.id)
      }
    }
    var seen: Set<String> = []
    func visit(_ id: String, _ finished: inout [FlowNode]) {
      guard let node = nodes[id], seen.insert(id).inserted else { return }
      for next in (following[id] ?? []).reversed() { visit(next, &finished) }
      finished.append(node)
    }
    func all(_ begins: [FlowNode]) -> [FlowNode] {
      var finished: [FlowNode] = []
      for node in begins.reversed() { visit(node.id, &finished) }
      return finished.reversed()
    }
    let starts = content.nodes.filter { if case .startEvent = $0.kind { true } else { false } }
    return all(starts) + all(content.nodes)
  }
}
