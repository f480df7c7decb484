import Diagnostics

extension XPathEvaluator {
  mutating func dateFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .today: return .date(today)
    case .now: return .date(environment.now)
    case .date, .dateTime:
      return date(try evaluate(arguments[0], focus)).map { .date($0) } ?? .string("")
    case .formatDate, .formatDateTime:
      let moment = date(try evaluate(arguments[0], focus))
      let format = try string(of: arguments[1], focus)
      return .string(try moment.map { try formatted($0, format) } ?? "")
    case .decimalDate: return .number(date(try evaluate(arguments[0], focus))?.days ?? .nan)
    case .decimalDateTime:
      let value = try evaluate(arguments[0], focus)
      if case .number = value { return value }
      // An instant: a date begins at local midnight.
      return .number(date(value)?.instant(offset: environment.offset) ?? .nan)
    case .decimalTime: return .number(decimalTime(try string(of: arguments[0], focus)))
    case .yearsBetween, .monthsBetween:
      guard let from = date(try evaluate(arguments[0], focus)),
        let to = date(try evaluate(arguments[1], focus))
      else { return .number(.nan) }
      let months = fullMonths(from, to)
      return .number(Double(function == .yearsBetween ? months / 12 : months))
    default: return .string("")
    }
  }

  /// The local day of the clock.
  private var today: XPathDate {
    let local = environment.now.days + Double(environment.offset) / 86_400
    return XPathDate(day: Int(local.rounded(.down)))
  }

  /// A date from a date, a text or a number of days; a whole number is a date without time.
  private func date(_ value: XPathValue) -> XPathDate? {
    switch value {
    case .date(let date): return date
    case .number(let days):
      guard days.isFinite, days.magnitude < 1e9 else { return nil }
      return days == days.rounded() ? XPathDate(day: Int(days)) : XPathDate(instant: days)
    case .boolean: return nil
    case .nodes, .string:
      let text = string(value)
      let days = XPathNumber.parse(text)
      return days.isNaN ? date(text) : date(.number(days))
    }
  }

  /// Fraction of a day of `hh:mm[:ss[.fff]][zone]` in local time.
  private func decimalTime(_ text: String) -> Double {
    var scanner = DateScanner(text)
    guard let milliseconds = scanner.time(offset: environment.offset), scanner.isAtEnd else {
      return .nan
    }
    let local = Double(milliseconds + environment.offset * 1000) / XPathDate.millisecondsPerDay
    return local - local.rounded(.down)
  }

  /// Full months from `from` to `to`; negative when `to` is earlier.
  private func fullMonths(_ from: XPathDate, _ to: XPathDate) -> Int {
    let (a, b) = (from.fields(offset: environment.offset), to.fields(offset: environment.offset))
    let months = (b.year * 12 + b.month) - (a.year * 12 + a.month)
    if months > 0, b.day < a.day { return months - 1 }
    if months < 0, b.day > a.day { return months + 1 }
    return months
  }

  /// ODK's letters: `%Y %y %m %n %b %d %e %H %h %M %S %3 %a`.
  private func formatted(_ date: XPathDate, _ format: String) throws -> String {
    let fields = date.fields(offset: environment.offset)
    var result = ""
    var scalars = format.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      guard scalar == "%" else {
        result.unicodeScalars.append(scalar)
        continue
      }
      guard let letter = scalars.next() else { break }
      switch letter {
      case "Y": result += padded(fields.year, 4)
      case "y": result += padded(fields.year % 100, 2)
      case "m": result += padded(fields.month, 2)
      case "n": result += String(fields.month)
      case "b": result += environment.calendarNames.months[fields.month - 1]
      case "d": result += padded(fields.day, 2)
      case "e": result += String(fields.day)
      case "H": result += padded(fields.hour, 2)
      case "h": result += String(fields.hour)
      case "M": result += padded(fields.minute, 2)
      case "S": result += padded(fields.second, 2)
      case "3": result += padded(fields.millisecond, 3)
      case "a": result += environment.calendarNames.weekdays[fields.weekday]
      case "%": result += "%"
      default: throw Diagnostic("FORM109", ["name": "format-date"])
      }
    }
    return result
  }
}
