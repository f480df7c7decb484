public import Diagnostics
internal import FEEL
internal import XForms

/// Taking over registers that were kept on paper, and decisions made before 2022.
extension Office {
  /// What became of a file, line by line. When a line has a problem nothing of the file was taken over.
  public struct PaperImport: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
      public enum Outcome: String, Hashable, Sendable, Codable {
        /// It stands in the register now.
        case taken
        /// It stood there before.
        case already
        case wrong
      }

      public let line: Int
      public let number: String
      public let outcome: Outcome
      public let problem: Diagnostic?
    }

    public let lines: [Line]

    public var isComplete: Bool { lines.allSatisfy { $0.outcome != .wrong } }

    public func count(_ outcome: Line.Outcome) -> Int { lines.count { $0.outcome == outcome } }
  }

  /// Takes over the lines of a register that was kept on paper, all of them or none.
  ///
  /// The serials of each year follow each other from 1 without gap, a spoiled number has the result `void`. A decision that
  /// established a disability is entered in the person register, so that its years count.
  /// - Parameter isTrial: only says what would become of the lines.
  /// - Throws: `USER004` when the user does not keep registers; `REG001` for an unknown register, `REG020` for one that is
  ///   read from the cases; `REG021` when there are no lines.
  public func takeOver(
    _ table: CSV, as register: RegisterName, isTrial: Bool = false, command: CommandID? = nil
  ) async throws -> PaperImport {
    try require(.keepRegisters)
    guard RegisterName.numbered.contains(register.rawValue) else {
      throw Diagnostic(
        register.derived == nil ? "REG001" : "REG020",
        [
          "register": String(register.rawValue.prefix(60)),
          "known": RegisterName.numbered.joined(separator: ", "),
        ])
    }
    guard !table.rows.isEmpty else { throw Diagnostic("REG021") }
    let reader = try await lineReader(of: register)
    guard !isTrial else { return try await importing(table, reader).report }
    let trial = try await importing(table, reader).report
    guard trial.isComplete else { return trial }
    return try await perform("register.imported", command: command) { work in
      let (taken, report) = try await importing(table, reader, into: work)
      // another writer may have come since the trial
      if report.isComplete { work = taken }
      return report
    }
  }

  private func importing(_ table: CSV, _ reader: PaperLineReader, into work: Work? = nil)
    async throws -> (work: Work, report: PaperImport)
  {
    var importer = PaperImporter(work: work ?? newWork(), reader: reader)
    for row in table.rows { try await importer.take(row) }
    return (importer.work, PaperImport(lines: importer.lines))
  }

  private func lineReader(of register: RegisterName) async throws -> PaperLineReader {
    let set = try await currentDefinitions(for: "AZ-2022")
    let codes = try ["group", "cause", "sex"].compactMap { name in
      try set.list(name).map { (name, Set($0.codes)) }
    }
    return PaperLineReader(
      register: register.rawValue, today: today,
      codes: Dictionary(codes) { first, _ in first })
  }
}

/// One import at work: what stands in the registers already, and what it adds.
private struct PaperImporter {
  var work: Work
  let reader: PaperLineReader
  private(set) var lines: [Office.PaperImport.Line] = []
  /// By year: the lines of the register, those of this file included.
  private var payloads: [Int: [String]] = [:]
  /// People of this file by personal number, and by name and birth date.
  private var known: [String: Set<String>] = [:]

  init(work: Work, reader: PaperLineReader) {
    self.work = work
    self.reader = reader
  }

  mutating func take(_ row: CSV.Row) async throws {
    func add(_ outcome: Office.PaperImport.Line.Outcome, _ problem: Diagnostic? = nil) {
      lines.append(
        Office.PaperImport.Line(
          line: row.line, number: row["number"].isEmpty ? row["serial"] : row["number"],
          outcome: outcome, problem: problem))
    }
    do {
      let line = try reader.line(row)
      add(try await enter(line, at: row.location) ? .taken : .already)
    } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
      add(.wrong, problem)
    }
  }

  /// Whether the line is new.
  private mutating func enter(_ line: PaperLine, at place: SourceLocation) async throws -> Bool {
    let stream = Stream.paperRegister(
      reader.register, commission: work.authority.commission, year: line.date.year)
    if payloads[line.date.year] == nil {
      payloads[line.date.year] = try await work.store.records(of: stream, after: 0).map(\.payload)
    }
    let earlier = payloads[line.date.year] ?? []
    let payload = try Payload().text(line)
    if line.serial <= earlier.count {
      guard earlier[line.serial - 1] == payload else {
        throw Diagnostic("REG017", ["serial": "\(line.serial)"], at: place)
      }
      return false
    }
    guard line.serial == earlier.count + 1 else {
      throw Diagnostic(
        "REG016", ["serial": "\(line.serial)", "expected": "\(earlier.count + 1)"], at: place)
    }
    if line.result == "established" { try await enterPeriod(of: line, at: place) }
    _ = try await work.add(payload, kind: "register.imported", to: stream)
    payloads[line.date.year, default: []].append(payload)
    return true
  }

  private mutating func enterPeriod(of line: PaperLine, at place: SourceLocation) async throws {
    guard let name = line.person, let from = line.from else { return }
    var person = try await person(name, at: place)
    do {
      try person.enter(
        Person.Period(
          from: from, to: line.to, decision: line.number, caseNumber: nil, percent: line.percent,
          band: nil, group: line.group, cause: line.cause))
    } catch let problem as Diagnostic {
      throw Diagnostic(problem.code, problem.arguments, at: place)
    }
    work.put(person)
  }

  /// The person of the register, with the identity that is known there; else a new one.
  private mutating func person(_ name: PaperLine.PersonName, at place: SourceLocation)
    async throws -> Person
  {
    let words = [name.surname, name.given, name.patronymic].map(folded).filter { !$0.isEmpty }
    let key = (words + [name.birthDate.description]).joined(separator: " ")
    var person =
      try await knownPerson(name, key: key, words: words, at: place)
      ?? Person(
        identifier: work.identifier(
          from: "person|paper|\(name.fin ?? key)|\(work.authority.commission)"),
        identity: name.identity)
    if let fin = name.fin, person.identity["fin"]?.text == nil {
      let others = person.identity.entries.filter { $0.name != "fin" }
      person.identity = FEELContext([("fin", .string(fin))] + others.map { ($0.name, $0.value) })
    }
    work.put(person)
    for key in [name.fin, key].compactMap(\.self) {
      known[key, default: []].insert(person.identifier)
    }
    return person
  }

  /// Whoever has the personal number, or the name and the birth date without another number.
  ///
  /// - Throws: `REG018` when these are several.
  private mutating func knownPerson(
    _ name: PaperLine.PersonName, key: String, words: [String], at place: SourceLocation
  ) async throws -> Person? {
    var numbered: Set<String> = []
    if let fin = name.fin {
      numbered = try await Set(work.store.people(.personalNumber(fin)).map(\.identifier))
        .union(known[fin] ?? [])
    }
    let named = try await work.store.people(.words(words)).filter {
      $0.birthDate == name.birthDate.description
    }.map(\.identifier)
    var found: [Person] = []
    for identifier in numbered.union(named).union(known[key] ?? []).sorted() {
      let person = try await work.person(identifier)
      let hasOther = name.fin != nil && person.identity["fin"]?.text != nil
      if numbered.contains(identifier) || !hasOther { found.append(person) }
    }
    guard found.count < 2 else { throw Diagnostic("REG018", at: place) }
    return found.first
  }
}
