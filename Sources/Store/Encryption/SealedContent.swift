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
