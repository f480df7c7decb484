/// What a hash chain belongs to: one case, one person, one register or the authority itself.
///
/// Each stream has its own version (the number of its records) and its own chain.
public struct Stream: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
  /// `case/07-2026-000001`, `person/…`, `register/07/decision/2026`, `paper-register/…`, `authority`.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }

  /// Users, experts, institutions and settings of the authority that runs this store.
  public static let authority = Stream("authority")

  /// What was deployed, by whom and when.
  public static let definitions = Stream("definitions")

  public static func `case`(_ number: CaseNumber) -> Stream { Stream("case/\(number)") }

  public static func person(_ identifier: String) -> Stream { Stream("person/\(identifier)") }

  /// A gapless register: the version of its stream is the last number given.
  public static func register(_ name: String, commission: String, year: Int) -> Stream {
    Stream("register/\(commission)/\(name)/\(year)")
  }

  /// A register that was kept on paper, as it was taken over: line by line, in its order.
  static func paperRegister(_ name: String, commission: String, year: Int) -> Stream {
    Stream("paper-register/\(commission)/\(name)/\(year)")
  }

  /// The heads of the authority's Merkle tree, one record each.
  public static let checkpoints = Stream("checkpoints")

  /// Who looked at a case, and when.
  public static func access(_ number: CaseNumber) -> Stream { Stream("access/\(number)") }

  /// The case whose records these are; `nil` when they are no case's.
  public var caseNumber: CaseNumber? { number(after: "case/") }

  /// The person whose records these are; `nil` when they are nobody's.
  public var person: String? {
    description.hasPrefix("person/") ? String(description.dropFirst("person/".count)) : nil
  }

  /// The case whose readers these are; `nil` when it is no access log.
  var accessedCase: CaseNumber? { number(after: "access/") }

  private func number(after prefix: String) -> CaseNumber? {
    guard description.utf8.starts(with: prefix.utf8) else { return nil }
    return try? CaseNumber(String(description.utf8.dropFirst(prefix.utf8.count)) ?? "")
  }

  /// Files that came in, accepted or refused, by the day they came.
  public static let interchange = Stream("interchange")

  /// The public keys of agencies and persons that this office knows.
  public static let keys = Stream("keys")

  /// What one agency sent in one thread, in its order.
  static func channel(from sender: String, thread: String) -> Stream {
    Stream("channel/\(sender)/\(thread)")
  }

  /// What was sealed for one agency in one thread, in its order.
  static func channel(to receiver: String, thread: String) -> Stream {
    Stream("sent/\(receiver)/\(thread)")
  }

  /// A message that left, and what its receiver has said of it.
  static func awaited(_ message: String) -> Stream { Stream("awaited/\(message)") }

  /// What of one agency waits for its messages before, and what came from it.
  static func partner(_ code: String) -> Stream { Stream("partner/\(code)") }

  /// Whose content was erased, and for whom it is asked.
  public static let erasures = Stream("erasures")

  /// Messages that are kept for people to read.
  static let filed = Stream("filed")

  public static func < (left: Stream, right: Stream) -> Bool {
    left.description < right.description
  }

  public init(from decoder: any Decoder) throws {
    description = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
