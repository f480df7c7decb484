import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing

@Suite struct TemporalWorkCalendarTests {
  static let weekend: Set<Weekday> = [.saturday, .sunday]

  /// March and April 2025 as in the acceptance examples of the clocks.
  static let novruz = ["03-20", "03-21", "03-24", "03-25", "03-26", "03-31", "04-01"]

  static func calendar(daysOff: [String], workingDays: [String] = []) throws -> WorkCalendar {
    func days(_ texts: [String], _ name: String) -> [Day: String] {
      Dictionary(uniqueKeysWithValues: texts.compactMap { Day("2025-" + $0) }.map { ($0, name) })
    }
    return try WorkCalendar(
      version: "2025-1",
      years: [
        WorkYear(
          year: 2025, weekend: weekend, daysOff: days(daysOff, "Novruz"),
          workingDays: days(workingDays, "instead of 24 March")),
        WorkYear(year: 2026, weekend: weekend, daysOff: [:]),
      ])
  }

  @Test(arguments: [
    ("2025-02-03", 10, "2025-02-17"), ("2025-02-03", 15, "2025-02-24"),
    ("2025-03-14", 10, "2025-04-08"), ("2025-02-03", 0, "2025-02-03"),
    ("2025-04-08", -10, "2025-03-14"), ("2025-12-31", 1, "2026-01-01"),
    ("2026-01-01", -1, "2025-12-31"), ("2025-03-22", 1, "2025-03-27"),
  ])
  func addsWorkingDays(start: String, count: Int, end: String) throws {
    let calendar = try Self.calendar(daysOff: Self.novruz)
    let day = try #require(Day(start))
    #expect(try calendar.adding(workingDays: count, to: day).description == end)
  }

  @Test func withoutHolidaysOnlyWeekendsAreLeftOut() throws {
    let calendar = try Self.calendar(daysOff: [])
    let start = try #require(Day("2025-03-14"))
    #expect(try calendar.adding(workingDays: 10, to: start).description == "2025-03-28")
  }

  @Test func transferredWorkingDaysCount() throws {
    let calendar = try Self.calendar(daysOff: ["03-24"], workingDays: ["03-29"])
    let friday = try #require(Day("2025-03-28"))
    #expect(try calendar.adding(workingDays: 1, to: friday).description == "2025-03-29")
    #expect(
      try calendar.next(onOrAfter: try #require(Day("2025-03-22"))).description == "2025-03-25")
    #expect(try calendar.next(onOrAfter: friday) == friday)
    #expect(
      try calendar.previous(onOrBefore: try #require(Day("2025-03-30"))).description == "2025-03-29"
    )
  }

  @Test func daysNotCountedAreNamed() throws {
    let calendar = try Self.calendar(daysOff: Self.novruz)
    let days = try calendar.notCounted(
      after: try #require(Day("2025-03-19")), through: try #require(Day("2025-03-24")))
    let texts = days.map { "\($0.day) \($0.reason ?? "weekend")" }
    #expect(
      texts == [
        "2025-03-20 Novruz", "2025-03-21 Novruz", "2025-03-22 weekend", "2025-03-23 weekend",
        "2025-03-24 Novruz",
      ])
  }

  @Test func aYearWithoutDataHasNoAnswer() throws {
    let calendar = try Self.calendar(daysOff: [])
    let last = try #require(Day("2026-12-31"))
    let after = try #require(Day("2027-01-01"))
    let missing = Diagnostic("CAL001", ["year": "2027", "version": "2025-1"])
    #expect(throws: missing) { try calendar.isWorking(after) }
    #expect(throws: missing) { try calendar.adding(workingDays: 1, to: last) }
    #expect(throws: missing) { try calendar.adding(workingDays: .max, to: last) }
    #expect(throws: missing) { try calendar.workingDays(after: last, through: after) }
    #expect(throws: missing) { try calendar.notCounted(after: last, through: after) }
    #expect(throws: missing) { try calendar.next(onOrAfter: after) }
    #expect(throws: Diagnostic("CAL001", ["year": "2024", "version": "2025-1"])) {
      try calendar.adding(workingDays: .min, to: last)
    }
  }

  @Test func dataThatContradictsItselfIsRefused() throws {
    let day = try #require(Day("2025-03-20"))
    func refusal(_ years: WorkYear...) -> Diagnostic? {
      do {
        _ = try WorkCalendar(version: "1", years: years)
        return nil
      } catch {
        return error as? Diagnostic
      }
    }
    let plain = WorkYear(year: 2025, weekend: Self.weekend, daysOff: [:])
    let wrongYear = WorkYear(year: 2024, weekend: Self.weekend, daysOff: [day: "Novruz"])
    let both = WorkYear(
      year: 2025, weekend: Self.weekend, daysOff: [day: "Novruz"], workingDays: [day: "moved"])
    #expect(refusal(plain) == nil)
    #expect(refusal(wrongYear) == Diagnostic("CAL002", ["day": "2025-03-20", "year": "2024"]))
    #expect(refusal(plain, plain) == Diagnostic("CAL003", ["year": "2025", "version": "1"]))
    #expect(refusal(both) == Diagnostic("CAL004", ["day": "2025-03-20"]))
  }

  @Test func isStoredWithItsDataOnly() throws {
    let calendar = try Self.calendar(daysOff: ["03-20"], workingDays: ["03-29"])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(calendar)
    #expect(
      String(decoding: data, as: UTF8.self) == """
        {"version":"2025-1","years":[\
        {"daysOff":{"2025-03-20":"Novruz"},"weekend":[6,7],"workingDays":{"2025-03-29":"instead of 24 March"},"year":2025},\
        {"daysOff":{},"weekend":[6,7],"workingDays":{},"year":2026}]}
        """)
    #expect(try JSONDecoder().decode(WorkCalendar.self, from: data) == calendar)
  }
}

/// The same questions, answered day by day.
@Suite struct TemporalWorkCalendarPropertyTests {
  private struct Slow {
    let years: [WorkYear]

    func isWorking(_ day: Day) -> Bool {
      guard let year = years.first(where: { $0.year == day.year }) else { return false }
      if year.workingDays[day] != nil { return true }
      return year.daysOff[day] == nil && !year.weekend.contains(day.weekday)
    }

    func adding(_ count: Int, to day: Day) -> Day {
      var (day, left) = (day, count.magnitude)
      while left > 0, let next = day.adding(days: count.signum()) {
        day = next
        if isWorking(day) { left -= 1 }
      }
      return day
    }

    func count(after start: Day, through end: Day) -> Int {
      guard start <= end else { return -count(after: end, through: start) }
      return (0..<end.days(since: start)).count { offset in
        start.adding(days: offset + 1).map(isWorking) ?? false
      }
    }
  }

  private static func randomYear(_ year: Int, _ random: inout SeededNumbers) -> WorkYear {
    let weekends: [Set<Weekday>] = [[.saturday, .sunday], [.friday, .saturday], [.sunday], []]
    let weekend = random.one(of: weekends)
    var (daysOff, workingDays): ([Day: String], [Day: String]) = ([:], [:])
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      let month = Int.random(in: 1...12, using: &random)
      guard let day = Day(year: year, month: month, day: Int.random(in: 1...28, using: &random))
      else { continue }
      if weekend.contains(day.weekday) {
        workingDays[day] = "moved"
      } else {
        daysOff[day] = "holiday"
      }
    }
    return WorkYear(year: year, weekend: weekend, daysOff: daysOff, workingDays: workingDays)
  }

  @Test(arguments: 1...20)
  func countsAsOneCountsByHand(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let years = (2018...2032).map { Self.randomYear($0, &random) }
    let (calendar, slow) = (try WorkCalendar(version: "random", years: years), Slow(years: years))
    let middle = try #require(Day("2023-01-01"))
    for _ in 0..<50 {
      let start = try #require(middle.adding(days: Int.random(in: 0..<1000, using: &random)))
      let end = try #require(middle.adding(days: Int.random(in: 0..<1000, using: &random)))
      let count = Int.random(in: -300...300, using: &random)
      let later = try calendar.adding(workingDays: count, to: start)
      #expect(later == slow.adding(count, to: start))
      #expect(
        try calendar.workingDays(after: start, through: end)
          == slow.count(after: start, through: end))
      #expect(try calendar.isWorking(start) == slow.isWorking(start))
      if count > 0 { #expect(try calendar.workingDays(after: start, through: later) == count) }
      let notCounted = try calendar.notCounted(after: start, through: end).count
      let all = max(end.days(since: start), 0)
      #expect(notCounted == all - max(slow.count(after: start, through: end), 0))
      let next = try calendar.next(onOrAfter: start)
      let previous = try calendar.previous(onOrBefore: start)
      #expect(
        slow.isWorking(next) && slow.isWorking(previous) && previous <= start && start <= next)
    }
  }
}
