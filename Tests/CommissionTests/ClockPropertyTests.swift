import Commission
import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing

/// Clocks against a reference that walks day by day, or minute by minute, and is too slow for anything else.
struct ClockPropertyTests {
  private static let units: [ClockParameter.Unit] = [
    .workingDays, .calendarDays, .months, .years, .hours,
  ]

  /// 100,000 random terms, with pauses, extensions, corrections and marks, over random calendars.
  @Test(arguments: 0..<20)
  func randomClocksAreCountedAsTheReferenceCounts(_ seed: Int) throws {
    var random = SeededNumbers(seed: UInt64(seed) &* 0x9E37_79B9 &+ 7)
    let (calendar, reference) = try Self.calendars(&random)
    var parameters: [String: ClockParameter] = [:]
    for round in 0..<5000 {
      let trial = Trial(&random)
      let key = "\(trial.unit.rawValue) \(trial.parameterAmount)"
      let parameter = try parameters[key] ?? Self.parameter(trial.unit, trial.parameterAmount)
      parameters[key] = parameter
      let clock = trial.clock(parameter)
      let percent = [50, 80, 100][random.next(below: 3)]
      let found = try clock.mark(
        percent: percent, in: calendar, now: Instant(seconds: trial.now))
      let expected = reference.mark(percent, of: trial)
      guard found.seconds == expected else {
        Issue.record("seed \(seed) round \(round): \(trial) \(percent) % \(found) \(expected)")
        return
      }
    }
  }

  /// What is left when a clock stops is what is left when it goes on, however long it stood still.
  @Test func aPauseKeepsTheRemainder() throws {
    var random = SeededNumbers(seed: 42)
    let (calendar, _) = try Self.calendars(&random)
    for _ in 0..<2000 {
      let unit = Self.units[random.next(below: 5)]
      let parameter = try Self.parameter(unit, 1 + random.next(below: 6))
      let start = Trial.epoch + random.next(below: 400) * 86_400
      var clock = Clock(parameter, startedAt: Instant(seconds: start))
      let stop = Instant(seconds: start + random.next(below: 10) * 43_200)
      let resume = Instant(seconds: stop.seconds + random.next(below: 90) * 86_400)
      guard try clock.due(in: calendar, now: stop) > stop else { continue }
      let before = try clock.remaining(in: calendar, now: stop)
      clock.pause(at: stop, reason: "records-requested")
      clock.resume(at: resume)
      let after = try clock.remaining(in: calendar, now: resume)
      switch unit {
      case .workingDays, .hours: #expect(after == before)
      // the last day moves off a day off: at most by the longest row of days off
      case .calendarDays, .months, .years: #expect(abs(after - before) <= 12)
      }
    }
  }

  /// A calendar of eleven years with days off and days worked instead, and the same for the reference.
  private static func calendars(
    _ random: inout SeededNumbers
  ) throws -> (OfficeCalendar, ReferenceCalendar) {
    var text = "# calendar=T version=t weekend=6,7 years=2024-2034 zone=Asia/Baku dayEnd=18:00\n"
    text += "day,kind,az,en,ru,source,verified\n"
    var reference = ReferenceCalendar()
    var day = Day("2024-01-01")!
    while day.year < 2035 {
      let number = day.daysSinceEpoch
      // 1970-01-01 was a Thursday
      let isWeekend = (number + 3) % 7 >= 5
      let draw = random.next() % 20
      if draw == 0 {
        let kind = isWeekend ? "transferred-working" : "holiday"
        text += "\(day),\(kind),x,x,x,x,false\n"
      }
      if isWeekend == (draw == 0) { reference.working.insert(number) }
      day = day.adding(days: 1)!
    }
    let csv = try CSV(parsing: Array(text.utf8), file: "t.csv")
    return (try OfficeCalendar(csv, file: "t.csv"), reference)
  }

  private static func parameter(
    _ unit: ClockParameter.Unit, _ amount: Int
  ) throws -> ClockParameter {
    let text = """
      {"identifier":"T","unit":"\(unit.rawValue)","amount":\(amount),"pauseReasons":[],"source":"","model":"m"}
      """
    return try JSONDecoder().decode(ClockParameter.self, from: Data(text.utf8))
  }
}

/// One random life of a clock; times in seconds, at whole minutes.
private struct Trial: CustomStringConvertible {
  struct Pause {
    let from: Int
    let until: Int?
  }

  /// 2025-01-01T04:00:00Z
  static let epoch = 1_735_704_000

  let unit: ClockParameter.Unit
  let parameterAmount: Int
  let start: Int
  var pauses: [Pause] = []
  var now: Int
  /// The whole term after an extension or correction.
  var amount: Int
  /// A start that was corrected later.
  var correctedStart: Int?

  init(_ random: inout SeededNumbers) {
    func number(_ limit: Int) -> Int { random.next(below: limit) }
    let units: [ClockParameter.Unit] = [.workingDays, .calendarDays, .months, .years, .hours]
    unit = units[number(5)]
    switch unit {
    case .workingDays, .calendarDays: parameterAmount = 1 + number(30)
    case .months: parameterAmount = 1 + number(8)
    case .years: parameterAmount = 1 + number(2)
    case .hours: parameterAmount = 1 + number(24)
    }
    start = Self.epoch + number(700) * 86_400 + number(1440) * 60
    amount = parameterAmount
    now = start
    let step = unit == .hours ? 600 : 9 * 1440
    for _ in 0..<number(4) {
      let from = now + number(step) * 60
      let until = from + number(step) * 60
      now = until
      pauses.append(Pause(from: from, until: until))
    }
    if number(4) == 0 {
      let from = now + number(step) * 60
      pauses.append(Pause(from: from, until: nil))
      now = from + number(step) * 60
    }
    if number(4) == 0 { amount += number(6) }
    if number(8) == 0 { correctedStart = start + (number(2 * step) - step) * 60 }
  }

  func clock(_ parameter: ClockParameter) -> Clock {
    var clock = Clock(parameter, startedAt: Instant(seconds: start))
    for pause in pauses {
      clock.pause(at: Instant(seconds: pause.from), reason: "r")
      if let until = pause.until { clock.resume(at: Instant(seconds: until)) }
    }
    if amount != parameterAmount || correctedStart != nil {
      clock.apply(
        Clock.Change(
          kind: .correction, amount: amount,
          startedAt: correctedStart.map { Instant(seconds: $0) }, reason: "", basis: "",
          at: Instant(seconds: now)))
    }
    return clock
  }

  var description: String {
    "\(unit) \(amount) from \(correctedStart ?? start) pauses \(pauses) now \(now)"
  }
}

/// The rules of clocks as a person would do it with a pencil.
private struct ReferenceCalendar {
  /// Days that are worked, counted from 1970-01-01.
  var working: Set<Int> = []

  func mark(_ percent: Int, of trial: Trial) -> Int {
    let start = trial.correctedStart ?? trial.start
    return trial.unit == .hours
      ? hours(percent, of: trial, from: start) : days(percent, of: trial, from: start)
  }

  /// Minute by minute: one counts unless it lies in a pause.
  private func hours(_ percent: Int, of trial: Trial, from start: Int) -> Int {
    var left = trial.amount * 60 * percent
    var minute = start
    while left > 0 {
      let stands = trial.pauses.contains { $0.from <= minute && minute < $0.until ?? trial.now }
      if !stands { left -= 100 }
      minute += 60
    }
    return minute
  }

  /// Day by day: the days after the start count, but for those after a stop up to the day it goes on.
  private func days(_ percent: Int, of trial: Trial, from start: Int) -> Int {
    let first = day(start)
    var all = trial.amount
    if trial.unit == .months { all = last(first, months: trial.amount) - first }
    if trial.unit == .years { all = last(first, months: 12 * trial.amount) - first }
    var left = all * percent
    var today = first
    while left > 0 {
      today += 1
      let stands = trial.pauses.contains {
        day($0.from) < today && today <= day($0.until ?? trial.now)
      }
      if stands || trial.unit == .workingDays && !working.contains(today) { continue }
      left -= 100
    }
    while trial.unit != .workingDays, !working.contains(today) { today += 1 }
    return today * 86_400 + 14 * 3600  // 18:00 in Baku is 14:00 UTC
  }

  /// Baku is four hours ahead.
  private func day(_ seconds: Int) -> Int { (seconds + 4 * 3600) / 86_400 }

  /// The same day of a later month, or its last when it is shorter: one month after the other.
  private func last(_ first: Int, months: Int) -> Int {
    let day = Day(daysSinceEpoch: first)!
    var (year, month) = (day.year, day.month)
    for _ in 0..<months {
      month += 1
      if month == 13 { (year, month) = (year + 1, 1) }
    }
    let lengths = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return Day(year: year, month: month, day: min(day.day, lengths[month - 1]))!.daysSinceEpoch
  }
}
