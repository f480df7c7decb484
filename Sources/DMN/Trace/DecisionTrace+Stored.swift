public import FEEL

extension DecisionTrace: JSONRecord {
  public static func members(of value: DecisionTrace?, in json: inout JSONCoder) throws
    -> DecisionTrace
  {
    try DecisionTrace(
      decision: json.member("decision", value?.decision),
      model: json.member("model", value?.model),
      hitPolicy: json.optional("hitPolicy", value?.hitPolicy),
      inputs: json.member("inputs", value?.inputs),
      ruleCount: json.optional("ruleCount", value?.ruleCount),
      matched: json.member("matched", value?.matched),
      nearest: json.member("nearest", value?.nearest),
      required: json.member("required", value?.required),
      value: json.member("value", value?.value))
  }
}

extension HitPolicy: JSONStored {}

extension DecisionTrace.Reference: JSONRecord {
  public static func members(of value: DecisionTrace.Reference?, in json: inout JSONCoder) throws
    -> DecisionTrace.Reference
  {
    try DecisionTrace.Reference(
      id: json.member("id", value?.id),
      name: json.member("name", value?.name))
  }
}

extension DecisionTrace.Input: JSONRecord {
  public static func members(of value: DecisionTrace.Input?, in json: inout JSONCoder) throws
    -> DecisionTrace.Input
  {
    try DecisionTrace.Input(
      label: json.member("label", value?.label),
      expression: json.member("expression", value?.expression),
      value: json.member("value", value?.value))
  }
}

extension DecisionTrace.Output: JSONRecord {
  public static func members(of value: DecisionTrace.Output?, in json: inout JSONCoder) throws
    -> DecisionTrace.Output
  {
    try DecisionTrace.Output(
      name: json.optional("name", value?.name),
      value: json.member("value", value?.value))
  }
}

extension DecisionTrace.MatchedRule: JSONRecord {
  public static func members(of value: DecisionTrace.MatchedRule?, in json: inout JSONCoder) throws
    -> DecisionTrace.MatchedRule
  {
    try DecisionTrace.MatchedRule(
      number: json.member("number", value?.number),
      id: json.member("id", value?.id),
      annotation: json.member("annotation", value?.annotation),
      outputs: json.member("outputs", value?.outputs))
  }
}

extension DecisionTrace.NearMiss: JSONRecord {
  public static func members(of value: DecisionTrace.NearMiss?, in json: inout JSONCoder) throws
    -> DecisionTrace.NearMiss
  {
    try DecisionTrace.NearMiss(
      number: json.member("number", value?.number),
      id: json.member("id", value?.id),
      annotation: json.member("annotation", value?.annotation),
      input: json.member("input", value?.input),
      needs: json.member("needs", value?.needs),
      has: json.member("has", value?.has),
      distance: json.optional("distance", value?.distance),
      outputs: json.member("outputs", value?.outputs))
  }
}
