internal import Diagnostics
internal import XML

/// A decision table as written (DMN 1.5, 8.3.1 `tDecisionTable`); rules as rows or as columns are the same in XML.
struct DecisionTable: Sendable {
  let id: String
  let hitPolicy: HitPolicy
  let inputs: [InputClause]
  let outputs: [OutputClause]
  let annotations: [String]
  let rules: [DecisionRule]
  let typeRef: String?
  let location: SourceLocation?

  init(_ element: Element) throws {
    id = element["id"] ?? ""
    hitPolicy = try HitPolicy(element)
    inputs = try element.children("input").map(InputClause.init)
    outputs = element.children("output").map(OutputClause.init)
    annotations = element.children("annotation").map { $0["name"] ?? "" }
    typeRef = element.typeRef
    location = element.location
    rules = try element.children("rule").enumerated().map { index, rule in
      try DecisionRule(rule, number: index + 1)
    }
    for rule in rules {
      guard rule.inputEntries.count == inputs.count, rule.outputEntries.count == outputs.count
      else {
        throw Diagnostic(
          "DMN007",
          [
            "rule": String(rule.number),
            "expected": "\(inputs.count) + \(outputs.count)",
            "found": "\(rule.inputEntries.count) + \(rule.outputEntries.count)",
          ], at: rule.location)
      }
    }
  }
}

/// What happens when several rules match (8.2.11 `tHitPolicy`, with the aggregators of `COLLECT`).
public enum HitPolicy: String, Hashable, Sendable {
  case unique = "UNIQUE"
  case any = "ANY"
  case priority = "PRIORITY"
  case first = "FIRST"
  case ruleOrder = "RULE ORDER"
  case outputOrder = "OUTPUT ORDER"
  case collect = "COLLECT"
  case collectSum = "COLLECT SUM"
  case collectMin = "COLLECT MIN"
  case collectMax = "COLLECT MAX"
  case collectCount = "COLLECT COUNT"

  init(_ element: Element) throws {
    let policy = element["hitPolicy"] ?? HitPolicy.unique.rawValue
    let aggregation = policy == "COLLECT" ? element["aggregation"] : nil
    let word = ([policy] + (aggregation.map { [$0] } ?? [])).joined(separator: " ")
    guard let value = HitPolicy(rawValue: word) else {
      throw Diagnostic("DMN009", ["attribute": "hitPolicy", "value": word], at: element.location)
    }
    self = value
  }

  /// Whether the order of the rules is part of what the table says.
  public var dependsOnRuleOrder: Bool { self == .first || self == .ruleOrder }

  /// Whether all matching rules make the result, not one of them.
  public var isMultiple: Bool {
    switch self {
    case .unique, .any, .priority, .first: false
    case .ruleOrder, .outputOrder, .collect, .collectSum, .collectMin, .collectMax, .collectCount:
      true
    }
  }
}

/// A column of tests (8.3.2 `tInputClause`).
struct InputClause: Sendable {
  let id: String
  let label: String?
  let expression: LiteralExpression
  let values: UnaryTests?
  let location: SourceLocation?

  init(_ element: Element) throws {
    id = element["id"] ?? ""
    label = element["label"]
    expression = LiteralExpression(try element.required("inputExpression"))
    values = element.child("inputValues").flatMap(UnaryTests.init)
    location = element.location
  }

  /// What people call this column.
  var title: String { label.flatMap { $0.isEmpty ? nil : $0 } ?? expression.text.trimmed }
}

/// A column of results (8.3.2 `tOutputClause`).
struct OutputClause: Sendable {
  let id: String
  let name: String?
  let label: String?
  let typeRef: String?
  let values: UnaryTests?
  let defaultEntry: LiteralExpression?
  let location: SourceLocation?

  init(_ element: Element) {
    id = element["id"] ?? ""
    name = element["name"].flatMap { $0.trimmed.isEmpty ? nil : $0.trimmed }
    label = element["label"]
    typeRef = element.typeRef
    values = element.child("outputValues").flatMap(UnaryTests.init)
    defaultEntry = element.child("defaultOutputEntry").map(LiteralExpression.init)
    location = element.location
  }
}

/// One rule (8.3.3 `tDecisionRule`).
struct DecisionRule: Sendable {
  /// Counted from 1, as editors show it.
  let number: Int
  let id: String
  let inputEntries: [UnaryTests]
  let outputEntries: [LiteralExpression]
  /// The `description`, which editors show as annotation, else the annotation entries.
  let annotation: String
  let location: SourceLocation?

  init(_ element: Element, number: Int) throws {
    self.number = number
    id = element["id"] ?? ""
    inputEntries = element.children("inputEntry").map {
      UnaryTests($0) ?? UnaryTests(text: "-", location: $0.location)
    }
    outputEntries = element.children("outputEntry").map(LiteralExpression.init)
    let description = (element.child("description")?.text ?? "").trimmed
    let entries = element.children("annotationEntry")
      .map { ($0.child("text")?.text ?? $0.text).trimmed }.filter { !$0.isEmpty }
    annotation = description.isEmpty ? entries.joined(separator: "; ") : description
    location = element.location
  }
}
