internal import Commission
internal import FEEL
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
struct RecordContent {
  let reason: String?
  let payload: String
}

extension RecordContent {
  /// The first letter of the text that is sealed. Then come the length of the reason in UTF-8, a colon, reason and payload;
  /// without a reason there is no length.
  private static let mark: UInt8 = 2

  var sealedText: String {
    let mark = Unicode.Scalar(Self.mark)
    guard let reason else { return "\(mark):\(payload)" }
    return "\(mark)\(reason.utf8.count):\(reason)\(payload)"
  }

  /// - Throws: `DecodingError` for what was never sealed.
  init(sealedText text: String) throws {
    guard text.utf8.first == Self.mark, let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
    else {
      // so it was until texts were sealed packed
      self = try JSONContent(storedText: text).content
      return
    }
    let rest = text.utf8.index(after: colon)
    let length = Int(text[..<colon].dropFirst())
    let payload = text.utf8.index(rest, offsetBy: length ?? 0)
    reason = length.map { _ in String(text[rest..<payload]) }
    self.payload = String(text[payload...])
  }

  private struct JSONContent: JSONRecord {
    let content: RecordContent

    static func members(of value: JSONContent?, in json: inout JSONCoder) throws -> JSONContent {
      try JSONContent(
        content: RecordContent(
          reason: json.optional("reason", value?.content.reason),
          payload: json.member("payload", value?.content.payload)))
    }
  }
}

/// Whom the list of cases names.
struct CaseName: JSONRecord {
  let initials: String
  let birthYear: Int?

  static func members(of value: CaseName?, in json: inout JSONCoder) throws -> CaseName {
    try CaseName(
      initials: json.member("initials", value?.initials),
      birthYear: json.optional("birthYear", value?.birthYear))
  }
}

/// What a person is found by.
struct PersonIdentity: JSONRecord {
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

  private init(personalNumber: String?, birthDate: String, search: String) {
    self.personalNumber = personalNumber
    self.birthDate = birthDate
    self.search = search
  }

  static func members(of value: PersonIdentity?, in json: inout JSONCoder) throws -> PersonIdentity
  {
    try PersonIdentity(
      personalNumber: json.optional("personalNumber", value?.personalNumber),
      birthDate: json.member("birthDate", value?.birthDate),
      search: json.member("search", value?.search))
  }
}

extension SealingKey {
  func seal(_ text: String, at place: String) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      let bytes = UnsafeRawBufferPointer(utf8)
      return Packing.packed(bytes).map { seal($0, at: place) } ?? seal(bytes, at: place)
    }.base64EncodedString()
  }

  func seal(_ value: some JSONStored, at place: String) throws -> String {
    try seal(value.storedText(), at: place) as String
  }

  func open(_ sealed: String, at place: String) -> String? {
    Data(base64Encoded: sealed).flatMap { open($0, at: place) }.flatMap(Packing.text)
  }
}
