internal import BPMN
internal import FEEL

/// What an appeal's process knows of the decision it is about: the variable `contested`.
struct ContestedCase {
  var work: Work
  let number: CaseNumber
  /// The number of the contested paper.
  let decision: String

  mutating func context() async throws -> FEELContext {
    let loaded = try await work.loaded(number)
    let history = try await CaseHistory(work: work, number: number).variables()
    let issued = loaded.state.documents.last { $0.number == decision }
    let issuedOn = issued.map { loaded.set.calendar.day(of: $0.at) }
    func context(_ name: String) -> FEELContext {
      if case .context(let context)? = history[name] { context } else { [:] }
    }
    let degree = context("degree")
    let term = context("term")
    let panel = loaded.state.panel.map { FEELValue.string($0.expert) }
    return [
      "case": .string(number.description), "number": .string(decision),
      "outcome": degree["outcome"] ?? .null, "percent": degree["recorded"] ?? .null,
      "band": degree["band"] ?? .null, "group": degree["group"] ?? .null,
      "termFrom": term["from"] ?? .null, "termTo": term["to"] ?? .null,
      "cause": context("conclusion")["cause"] ?? .null,
      "issuedOn": issuedOn.map { .date($0) } ?? .null,
      "deliveredOn": issuedOn.map { .date($0) } ?? .null,
      "panel": .list(panel), "commission": .string(loaded.state.opening.commission),
      "institution": context("referral").nested("institution", "code"),
      "status": .string(loaded.state.status.rawValue), "finalCourt": .boolean(false),
      "referral": .context(context("referral")),
    ]
  }
}

extension FEELContext {
  /// The value at `name` inside the context `outer`; null when there is none.
  func nested(_ outer: String, _ name: String) -> FEELValue {
    if case .context(let context)? = self[outer] { context[name] ?? .null } else { .null }
  }
}
