internal import BPMN
internal import Diagnostics
internal import FEEL

/// `remit-case`, `tell-cases` and `look-up-decision`: what one case has to do with others.
extension Work {
  /// Opens a case of the same person that decides anew; it begins with the variables in the input `start`.
  ///
  /// The papers that the annulled case `from` received come along, and both are linked.
  mutating func remitCase(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let kindText = try job.header("kind")
    guard let kind = CaseKind(rawValue: kindText) else {
      throw Diagnostic("TASK510", ["kind": kindText])
    }
    let message = try job.header("message")
    let start = try job.context("start")
    let from = try job.variables["from"]?.text.map { try CaseNumber($0) } ?? number
    let old = try await loaded(from)
    let person = try await person(old.state.opening.person)
    let profile = old.state.opening.profile
    let set = try await definitions.set(
      for: profile, on: old.set.calendar.day(of: now), in: store)
    let other = try await openCase(
      kind, person: person, profile: profile, set: set, seed: "\(number) \(job.element)")
    try await copyPapers(of: old, knowing: start, to: other)
    try await record(.linked(CaseLink(relation: .remittedFrom, number: from)), in: other)
    try await record(.linked(CaseLink(relation: .remittedTo, number: other)), in: from)
    var variables = start.variables
    variables["case"] = .context(try await caseContext(other))
    variables["identity"] = .context(person.identity)
    variables["cumulativeYears"] = .number(
      Decimal128(person.accumulatedYears(on: set.calendar.day(of: now))))
    try await run(
      .startByMessage(
        Message(name: message, correlationKey: other.description, variables: variables)),
      in: other)
    return ["started": .context(["case": .string(other.description)])]
  }

  private mutating func copyPapers(
    of old: LoadedCase, knowing start: FEELContext, to number: CaseNumber
  ) async throws {
    for paper in old.state.documents where paper.role == .received {
      if let variable = paper.variable, case .context(let context)? = start[variable] {
        try await change(number) { $0.know(context, as: paper.identifier) }
      }
      try await add(paper, in: number)
    }
  }

  /// Gives a message to every other case that waits for it under the same key.
  mutating func tellCases(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let name = try job.header("message")
    let key = try job.text("key")
    let content = try job.context("content").variables
    let waiting = try await store.subscriptions(to: name, correlationKey: key)
      .map(\.caseNumber).filter { $0 != number }.removingRepeats()
    for other in waiting {
      try await run(
        .publish(
          Message(
            name: name, correlationKey: key, id: "\(number) \(other) \(job.element)",
            variables: content)), in: other)
    }
    return ["told": .list(waiting.map { .string($0.description) })]
  }

  /// What is known of the decision with the number `decision`: as an appeal against it sees it; null when there is none.
  mutating func lookUpDecision(_ job: Job) async throws -> [String: FEELValue] {
    let decision = try job.text("decision")
    guard let number = try await DecisionIndex.caseNumber(of: decision, in: store) else {
      return ["contested": .null]
    }
    var first = ContestedCase(work: self, number: number, decision: decision)
    return ["contested": .context(try await first.context())]
  }

  /// The opinion of the children's commission that was issued last about `person`; null when there is none.
  mutating func childrenOpinion(of person: Person) async throws -> FEELValue {
    for number in person.cases.reversed() {
      let loaded = try await loaded(number)
      guard loaded.state.opening.kind == .childrenCommission,
        loaded.state.documents.contains(where: {
          $0.name == "children-opinion" && $0.role == .issued
        })
      else { continue }
      return try await CaseHistory(work: self, number: number).variables()["childrenOpinion"]
        ?? .null
    }
    return .null
  }
}

extension FEELContext {
  /// The entries as variables of a process.
  fileprivate var variables: [String: FEELValue] {
    Dictionary(entries.map { ($0.name, $0.value) }) { _, last in last }
  }
}
