internal import Commission
internal import Diagnostics
internal import FEEL

/// The people of a simulated office.
struct Staff: Sendable {
  struct Person: Sendable {
    let name: String
    let roles: [String]
    /// Index in the table of people.
    let post: Int
    let hours: WorkingHours
    let absent: Set<Day>
  }

  let people: [Person]
  /// Who opens the mail and lets time pass.
  let clerk: String
  /// Who sees everything.
  let head: String
  /// The tables of the office, by file name.
  let office: [String: CSV]

  /// - Throws: `SIM006` when nobody is there for something the office cannot do without.
  init(_ plan: Simulation.Plan, _ tables: SimulationTables, dice: Dice, days: [Day]) throws {
    var people: [Person] = []
    var lines = (users: ["user,name,roles,commission"], experts: [Self.expertHeading])
    let (rate, longest) = try (tables.setting("absences"), tables.setting("absence-longest"))
    for (place, post) in tables.posts.enumerated() {
      let isExpert = post.name == SimulationTables.expertPost
      let count = isExpert ? plan.experts ?? post.count : post.count
      for index in 0..<count {
        let name = "\(post.name)-\(index + 1)"
        let expert = isExpert ? tables.experts[index % tables.experts.count] : nil
        let roles = expert?.roles ?? post.roles.joined(separator: " ")
        lines.users.append("\(name),\(name),\(roles),\(expert?.commission ?? "07")")
        if let expert {
          lines.experts.append(Self.line(expert, code: "E-\(index + 1)".paddedCode, user: name))
        }
        people.append(
          Person(
            name: name, roles: roles.split(separator: " ").map(String.init), post: place,
            hours: post.hours,
            absent: Self.absences(of: name, dice, rate: rate, longest: longest, days: days)))
      }
    }
    func anybody(_ role: String) throws -> String {
      guard let name = people.first(where: { $0.roles.contains(role) })?.name else {
        throw Diagnostic("SIM006", ["role": role])
      }
      return name
    }
    self.people = people
    clerk = try anybody("secretary")
    head = try anybody("head")
    _ = try anybody("admin")
    office = try Self.tables(users: lines.users, experts: lines.experts)
  }

  /// The indices of those who may do a task.
  func able(to task: TaskRow) -> [Int] {
    people.indices.filter { index in
      let person = people[index]
      return task.assignee.map { $0 == person.name }
        ?? !Set(person.roles).isDisjoint(with: task.groups)
    }
  }

  private static let expertHeading =
    "expert,user,name,speciality,area,commission,institution,settlement,chair"

  private static func line(
    _ expert: SimulationTables.Expert, code: String, user: String
  ) -> String {
    [
      code, user, user, expert.speciality, expert.area, expert.commission, "", expert.settlement,
      expert.isChair ? "yes" : "no",
    ].joined(separator: ",")
  }

  /// The people above, with the other tables of the demo's office.
  private static func tables(users: [String], experts: [String]) throws -> [String: CSV] {
    try Authority.tableNames.reduce(into: [:]) { tables, name in
      let bytes: [UInt8] =
        switch name {
        case "users.csv": Array(users.joined(separator: "\n").utf8)
        case "experts.csv": Array(experts.joined(separator: "\n").utf8)
        default: Resources.bytes("Samples/demo/office/\(name)") ?? []
        }
      tables[name] = try CSV(parsing: bytes, file: name)
    }
  }

  /// The working days on which somebody is ill.
  private static func absences(
    of name: String, _ dice: Dice, rate: Int, longest: Int, days: [Day]
  ) -> Set<Day> {
    var absent: Set<Day> = []
    for (index, day) in days.enumerated()
    where dice.happens("ill|\(name)|\(day)", perThousand: rate) {
      let length = 1 + dice.roll("ill|\(name)|\(day)|length", longest)
      absent.formUnion(days[index..<min(days.count, index + length)])
    }
    return absent
  }
}

extension String {
  /// `E-7` → `E-07`: codes in the order of their numbers.
  fileprivate var paddedCode: String { "E-" + String(dropFirst(2)).leftPadded(with: "0", to: 3) }
}
