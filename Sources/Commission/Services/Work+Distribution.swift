internal import BPMN
internal import DMN
internal import Diagnostics
internal import FEEL
internal import Foundation

/// `pseudonymise` and `draw-panel`: who decides, without knowing about whom.
extension Work {
  /// A pseudonym of seven letters and digits that cannot be misread, from case and secret.
  mutating func pseudonymise(in number: CaseNumber) async throws -> [String: FEELValue] {
    let alphabet = Array("23456789ACDEFGHJKLMNPQRTUVWXYZ")
    let digest = fingerprint(Array("\(authority.drawSecret)|pseudonym|\(number)".utf8)).utf8
    let letters = stride(from: 0, to: 12, by: 2).map { place in
      let pair = digest.dropFirst(place * 2).prefix(4)
      return alphabet[(Int(String(decoding: pair, as: UTF8.self), radix: 16) ?? 0) % alphabet.count]
    }
    let pseudonym = "P-" + String(letters)
    try await record(.pseudonymGiven(pseudonym), in: number)
    return ["pseudonym": .string(pseudonym)]
  }

  /// Draws a panel, or seats for members who declared a conflict (`replace`).
  mutating func drawPanel(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let loaded = try await loaded(number)
    guard let plan = PanelPlan(job.variables["panelPlan"]) else {
      throw Diagnostic("TASK502", ["task": job.element, "variable": "panelPlan"])
    }
    let level = try job.header("level")
    let replaced = job.variables["replace"].map(texts) ?? []
    let day = loaded.set.calendar.day(of: now)
    let seed = fingerprint(
      Array("\(number)|\(day)|\(loaded.state.draws + 1)|\(authority.drawSecret)".utf8))
    let kept = loaded.state.panel.filter { !replaced.contains($0.expert) }
    let lottery = PanelLottery(
      plan: plan, level: level, seed: seed, kept: replaced.isEmpty ? [] : kept)
    let candidates = try await candidates(
      for: job, level: level, seed: seed, refused: Set(replaced), of: loaded)
    guard let draw = lottery.draw(authority.experts, candidates: candidates) else {
      throw Diagnostic("TASK506", ["level": level])
    }
    try await record(.panelDrawn(draw), in: number)
    return [
      "panel": .list(draw.panel.map { .context($0.feel) }),
      "draw": .context([
        "seed": .string(seed), "candidates": .number(Decimal128(candidates.count)),
        "excluded": .number(Decimal128(candidates.count { !$0.conflicts.isEmpty })),
      ]),
    ]
  }

  private func candidates(
    for job: Job, level: String, seed: String, refused: Set<String>, of loaded: LoadedCase
  ) async throws -> [PanelDraw.Candidate] {
    guard let model = loaded.set.engine.decisions["conflict-of-interest"] else {
      throw Diagnostic("TASK507", ["decision": "conflict-of-interest"])
    }
    let facts = conflictFacts(job, level: level)
    var candidates: [PanelDraw.Candidate] = []
    for expert in authority.experts.sorted(by: { $0.code < $1.code }) {
      var inputs = facts
      inputs["candidate"] = .context(
        expert.feel(
          level: authority.bodies.first { $0.code == expert.commission }?.level ?? "territorial",
          declared: refused.contains(expert.code) ? ["declared"] : []))
      let result = try model.evaluate(
        "conflict-of-interest", inputs: inputs, environment: environment(of: loaded))
      guard case .list(let reasons) = result.value else {
        throw Diagnostic("TASK507", ["decision": "conflict-of-interest"])
      }
      let open = try await store.tasks(TaskQuery(assignee: expert.user)).count
      candidates.append(
        PanelDraw.Candidate(
          expert: expert.code, speciality: expert.speciality,
          loadBand: open / PanelDraw.loadStep,
          rank: PanelLottery.rank(seed: seed, expert: expert.code),
          conflicts: reasons.compactMap { reason in
            if case .context(let row) = reason { row["reason"]?.text } else { reason.text }
          }))
    }
    return candidates
  }

  /// What the decision `conflict-of-interest` asks about the case.
  private func conflictFacts(_ job: Job, level: String) -> FEELContext {
    func value(_ path: String...) -> FEELValue {
      path.dropFirst().reduce(job.variables[path[0]] ?? .null) { value, name in
        if case .context(let context) = value { context[name] ?? .null } else { .null }
      }
    }
    var members: [FEELValue] = []
    if case .list(let list) = value("referral", "commissionMembers") {
      members = list.compactMap { if case .context(let row) = $0 { row["name"] } else { nil } }
    }
    let firstPanel = value("contested", "panel")  // nobody of it decides anew, at whatever level
    return [
      "level": .string(level), "referrer": value("referral", "institution", "code"),
      "members": .list(members), "settlement": value("identity", "actualAddress", "territory"),
      "firstPanel": firstPanel == .null ? .list([]) : firstPanel,
      "decidingCommission": value("contested", "commission"),
      "earlierRecused": job.variables["replace"] ?? .list([]),
    ]
  }

  private func texts(_ value: FEELValue) -> [String] {
    if case .list(let list) = value { list.compactMap(\.text) } else { [] }
  }
}

extension PanelDraw.Member {
  var feel: FEELContext {
    [
      "expert": .string(expert), "user": .string(user), "role": .string(role),
      "speciality": .string(speciality), "area": .string(area), "settlement": .string(settlement),
    ]
  }
}

extension Authority.Expert {
  /// The expert as `candidate` of the decision `conflict-of-interest`.
  func feel(level: String, declared: [String]) -> FEELContext {
    [
      "level": .string(level),
      "expert": .string(code), "user": .string(user), "institution": .string(institution),
      "commission": .string(commission), "settlement": .string(settlement), "treated": .list([]),
      "declared": .list(declared.map { .string($0) }),
    ]
  }
}
