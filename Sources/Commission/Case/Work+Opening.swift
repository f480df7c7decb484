internal import BPMN
internal import FEEL

/// Opening a case, whatever arrived: a dossier or an application at the desk.
extension Work {
  /// The person with that personal number, with the newest identity; else a new one.
  ///
  /// - Parameter seed: what arrived; the same again gives the same person.
  mutating func registered(_ identity: FEELContext, seed: String) async throws -> Person {
    let number = identity["fin"]?.text.flatMap(PersonalNumber.init)?.description
    var known: PersonRow?
    if let number { known = try await store.people(.personalNumber(number)).first }
    var person: Person
    if let known {
      person = try await self.person(known.identifier)
      person.identity = identity
    } else {
      person = Person(
        identifier: identifier(from: "person|\(seed)|\(authority.commission)"), identity: identity)
    }
    put(person)
    return person
  }

  /// Opens a case with the next number of the commission; its process has not started yet.
  mutating func openCase(
    _ kind: CaseKind, person: Person, profile: String, set: DefinitionSet, seed: String
  ) async throws -> CaseNumber {
    try await openCase(
      kind, about: person, called: person.identity.initials, profile: profile, set: set,
      seed: seed)
  }

  /// Opens a case; work of the office itself is about nobody and called by the name of its process.
  mutating func openCase(
    _ kind: CaseKind, about person: Person?, called name: String, profile: String,
    set: DefinitionSet, seed: String
  ) async throws -> CaseNumber {
    let today = set.calendar.day(of: now)
    let commission = authority.commission
    let serial = try await nextNumber(
      in: "case", commission: commission, year: today.year, for: seed)
    let number = CaseNumber(commission: commission, year: today.year, serial: serial)
    let opening = CaseOpening(
      number: number, kind: kind, profile: profile, legalDate: today,
      commission: commission, person: person?.identifier ?? "", initials: name,
      birthYear: person?.identity.day("birthDate")?.year, openedAt: now,
      definitions: set.references)
    put(LoadedCase(opening: opening, set: set))
    if var person {
      person.cases.append(number)
      put(person)
    }
    return number
  }

  /// The variable `case` of every process.
  mutating func caseContext(_ number: CaseNumber) async throws -> FEELContext {
    let opening = try await loaded(number).state.opening
    let day = try await loaded(number).set.calendar.day(of: opening.openedAt)
    return [
      "number": .string(number.description), "kind": .string(opening.kind.rawValue),
      "profile": .string(opening.profile), "legalDate": .date(opening.legalDate),
      "openedOn": .date(day), "commission": .string(opening.commission),
      "person": .string(opening.person),
    ]
  }

  /// Tells the cases that wait for a new referral of the person that it is here (domain.md 5 e3).
  mutating func announce(_ referral: CaseNumber, of person: Person) async throws {
    let name = "M-REEX-REFERRAL"
    let waiting = try await store.subscriptions(to: name, correlationKey: person.identifier)
    for subscription in waiting where subscription.caseNumber != referral {
      try await run(
        .publish(
          Message(
            name: name, correlationKey: person.identifier,
            id: "\(referral) \(subscription.caseNumber)",
            variables: ["nextCase": .string(referral.description)])),
        in: subscription.caseNumber)
    }
  }
}

extension FEELContext {
  /// Surname and initials of an identity, as lists show people.
  var initials: String {
    let letters = ["given", "patronymic"].compactMap { self[$0]?.text?.first.map { "\($0)." } }
    return ([self["surname"]?.text ?? ""] + letters).joined(separator: " ")
  }
}
