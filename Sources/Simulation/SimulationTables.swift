internal import Commission
internal import Diagnostics
internal import FEEL

/// What a simulated office is like: the tables of `Samples/simulation`, which an analyst edits.
public struct SimulationTables: Sendable {
  /// A kind of case that arrives.
  struct Mix: Sendable {
    enum Kind: String, Sendable {
      /// A sealed file of an agency, like a sample.
      case referral
      /// A form that the person hands in at the desk.
      case application
    }

    let kind: Kind
    let like: String
    /// Parts of all arrivals.
    let share: Int
    let born: ClosedRange<Int>
    let answers: [AnswerFiller.Given]
  }

  /// People with the same work.
  struct Post: Sendable {
    let name: String
    let roles: [String]
    let count: Int
    let hours: WorkingHours
    /// By language.
    let titles: [String: String]
  }

  /// An expert as the table lists them, to be hired in that order.
  struct Expert: Sendable {
    let speciality: String
    let area: String
    let commission: String
    let settlement: String
    let isChair: Bool
    let roles: String
  }

  /// How long the task of a form takes.
  struct Effort: Sendable {
    /// Minutes.
    let least: Int
    let usual: Int
    let most: Int
    /// Working days that pass before it can be begun.
    let after: Int
  }

  /// An answer that is sometimes given.
  struct Chance: Sendable {
    /// What it belongs to: the answers of one event are all given, or none.
    let event: String
    let path: String
    let text: String
    let perThousand: Int
  }

  let mix: [Mix]
  let posts: [Post]
  let experts: [Expert]
  let efforts: [String: Effort]
  let chances: [String: [Chance]]
  let usual: UsualAnswers
  private let settings: [String: CSV.Row]

  /// The tables of a folder.
  public static let names = [
    "answers.txt", "cases.csv", "chances.csv", "experts.csv", "people.csv", "settings.csv",
    "work.csv",
  ]

  /// The post that the table of people gives to the experts.
  static let expertPost = "experts"

  /// - Parameter file: the bytes of one of `names`; `nil`: as shipped.
  /// - Throws: `CASE010`, `SIM002` with file and line of a value that is missing or makes no sense; `SIM004`.
  public init(_ file: (String) throws -> [UInt8]?) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      try file(name) ?? Resources.bytes("Samples/simulation/\(name)") ?? []
    }
    func rows<Row>(_ name: String, _ read: (CSV.Row) throws -> Row) throws -> [Row] {
      let rows = try CSV(parsing: bytes(name), file: name).rows.map(read)
      guard !rows.isEmpty else { throw Diagnostic("SIM005", ["file": name]) }
      return rows
    }
    usual = try UsualAnswers(parsing: bytes("answers.txt"), file: "answers.txt")
    mix = try rows("cases.csv") { try Mix($0) }
    posts = try rows("people.csv") { try Post($0) }
    experts = try rows("experts.csv") { try Expert($0) }
    efforts = try Dictionary(
      rows("work.csv") { try ($0.required("form"), Effort($0)) }
    ) { _, last in last }
    let chances = try CSV(parsing: bytes("chances.csv"), file: "chances.csv").rows
    self.chances = try Dictionary(grouping: chances) { $0["form"] }.mapValues {
      try $0.map { try Chance($0) }
    }
    settings = try Dictionary(
      rows("settings.csv") { try ($0.required("name"), $0) }
    ) { _, last in last }
  }

  /// A number of the table of settings.
  ///
  /// - Throws: `SIM002` when it is no number; `SIM005` when it is not there.
  func setting(_ name: String) throws -> Int { try row(of: name).count("value") }

  /// The first day of a run that is not told another.
  func firstDay() throws -> Day {
    let row = try row(of: "from")
    guard let day = Day(row["value"]) else { throw row.senseless("value") }
    return day
  }

  private func row(of name: String) throws -> CSV.Row {
    guard let row = settings[name] else { throw Diagnostic("SIM005", ["file": "settings.csv"]) }
    return row
  }

  func effort(for form: String) -> Effort {
    efforts[form] ?? efforts["*"] ?? Effort(least: 10, usual: 20, most: 40, after: 0)
  }
}

// MARK: Rows

extension SimulationTables.Mix {
  init(_ row: CSV.Row) throws {
    guard let kind = Kind(rawValue: row["kind"]) else { throw row.senseless("kind") }
    self.kind = kind
    like = try row.required("like")
    share = try row.count("share")
    let years = row["born"].split(separator: "-").compactMap { Int($0) }
    guard years.count == 2 ? years[0] <= years[1] : row["born"].isEmpty else {
      throw row.senseless("born")
    }
    born = years.count == 2 ? years[0]...years[1] : 1960...1990
    answers = try row["answers"].split(separator: " ").map { word in
      let parts = word.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { throw row.senseless("answers") }
      return AnswerFiller.Given(
        path: String(parts[0]), text: String(parts[1].map { $0 == "+" ? " " : $0 }))
    }
  }
}

extension SimulationTables.Post {
  init(_ row: CSV.Row) throws {
    name = try row.required("post")
    roles = try row.required("roles").split(separator: " ").map(String.init)
    count = try row.count("count")
    guard
      let hours = WorkingHours(from: row["from"], to: row["to"], break: row["break"])
    else { throw row.senseless("from, to, break") }
    self.hours = hours
    titles = ["az", "en", "ru"].reduce(into: [:]) { $0[$1] = row[$1] }
  }
}

extension SimulationTables.Expert {
  init(_ row: CSV.Row) throws {
    speciality = try row.required("speciality")
    area = try row.required("area")
    commission = try row.required("commission")
    settlement = try row.required("settlement")
    isChair = row["chair"] == "yes"
    roles = try row.required("roles")
  }
}

extension SimulationTables.Effort {
  init(_ row: CSV.Row) throws {
    self.init(
      least: try row.count("least"), usual: try row.count("usual"), most: try row.count("most"),
      after: try row.count("after"))
    guard least <= usual, usual <= most else { throw row.senseless("least, usual, most") }
  }
}

extension SimulationTables.Chance {
  init(_ row: CSV.Row) throws {
    event = try row.required("event")
    path = try row.required("path")
    text = try row.required("text")
    perThousand = try row.count("per-thousand")
  }
}

extension CSV.Row {
  /// A number from 0 to a million.
  ///
  /// - Throws: `CASE010` when there is none; `SIM002` when it is none.
  fileprivate func count(_ column: String) throws -> Int {
    guard let count = Int(try required(column)), (0...1_000_000).contains(count) else {
      throw senseless(column)
    }
    return count
  }

  fileprivate func senseless(_ column: String) -> Diagnostic {
    Diagnostic("SIM002", ["column": column], at: location)
  }
}
