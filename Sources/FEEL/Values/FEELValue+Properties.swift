extension FEELValue {
  /// A property of a temporal value or range (DMN 1.5, table 65); `nil` when the type has none called `name`.
  func property(_ name: String) -> FEELValue? {
    switch self {
    case .date(let day): day.property(name)
    case .time(let time): time.property(name)
    case .dateTime(let dateTime): dateTime.property(name)
    case .daysTime(let duration): duration.property(name)
    case .yearsMonths(let duration): duration.property(name)
    case .range(let range): range.property(name)
    case .null, .boolean, .number, .string, .list, .context, .function: nil
    }
  }
}

extension Day {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "year": FEELValue(year)
    case "month": FEELValue(month)
    case "day": FEELValue(day)
    case "weekday": FEELValue(weekday.rawValue)
    default: nil
    }
  }
}

extension Time {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "hour": FEELValue(hour)
    case "minute": FEELValue(minute)
    case "second": FEELValue(second)
    case "time offset": offset.map { .daysTime(DaysTimeDuration(seconds: $0)) } ?? .null
    case "timezone": (zone?.name).map { .string($0) } ?? .null
    default: nil
    }
  }
}

extension DateTime {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "time offset": offset.map { .daysTime(DaysTimeDuration(seconds: $0)) } ?? .null
    default: day.property(name) ?? time.property(name)
    }
  }
}

extension DaysTimeDuration {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "days": FEELValue(days)
    case "hours": FEELValue(hours)
    case "minutes": FEELValue(minutes)
    case "seconds": FEELValue(seconds)
    default: nil
    }
  }
}

extension YearsMonthsDuration {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "years": FEELValue(years)
    case "months": FEELValue(months)
    default: nil
    }
  }
}

extension FEELRange {
  fileprivate func property(_ name: String) -> FEELValue? {
    switch name {
    case "start": low
    case "end": high
    case "start included": .boolean(includesLow)
    case "end included": .boolean(includesHigh)
    default: nil
    }
  }
}
