internal import Diagnostics
public import FEEL
internal import Foundation

/// The commission at work: every use case of `mse`, over any store.
///
/// Each call that changes something is one transaction. When another writer comes first, it is read and stepped again.
public struct Office: Sendable {
  public private(set) var store: any CaseStore
  /// Who acts. In demo and test stores the caller may name anybody, elsewhere the account decides.
  public let user: Authority.User
  public let authority: Authority
  let definitions: DefinitionCache
  /// The language of questions and problems.
  public let language: Language
  private let fixedNow: Instant?

  /// Opens the office of `store` for `user`.
  ///
  /// - Parameters:
  ///   - user: the name of a user of the authority.
  ///   - now: the time it is, for demo and test stores; `nil`: the clock of the machine.
  ///   - definitions: compiled definitions shared by several offices of one process.
  /// - Throws: `STORE003` when the store was never set up; `USER001` when there is no such user; `USER002` when `now` is
  ///   given in a store that is in real use.
  public init(
    store: any CaseStore, user: String, now: Instant? = nil, language: Language = .en,
    definitions: DefinitionCache = DefinitionCache()
  ) async throws {
    authority = try await Office.authority(of: store)
    guard now == nil || authority.isTest else { throw Diagnostic("USER002") }
    self.user = try authority.user(user)
    self.store = store
    self.definitions = definitions
    self.language = language
    fixedNow = now
  }

  /// Who works in the office of `store`.
  ///
  /// - Throws: `STORE003` when the store was never set up.
  static func authority(of store: any CaseStore) async throws -> Authority {
    guard let stored = try await store.state(of: .authority) else { throw Diagnostic("STORE003") }
    return try Payload().value(Authority.self, from: stored.state)
  }

  /// Sets up an empty store.
  ///
  /// - Parameters:
  ///   - tables: the tables of an office folder, by file name; `users.csv` must hold an administrator.
  ///   - actor: the account that sets up; in a store for real use one of the users.
  /// - Throws: `STORE002` when it is set up already; `CASE010` for a missing value; `USER010` when the account could not
  ///   use the store; `USER012` when nobody could look after it.
  public static func found(
    in store: any CaseStore, commission: String, isTest: Bool, drawSecret: String,
    tables: [String: CSV], by actor: String, now: Instant? = nil, command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    guard try await store.state(of: .authority) == nil else { throw Diagnostic("STORE002") }
    var authority = Authority(commission: commission, isTest: isTest, drawSecret: drawSecret)
    try authority.read(tables)
    guard isTest || authority.users.contains(where: { $0.name == actor }) else {
      throw Diagnostic("USER010", ["account": actor])
    }
    guard authority.hasAdministrator else { throw Diagnostic("USER012") }
    var work = Work(
      store: store, definitions: DefinitionCache(), authority: authority, actor: actor,
      now: now ?? .current, language: .en)
    try await work.replaceAuthority(authority)
    _ = try await store.commit(
      work.finished(kind: "authority.founded", command: command, answer: ""))
  }

  /// The same office at work on another store.
  func working(on store: any CaseStore) -> Office {
    var office = self
    office.store = store
    return office
  }

  /// The time it is for this office.
  public var now: Instant { fixedNow ?? .current }

  /// The day it is in the commission.
  public var today: Day { now.officeDay }

  /// The definitions that a case of `profile` opened now would run on.
  public func currentDefinitions(for profile: String) async throws -> DefinitionSet {
    try await definitions.set(for: profile, on: today, in: store)
  }

  /// A command of this user that has read and written nothing yet.
  func newWork() -> Work {
    Work(
      store: store, definitions: definitions, authority: authority, actor: user.name, now: now,
      language: language)
  }

  /// One command: reads, steps and commits, again from the start when another writer was first.
  ///
  /// Who comes late waits a random moment, longer each time, so that one after the other gets through.
  /// - Throws: `STORE001` after the hundredth attempt.
  func perform<Answer: Codable & Sendable>(
    _ kind: String, command: CommandID? = nil, reason: String? = nil,
    onBehalfOf principal: String? = nil,
    _ body: (inout Work) async throws -> Answer
  ) async throws -> Answer {
    if let command, let text = try await store.answer(to: command) {
      return try Payload().value(Answer.self, from: text)
    }
    var attempt = 1
    while true {
      var work = newWork()
      work.reason = reason
      work.onBehalfOf = principal
      let answer = try await body(&work)
      do {
        let batch = try work.finished(
          kind: kind, command: command, answer: Payload().text(answer))
        let receipt = try await store.commit(batch)
        guard receipt.wasRepeated else { return answer }
        return try Payload().value(Answer.self, from: receipt.answer)
      } catch let problem as Diagnostic where problem.code == "STORE001" && attempt < 100 {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...min(10 * attempt, 500))))
        attempt += 1
      }
    }
  }

  /// A look at a case that changes nothing but its access log.
  ///
  /// - Parameter access: what the user is shown of it, on record before anything is; `nil` when nobody is shown anything
  ///   but that the case is there and when it falls due.
  func reading(
    _ number: CaseNumber, for access: CaseAccess?, onBehalfOf principal: String? = nil
  ) async throws -> (work: Work, loaded: LoadedCase) {
    var work = newWork()
    let loaded = try await work.loaded(number)
    if let access { try await note(access, of: number, onBehalfOf: principal) }
    return (work, loaded)
  }
}

extension Instant {
  /// The clock of the machine, in whole seconds.
  static var current: Instant { Instant(seconds: Int(Date().timeIntervalSince1970)) }
}
