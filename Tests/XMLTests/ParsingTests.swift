import Diagnostics
import TestSupport
import Testing
import XML

/// `Cases/parsing`: the first line says which limits; `\x41` in the input is that byte.
@Test(arguments: try Examples.files(in: "Cases/parsing"))
func parsing(_ examples: Examples) throws {
  try examples.check { input in
    let (limits, bytes) = try parsingCase(input)
    do {
      let element = try Element(parsing: bytes, file: "case", limits: limits)
      return ["= " + element.outline]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}

private func parsingCase(_ input: String) throws -> (XMLLimits, [UInt8]) {
  let lines = input.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
  let words = lines[0].split(separator: " ")
  var limits = words[0] == "message" ? XMLLimits.message : .definition
  for word in words.dropFirst() {
    let pair = word.split(separator: "=")
    let number = try #require(pair.count == 2 ? Int(pair[1]) : nil, "\(word)")
    switch pair[0] {
    case "size": limits.size = number
    case "depth": limits.depth = number
    case "elements": limits.elements = number
    case "tag": limits.tag = number
    case "attributes": limits.attributes = number
    case "namespaces": limits.namespaces = number
    case "name": limits.name = number
    case "text": limits.text = number
    default: Issue.record("no limit is called \(pair[0])")
    }
  }
  return (limits, lines.count > 1 ? bytes(escaped: lines[1]) : [])
}

/// The UTF-8 of `text`, where `\x41` stands for a byte.
func bytes(escaped text: Substring) -> [UInt8] {
  var result: [UInt8] = []
  var rest = text.utf8[...]
  while let byte = rest.first {
    if rest.starts(with: "\\x".utf8),
      let value = UInt8(String(rest.dropFirst(2).prefix(2)) ?? "", radix: 16)
    {
      result.append(value)
      rest = rest.dropFirst(4)
    } else {
      result.append(byte)
      rest = rest.dropFirst()
    }
  }
  return result
}

extension Element {
  /// On one line, with the line number behind the name: `{urn:a}a:1[x="1"]("text" <!--comment-->)`.
  var outline: String {
    let space = namespace.isEmpty ? "" : "{\(namespace)}"
    let line = location?.line.map { ":\($0)" } ?? ""
    let declared = declarations.map { "xmlns:\($0.prefix)=\($0.uri)" }
    let written = attributes.map {
      ($0.namespace.isEmpty ? "" : "{\($0.namespace)}") + "\($0.name)=\($0.value.debugDescription)"
    }
    let all = (declared + written).joined(separator: " ")
    let inside = children.map(\.outline).joined(separator: " ")
    return space + name + line + (all.isEmpty ? "" : "[\(all)]")
      + (inside.isEmpty ? "" : "(\(inside))")
  }
}

extension Node {
  fileprivate var outline: String {
    switch self {
    case .element(let element): element.outline
    case .text(let text): text.debugDescription
    case .cdata(let text): "cdata " + text.debugDescription
    case .comment(let text): "<!--\(text)-->"
    case .processingInstruction(let target, let data): "<?\(target) \(data)?>"
    }
  }
}
