internal import Diagnostics
internal import FEEL

/// A line of a register that was kept on paper before, as it was taken over.
///
/// Columns: `serial`, `number`, `date`, `note`; for decisions also `result` (`established`, `not-established`, `void`),
/// `fin`, `surname`, `given`, `patronymic`, `birthDate`, `sex`, `percent`, `group`, `cause`, `from`, `to`.
struct PaperLine: Hashable, Sendable, Codable {
  /// Whom a decision was about.
  struct PersonName: Hashable, Sendable, Codable {
    let fin: String?
    let surname: String
    let given: String
    let patronymic: String
    let birthDate: Day
    let sex: String

    var birthYear: Int { birthDate.year }

    var initials: String { identity.initials }

    /// As much of the form `identity` as an old register knows.
    var identity: FEELContext {
      FEELContext(
        [("fin", fin), ("surname", surname), ("given", given), ("patronymic", patronymic)]
          .compactMap { name, text in
            text.flatMap { $0.isEmpty ? nil : (name, FEELValue.string($0)) }
          } + [("birthDate", .date(birthDate)), ("sex", .string(sex))])
    }
  }

  let serial: Int
  /// As it is written in the book.
  let number: String
  let date: Day
  let note: String
  let result: String
  let person: PersonName?
  let percent: Int?
  let group: String?
  let cause: String?
  let from: Day?
  /// `nil`: without term.
  let to: Day?
}

/// Reads the lines of one register, each with everything that is wrong with it.
struct PaperLineReader {
  let register: String
  let today: Day
  /// The codes that a column may have, by column.
  let codes: [String: Set<String>]

  /// - Throws: `REG010` with every problem of the line as a cause.
  func line(_ row: CSV.Row) throws -> PaperLine {
    var check = RowCheck(row: row, codes: codes)
    let serial = Int(row["serial"]).flatMap { $0 > 0 ? $0 : nil }
    if serial == nil { check.add("REG012", "serial") }
    let date = check.day("date", isRequired: true)
    if let date, date > today { check.add("REG014", "date") }
    let decision = register == "decision" ? self.decision(&check) : Decision()
    guard check.problems.isEmpty, let serial, let date else {
      throw Diagnostic(
        "REG010", ["count": "\(check.problems.count)"], at: row.location, causes: check.problems)
    }
    return PaperLine(
      serial: serial, number: row["number"].isEmpty ? "\(serial)" : row["number"], date: date,
      note: row["note"], result: decision.result, person: decision.person,
      percent: decision.percent, group: decision.group, cause: decision.cause,
      from: decision.from, to: decision.to)
  }

  /// What only decisions have.
  private struct Decision {
    var result = ""
    var person: PaperLine.PersonName?
    var percent: Int?
    var group: String?
    var cause: String?
    var from: Day?
    var to: Day?
  }

  private func decision(_ check: inout RowCheck) -> Decision {
    let row = check.row
    var decision = Decision()
    decision.result = row["result"].isEmpty ? "established" : row["result"]
    switch decision.result {
    case "established":
      decision.from = check.day("from", isRequired: true)
      decision.to = check.day("to", isRequired: false)
      if let from = decision.from, let to = decision.to, to < from { check.add("REG015", "to") }
      decision.percent = Int(row["percent"])
      if !row["percent"].isEmpty, decision.percent.map({ (0...100).contains($0) }) != true {
        check.add("REG012", "percent")
      }
      decision.group = check.code("group")
      decision.cause = check.code("cause")
      if row["percent"].isEmpty, decision.group == nil { check.add("REG011", "group") }
      decision.person = person(&check)
    case "not-established": decision.person = person(&check)
    case "void": break
    default: check.add("REG013", "result")
    }
    return decision
  }

  private func person(_ check: inout RowCheck) -> PaperLine.PersonName? {
    let row = check.row
    for column in ["surname", "given"] where row[column].isEmpty { check.add("REG011", column) }
    let fin = PersonalNumber(row["fin"])
    if fin == nil, !row["fin"].isEmpty { check.add("REG012", "fin") }
    let sex = check.code("sex")
    if sex == nil { check.add("REG011", "sex") }
    guard let birthDate = check.day("birthDate", isRequired: true) else { return nil }
    return PaperLine.PersonName(
      fin: fin?.description, surname: row["surname"], given: row["given"],
      patronymic: row["patronymic"], birthDate: birthDate, sex: sex ?? "")
  }
}

/// One row and what was found wrong in it so far.
private struct RowCheck {
  let row: CSV.Row
  let codes: [String: Set<String>]
  private(set) var problems: [Diagnostic] = []

  init(row: CSV.Row, codes: [String: Set<String>]) {
    self.row = row
    self.codes = codes
  }

  mutating func add(_ code: String, _ column: String) {
    problems.append(Diagnostic(code, ["column": column], at: row.location))
  }

  mutating func day(_ column: String, isRequired: Bool) -> Day? {
    guard !row[column].isEmpty else {
      if isRequired { add("REG011", column) }
      return nil
    }
    let day = Day(row[column])
    if day == nil { add("REG012", column) }
    return day
  }

  /// A code of the list of that name; `nil` when there is none.
  mutating func code(_ column: String) -> String? {
    guard !row[column].isEmpty else { return nil }
    if codes[column]?.contains(row[column]) == false { add("REG013", column) }
    return row[column]
  }
}
