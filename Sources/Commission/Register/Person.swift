internal import Diagnostics
public import FEEL

/// A person across all cases: who it is, and the periods of established disability.
public struct Person: Hashable, Sendable, Codable {
  /// A period in which disability is established; periods of one person never overlap (domain.md, I3).
  public struct Period: Hashable, Sendable, Codable {
    public let from: Day
    /// `nil`: without term.
    public let to: Day?
    /// The number of the decision that set it.
    public let decision: String
    /// `nil`: it was taken over from a register on paper.
    public let caseNumber: CaseNumber?
    public let percent: Int?
    public let band: String?
    public let group: String?
    public let cause: String?
  }

  public let identifier: String
  /// The form `identity` as it was last received.
  public internal(set) var identity: FEELContext
  public internal(set) var periods: [Period] = []
  public internal(set) var cases: [CaseNumber] = []
  /// The day of the death, once it is entered.
  public private(set) var diedOn: Day?
  /// The periods that the death has ended, as they were established; `nil`: none.
  private var endedByDeath: [Period]?

  public init(identifier: String, identity: FEELContext) {
    self.identifier = identifier
    self.identity = identity
  }

  /// Adds `period`; an earlier one that is still running ends the day before.
  ///
  /// - Throws: `CASE020` when it begins before one that is already there.
  public mutating func add(_ period: Period) throws {
    if let last = periods.last, last.to.map({ $0 >= period.from }) ?? true {
      guard last.from < period.from, let end = period.from.adding(days: -1) else {
        throw Diagnostic("CASE020", ["decision": last.decision])
      }
      periods[periods.count - 1] = last.ending(on: end)
    }
    periods.append(period)
  }

  /// Enters a period that was established earlier, between those that are there.
  ///
  /// - Throws: `REG019` naming the decision whose period it would overlap.
  public mutating func enter(_ period: Period) throws {
    let place = periods.firstIndex { $0.from > period.from } ?? periods.count
    if place > 0, periods[place - 1].to.map({ $0 >= period.from }) ?? true {
      throw Diagnostic("REG019", ["decision": periods[place - 1].decision])
    }
    if place < periods.count, period.to.map({ $0 >= periods[place].from }) ?? true {
      throw Diagnostic("REG019", ["decision": periods[place].decision])
    }
    periods.insert(period, at: place)
  }

  /// Enters the day of the death: what is established ends with it. A day that was entered before was wrong.
  mutating func die(on day: Day) {
    if let wrong = diedOn { revive(from: wrong) }
    endedByDeath = periods.filter { $0.to.map { $0 > day } ?? true }
    end(on: day)
    diedOn = day
  }

  /// The periods as they were before the death on `wrong`, but for those that were withdrawn since.
  private mutating func revive(from wrong: Day) {
    for original in endedByDeath ?? [] {
      if original.from > wrong {
        periods.append(original)
      } else if let place = periods.firstIndex(where: {
        $0.decision == original.decision && $0.to == wrong
      }) {
        periods[place] = original
      }
    }
    periods.sort { $0.from < $1.from }
  }

  /// Ends what is established with `day`; periods that begin later are no more.
  public mutating func end(on day: Day) {
    periods = periods.filter { $0.from <= day }.map {
      $0.to.map { $0 <= day } ?? false ? $0 : $0.ending(on: day)
    }
  }

  /// Withdraws the period that `decision` set, because an appeal annulled it.
  public mutating func removePeriod(of decision: String) {
    periods.removeAll { $0.decision == decision }
  }

  /// What is established on `day`.
  public func period(on day: Day) -> Period? {
    periods.last { $0.from <= day && ($0.to.map { day <= $0 } ?? true) }
  }

  /// Whole years of established disability up to `day`; gaps do not count (DT-05).
  public func accumulatedYears(on day: Day) -> Int {
    let months = periods.reduce(0) { sum, period in
      let end = min(period.to ?? day, day)
      return period.from < end
        ? sum + YearsMonthsDuration(from: period.from, to: end).totalMonths : sum
    }
    return months / 12
  }
}

extension Person.Period {
  /// The same with another last day.
  func ending(on day: Day) -> Person.Period {
    Person.Period(
      from: from, to: day, decision: decision, caseNumber: caseNumber, percent: percent,
      band: band, group: group, cause: cause)
  }

  /// The period as expressions see it.
  var feel: FEELContext {
    [
      "from": .date(from), "to": to.map { .date($0) } ?? .null, "decision": .string(decision),
      "case": caseNumber.map { .string($0.description) } ?? .null,
      "percent": percent.map { .number(Decimal128($0)) } ?? .null,
      "band": band.map { .string($0) } ?? .null, "group": group.map { .string($0) } ?? .null,
      "cause": cause.map { .string($0) } ?? .null,
    ]
  }
}

extension PersonRow {
  /// What people are found by: personal number, birth date and folded names.
  public init(_ person: Person) {
    let identity = person.identity
    var birthDate = ""
    if case .date(let day)? = identity["birthDate"] { birthDate = day.description }
    self.init(
      identifier: person.identifier,
      personalNumber: identity["fin"]?.text.flatMap(PersonalNumber.init)?.description,
      birthDate: birthDate, search: folded(identity.fullName))
  }
}

extension FEELContext {
  /// Surname, given name and patronymic of the form `identity`.
  var fullName: String {
    ["surname", "given", "patronymic"].compactMap { self[$0]?.text }.joined(separator: " ")
  }
}

/// Lower case without dots and hooks, so that `Məmmədova`, `MAMMADOVA` and `memmedova` meet.
func folded(_ name: String) -> String {
  let plain: [Character: String] = [
    "ə": "e", "ğ": "g", "ı": "i", "i": "i", "ö": "o", "ü": "u", "ş": "s", "ç": "c", "İ": "i",
    "I": "i",
  ]
  return name.reduce(into: "") { result, letter in
    result +=
      plain[letter] ?? letter.lowercased().reduce(into: "") { $0 += plain[$1] ?? String($1) }
  }
}
