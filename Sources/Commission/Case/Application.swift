internal import BPMN
internal import Diagnostics
internal import FEEL
internal import XForms
public import XML

/// Opens a case with an application that was lodged at the desk: children's commission, special conclusion, social
/// service (domain.md 5 f, g, h).
///
/// The form `<kind>-request` opens a case of that kind; its process starts with the message `M-<KIND>` and sees the
/// answers as `request`, the person as `identity` and what is established today as `disability`.
struct ApplicationIntake {
  var work: Work
  let profile: String
  /// What the same application has in common when it is handed in twice.
  let seed: String
  /// The user at the desk, or the agency that passed it on.
  let lodgedBy: String

  /// The kind of case that the form opens; `nil` when it opens none.
  static func kind(of form: String) -> CaseKind? {
    guard form.hasSuffix("-request") else { return nil }
    return CaseKind(rawValue: String(form.dropLast("-request".count)))
  }

  mutating func take(_ request: Answers, kind: CaseKind, identity: Answers, in set: DefinitionSet)
    async throws -> CaseNumber
  {
    let today = set.calendar.day(of: work.now)
    let person = try await work.registered(identity.context(), seed: seed)
    let number = try await work.openCase(
      kind, person: person, profile: profile, set: set, seed: seed)
    try await add(identity, as: "identity", to: number)
    try await add(request, as: request.form.id, to: number)
    try await work.run(
      .startByMessage(
        Message(
          name: "M-\(kind.rawValue.uppercased())", correlationKey: number.description,
          variables: [
            "case": .context(work.caseContext(number)),
            "identity": .context(identity.context()), "request": .context(request.context()),
            "disability": person.period(on: today).map { .context($0.feel) } ?? .null,
            "cumulativeYears": .number(Decimal128(person.accumulatedYears(on: today))),
          ])), in: number)
    return number
  }

  private mutating func add(_ answers: Answers, as name: String, to number: CaseNumber) async throws
  {
    let context = answers.context()
    let document = try work.storeXML(answers.xml(), context: context)
    try await work.change(number) { $0.know(context, as: document) }
    try await work.add(
      CaseDocument(
        name: name, role: .received, identifier: document, form: answers.form.id,
        formVersion: answers.form.version, number: nil, by: lodgedBy, at: work.now,
        variable: name == "identity" ? name : "request", element: nil), in: number)
  }
}

extension Office {
  /// Opens a case with an application of the person: the filled form and the filled form `identity`.
  ///
  /// The same two files again give the same case.
  /// - Throws: `CASE060` when no procedure starts with that form; `FORM012` with every problem of the answers.
  public func apply(_ request: Element, for person: Element, profile: String = "AZ-2022")
    async throws -> CaseNumber
  {
    let set = try await currentDefinitions(for: profile)
    guard let kind = ApplicationIntake.kind(of: request.name) else {
      throw Diagnostic("CASE060", ["form": request.name], at: request.location)
    }
    let seed = fingerprint(Array("application|\(request.xml())|\(person.xml())".utf8))
    let application = try readAnswers(request, of: request.name, in: set)
    let identity = try readAnswers(person, of: "identity", in: set)
    let command = CommandID("application/\(seed)")
    if let text = try await store.answer(to: command) {
      return try Payload().value(CaseNumber.self, from: text)
    }
    return try await perform("application.lodged", command: command) { work in
      var intake = ApplicationIntake(
        work: work, profile: profile, seed: seed, lodgedBy: user.name)
      let number = try await intake.take(application, kind: kind, identity: identity, in: set)
      work = intake.work
      return number
    }
  }

  private func readAnswers(_ xml: Element, of form: String, in set: DefinitionSet) throws -> Answers
  {
    let (answers, problems) = try Answers.read(
      xml, of: set.form(form), now: set.calendar.wallTime(at: now), language: language.rawValue)
    guard problems.isEmpty else {
      throw Diagnostic("FORM012", ["count": "\(problems.count)"], causes: problems)
    }
    return answers
  }
}
