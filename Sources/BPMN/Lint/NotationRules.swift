import Diagnostics
import XML

/// What the file says twice must agree: lists of flows with the flows, the direction of a gateway with its flows.
struct NotationRules {
  private let process: ModelProcess
  private let element: Element
  /// Ids of the flows that each node really has.
  private var incoming: [String: Set<String>] = [:]
  private var outgoing: [String: Set<String>] = [:]
  private var conditional: Set<String> = []

  /// - Parameter element: the element of `process` in the file.
  init(_ process: ModelProcess, _ element: Element) {
    self.process = process
    self.element = element
    for flow in process.allFlows {
      outgoing[flow.source, default: []].insert(flow.id)
      incoming[flow.target, default: []].insert(flow.id)
      if flow.condition != nil { conditional.insert(flow.id) }
    }
  }

  func problems() -> [Diagnostic] {
    let nodes = Set(process.allNodes.map(\.id))
    var problems: [Diagnostic] = []
    let elements = flowNodes(in: element, nodes)
    let usesLists = elements.contains {
      !names($0, "incoming").isEmpty || !names($0, "outgoing").isEmpty
    }
    for node in elements {
      if usesLists { problems += listProblems(node) }
      problems += directionProblems(node) + repetitionProblems(node)
    }
    return problems + loneConditionProblems()
  }

  private func flowNodes(in element: Element, _ ids: Set<String>) -> [Element] {
    element.elements.flatMap { child -> [Element] in
      guard child.namespace == Namespace.bpmn, let id = child["id"], ids.contains(id) else {
        return []
      }
      return [child] + flowNodes(in: child, ids)
    }
  }

  private func names(_ element: Element, _ list: String) -> Set<String> {
    Set(
      element.children(list).map {
        $0.text.trimmed.split(separator: ":").last.map(String.init) ?? ""
      })
  }

  /// An editor lists the flows of each node; a list that differs from the flows was broken by hand.
  private func listProblems(_ node: Element) -> [Diagnostic] {
    let id = node["id"] ?? ""
    let wrong = names(node, "incoming").symmetricDifference(incoming[id] ?? [])
      .union(names(node, "outgoing").symmetricDifference(outgoing[id] ?? []))
    return wrong.sorted().map {
      Diagnostic("BPMN129", ["element": id, "flow": $0], at: node.location)
    }
  }

  private func directionProblems(_ node: Element) -> [Diagnostic] {
    let id = node["id"] ?? ""
    let ways = (into: incoming[id]?.count ?? 0, out: outgoing[id]?.count ?? 0)
    let contradicts: Bool
    switch node["gatewayDirection"] {
    case "Converging": contradicts = ways.out > 1
    case "Diverging": contradicts = ways.into > 1
    default: contradicts = false
    }
    guard contradicts else { return [] }
    return [
      Diagnostic(
        "BPMN138", ["element": id, "direction": node["gatewayDirection"] ?? ""], at: node.location)
    ]
  }

  /// Parts of which there may be one, because the engine would have to choose.
  private func repetitionProblems(_ node: Element) -> [Diagnostic] {
    let loops: Set<String> = ["multiInstanceLoopCharacteristics", "standardLoopCharacteristics"]
    let times: Set<String> = ["timeDate", "timeDuration", "timeCycle"]
    var crowded = [node].filter { several(loops, in: $0) }
    crowded += node.children("timerEventDefinition").filter { several(times, in: $0) }
    return crowded.map {
      Diagnostic("BPMN139", ["element": node["id"] ?? "", "what": $0.name], at: $0.location)
    }
  }

  private func several(_ names: Set<String>, in element: Element) -> Bool {
    element.elements.filter { names.contains($0.name) }.count > 1
  }

  /// One flow with a condition is no choice: when it does not hold, the token has nowhere to go.
  private func loneConditionProblems() -> [Diagnostic] {
    process.allNodes.filter { node in
      node.kind.isActivity && outgoing[node.id]?.count == 1
        && outgoing[node.id]?.isSubset(of: conditional) == true
    }.map { Diagnostic("BPMN140", ["element": $0.title], at: $0.location) }
  }
}
