internal import BPMN
internal import Diagnostics
internal import FEEL

/// `register`, `look-up-person` and `publish-entitlement`: what outlives the case.
extension Work {
  mutating func register(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    let loaded = try await loaded(number)
    let today = loaded.set.calendar.day(of: now)
    let register = try job.header("register")
    let entry: String
    switch register {
    case "decision", "program":
      entry = try job.context("issued")["number"]?.text ?? ""
      if register == "decision" { try await registerPeriod(job, in: number, on: today) }
    case "certificate":
      entry = try job.context("issued")["number"]?.text ?? ""
      try await registerCertificate(entry, job, in: number, on: today)
    case "appeal-result":
      entry = try job.context("issued")["number"]?.text ?? ""
      try await registerAppealResult(job, in: number, on: today)
    default:
      if register == "appeal" { try await markAppealed(job) }
      let serial = try await nextNumber(
        in: register, commission: loaded.state.opening.commission, year: today.year,
        for: number.description)
      entry = "\(loaded.state.opening.commission)-\(today.year)-\(register)-\(serial)"
    }
    try await record(.registered(register: register, number: entry, on: today), in: number)
    return ["registration": .context(["number": .string(entry), "date": .date(today)])]
  }

  /// Enters the period of an established disability in the person register.
  private mutating func registerPeriod(_ job: Job, in number: CaseNumber, on today: Day)
    async throws
  {
    let degree = try job.context("degree")
    guard degree["outcome"]?.text == "established" else { return }
    let term = try job.context("term")
    var person = try await person(loaded(number).state.opening.person)
    try person.add(
      Person.Period(
        from: term.day("from") ?? today, to: term.day("to"),
        decision: job.context("issued")["number"]?.text ?? "", caseNumber: number,
        percent: degree.integer("recorded"), band: degree["band"]?.text,
        group: degree["group"]?.text, cause: job.context("conclusion")["cause"]?.text))
    put(person)
  }

  /// Enters a certificate in the person register; the one that was valid takes the status in the input `earlierStatus`.
  private mutating func registerCertificate(
    _ entry: String, _ job: Job, in number: CaseNumber, on today: Day
  ) async throws {
    guard let earlier = try Person.Certificate.Status(rawValue: job.text("earlierStatus")) else {
      throw Diagnostic("TASK502", ["task": job.element, "variable": "earlierStatus"])
    }
    var person = try await person(loaded(number).state.opening.person)
    let replaced = person.certificate?.number ?? job.variables["earlierNumber"]?.text
    person.add(
      Person.Certificate(
        number: entry, decision: try job.text("decision"), issuedOn: today, replaces: replaced,
        status: .valid, since: today), settingEarlier: earlier)
    put(person)
  }

  /// The contested case stands under appeal from the day the appeal is registered.
  private mutating func markAppealed(_ job: Job) async throws {
    guard let text = try job.context("contested")["case"]?.text else {
      throw Diagnostic("TASK502", ["task": job.element, "variable": "contested"])
    }
    try await change(of: CaseNumber(text), to: CaseStatus(rawValue: "under-appeal"))
  }

  /// Carries the result of an appeal into the contested case and the person register.
  private mutating func registerAppealResult(_ job: Job, in number: CaseNumber, on today: Day)
    async throws
  {
    let contested = try job.context("contested")
    let decision = try job.context("appealDecision")
    guard let text = contested["case"]?.text, let outcome = decision["outcome"]?.text else {
      throw Diagnostic("TASK502", ["task": job.element, "variable": "contested"])
    }
    let first = try CaseNumber(text)
    let result = AppealResult(rawValue: outcome) ?? .upheld
    if result == .discontinued {
      guard try await loaded(first).state.status.rawValue == "under-appeal" else { return }
    }
    try await change(of: first, to: CaseStatus(rawValue: result.status))
    guard result == .modified || result == .annulled else { return }
    var person = try await person(loaded(first).state.opening.person)
    let old = person.periods.last { $0.caseNumber == first }
    if let old { person.removePeriod(of: old.decision) }
    if result == .modified, (decision["band"]?.text ?? decision["group"]?.text) != nil,
      let from = old?.from ?? contested.day("issuedOn")
    {
      try person.add(
        Person.Period(
          from: decision.day("termFrom") ?? from, to: decision.day("termTo") ?? old?.to,
          decision: job.context("issued")["number"]?.text ?? "", caseNumber: number,
          percent: decision.integer("percent"), band: decision["band"]?.text,
          group: decision["group"]?.text, cause: decision["cause"]?.text ?? old?.cause))
    } else if let old {
      person.withdrawCertificate(of: old.decision, on: today)
    }
    put(person)
  }

  /// What the person register says today: an appeal may have changed it since the decision.
  mutating func lookUpPerson(in number: CaseNumber) async throws -> [String: FEELValue] {
    let loaded = try await loaded(number)
    let today = loaded.set.calendar.day(of: now)
    let person = try await person(loaded.state.opening.person)
    return try await [
      "disability": (person.period(on: today) ?? person.periods.last).map { .context($0.feel) }
        ?? .null,
      "cumulativeYears": .number(Decimal128(person.accumulatedYears(on: today))),
      "certificate": person.certificate.map { .context($0.feel) } ?? .null,
      "childrenOpinion": childrenOpinion(of: person),
    ]
  }

  mutating func publishEntitlements(_ job: Job, in number: CaseNumber) async throws
    -> [String: FEELValue]
  {
    var codes: [String] = []
    if case .list(let rows)? = job.variables["entitlements"] {
      codes = rows.compactMap { row in
        if case .context(let context) = row { context["code"]?.text } else { row.text }
      }
    }
    try await record(.entitlementsPublished(codes), in: number)
    return ["published": .number(Decimal128(codes.count))]
  }
}

/// What an appeal decision does to the contested case.
private enum AppealResult {
  case upheld, modified, annulled
  /// The appeal ended without a decision.
  case discontinued

  /// Reads the code list `appeal-outcome`, and `discontinued`.
  init?(rawValue: String) {
    switch rawValue {
    case "uphold", "uphold-substitute", "order-to-act": self = .upheld
    case "modify": self = .modified
    case "annul-remit", "re-examine": self = .annulled
    case "discontinued": self = .discontinued
    default: return nil
    }
  }

  var status: String {
    switch self {
    case .upheld: "upheld"
    case .modified: "modified"
    case .annulled: "annulled"
    case .discontinued: "issued"
    }
  }
}

extension FEELContext {
  func day(_ name: String) -> Day? {
    if case .date(let day)? = self[name] { day } else { nil }
  }

  func integer(_ name: String) -> Int? {
    if case .number(let number)? = self[name] { Int(exactly: number) } else { nil }
  }
}
