internal import Diagnostics
public import FEEL

/// The working calendar of a commission with its zone and the hour at which a working day ends.
///
/// Data, versioned by `deploy`: a header `# calendar=AZ version=2025-01 weekend=6,7 years=2025-2027
/// zone=Asia/Baku dayEnd=18:00`, then one row per day that is not what its weekday says.
public struct OfficeCalendar: Hashable, Sendable {
  public let workCalendar: WorkCalendar
  public let zone: Zone
  /// A clock of working days runs out at this time of its last day.
  public let dayEnd: Time

  /// Reads the table.
  ///
  /// - Throws: `CAL010` naming the word of the header, or the row, that is missing or wrong.
  public init(_ table: CSV, file: String) throws {
    func about(_ word: String) throws -> String {
      guard let value = table.about[word] else {
        throw Diagnostic("CAL010", ["word": word], at: SourceLocation(file: file, line: 1))
      }
      return value
    }
    func wrong(_ word: String, line: Int = 1) -> Diagnostic {
      Diagnostic("CAL010", ["word": word], at: SourceLocation(file: file, line: line))
    }
    guard let zone = try Zone(named: about("zone")) else { throw wrong("zone") }
    guard let dayEnd = try Time(about("dayEnd") + ":00") else { throw wrong("dayEnd") }
    let bounds = try about("years").split(separator: "-").compactMap { Int($0) }
    guard bounds.count == 2, bounds[0] <= bounds[1] else { throw wrong("years") }
    let weekend = try Set(
      about("weekend").split(separator: ",").compactMap { Int($0).flatMap(Weekday.init) })
    var daysOff: [Int: [Day: String]] = [:]
    var working: [Int: [Day: String]] = [:]
    for row in table.rows {
      guard let day = Day(row["day"]) else { throw wrong("day", line: row.line) }
      switch row["kind"] {
      case "transferred-working": working[day.year, default: [:]][day] = row["en"]
      case "holiday", "mourning", "transferred-off":
        daysOff[day.year, default: [:]][day] = row["en"]
      default: throw wrong("kind", line: row.line)
      }
    }
    self.zone = zone
    self.dayEnd = dayEnd
    workCalendar = try WorkCalendar(
      version: about("version"),
      years: (bounds[0]...bounds[1]).map {
        WorkYear(
          year: $0, weekend: weekend, daysOff: daysOff[$0] ?? [:], workingDays: working[$0] ?? [:])
      })
  }

  /// The day it is in the commission at `instant`.
  public func day(of instant: Instant) -> Day {
    DateTime(instant, in: zone)!.day  // stored instants are within the range of dates
  }

  /// What the clock on the wall shows at `instant`, with its offset: forms know no names of zones.
  public func wallTime(at instant: Instant) -> DateTime {
    let offset = Zone(offset: zone.offset(at: instant)) ?? .utc
    return DateTime(instant, in: offset)!  // stored instants are within the range of dates
  }

  /// The instant at which `day` ends for the commission.
  public func end(of day: Day) -> Instant {
    DateTime(day, dayEnd.with(zone: zone)).instant!  // the zone is known
  }
}
