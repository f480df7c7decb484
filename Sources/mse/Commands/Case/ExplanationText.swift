internal import Commission
internal import DMN
internal import FEEL

/// A decision in words: result, rule, article, inputs with who answered them, the nearest other rule.
struct ExplanationText {
  let output: Output

  func lines(_ step: Explanation.Step) -> [String] {
    var lines = [
      output.text(
        "explain.head",
        [
          "name": output.model(step.trace.decision.name), "value": step.trace.summary,
          "at": output.moment(step.at),
        ]),
      "└ "
        + output.text(
          step.isVerified ? "explain.version" : "explain.version.unverified",
          [
            "decision": step.trace.decision.id, "version": "\(step.version)",
            "from": step.effectiveFrom.map(output.date) ?? "–",
          ]),
    ]
    lines += tree(step.trace).map { "  " + $0 }
    for source in step.sources {
      lines.append(
        "  "
          + output.text(
            "explain.source",
            [
              "document": output.messages.optional("document.\(source.form)") ?? source.form,
              "by": source.by, "at": output.moment(source.at),
            ]))
    }
    return lines
  }

  /// The rules of a decision and of the decisions it rests on.
  func tree(_ trace: DecisionTrace) -> [String] {
    var lines: [String] = []
    for rule in trace.matched {
      let annotation = rule.annotation.isEmpty ? "" : "  \(rule.annotation)"
      lines.append(
        output.text(
          "explain.rule", ["rule": "\(rule.number)", "of": "\(trace.ruleCount ?? 0)"]) + annotation)
    }
    let made = Set(trace.required.map(\.decision.name))
    for input in trace.inputs where !made.contains(input.expression) && input.value != .null {
      lines.append("├ \(output.model(input.label)) = \(short(input.value))")
    }
    for near in trace.nearest {
      if case .boolean = near.has { continue }  // its input says enough
      lines.append(
        "├ "
          + output.text(
            "explain.nearest",
            [
              "rule": "\(near.number)", "input": output.model(near.input), "needs": near.needs,
              "has": short(near.has),
            ]))
    }
    for required in trace.required {
      lines.append("├ \(output.model(required.decision.name)): \(required.summary)")
      lines += tree(required).map { "│   " + $0 }
    }
    return lines
  }

  /// A value that fits on a line.
  private func short(_ value: FEELValue) -> String {
    if case .boolean(let truth) = value { return output.text(truth ? "explain.yes" : "explain.no") }
    let text = value.description
    return text.count > 90 ? String(text.prefix(89)) + "…" : text
  }

  func json(_ step: Explanation.Step) -> JSONValue {
    .object([
      ("decision", .string(step.trace.decision.id)), ("version", JSONValue(step.version)),
      ("at", JSONValue(step.at)), ("verified", .boolean(step.isVerified)),
      ("trace", json(step.trace)),
      (
        "sources",
        .list(
          step.sources.map {
            .object([
              ("form", .string($0.form)), ("document", .string($0.document)),
              ("by", .string($0.by)), ("at", JSONValue($0.at)),
            ])
          })
      ),
    ])
  }

  func json(_ trace: DecisionTrace) -> JSONValue {
    .object([
      ("decision", .string(trace.decision.id)), ("value", JSONValue(trace.value)),
      ("of", JSONValue(trace.ruleCount)),
      (
        "rules",
        .list(
          trace.matched.map {
            .object([
              ("rule", JSONValue($0.number)), ("id", JSONValue($0.id)),
              ("citation", JSONValue($0.annotation)),
            ])
          })
      ),
      (
        "inputs",
        .list(
          trace.inputs.map {
            .object([("name", .string($0.expression)), ("value", JSONValue($0.value))])
          })
      ),
      (
        "nearest",
        .list(
          trace.nearest.map {
            .object([
              ("rule", JSONValue($0.number)), ("input", .string($0.input)),
              ("needs", .string($0.needs)), ("has", JSONValue($0.has)),
            ])
          })
      ),
      ("required", .list(trace.required.map(json))),
    ])
  }
}
