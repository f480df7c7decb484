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

  /// What `register` says of the days `from` to `to`, both included.
  ///
  /// - Throws: `USER004` when the user may not see registers; `REG001` when there is none of that name; `REG002` when a
  ///   number is missing.
  public func page(of register: RegisterName, from: Day, to: Day) async throws -> RegisterPage {
    try require(.readRegisters)
    var reader = RegisterReader(office: self, from: from, to: to)
    if let derived = register.derived {
      let (columns, entries) = try await reader.page(of: derived)
      return RegisterPage(
        register: register, from: from, to: to, columns: columns,
        entries: entries.sortedByDay, numbers: nil)
    }
    let known = try await registers(in: to.year).map(\.register)
    guard known.contains(register) else {
      throw Diagnostic(
        "REG001",
        [
          "register": String(register.rawValue.prefix(60)),
          "known": known.map(\.rawValue).joined(separator: ", "),
        ])
    }
    let (columns, entries, numbers) = try await reader.numbered(register.rawValue)
    return RegisterPage(
      register: register, from: from, to: to, columns: columns, entries: entries,
      numbers: numbers)
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
