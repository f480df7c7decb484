internal import Commission
internal import Foundation

/// Where something is sealed: what is moved elsewhere does not open there.
enum Place {
  static func record(_ stream: Commission.Stream, _ sequence: Int) -> String {
    "record \(stream) \(sequence)"
  }

  static func state(_ stream: Commission.Stream, _ version: Int) -> String {
    "state \(stream) \(version)"
  }

  static func document(_ blind: String, _ owner: String) -> String { "document \(blind) \(owner)" }

  static func answer(_ command: CommandID) -> String { "answer \(command)" }

  static func `case`(_ number: CaseNumber) -> String { "case \(number)" }

  static func draft(_ number: CaseNumber) -> String { "draft \(number)" }

  static func person(_ identifier: String) -> String { "person \(identifier)" }

  static func message(_ identifier: String) -> String { "message \(identifier)" }
}

/// What a record says beside who, when and what.
struct RecordContent: Codable {
  let reason: String?
  let payload: String
}

/// Whom the list of cases names.
struct CaseName: Codable {
  let initials: String
  let birthYear: Int?
}

/// What a person is found by.
struct PersonIdentity: Codable {
  let personalNumber: String?
  let birthDate: String
  let search: String

  init(_ row: PersonRow) {
    personalNumber = row.personalNumber
    birthDate = row.birthDate
    search = row.search
  }

  func row(_ identifier: String) -> PersonRow {
    PersonRow(
      identifier: identifier, personalNumber: personalNumber, birthDate: birthDate, search: search)
  }
}

extension SealingKey {
  func seal(_ text: String, at place: String) -> String {
    seal(Data(text.utf8), at: place).base64EncodedString()
  }

  func seal(_ value: some Encodable, at place: String) throws -> String {
    try seal(JSONEncoder().encode(value), at: place).base64EncodedString()
  }

  func open(_ sealed: String, at place: String) -> String? {
    Data(base64Encoded: sealed).flatMap { open($0, at: place) }
      .map { String(decoding: $0, as: UTF8.self) }
  }
}

extension CaseRow {
  func naming(_ name: CaseName?, _ sealed: String = "") -> CaseRow {
    CaseRow(
      number: number, kind: kind, profile: profile, status: status, standsAt: standsAt,
      person: person, initials: name?.initials ?? sealed, birthYear: name?.birthYear,
      openedAt: openedAt, due: due, closedAt: closedAt)
  }
}

extension TaskDraft {
  func with(document: String) -> TaskDraft {
    TaskDraft(answered: answered, of: of, by: by, at: at, document: document)
  }
}

extension TaskRow {
  func with(draft: TaskDraft?) -> TaskRow {
    TaskRow(
      identifier: identifier, caseNumber: caseNumber, key: key, element: element, name: name,
      form: form, groups: groups, assignee: assignee, due: due, createdAt: createdAt,
      status: status, draft: draft, outcome: outcome)
  }
}

extension OutboxMessage {
  func with(document: String) -> OutboxMessage {
    OutboxMessage(
      identifier: identifier, caseNumber: caseNumber, kind: kind, receiver: receiver, at: at,
      document: document)
  }
}
