internal import BPMN
public import DMN
public import FEEL

/// Why a case was decided as it was: every decision with its rule, its inputs, who answered them, and the article.
public struct Explanation: Hashable, Sendable, Codable {
  /// A form that an input of a decision was taken from.
  public struct Source: Hashable, Sendable, Codable {
    /// The variable of the process: `scoring`.
    public let variable: String
    public let form: String
    /// The name of the document in the case.
    public let document: String
    public let by: String
    public let at: Instant
  }

  /// One decision.
  public struct Step: Hashable, Sendable, Codable {
    public let trace: DecisionTrace
    public let at: Instant
    public let sources: [Source]
    /// The version of the definition that decided.
    public let version: Int
    public let effectiveFrom: Day?
    /// Whether somebody has compared the rules with the printed law.
    public let isVerified: Bool
  }

  public let number: CaseNumber
  public let profile: String
  public let steps: [Step]

  /// The steps of the decision with that id.
  public func steps(of decision: String) -> [Step] {
    steps.filter { $0.trace.contains(decision) }
  }
}

extension DecisionTrace {
  /// Whether it is about `decision`, or rests on it.
  func contains(_ decision: String) -> Bool {
    self.decision.id == decision || self.decision.name == decision
      || required.contains { $0.contains(decision) }
  }
}

extension Office {
  /// Explains the decisions of a case, oldest first, the newest evaluation of each.
  ///
  /// - Throws: `CASE011` when there is no such case.
  public func explanation(of number: CaseNumber) async throws -> Explanation {
    let (work, loaded) = try await reading(number)
    let history = try await CaseHistory(work: work, number: number)
    let all = history.entries
    var steps: [String: (order: Int, step: Explanation.Step)] = [:]
    for (order, entry) in all.enumerated() {
      guard case .process(.decided(let key, let trace)) = entry.event else { continue }
      let definition = loaded.set.definition(ofDecision: trace.decision.id)
      let names = all.names(read: key, by: loaded.set)
      let step = Explanation.Step(
        trace: trace, at: entry.at,
        sources: sources(of: names, before: order, in: all), version: definition?.version ?? 1,
        effectiveFrom: definition?.effectiveFrom,
        isVerified: loaded.set.engine.decisions[trace.decision.id]?.metadata.verified ?? false)
      steps[trace.decision.id] = (order, step)
    }
    return Explanation(
      number: number, profile: loaded.state.opening.profile,
      steps: steps.values.sorted { $0.order < $1.order }.map(\.step))
  }

  /// The newest completed forms behind the variables `names`.
  private func sources(of names: [String], before order: Int, in entries: [CaseHistory.Entry])
    -> [Explanation.Source]
  {
    names.flatMap { name -> [Explanation.Source] in
      let documents = entries[..<order].compactMap { entry -> CaseDocument? in
        if case .documentAdded(let document) = entry.event,
          document.variable == name
            || document.variable.map({ $0 + "s" }) == name
        {
          document
        } else {
          nil
        }
      }
      return documents.suffix(name.hasSuffix("s") ? documents.count : 1).map {
        Explanation.Source(
          variable: name, form: $0.form ?? "", document: $0.name, by: $0.by, at: $0.at)
      }
    }
  }
}

extension [CaseHistory.Entry] {
  /// The variables that the input mappings of the element instance `key` read; all inputs where it maps none.
  fileprivate func names(read key: ElementKey, by set: DefinitionSet) -> [String] {
    for entry in self {
      if case .process(.entered(let element)) = entry.event, element.key == key {
        let model = try? set.processModel(element.process)
        let node = model?.process(element.process)?.allNodes.first { $0.id == element.element }
        return (node?.inputs ?? []).flatMap(\.source.freeNames).removingRepeats()
      }
    }
    return []
  }
}

extension ModelExpression {
  /// The variables it reads; none for fixed text.
  fileprivate var freeNames: [String] {
    if case .feel(let expression) = content { expression.freeNames } else { [] }
  }
}

extension DecisionTrace {
  /// The value in a few words: of a context the entries that say something.
  public var summary: String {
    guard case .context(let context) = value else { return value.summary }
    return context.entries.filter { $0.value != .null }
      .map { "\($0.name) \($0.value.summary)" }.joined(separator: ", ")
  }
}

extension FEELValue {
  /// As people read it: texts without quotes, lists by their length when they are long.
  public var summary: String {
    switch self {
    case .string(let text): return text
    case .date(let day): return day.description
    case .list(let values):
      if values.isEmpty { return "–" }
      let words = values.map(\.summary).joined(separator: ", ")
      return words.count > 80 ? "[\(values.count)]" : "[\(words)]"
    case .context(let context):
      let words = context.entries.map { "\($0.name) \($0.value.summary)" }
      return "{\(words.joined(separator: ", "))}"
    default: return description
    }
  }
}
