internal import BPMN
internal import Diagnostics
internal import FEEL
internal import XML

/// Collects the entries of one register, reading each case once.
struct RegisterReader {
  let office: Office
  let from: Day
  let to: Day
  private var work: Work
  /// The cases that something is told of.
  private(set) var seen: Set<CaseNumber> = []

  init(office: Office, from: Day, to: Day) {
    self.office = office
    self.from = from
    self.to = to
    work = office.newWork()
  }

  mutating func see(_ number: CaseNumber) { seen.insert(number) }

  typealias Page = (columns: [String], entries: [RegisterPage.Entry])

  func covers(_ day: Day) -> Bool { from <= day && day <= to }

  // MARK: Numbers

  /// The entries of a register that gives numbers, those taken over from paper first.
  ///
  /// - Throws: `REG002` when a number is missing.
  mutating func numbered(_ name: String) async throws -> (
    columns: [String], entries: [RegisterPage.Entry], numbers: Int
  ) {
    let commission = office.authority.commission
    var entries: [RegisterPage.Entry] = []
    var numbers = 0
    guard from <= to else { return (columns(of: name), [], 0) }
    let erased = try await Set(erasures.done)
    for year in from.year...to.year {
      let paper = Stream.paperRegister(name, commission: commission, year: year)
      for record in try await records(of: paper, name) {
        let line = try Payload().value(PaperLine.self, from: record.payload)
        if covers(line.date) {
          entries.append(RegisterPage.Entry(day: line.date, values: values(of: line, in: name)))
        }
        numbers += 1
      }
      let own = Stream.register(name, commission: commission, year: year)
      for record in try await records(of: own, name) {
        numbers += 1
        let day = record.at.officeDay
        guard covers(day) else { continue }
        let number = "\(commission)-\(year)-\(name)-\(record.sequence)"
        let subject = try Payload().value([String].self, from: record.payload).first ?? ""
        try await entries.append(
          RegisterPage.Entry(
            day: day, values: values(of: number, about: subject, record, in: name, erased: erased)))
      }
    }
    return (columns(of: name), entries, numbers)
  }

  /// The records of a register; every number is there once.
  private func records(of stream: Stream, _ name: String) async throws -> [Record] {
    let records = try await office.store.records(of: stream, after: 0)
    let known = try await office.store.state(of: stream)?.version ?? 0
    for (place, record) in records.enumerated() where record.sequence != place + 1 {
      throw Diagnostic("REG002", ["register": name, "number": "\(place + 1)"])
    }
    guard records.count == known else {
      throw Diagnostic("REG002", ["register": name, "number": "\(records.count + 1)"])
    }
    return records
  }

  private static let common = ["number", "day", "case", "person", "born"]

  /// The last column holds what the book on paper says beside.
  private func columns(of name: String) -> [String] { ownColumns(of: name) + ["note"] }

  private func ownColumns(of name: String) -> [String] {
    switch name {
    case "case": Self.common + ["kind", "state", "closed"]
    case "referral": Self.common + ["institution"]
    case "decision":
      Self.common + ["what", "percent", "group", "cause", "from", "until"]
    case "certificate":
      Self.common + [
        "decision", "percent", "group", "until", "state", "since", "replaces", "code",
      ]
    case "program": Self.common + ["from", "until", "measures"]
    case "appeal", "appeal-decision": Self.common + ["decision", "state"]
    default: Self.common + ["what"]
    }
  }

  private mutating func values(
    of number: String, about subject: String, _ record: Record, in name: String,
    erased: Set<CaseNumber>
  ) async throws -> [String] {
    let caseNumber: CaseNumber
    if name == "case" {
      let year = record.stream.register?.year ?? record.at.officeDay.year
      caseNumber = CaseNumber(
        commission: office.authority.commission, year: year, serial: record.sequence)
    } else {
      caseNumber = try CaseNumber(String(subject.prefix { $0 != " " }))
    }
    let shown = name == "case" ? caseNumber.description : number
    if erased.contains(caseNumber) {
      return [shown, record.at.officeDay.description, caseNumber.description]
    }
    let state = try await work.loaded(caseNumber).state
    see(caseNumber)
    let opening = state.opening
    return try await [
      shown, record.at.officeDay.description, caseNumber.description,
      office.seesIdentity ? opening.initials : state.pseudonym ?? "",
      opening.birthYear.map(String.init) ?? "",
    ] + details(of: state, number: shown, in: name)
  }

  /// What a register says beside number, day, case and person.
  private mutating func details(of state: CaseState, number: String, in name: String) async throws
    -> [String]
  {
    switch name {
    case "case":
      return [
        state.opening.kind.rawValue, state.status.rawValue,
        state.closedAt?.officeDay.description ?? "",
      ]
    case "referral":
      let referral = try await content(of: state.document("referral"))
      return [referral?.child("institution")?.child("code")?.text ?? ""]
    case "decision":
      let document = state.documents.first { $0.number == number && $0.role == .issued }
      let decision = try await content(of: document)
      return [document?.name ?? ""]
        + ["recorded", "group", "cause"].map { decision?.child($0)?.text ?? "" }
        + days(["termFrom", "termTo"], of: decision)
    case "certificate":
      let document = state.documents.first { $0.number == number && $0.role == .issued }
      let content = try await content(of: document)
      let certificate = try await work.person(state.opening.person).certificates
        .first { $0.number == number }
      return [certificate?.decision ?? ""]
        + ["percent", "group"].map { content?.child($0)?.text ?? "" }
        + days(["termTo"], of: content)
        + [
          certificate?.status.rawValue ?? "", certificate?.since.description ?? "",
          certificate?.replaces ?? "", content?.child("verificationCode")?.text ?? "",
        ]
    case "program":
      let document = state.documents.first { $0.number == number && $0.role == .issued }
      let program = try await content(of: document)
      return days(["dateFrom", "dateTo"], of: program)
        + ["\(program?.children("measures").count ?? 0)"]
    case "appeal", "appeal-decision":
      let contested = state.links.first { $0.relation == .appealOf }
      return [contested?.number.description ?? "", state.status.rawValue]
    default:
      return [state.documents.first { $0.number == number }?.name ?? ""]
    }
  }

  private func days(_ names: [String], of content: Element?) -> [String] {
    names.map { (content?.child($0)?.text).flatMap(Day.init)?.description ?? "" }
  }

  private func values(of line: PaperLine, in name: String) -> [String] {
    let person = line.person
    let common = [
      line.number, line.date.description, "", office.seesIdentity ? person?.initials ?? "" : "",
      person.map { "\($0.birthYear)" } ?? "",
    ]
    let own =
      name == "decision"
      ? [
        line.result, line.percent.map(String.init) ?? "", line.group ?? "", line.cause ?? "",
        line.from?.description ?? "", line.to?.description ?? "",
      ] : Array(repeating: "", count: ownColumns(of: name).count - common.count)
    return common + own + [line.note]
  }

  /// The XML of a document of a case.
  func content(of document: CaseDocument?) async throws -> Element? {
    guard let document else { return nil }
    return try await Element(
      parsing: office.store.intact(document.identifier).bytes, file: "\(document.name).xml")
  }

  // MARK: Cases and people

  /// What was erased: only that it was there is known.
  private var erasures: ErasureList {
    get async throws { try await ErasureList.read(in: office.store).0 }
  }

  /// The cases of the office, in their order.
  mutating func cases() async throws -> [CaseState] {
    var states: [CaseState] = []
    let erased = try await Set(erasures.done)
    for head in try await office.store.heads(of: "case/") {
      guard let number = head.stream.caseNumber, !erased.contains(number) else { continue }
      states.append(try await work.loaded(number).state)
    }
    return states
  }

  func history(of number: CaseNumber) async throws -> CaseHistory {
    try await CaseHistory(work: work, number: number)
  }

  mutating func people() async throws -> [Person] {
    var people: [Person] = []
    let erased = try await Set(erasures.people)
    for head in try await office.store.heads(of: "person/") {
      guard let identifier = head.stream.person, !erased.contains(identifier) else { continue }
      people.append(try await work.person(identifier))
    }
    return people
  }
}
