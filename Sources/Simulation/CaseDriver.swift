public import Commission
internal import Diagnostics
public import FEEL
public import XForms
internal import XML

/// An office of made-up people who receive, apply, fill in and hand in, at a time that is set by hand.
///
/// It calls the use cases that `mse` calls; nothing is done behind the back of the engine.
public struct CaseDriver: Sendable {
  /// Where the office works; another one after a crash.
  public var store: any CaseStore
  public var now: Instant
  /// What people answer where a run does not say.
  public let usual: UsualAnswers
  /// Who works here, in the order of the table.
  public let users: [(name: String, roles: [String])]
  private let cache = DefinitionCache()

  /// Sets up an office in an empty store and deploys `definitions`.
  ///
  /// - Parameter tables: those of an office folder; one of the users must be an administrator.
  /// - Throws: what `Office.found` and `deploy` throw.
  public init(
    in store: any CaseStore, tables: [String: CSV], definitions: [DefinitionFile],
    usual: UsualAnswers, drawSecret: String, now: Instant
  ) async throws {
    self.store = store
    self.usual = usual
    self.now = now
    users =
      tables["users.csv"]?.rows.map {
        ($0["user"], $0["roles"].split(separator: " ").map(String.init))
      } ?? []
    try await Office.found(
      in: store, commission: "07", isTest: true, drawSecret: drawSecret, tables: tables,
      by: "simulation", now: now)
    guard let administrator = users.first(where: { $0.roles.contains("admin") }) else {
      throw Diagnostic("USER012")
    }
    _ = try await office(administrator.name).deploy(definitions)
  }

  public func office(_ user: String) async throws -> Office {
    try await Office(store: store, user: user, now: now, definitions: cache)
  }

  /// The day it is in the office.
  public var today: Day {
    DateTime(now, in: .office)!.day  // a run stays within the range of dates
  }

  /// How forms are filled now.
  public func filler(
    _ given: [AnswerFiller.Given] = [], isCareful: Bool = true,
    pick: @escaping (_ path: String, _ count: Int) -> Int = { _, _ in 0 }
  ) -> AnswerFiller {
    AnswerFiller(usual, given: given, today: today, isCareful: isCareful, pick: pick)
  }

  /// Lodges an application at the desk: the form `<kind>-request`, and `identity` for answers at `person.…`.
  public func apply(
    _ kind: String, _ given: [AnswerFiller.Given], profile: String = "AZ-2022", by user: String,
    isCareful: Bool = true, pick: @escaping (_ path: String, _ count: Int) -> Int = { _, _ in 0 }
  ) async throws -> CaseNumber {
    let office = try await office(user)
    let set = try await office.currentDefinitions(for: profile)
    func filled(_ form: String, _ given: [AnswerFiller.Given]) throws -> Element {
      var answers = try Answers(set.form(form), now: DateTime(now, in: .office)!)
      try filler(given, isCareful: isCareful, pick: pick).fill(&answers)
      return answers.xml()
    }
    let own = "person."
    let person = given.filter { $0.path.hasPrefix(own) }.map {
      AnswerFiller.Given(path: String($0.path.dropFirst(own.count)), text: $0.text)
    }
    let request = try filled("\(kind)-request", given.filter { !$0.path.hasPrefix(own) })
    return try await office.apply(request, for: filled("identity", person), profile: profile)
  }

  /// The form of an open task as `user` hands it in, filled by `fill`.
  public func answers(
    to task: Int, by user: String, fill: (inout Answers) throws -> Void
  ) async throws -> Answers {
    var answers = try await office(user).form(of: task).answers
    try fill(&answers)
    return answers
  }

  /// Who may hand in a task: the one who has it, or everybody it is offered to.
  public func able(to task: TaskRow) -> [String] {
    task.assignee.map { [$0] }
      ?? users.filter { !Set($0.roles).isDisjoint(with: task.groups) }.map(\.name)
  }
}
