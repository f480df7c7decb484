import DMN

/// A decision table as a few lines of text, so that test cases read like tables.
///
/// ```
/// UNIQUE group
/// percent: number in [0..100] | age: number => group: string in "I", "II" default "II"
/// > 60 | >= 18 => "I" // citation
/// ? {percent: 70, age: 30}
/// ```
struct TextTable {
  let hitPolicy: String
  let name: String
  let inputs: [Column]
  let outputs: [Column]
  let rules: [(inputs: [String], outputs: [String], annotation: String)]
  /// The contexts behind `?`, one a line.
  let queries: [String]

  struct Column {
    let name: String
    let type: String?
    let values: String?
    let defaultValue: String?

    init(_ text: String) {
      let (rest, defaultValue) = text.halves(" default ")
      let (declaration, values) = rest.halves(" in ")
      let (name, type) = declaration.halves(":")
      self.name = name
      self.type = type
      self.values = values
      self.defaultValue = defaultValue
    }
  }

  init(_ text: String) {
    let lines = text.split(separator: "\n").map(String.init)
    let words = lines[0].split(separator: " ").map(String.init)
    hitPolicy = words.dropLast().joined(separator: " ")
    name = words[words.count - 1]
    let (inputs, outputs) = lines[1].halves("=>")
    self.inputs = inputs.split(separator: "|").map { Column(String($0).stripped) }
    self.outputs = (outputs ?? "").split(separator: "|").map { Column(String($0).stripped) }
    let rules = lines.dropFirst(2).filter { !$0.hasPrefix("? {") }
    self.rules = rules.map { line in
      let (tests, annotation) = line.halves(" //")
      let (inputs, outputs) = tests.halves("=>")
      return (
        inputs.split(separator: "|").map { String($0).stripped },
        (outputs ?? "").split(separator: "|").map { String($0).stripped }, annotation ?? ""
      )
    }
    queries = lines.filter { $0.hasPrefix("? {") }.map { String($0.dropFirst()).stripped }
  }

  /// The table as a DMN 1.3 file, each column and rule on a line of its own.
  var dmn: String {
    let parts = hitPolicy.split(separator: " ").map(String.init)
    let aggregation = parts[0] == "COLLECT" && parts.count > 1 ? " aggregation=\"\(parts[1])\"" : ""
    let policy = aggregation.isEmpty ? hitPolicy : "COLLECT"
    let data = inputs.indices.map { index in
      let type = inputs[index].type.map { " typeRef=\"\($0)\"" } ?? ""
      return "<inputData id=\"d\(index)\" name=\"\(inputs[index].name)\">"
        + "<variable name=\"\(inputs[index].name)\"\(type)/></inputData>"
    }
    let requirements = inputs.indices.map {
      "<informationRequirement><requiredInput href=\"#d\($0)\"/></informationRequirement>"
    }
    let columns = inputs.map { input in
      "<input><inputExpression><text>\(input.name)</text></inputExpression>"
        + element("inputValues", input.values) + "</input>"
    }
    let results = outputs.map { output in
      "<output name=\"\(output.name)\"\(output.type.map { " typeRef=\"\($0)\"" } ?? "")>"
        + element("outputValues", output.values)
        + element("defaultOutputEntry", output.defaultValue) + "</output>"
    }
    let rows = rules.enumerated().map { index, rule in
      "<rule id=\"r\(index + 1)\">"
        + (rule.annotation.isEmpty ? "" : "<description>\(rule.annotation.escaped)</description>")
        + rule.inputs.map { element("inputEntry", $0) }.joined()
        + rule.outputs.map { element("outputEntry", $0) }.joined() + "</rule>"
    }
    let lines =
      [
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"test\" "
          + "name=\"test\" namespace=\"urn:test\">"
      ] + data + ["<decision id=\"\(name)\" name=\"\(name)\">"] + requirements
      + ["<decisionTable id=\"table\" hitPolicy=\"\(policy)\"\(aggregation)>"] + columns + results
      + rows + ["</decisionTable></decision></definitions>"]
    return lines.joined(separator: "\n")
  }

  private func element(_ name: String, _ text: String?) -> String {
    text.map { "<\(name)><text>\($0.escaped)</text></\(name)>" } ?? ""
  }

  func model(imports: [DecisionModel] = []) throws -> DecisionModel {
    try DecisionModel(parsing: Array(dmn.utf8), file: "table.dmn", imports: imports)
  }
}

extension String {
  /// Without spaces at both ends.
  var stripped: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  var escaped: String {
    reduce(into: "") { text, character in
      switch character {
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      default: text.append(character)
      }
    }
  }

  /// What stands before and after the first `separator`.
  func halves(_ separator: String) -> (String, String?) {
    guard let range = firstRange(of: separator) else { return (stripped, nil) }
    return (String(self[..<range.lowerBound]).stripped, String(self[range.upperBound...]).stripped)
  }
}
