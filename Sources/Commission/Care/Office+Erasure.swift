internal import Diagnostics
internal import FEEL

/// Making the content of a case unreadable for ever (D13). Two people agree to it.
extension Office {
  /// What a call of `erase` has led to.
  public enum Erasure: String, Hashable, Sendable, Codable {
    /// It is on record that it is to be erased; somebody else has to agree.
    case asked
    /// The key of the case is destroyed.
    case erased
    /// The key of the person too: this was the last of their cases.
    case erasedWithPerson
  }

  /// Erases a closed case once two people have asked for it: its answers, documents, names and reasons cannot be read
  /// again, by nobody. That there was a case, who acted and when stays on record, and every chain stays whole.
  ///
  /// - Throws: `USER004`; `CASE011` when there is no such case; `CASE080` while it is open; `CASE081` while another
  ///   agency owes an answer; `CASE082` when the same person asks twice; `CASE083` when it was erased before; `STORE024`
  ///   when the store is not encrypted.
  public func erase(
    _ number: CaseNumber, reason: String, command: CommandID? = nil
  ) async throws -> Erasure {
    try require(.eraseCases)
    if let command, let text = try await store.answer(to: command) {
      return try Payload().value(Erasure.self, from: text)
    }
    guard store.canErase else { throw Diagnostic("STORE024") }
    let (list, _) = try await ErasureList.read(in: store)
    guard !list.done.contains(number) else {
      // whoever asks again after a failure may have left something behind
      try await store.scrub()
      throw Diagnostic("CASE083", ["number": number.description])
    }
    guard try await openExchange().awaited.allSatisfy({ $0.caseNumber != number }) else {
      throw Diagnostic("CASE081", ["number": number.description])
    }
    let actor = user.name
    return try await perform("case.erased", command: command, reason: reason) { work in
      try await work.erase(number, agreed: actor, reason: reason)
    }
  }
}

extension Work {
  /// Asks for the erasure, or does what another has asked for.
  fileprivate mutating func erase(
    _ number: CaseNumber, agreed actor: String, reason: String
  ) async throws -> Office.Erasure {
    let loaded = try await loaded(number)
    let state = loaded.state
    guard state.closedAt != nil else {
      throw Diagnostic("CASE080", ["number": number.description])
    }
    var (list, version) = try await ErasureList.read(in: store)
    guard let first = list.asked[number.description] else {
      list.asked[number.description] = ErasureList.Request(by: actor, at: now)
      try replace(
        .erasures, after: version, kind: "erasure.asked", payload: [number.description],
        state: list)
      return .asked
    }
    guard first.by != actor else {
      throw Diagnostic("CASE082", ["number": number.description, "user": actor])
    }
    list.asked[number.description] = nil
    list.done.append(number)
    erase(.case(number), after: loaded.version)
    let isLast = try await forget(number, of: state.opening.person)
    if isLast { list.people.append(state.opening.person) }
    try replace(
      .erasures, after: version, kind: "erasure.done",
      payload: [number.description] + (isLast ? [state.opening.person] : []), state: list)
    return isLast ? .erasedWithPerson : .erased
  }

  /// Takes the case away from its person; who has no other is erased too.
  ///
  /// - Returns: whether it was the last one.
  private mutating func forget(_ number: CaseNumber, of identifier: String) async throws -> Bool {
    guard !identifier.isEmpty else { return false }
    var (version, person) = try await readPerson(identifier)
    person.cases.removeAll { $0 == number }
    if person.cases.isEmpty { erase(.person(identifier), after: version) } else { put(person) }
    return person.cases.isEmpty
  }
}

/// Which cases were erased, and which are asked for: the state of the stream `erasures`.
struct ErasureList: Codable {
  struct Request: Codable {
    let by: String
    let at: Instant
  }

  /// The kind of the last record of what was erased; it cannot be read, and the stream `erasures` says who has agreed.
  static let mark = "case.erased"

  var asked: [String: Request] = [:]
  var done: [CaseNumber] = []
  /// People whose last case was erased.
  var people: [String] = []

  /// The case that a record of the stream is about.
  static func number(in record: Record) throws -> CaseNumber? {
    try Payload().value([String].self, from: record.payload).first.map { try CaseNumber($0) }
  }

  static func read(in store: any CaseStore) async throws -> (ErasureList, Int) {
    guard let stored = try await store.state(of: .erasures) else { return (ErasureList(), 0) }
    return (try Payload().value(ErasureList.self, from: stored.state), stored.version)
  }
}
