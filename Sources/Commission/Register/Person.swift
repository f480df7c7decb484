internal import Diagnostics
public import FEEL

/// A person across all cases: who it is, and the periods of established disability.
public struct Person: Hashable, Sendable, Codable {
  /// A period in which disability is established; periods of one person never overlap (domain.md, I3).
  public struct Period: Hashable, Sendable, Codable {
    public let from: Day
    /// `nil`: without term.
    public let to: Day?
    /// The number of the decision that set it.
    public let decision: String
    /// `nil`: it was taken over from a register on paper.
    public let caseNumber: CaseNumber?
    public let percent: Int?
    public let band: String?
    public let group: String?
    public let cause: String?
  }

  /// The paper that shows what is established (F-11); a person holds one valid certificate at a time.
  public struct Certificate: Hashable, Sendable, Codable {
    public enum Status: String, Hashable, Sendable, Codable {
      case valid, replaced, lost, withdrawn
    }

    /// As printed on it.
    public let number: String
    /// The number of the decision whose result it shows.
    public let decision: String
    public let issuedOn: Day
    /// The number of the certificate whose place it takes.
    public let replaces: String?
    public internal(set) var status: Status
    /// The day of the last change of `status`.
    public internal(set) var since: Day
  }

  public let identifier: String
  /// The form `identity` as it was last received.
  public internal(set) var identity: FEELContext
  public internal(set) var periods: [Period] = []
  public internal(set) var cases: [CaseNumber] = []
  /// `nil` for people who never got one.
  private var papers: [Certificate]?
  /// The day of the death, once it is entered.
  public private(set) var diedOn: Day?
  /// The periods that the death has ended, as they were established; `nil`: none.
  private var endedByDeath: [Period]?

  public init(identifier: String, identity: FEELContext) {
    self.identifier = identifier
    self.identity = identity
  }

  /// Adds `period`; an earlier one that is still running ends the day before.
  ///
  /// - Throws: `CASE020` when it begins before one that is already there.
  public mutating func add(_ period: Period) throws {
    if let last = periods.last, last.to.map({ $0 >= period.from }) ?? true {
      guard last.from < period.from, let end = period.from.adding(days: -1) else {
        throw Diagnostic("CASE020", ["decision": last.decision])
      }
      periods[periods.count - 1] = last.ending(on: end)
    }
    periods.append(period)
  }

  /// Enters a period that was established earlier, between those that are there.
  ///
  /// - Throws: `REG019` naming the decision whose period it would overlap.
  public mutating func enter(_ period: Period) throws {
    let place = periods.firstIndex { $0.from > period.from } ?? periods.count
    if place > 0, periods[place - 1].to.map({ $0 >= period.from }) ?? true {
      throw Diagnostic("REG019", ["decision": periods[place - 1].decision])
    }
    if place < periods.count, period.to.map({ $0 >= periods[place].from }) ?? true {
      throw Diagnostic("REG019", ["decision": periods[place].decision])
    }
    periods.insert(period, at: place)
  }

  // MARK: Certificates

  /// Every certificate that was issued, oldest first.
  public var certificates: [Certificate] { papers ?? [] }

  /// The one that is valid.
  public var certificate: Certificate? { certificates.last { $0.status == .valid } }

  /// Enters a certificate; the one that was valid takes the status `old`.
  mutating func add(_ certificate: Certificate, settingEarlier old: Certificate.Status) {
    settle(on: certificate.issuedOn, as: old) { _ in true }
    papers = certificates + [certificate]
  }

  /// Withdraws the certificate that shows the result of `decision`.
  mutating func withdrawCertificate(of decision: String, on day: Day) {
    settle(on: day, as: .withdrawn) { $0.decision == decision }
  }

  private mutating func settle(
    on day: Day, as status: Certificate.Status, where condition: (Certificate) -> Bool
  ) {
    papers = papers?.map { certificate in
      guard certificate.status == .valid, condition(certificate) else { return certificate }
      var certificate = certificate
      (certificate.status, certificate.since) = (status, day)
      return certificate
    }
  }

  // MARK: Endings

  /// Enters the day of the death: what is established ends with it, and the certificate is withdrawn. A day that was
  /// entered before was wrong.
  mutating func die(on day: Day) {
    if let wrong = diedOn { revive(from: wrong) }
    endedByDeath = periods.filter { $0.to.map { $0 > day } ?? true }
    end(on: day)
    settle(on: day, as: .withdrawn) { _ in true }
    diedOn = day
  }

  /// The periods and the certificate as they were before the death on `wrong`, but for what was withdrawn since.
  private mutating func revive(from wrong: Day) {
    for original in endedByDeath ?? [] {
      if original.from > wrong {
        periods.append(original)
      } else if let place = periods.firstIndex(where: {
        $0.decision == original.decision && $0.to == wrong
      }) {
        periods[place] = original
      }
    }
    periods.sort { $0.from < $1.from }
    papers = papers?.map { certificate in
      guard certificate.status == .withdrawn, certificate.since == wrong else { return certificate }
      var certificate = certificate
      certificate.status = .valid
      return certificate
    }
  }

  /// Ends what is established with `day`; periods that begin later are no more.
  public mutating func end(on day: Day) {
    periods = periods.filter { $0.from <= day }.map {
      $0.to.map { $0 <= day } ?? false ? $0 : $0.ending(on: day)
    }
  }

  /// Withdraws the period that `decision` set, because an appeal annulled it.
  public mutating func removePeriod(of decision: String) {
    periods.removeAll { $0.decision == decision }
  }

  /// What is established on `day`.
  public func period(on day: Day) -> Period? {
    periods.last { $0.from <= day && ($0.to.map { day <= $0 } ?? true) }
  }

  /// Whole years of established disability up to `day`; gaps do not count (DT-05).
  public func accumulatedYears(on day: Day) -> Int {
    let months = periods.reduce(0) { sum, period in
      let end = min(period.to ?? day, day)
      return period.from < end
        ? sum + YearsMonthsDuration(from: period.from, to: end).totalMonths : sum
    }
    return months / 12
  }
}

extension Person.Period {
  /// The same with another last day.
  func ending(on day: Day) -> Person.Period {
    Person.Period(
      from: from, to: day, decision: decision, caseNumber: caseNumber, percent: percent,
      band: band, group: group, cause: cause)
  }

  /// The period as expressions see it.
  var feel: FEELContext {
    [
      "from": .date(from), "to": to.map { .date($0) } ?? .null, "decision": .string(decision),
      "case": caseNumber.map { .string($0.description) } ?? .null,
      "percent": percent.map { .number(Decimal128($0)) } ?? .null,
      "band": band.map { .string($0) } ?? .null, "group": group.map { .string($0) } ?? .null,
      "cause": cause.map { .string($0) } ?? .null,
    ]
  }
}

extension Person.Certificate {
  /// The certificate as expressions see it.
  var feel: FEELContext {
    [
      "number": .string(number), "decision": .string(decision), "issuedOn": .date(issuedOn),
      "status": .string(status.rawValue),
    ]
  }
}

extension PersonRow {
  /// What people are found by: personal number, birth date and folded names.
  public init(_ person: Person) {
    let identity = person.identity
    var birthDate = ""
    if case .date(let day)? = identity["birthDate"] { birthDate = day.description }
    self.init(
      identifier: person.identifier,
      personalNumber: identity["fin"]?.text.flatMap(PersonalNumber.init)?.description,
      birthDate: birthDate, search: folded(identity.fullName))
  }
}

extension FEELContext {
  /// Surname, given name and patronymic of the form `identity`.
  var fullName: String {
    ["surname", "given", "patronymic"].compactMap { self[$0]?.text }.joined(separator: " ")
  }
}

/// Lower case without dots and hooks, so that `Məmmədova`, `MAMMADOVA` and `memmedova` meet.
func folded(_ name: String) -> String {
  let plain: [Character: String] = [
    "ə": "e", "ğ": "g", "ı": "i", "i": "i", "ö": "o", "ü": "u", "ş": "s", "ç": "c", "İ": "i",
    "I": "i",
  ]
  return name.reduce(into: "") { result, letter in
    result +=
      plain[letter] ?? letter.lowercased().reduce(into: "") { $0 += plain[$1] ?? String($1) }
  }
}

// MARK: - The stored form

extension Person: JSONRecord {
  public static func members(of value: Person?, in json: inout JSONCoder) throws -> Person {
    var person = try Person(
      identifier: json.member("identifier", value?.identifier),
      identity: json.member("identity", value?.identity))
    person.periods = try json.member("periods", value?.periods)
    person.cases = try json.member("cases", value?.cases)
    person.papers = try json.optional("papers", value?.papers)
    person.diedOn = try json.optional("diedOn", value?.diedOn)
    person.endedByDeath = try json.optional("endedByDeath", value?.endedByDeath)
    return person
  }
}

extension Person.Period: JSONRecord {
  public static func members(of value: Person.Period?, in json: inout JSONCoder) throws
    -> Person.Period
  {
    try Person.Period(
      from: json.member("from", value?.from),
      to: json.optional("to", value?.to),
      decision: json.member("decision", value?.decision),
      caseNumber: json.optional("caseNumber", value?.caseNumber),
      percent: json.optional("percent", value?.percent),
      band: json.optional("band", value?.band),
      group: json.optional("group", value?.group),
      cause: json.optional("cause", value?.cause))
  }
}

extension Person.Certificate: JSONRecord {
  public static func members(of value: Person.Certificate?, in json: inout JSONCoder) throws
    -> Person.Certificate
  {
    try Person.Certificate(
      number: json.member("number", value?.number),
      decision: json.member("decision", value?.decision),
      issuedOn: json.member("issuedOn", value?.issuedOn),
      replaces: json.optional("replaces", value?.replaces),
      status: json.member("status", value?.status),
      since: json.member("since", value?.since))
  }
}

extension Person.Certificate.Status: JSONStored {}
