/// Functions of dates and the clock (DMN 1.5, tables 80, 81 and 83; Camunda).
extension Builtins {
  static let temporal: [Builtin] = [
    Builtin("today", isPure: false) { (_, evaluator) throws(Failure) in
      guard let now = evaluator.environment.now else { throw .noClock }
      return .date(now.day)
    },
    Builtin("now", isPure: false) { (_, evaluator) throws(Failure) in
      guard let now = evaluator.environment.now else { throw .noClock }
      return .dateTime(now)
    },
    Builtin("day of year", .day("date")) { call, _ in FEELValue(call.day(0).dayOfYear) },
    Builtin("day of week", .day("date")) { call, _ in .string(call.day(0).weekday.name) },
    Builtin("month of year", .day("date")) { call, _ in .string(call.day(0).monthName) },
    Builtin("week of year", .day("date")) { call, _ in FEELValue(call.day(0).weekOfYear) },
    Builtin("last day of month", .day("date")) { call, _ in .date(call.day(0).lastDayOfMonth) },
    Builtin("years and months duration", .day("from"), .day("to")) { call, _ in
      .yearsMonths(YearsMonthsDuration(from: call.day(0), to: call.day(1)))
    },
  ]
}
