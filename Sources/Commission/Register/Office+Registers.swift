internal import Diagnostics
public import FEEL
internal import XML

/// Reading registers.
extension Office {
  /// The registers, with how many numbers each gave in `year`.
  ///
  /// - Throws: `USER004` when the user may not see registers.
  public func registers(in year: Int) async throws -> [RegisterSummary] {
    try require(.readRegisters)
    let own = try await store.heads(of: "register/\(authority.commission)/")
    let paper = try await store.heads(of: "paper-register/\(authority.commission)/")
    func count(_ name: String, _ heads: [StreamHead], _ folder: String) -> Int? {
      heads.first {
        $0.stream.description == "\(folder)/\(authority.commission)/\(name)/\(year)"
      }?.version
    }
    let given = own.compactMap { $0.stream.register }.map(\.name)
    let numbered = (RegisterName.numbered + given).removingRepeats()
    return numbered.map {
      RegisterSummary(
        register: RegisterName(rawValue: $0), count: count($0, own, "register") ?? 0,
        imported: count($0, paper, "paper-register") ?? 0)
    }
      + RegisterName.Derived.allCases.map {
        RegisterSummary(register: RegisterName(rawValue: $0.rawValue), count: nil, imported: 0)
      }
  }

  /// What `register` says of the days `from` to `to`, both included. Each case that has an entry is on record as looked at.
  ///
  /// - Throws: `USER004` when the user may not see registers; `REG001` when there is none of that name; `REG002` when a
  ///   number is missing.
  public func page(of register: RegisterName, from: Day, to: Day) async throws -> RegisterPage {
    try require(.readRegisters)
    let known = try await registers(in: to.year).map(\.register)
    guard known.contains(register) else {
      throw Diagnostic(
        "REG001",
        [
          "register": String(register.rawValue.prefix(60)),
          "known": known.map(\.rawValue).joined(separator: ", "),
        ])
    }
    var reader = RegisterReader(office: self, from: from, to: to)
    let columns: [String]
    var entries: [RegisterPage.Entry]
    var numbers: Int?
    if let derived = register.derived {
      (columns, entries) = try await reader.page(of: derived)
      entries = entries.sortedByDay
    } else {
      (columns, entries, numbers) = try await reader.numbered(register.rawValue)
    }
    try await note(.register, of: reader.seen)
    let words = try await codeWords()
    return RegisterPage(
      register: register, from: from, to: to, columns: columns,
      entries: try entries.map { try words.entry($0, in: columns) }, numbers: numbers)
  }

  /// Writes for each of many cases that something of it is shown.
  private func note(_ access: CaseAccess, of numbers: Set<CaseNumber>) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in numbers.sorted() { group.addTask { try await note(access, of: number) } }
      try await group.waitForAll()
    }
  }
}

extension Stream {
  /// The name and the year of the register whose numbers these are; `nil` when they are none.
  var register: (name: String, year: Int)? {
    let parts = description.split(separator: "/")
    guard parts.count == 4, parts[0] == "register", let year = Int(parts[3]) else { return nil }
    return (String(parts[2]), year)
  }
}

extension [RegisterPage.Entry] {
  /// By day; what happened on one day, and what has none, stays in its order.
  fileprivate var sortedByDay: [RegisterPage.Entry] {
    enumerated().sorted {
      ($0.element.day?.description ?? "", $0.offset) < (
        $1.element.day?.description ?? "", $1.offset
      )
    }.map(\.element)
  }
}
