import BPMN
import Diagnostics
import Foundation

/// A short notation for the models of the tests, turned into a BPMN file.
///
///     process p
///     <startEvent id="s"/> <userTask id="t">[[formDefinition formId="f"]]</userTask> <endEvent id="e"/>
///     s -> t -> e
///     t -> e2 : =x > 1        a condition
///     t ->> e3                the default flow
///     ^<message id="m" name="m"/>   beside the processes
///
/// `[[a x="1" | b <c/>]]` are extension elements of the Zeebe dialect.
struct ModelText {
  private var outside: [String] = []
  private var processes: [(id: String, lines: [String], flows: [String])] = []
  private var flowCount = 0
  private var defaults: [String: String] = [:]

  static func model(_ text: String, file: String = "test.bpmn") throws -> ProcessModel {
    try ProcessModel(parsing: Array(xml(text).utf8), file: file)
  }

  static func xml(_ text: String) -> String {
    var reader = ModelText()
    for line in text.split(separator: "\n").map(String.init) { reader.add(line) }
    return reader.file()
  }

  private mutating func add(_ line: String) {
    if line.hasPrefix("process ") {
      processes.append((String(line.dropFirst(8)), [], []))
    } else if line.hasPrefix("^") {
      outside.append(withExtensions(String(line.dropFirst())))
    } else if line.hasPrefix("<") {
      processes[processes.count - 1].lines.append(withExtensions(line))
    } else {
      addFlows(line)
    }
  }

  /// `a -> b -> c : condition of the last one`
  private mutating func addFlows(_ line: String) {
    let parts = line.components(separatedBy: " : ")
    let words = parts[0].split(separator: " ").map(String.init)
    for index in stride(from: 1, to: words.count - 1, by: 2) {
      flowCount += 1
      let id = "f\(flowCount)"
      if words[index] == "->>" { defaults[words[index - 1]] = id }
      let isLast = index == words.count - 2
      let condition = isLast && parts.count > 1 ? parts[1] : nil
      processes[processes.count - 1].flows.append(
        flow(id, from: words[index - 1], to: words[index + 1], condition))
    }
  }

  private func flow(_ id: String, from: String, to: String, _ condition: String?) -> String {
    let start = "<sequenceFlow id=\"\(id)\" sourceRef=\"\(from)\" targetRef=\"\(to)\""
    guard let condition else { return start + "/>" }
    return start
      + "><conditionExpression xsi:type=\"tFormalExpression\">\(escaped(condition))</conditionExpression></sequenceFlow>"
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
  }

  private func withExtensions(_ line: String) -> String {
    var result = ""
    var rest = Substring(line)
    while let open = rest.range(of: "[["), let close = rest.range(of: "]]") {
      result += rest[..<open.lowerBound] + "<extensionElements>"
      for item in rest[open.upperBound..<close.lowerBound].components(separatedBy: " | ") {
        result += element(item)
      }
      result += "</extensionElements>"
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  /// `name a="1" <child/>`: the name gets its prefix, and so do the children.
  private func element(_ item: String) -> String {
    guard let child = item.range(of: " <") else { return "<zeebe:\(item)/>" }
    let name = item.split(separator: " ")[0]
    let children = item[child.lowerBound...].replacingOccurrences(of: " <", with: " <zeebe:")
    return "<zeebe:\(item[..<child.lowerBound])>\(children)</zeebe:\(name)>"
  }

  private func file() -> String {
    let bodies = processes.map { process in
      """
      <process id="\(process.id)" isExecutable="true">
      \((process.lines.map(withDefaults) + process.flows).joined(separator: "\n"))
      </process>
      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="definitions" targetNamespace="urn:test" \
      xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:mse="urn:msec:definition:1">
      \((outside + bodies).joined(separator: "\n"))
      </definitions>
      """
  }

  private func withDefaults(_ line: String) -> String {
    var line = line
    for (node, flow) in defaults {
      line = line.replacingOccurrences(
        of: "id=\"\(node)\"", with: "id=\"\(node)\" default=\"\(flow)\"")
    }
    return line
  }
}
