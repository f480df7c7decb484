internal import Commission
internal import Diagnostics
internal import FEEL

/// A day as people type it: `2024-05-17`, `17.05.2024`, `today`, `tomorrow`, `+10wd` (working days), `+30d`.
struct DayWord {
  let text: String

  init(_ text: String) { self.text = text }

  /// - Throws: `USE009` when it is none of these; `05/06/2024` is refused because it can be read in two ways.
  func day(today: Day, calendar: WorkCalendar) throws -> Day {
    let problem = Diagnostic("USE009", ["day": String(text.prefix(40))])
    if text == "today" { return today }
    if text == "tomorrow", let day = today.adding(days: 1) { return day }
    if text.hasPrefix("+"), text.hasSuffix("wd"), let count = Int(text.dropFirst().dropLast(2)) {
      return try calendar.adding(workingDays: count, to: today)
    }
    if text.hasPrefix("+"), text.hasSuffix("d"), let count = Int(text.dropFirst().dropLast()) {
      guard let day = today.adding(days: count) else { throw problem }
      return day
    }
    if let day = Day(text) { return day }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 2, parts[1].count == 2, parts[2].count == 4,
      let day = Day("\(parts[2])-\(parts[1])-\(parts[0])")
    else { throw problem }
    return day
  }
}

extension GlobalOptions {
  /// The calendar is the same for every profile.
  static let anyProfile = "AZ-2022"
}
