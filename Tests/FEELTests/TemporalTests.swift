import FEEL
import Foundation
import TestSupport
import Testing

@Suite struct TemporalTests {
  @Test(arguments: try Examples.files(in: "Cases/temporal"))
  func examples(_ examples: Examples) throws {
    try examples.check { ["= " + (try TemporalCalculator.result($0.split(separator: " ")))] }
  }

  @Test func agreesWithPythonsDatetime() throws {
    let mismatches = try Oracle.mismatches(with: "temporal_cases.py") { words in
      let result = try TemporalCalculator.result(words)
      return result == words[3] ? nil : words.joined(separator: " ") + " got " + result
    }
    #expect(mismatches.isEmpty, "\(mismatches.count): \(mismatches.prefix(10))")
  }

  @Test func partsOfATime() throws {
    let time = try #require(Time("23:59:58.000000007-02:45:55"))
    let parts: [Int] = [time.hour, time.minute, time.second, time.nanosecond]
    #expect(parts == [23, 59, 58, 7])
    #expect(time.offset == -(2 * 3600 + 45 * 60 + 55))
    #expect(try #require(Time("10:00:00@Europe/Paris")).offset == 3600)
    #expect(Time("10:00:00")?.offset == nil)
    #expect(Time(hour: 24, minute: 0, second: 0) == nil)
    #expect(Time(hour: 23, minute: -1, second: 0) == nil)
  }

  @Test func partsOfADuration() throws {
    let duration = try #require(DaysTimeDuration("-P1DT2H3M4.5S"))
    let parts: [Int] = [
      duration.days, duration.hours, duration.minutes, duration.seconds, duration.nanoseconds,
    ]
    #expect(parts == [-1, -2, -3, -4, -500_000_000])
    #expect(duration.totalSeconds == Decimal128("-93784.5"))
    #expect(duration.magnitude == DaysTimeDuration("P1DT2H3M4.5S"))
    let months = YearsMonthsDuration(months: -14)
    #expect(months.years == -1)
    #expect(months.months == -2)
  }

  /// `==` is FEEL's `is`: fields and zone; `ordering` is FEEL's `=`.
  @Test func sameMomentInAnotherZoneIsNotTheSameValue() throws {
    let west = try #require(DateTime("2002-04-02T12:00:00-01:00"))
    let east = try #require(DateTime("2002-04-02T17:00:00+04:00"))
    #expect(west != east)
    #expect(west.ordering(to: east) == .equal)
    #expect(west.instant == east.instant)
    #expect(Zone("Z") == Zone("+00:00"))
    #expect(Zone("Z") != Zone("@Etc/UTC"))
  }

  @Test func offsetsFollowTheClocksOfBaku() throws {
    // Summer time until 2015, none since.
    let summer2014 = try #require(DateTime("2014-07-01T12:00:00@Asia/Baku"))
    let summer2016 = try #require(DateTime("2016-07-01T12:00:00@Asia/Baku"))
    #expect(summer2014.offset == 5 * 3600)
    #expect(summer2016.offset == 4 * 3600)
  }

  @Test(arguments: ["localtime", "posixrules", "posix/Asia/Baku", "right/Asia/Baku", "Factory"])
  func namesOfFilesThatAreNoZones(_ name: String) { #expect(Zone(named: name) == nil) }

  @Test(arguments: [
    "../../../etc/passwd", "/etc/localtime", "Asia/../Asia/Baku", "Asia//Baku", "tzdata.zi",
    "zone.tab", "", "Asia/Baku\0", "Asia",
  ])
  func pathsAreNoZones(_ name: String) { #expect(Zone(named: name) == nil) }

  @Test func zonesAreFoundFromManyThreads() async {
    let names = [
      "Asia/Baku", "Europe/Paris", "Europe/Istanbul", "Asia/Tbilisi", "America/New_York",
    ]
    let offsets = await withTaskGroup(of: [Int].self) { group in
      for _ in 0..<50 {
        group.addTask {
          names.compactMap { Zone(named: $0)?.offset(at: Instant(seconds: 1_700_000_000)) }
        }
      }
      return await group.reduce(into: Set<[Int]>()) { $0.insert($1) }
    }
    #expect(offsets == [[14_400, 3600, 10_800, 14_400, -18_000]])
  }

  @Test func isStoredAsText() throws {
    let days = ["2026-02-28": 1]
    let stored = try JSONEncoder().encode([try #require(Day("2026-02-28")): 1])
    #expect(try JSONDecoder().decode([String: Int].self, from: stored) == days)
    let instant = Instant(seconds: 1_772_271_000, nanoseconds: 500_000_000)
    let text = try JSONEncoder().encode(["at": instant])
    #expect(String(decoding: text, as: UTF8.self) == #"{"at":"2026-02-28T09:30:00.5Z"}"#)
    #expect(try JSONDecoder().decode([String: Instant].self, from: text) == ["at": instant])
  }

  @Test func farthestValuesStayInRange() throws {
    let last = try #require(Day(year: 999_999_999, month: 12, day: 31))
    let first = try #require(Day(year: -999_999_999, month: 1, day: 1))
    #expect(last.adding(days: 1) == nil)
    #expect(first.adding(days: -1) == nil)
    #expect(first.adding(days: .min) == nil)
    #expect(last.adding(YearsMonthsDuration(months: .max)) == nil)
    #expect(last.adding(DaysTimeDuration(seconds: .max)) == nil)
    #expect(last.days(since: first) == 730_484_999_633)
    #expect(DateTime(last, .midnight).adding(DaysTimeDuration(seconds: .max)) == nil)
    #expect(DaysTimeDuration(seconds: .max).adding(DaysTimeDuration(seconds: .max)) == nil)
    #expect((-DaysTimeDuration(seconds: .min)).isNegative == false)
    #expect((-YearsMonthsDuration(months: .min)).totalMonths == .max)
    #expect(Instant(seconds: .max).description == "999999999-12-31T23:59:59Z")
    #expect(Instant(seconds: .min).adding(DaysTimeDuration(seconds: -1)) == nil)
  }
}
