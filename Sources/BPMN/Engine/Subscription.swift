public import FEEL

/// Something outside that an element instance waits for.
public struct Subscription: Hashable, Sendable {
  /// How a timer comes again.
  public struct Repetition: Hashable, Sendable {
    public let interval: TimerInterval
    /// How often it still fires after the next time; `nil` without end.
    public let remaining: Int?
    /// Minutes, hours, days and so on that match this, instead of `interval`.
    public let cron: String?

    init(interval: TimerInterval, remaining: Int?, cron: String? = nil) {
      self.interval = interval
      self.remaining = remaining
      self.cron = cron
    }

    init(cron: String) {
      interval = TimerInterval(months: YearsMonthsDuration(months: 0), time: .zero)
      remaining = nil
      self.cron = cron
    }
  }

  /// What it waits for.
  public enum Trigger: Hashable, Sendable {
    case timer(due: Instant, repeats: Repetition?)
    case message(name: String, correlationKey: String)
    case signal(name: String)
    /// A condition over variables, evaluated whenever one of them changes.
    case condition
  }

  public let key: ElementKey
  /// The element instance that waits and whose end ends the subscription.
  public let holder: ElementKey
  /// The id of the event (or receive task) that happens: the holder itself, its boundary event, the start event of an
  /// event subprocess inside it, or an event after an event-based gateway.
  public internal(set) var element: String
  public internal(set) var trigger: Trigger

  /// When it fires by itself.
  public var due: Instant? {
    if case .timer(let due, _) = trigger { due } else { nil }
  }
}

/// The length of time between two firings: calendar months, then exact time.
public struct TimerInterval: Hashable, Sendable {
  public let months: YearsMonthsDuration
  public let time: DaysTimeDuration

  /// `start` and this long; months are counted in the calendar of `zone`.
  func end(from start: Instant, in zone: Zone) -> Instant? {
    var moved: Instant? = start
    if months.totalMonths != 0 {
      moved = DateTime(start, in: zone)?.adding(months)?.instant
    }
    return moved?.adding(time)
  }

  /// Whether it lies ahead: a timer that repeats without moving on would never end.
  var isPositive: Bool { months.totalMonths >= 0 && time >= .zero && !isZero }
  private var isZero: Bool { months.totalMonths == 0 && time == .zero }
}

/// A message for a waiting element.
public struct Message: Hashable, Sendable {
  public let name: String
  /// Only a subscription with the same key receives it.
  public let correlationKey: String
  /// A message with the same id is accepted once, as long as it is kept.
  public let id: String?
  public let variables: [String: FEELValue]
  /// Until when it waits for a receiver; `nil`: it goes to who waits now, or to nobody.
  public internal(set) var keptUntil: Instant?

  public init(
    name: String, correlationKey: String, id: String? = nil, variables: [String: FEELValue] = [:],
    keptUntil: Instant? = nil
  ) {
    self.name = name
    self.correlationKey = correlationKey
    self.id = id
    self.variables = variables
    self.keptUntil = keptUntil
  }
}

/// A message that is kept for a receiver that does not wait yet.
public struct BufferedMessage: Hashable, Sendable {
  public let key: ElementKey
  public internal(set) var message: Message
  /// The processes that have received it: each process receives a message once.
  public internal(set) var receivers: [String]
  /// The process it starts as soon as no instance with its key runs any more.
  public let starts: String?

  init(key: ElementKey, message: Message, receivers: [String] = [], starts: String? = nil) {
    self.key = key
    self.message = message
    self.receivers = receivers
    self.starts = starts
  }
}

/// What a message has started: one instance of a process at a time for each correlation key.
public struct MessageStart: Hashable, Sendable {
  /// The instance of the process.
  public let key: ElementKey
  public let name: String
  public let correlationKey: String
}
