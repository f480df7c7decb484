import BPMN
import Diagnostics
import Foundation
import XML

/// Reads every `.bpmn` of a folder and counts its elements twice: in our model and in the plain XML.
///
/// A file that is not BPMN passes when it is refused with a clean error: its root element says which it is.
enum BPMNReadSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let files = try bpmnFiles(below: directory).filter { !$0.contains("must-reject") }
    var failures: [String] = []
    for path in files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: directory).appending(path: path)))
      if let failure = failure(bytes, file: path) { failures.append("\(path): \(failure)") }
    }
    return (files.count - failures.count, files.count, failures)
  }

  /// The paths of the models below `directory`, relative to it, in order.
  static func bpmnFiles(below directory: String) throws -> [String] {
    guard let paths = FileManager.default.enumerator(atPath: directory) else {
      throw Diagnostic("XML001", ["file": directory])
    }
    return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".bpmn") }.sorted()
  }

  private static func failure(_ bytes: [UInt8], file: String) -> String? {
    let model: ProcessModel
    do {
      model = try ProcessModel(parsing: bytes, file: file)
    } catch {
      return opensDefinitions(bytes) ? "expected a model, got \(error)" : nil
    }
    _ = model.lint()
    let expected = ElementCount(xml: model.root)
    let actual = ElementCount(model)
    return expected == actual ? nil : "expected \(expected), got \(actual)"
  }

  /// Whether a start tag `definitions`, with any prefix, stands anywhere in the text.
  private static func opensDefinitions(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes, as: UTF8.self).split(separator: "<").contains { tag in
      let name = tag.prefix { !$0.isWhitespace && $0 != ">" }
      return name == "definitions" || name.hasSuffix(":definitions") && !name.hasPrefix("/")
    }
  }
}

/// How many elements of each kind a file has.
struct ElementCount: Equatable, CustomStringConvertible {
  private var counts: [String: Int] = [:]

  private static let bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL"
  private static let nodes: Set<String> = [
    "startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent",
    "task", "manualTask", "userTask", "serviceTask", "sendTask", "receiveTask", "scriptTask",
    "businessRuleTask", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
    "eventBasedGateway", "complexGateway", "subProcess", "transaction", "adHocSubProcess",
    "callActivity", "sequenceFlow",
  ]
  private static let containers: Set<String> = [
    "process", "subProcess", "transaction", "adHocSubProcess",
  ]

  var description: String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// Counted in the plain XML, without the model.
  init(xml root: Element) {
    for process in root.children("process", in: Self.bpmn) {
      counts["process", default: 0] += 1
      countXML(process)
    }
    for name in ["message", "error", "signal", "escalation"] {
      add(name, root.children(name, in: Self.bpmn).count)
    }
    for collaboration in root.children("collaboration", in: Self.bpmn) {
      for name in ["participant", "messageFlow"] {
        add(name, collaboration.children(name, in: Self.bpmn).count)
      }
    }
  }

  private mutating func countXML(_ element: Element) {
    for child in element.elements where child.namespace == Self.bpmn {
      if Self.nodes.contains(child.name) { counts[child.name, default: 0] += 1 }
      if child.name == "laneSet" { countLanes(child) }
      if Self.containers.contains(child.name) { countXML(child) }
      if Self.nodes.contains(child.name), !Self.containers.contains(child.name) {
        add(
          "event definition",
          child.elements.filter {
            $0.name.hasSuffix("EventDefinition") || $0.name == "eventDefinitionRef"
          }.count)
      }
    }
  }

  private mutating func countLanes(_ set: Element) {
    for lane in set.children("lane") {
      counts["lane", default: 0] += 1
      for inner in lane.children("childLaneSet") { countLanes(inner) }
    }
  }

  /// Counted in the model.
  init(_ model: ProcessModel) {
    for process in model.processes {
      counts["process", default: 0] += 1
      for node in process.allNodes {
        counts[node.kind.tag, default: 0] += 1
        add("event definition", node.events.count)
      }
      add("sequenceFlow", process.allFlows.count)
      for content in process.content.allContents { add("lane", content.allLanes.count) }
    }
    add("message", model.references.messages.count)
    add("error", model.references.errors.count)
    add("signal", model.references.signals.count)
    add("escalation", model.references.escalations.count)
    for collaboration in model.collaborations {
      add("participant", collaboration.participants.count)
      add("messageFlow", collaboration.messageFlows.count)
    }
  }

  private mutating func add(_ name: String, _ count: Int) {
    if count > 0 { counts[name, default: 0] += count }
  }
}
