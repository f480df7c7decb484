public import FEEL

/// A register of the commission (domain.md 4.3), by the name people call it by on the command line.
public struct RegisterName: RawRepresentable, Hashable, Sendable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// The registers that are read from what happened in the cases, and the tables of the office; all others give gapless
  /// numbers.
  enum Derived: String, CaseIterable {
    case measure, sitting, notification, recusal, person, expert, commission, institution
    case implementer
    case legalAct = "legal-act"
    case parameter
  }

  /// The registers that give numbers and that every office has; a workflow may add others by the task `register`.
  static let numbered = [
    "case", "referral", "decision", "certificate", "program", "appeal", "appeal-decision",
    "children-opinion", "special-conclusion", "social-referral", "notice",
  ]

  var derived: Derived? { Derived(rawValue: rawValue) }
}

/// What a register says of a period.
public struct RegisterPage: Hashable, Sendable {
  public struct Entry: Hashable, Sendable {
    /// `nil` in tables that have no days.
    public let day: Day?
    /// In the order of `RegisterPage.columns`: codes, days like 2026-05-17, numbers in digits; empty: not known.
    public internal(set) var values: [String]
    /// The same as people read them.
    public internal(set) var shown: [String] = []

    init(day: Day?, values: [String]) {
      self.day = day
      self.values = values
    }
  }

  public let register: RegisterName
  public let from: Day
  public let to: Day
  /// Keys of `Messages` below `column.`.
  public let columns: [String]
  public let entries: [Entry]
  /// How many numbers of the years in question were given in all, each of them once; `nil`: it gives no numbers.
  public let numbers: Int?
}

/// One line of the list of registers.
public struct RegisterSummary: Hashable, Sendable {
  public let register: RegisterName
  /// How many numbers were given in the year; `nil`: it gives none.
  public let count: Int?
  /// How many numbers of the year were taken over from paper.
  public let imported: Int
}

extension RegisterPage {
  /// The page as a paper.
  public func paper(in language: Language, commission: String) -> Paper {
    let messages = Messages(language)
    let names = columns.map { messages.text("column.\($0)") }
    let rows = entries.map { entry in
      zip(names, entry.shown).filter { !$1.isEmpty }.map { Paper.Fact(name: $0, value: $1) }
    }
    return Paper(
      language: language,
      title: messages.optional("register.\(register.rawValue)") ?? register.rawValue,
      head: [
        commission,
        messages.text("register.period", ["from": from.onPaper, "to": to.onPaper]),
      ], parts: rows.isEmpty ? [] : [.rows(rows)], foot: summary(in: language),
      isWide: true, columns: names)
  }

  /// How many entries it has, and that no number is missing.
  public func summary(in language: Language) -> [String] {
    let messages = Messages(language)
    let count = messages.text("register.count", ["count": "\(entries.count)"])
    let gapless = numbers.map { messages.text("register.gapless", ["count": "\($0)"]) }
    return [count, gapless].compactMap(\.self)
  }
}
