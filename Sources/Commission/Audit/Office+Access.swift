internal import Diagnostics
public import FEEL

/// What of one case somebody can be shown. The access log keeps the word for ever.
public enum CaseAccess: String, Hashable, Sendable, CaseIterable {
  case overview, timeline, explanation, diagram, clocks, timers, incident, migration, task, form
  case dossiers, paper, register

  /// The kind of its record: `read.overview`.
  var kind: String { "read.\(rawValue)" }
}

/// The access log (D13): every look at a case is on record before anything of it leaves, refused ones too.
extension Office {
  /// One line of `audit log`.
  public struct LogEntry: Hashable, Sendable {
    public let caseNumber: CaseNumber
    public let at: Instant
    public let actor: String
    public let onBehalfOf: String?
    public let reason: String?
    /// A key of `Messages` below `record.`: `read.overview`, `task.completed`.
    public let kind: String
    /// Why the look was refused: a code; `nil` when it was not.
    public let refusal: String?

    /// Whether somebody looked, and did nothing.
    public var isReading: Bool { kind.hasPrefix("read.") }
  }

  /// Who saw and who did what, oldest first: in one case or in all, by one user or by all.
  ///
  /// - Throws: `USER004` when the user does not oversee the others; `CASE011` when there is no such case; `USER001` when
  ///   nobody of that name ever worked here.
  public func accessLog(case number: CaseNumber? = nil, user name: String? = nil) async throws
    -> [LogEntry]
  {
    try require(.readAccessLog)
    let ofOne = number?.description ?? ""
    let heads =
      try await store.heads(of: "case/\(ofOne)") + store.heads(of: "access/\(ofOne)")
    // a case that was erased has no state any more, but its records
    guard number == nil || heads.contains(where: { $0.stream.caseNumber == number }) else {
      throw Diagnostic("CASE011", ["number": ofOne])
    }
    func isWanted(_ record: Record) -> Bool {
      name.map { $0 == record.actor || $0 == record.onBehalfOf } ?? true
    }
    var entries: [LogEntry] = []
    for stream in heads.map(\.stream) {
      guard let number = stream.caseNumber ?? stream.accessedCase else { continue }
      for record in try await store.records(of: stream, after: 0)
      where isWanted(record) && record.kind != ErasureList.mark {
        try entries.append(entry(record, of: number))
      }
    }
    for record in try await store.records(of: .erasures, after: 0) where isWanted(record) {
      guard record.content == .readable, let erased = try ErasureList.number(in: record) else {
        continue
      }
      if number.map({ $0 == erased }) ?? true { try entries.append(entry(record, of: erased)) }
    }
    if let name, entries.isEmpty, !authority.users.contains(where: { $0.name == name }) {
      throw Diagnostic("USER001", ["user": String(name.prefix(60))])
    }
    // what happened in one second stays in the order of the records
    return entries.enumerated().sorted {
      ($0.element.at, $0.element.caseNumber, $0.offset)
        < ($1.element.at, $1.element.caseNumber, $1.offset)
    }.map(\.element)
  }

  private func entry(_ record: Record, of number: CaseNumber) throws -> LogEntry {
    let isReading = record.stream.accessedCase != nil
    return LogEntry(
      caseNumber: number, at: record.at, actor: record.actor, onBehalfOf: record.onBehalfOf,
      reason: record.reason, kind: record.kind,
      refusal: isReading
        ? try Payload().value(AccessNote.self, from: record.payload).refused : nil)
  }

  /// Writes that the user is shown something of a case, or was refused it.
  func note(
    _ access: CaseAccess, of number: CaseNumber, onBehalfOf principal: String? = nil,
    refusal: Diagnostic? = nil
  ) async throws {
    let note = AccessNote(refused: refusal?.code)
    try await store.note(
      RecordDraft(
        at: now, actor: user.name, onBehalfOf: principal, kind: access.kind,
        payload: Payload().text(note)),
      in: .access(number))
  }

  /// Whom the user acts for when looking at a task; who must not see it is on record too.
  ///
  /// - Throws: `TASK004` when it is not for the user.
  func principal(on row: TaskRow, for access: CaseAccess) async throws -> String? {
    do {
      return try principal(on: row)
    } catch let problem as Diagnostic {
      try await note(access, of: row.caseNumber, refusal: problem)
      throw problem
    }
  }
}

/// What is kept of a look beside who, when and what.
private struct AccessNote: Codable {
  let refused: String?
}
