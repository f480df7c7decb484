/// What an operation on two values gives.
enum Outcome {
  case value(FEELValue)
  /// The types fit, but the result is too large, or the divisor is zero.
  case notRepresentable
  /// The operation does not exist for these types.
  case undefined

  init<Payload>(_ payload: Payload?, _ make: (Payload) -> FEELValue) {
    self = payload.map { .value(make($0)) } ?? .notRepresentable
  }
}

/// Arithmetic on strings, dates, times and durations (DMN 1.5, tables 56-58); numbers have their own short way.
extension FEELValue {
  func adding(_ other: FEELValue) -> Outcome {
    switch (self, other) {
    case (.string(let left), .string(let right)): .value(.string(left + right))
    case (.date(let day), .daysTime(let duration)), (.daysTime(let duration), .date(let day)):
      Outcome(day.adding(duration)) { .date($0) }
    case (.date(let day), .yearsMonths(let duration)), (.yearsMonths(let duration), .date(let day)):
      Outcome(day.adding(duration)) { .date($0) }
    case (.dateTime(let moment), .daysTime(let duration)),
      (.daysTime(let duration), .dateTime(let moment)):
      Outcome(moment.adding(duration)) { .dateTime($0) }
    case (.dateTime(let moment), .yearsMonths(let duration)),
      (.yearsMonths(let duration), .dateTime(let moment)):
      Outcome(moment.adding(duration)) { .dateTime($0) }
    case (.time(let time), .daysTime(let duration)), (.daysTime(let duration), .time(let time)):
      .value(.time(time.adding(duration)))
    case (.daysTime(let left), .daysTime(let right)):
      Outcome(left.adding(right)) { .daysTime($0) }
    case (.yearsMonths(let left), .yearsMonths(let right)):
      Outcome(left.adding(right)) { .yearsMonths($0) }
    default: .undefined
    }
  }

  func subtracting(_ other: FEELValue) -> Outcome {
    switch (self, other) {
    case (.date(let left), .date(let right)): .value(.daysTime(left.subtracting(right)))
    case (.dateTime(let left), .dateTime(let right)): Self.difference(left, right)
    case (.date(let left), .dateTime(let right)): Self.difference(left.midnightUTC, right)
    case (.dateTime(let left), .date(let right)): Self.difference(left, right.midnightUTC)
    case (.time(let left), .time(let right)):
      left.subtracting(right).map { .value(.daysTime($0)) } ?? .undefined
    case (.date, .daysTime(let duration)), (.dateTime, .daysTime(let duration)),
      (.time, .daysTime(let duration)):
      adding(.daysTime(-duration))
    case (.date, .yearsMonths(let duration)), (.dateTime, .yearsMonths(let duration)):
      adding(.yearsMonths(-duration))
    case (.daysTime(let left), .daysTime(let right)):
      Outcome(left.subtracting(right)) { .daysTime($0) }
    case (.yearsMonths(let left), .yearsMonths(let right)):
      Outcome(left.subtracting(right)) { .yearsMonths($0) }
    default: .undefined
    }
  }

  /// Only moments that both have a zone, or both have none, have a distance.
  private static func difference(_ left: DateTime, _ right: DateTime) -> Outcome {
    guard (left.zone == nil) == (right.zone == nil) else { return .undefined }
    return Outcome(left.subtracting(right)) { .daysTime($0) }
  }

  func multiplied(by other: FEELValue) -> Outcome {
    switch (self, other) {
    case (.daysTime(let duration), .number(let factor)),
      (.number(let factor), .daysTime(let duration)):
      Outcome(duration.multiplied(by: factor)) { .daysTime($0) }
    case (.yearsMonths(let duration), .number(let factor)),
      (.number(let factor), .yearsMonths(let duration)):
      Outcome(duration.multiplied(by: factor)) { .yearsMonths($0) }
    default: .undefined
    }
  }

  func divided(by other: FEELValue) -> Outcome {
    switch (self, other) {
    case (.daysTime(let duration), .number(let divisor)):
      Outcome(duration.divided(by: divisor)) { .daysTime($0) }
    case (.yearsMonths(let duration), .number(let divisor)):
      Outcome(duration.divided(by: divisor)) { .yearsMonths($0) }
    case (.daysTime(let left), .daysTime(let right)):
      Outcome(left.divided(by: right)) { .number($0) }
    case (.yearsMonths(let left), .yearsMonths(let right)):
      Outcome(left.divided(by: right)) { .number($0) }
    default: .undefined
    }
  }
}
