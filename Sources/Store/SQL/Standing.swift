internal import Commission
internal import Diagnostics

/// What stands in a store where a batch is about to write, all asked for at once.
struct Standing {
  /// Whether the command of the batch was carried out before.
  let isRepeated: Bool
  /// Of the streams that exist already.
  let heads: [Stream: StreamHead]
  /// In the order of the batch.
  let cases: [StandingCase]

  /// Registers the command of `batch`, and keeps its streams from other writers until the transaction ends.
  init(before batch: Batch, in session: some SQLSession) throws {
    // always in the order of names: two writers then wait for each other, and never both
    let streams = Set(batch.appends.map(\.stream)).sorted()
    var questions = batch.command.map { [Self.registering($0, batch.answer)] } ?? []
    questions += streams.map { Self.locked($0, session.dialect) }
    questions += batch.cases.flatMap(StandingCase.questions)
    var answers = try session.answers(to: questions)[...]
    isRepeated = batch.command != nil && answers.removeFirst().changed == 0
    var heads: [Stream: StreamHead] = [:]
    for stream in streams {
      heads[stream] = try answers.removeFirst().rows.first.map { try StreamHead(stream, $0) }
    }
    self.heads = heads
    cases = try batch.cases.map { try StandingCase($0, answers: &answers) }
  }

  /// The head of one stream.
  static func head(of stream: Stream, in session: some SQLSession) throws -> StreamHead? {
    try session.answers(to: [locked(stream, session.dialect)])[0].rows.first.map {
      try StreamHead(stream, $0)
    }
  }

  private static func registering(_ command: CommandID, _ answer: String) -> SQLStatement {
    SQLStatement(
      "INSERT INTO command (id, answer) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
      [command.description, answer])
  }

  private static func locked(_ stream: Stream, _ dialect: SQLDialect) -> SQLStatement {
    SQLStatement(
      "SELECT version, hash FROM stream WHERE name = ?\(dialect.forUpdate)", [stream.description])
  }
}

/// What the lists hold of one case.
struct StandingCase {
  /// What may change of its row, first what an index holds; `nil`: it is a new case.
  let row: SQLRow?
  /// By key: those that the batch has, too.
  let tasks: [Int: SQLRow]
  let lines: CaseLines

  static func questions(about rows: CaseRows) -> [SQLStatement] {
    let number = rows.row.number.description
    let marks = rows.tasks.map { _ in "?" }.joined(separator: ", ")
    let row = SQLStatement(
      """
      SELECT status, person, due, closed_at, stands_at, initials, birth_year FROM case_row WHERE number = ?
      """, [number])
    let tasks = SQLStatement(
      """
      SELECT element, name, form, assignee, due, status, draft, outcome, offered_to, id, key FROM task
      WHERE case_number = ? AND key IN (\(marks))
      """, [number] + rows.tasks.map(\.key))
    return [row, CaseLines.question(about: rows.row.number)] + (rows.tasks.isEmpty ? [] : [tasks])
  }

  /// Takes what answers the questions from the beginning of `answers`.
  init(_ rows: CaseRows, answers: inout ArraySlice<SQLAnswer>) throws {
    row = answers.removeFirst().rows.first
    lines = try CaseLines(of: rows.row.number, answers.removeFirst().rows)
    guard !rows.tasks.isEmpty else {
      tasks = [:]
      return
    }
    tasks = try Dictionary(
      answers.removeFirst().rows.map { try ($0.integer("key"), $0) }, uniquingKeysWith: { $1 })
  }
}

extension StreamHead {
  init(_ stream: Stream, _ row: SQLRow) throws {
    try self.init(stream: stream, version: row.integer("version"), hash: row.hash("hash"))
  }
}

extension CaseLines {
  /// One query over all lists: timers, subscriptions, incidents and clocks of a case as they are at one moment.
  static func question(about number: CaseNumber) -> SQLStatement {
    SQLStatement(
      """
      SELECT 'timer' AS list, key AS number, due AS first, '' AS second FROM timer WHERE case_number = ?
      UNION ALL SELECT 'subscription', key, message, correlation_key FROM subscription WHERE case_number = ?
      UNION ALL SELECT 'incident', key, element, code FROM incident WHERE case_number = ?
      UNION ALL SELECT 'clock', paused, parameter, due FROM clock WHERE case_number = ?
      """, Array(repeating: number.description, count: 4))
  }

  init(of number: CaseNumber, _ rows: [SQLRow]) throws {
    var timers: [TimerRow] = []
    var subscriptions: [SubscriptionRow] = []
    var incidents: [IncidentRow] = []
    var clocks: [ClockRow] = []
    for row in rows {
      let key = try row.integer("number")
      switch try row.text("list") {
      case "timer":
        try timers.append(TimerRow(caseNumber: number, key: key, due: row.instant("first")))
      case "subscription":
        try subscriptions.append(
          SubscriptionRow(
            caseNumber: number, key: key, message: row.text("first"),
            correlationKey: row.text("second")))
      case "incident":
        try incidents.append(
          IncidentRow(
            caseNumber: number, key: key, element: row.text("first"), code: row.text("second")))
      default:
        try clocks.append(
          ClockRow(
            caseNumber: number, parameter: row.text("first"), due: row.instant("second"),
            isPaused: key == 1))
      }
    }
    self.init(
      timers: timers, subscriptions: subscriptions, incidents: incidents, clocks: clocks)
  }
}
