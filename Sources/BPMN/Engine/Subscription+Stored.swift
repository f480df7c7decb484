public import FEEL

extension Subscription: JSONRecord {
  public static func members(of value: Subscription?, in json: inout JSONCoder) throws
    -> Subscription
  {
    try Subscription(
      key: json.member("key", value?.key),
      holder: json.member("holder", value?.holder),
      element: json.member("element", value?.element),
      trigger: json.member("trigger", value?.trigger))
  }
}

extension Subscription.Repetition: JSONRecord {
  public static func members(of value: Subscription.Repetition?, in json: inout JSONCoder) throws
    -> Subscription.Repetition
  {
    try Subscription.Repetition(
      interval: json.member("interval", value?.interval),
      remaining: json.optional("remaining", value?.remaining),
      cron: json.optional("cron", value?.cron))
  }
}

extension Subscription.Trigger: JSONRecord {
  private enum Name: String, JSONStored {
    case timer, message, signal, condition
  }

  public static func members(
    of value: Subscription.Trigger?, in json: inout JSONCoder
  ) throws -> Subscription.Trigger {
    guard let value else { return try read(&json) }
    switch value {
    case .timer(let due, let repeats):
      try json.member("due", due)
      try json.optional("repeats", repeats)
      try json.member("waitsFor", Name.timer)
    case .message(let name, let correlationKey):
      try json.member("correlationKey", correlationKey)
      try json.member("name", name)
      try json.member("waitsFor", Name.message)
    case .signal(let name):
      try json.member("name", name)
      try json.member("waitsFor", Name.signal)
    case .condition: try json.member("waitsFor", Name.condition)
    }
    return value
  }

  private static func read(_ json: inout JSONCoder) throws -> Subscription.Trigger {
    switch try json.member("waitsFor") as Name {
    case .timer:
      .timer(due: try json.member("due"), repeats: try json.optional("repeats"))
    case .message:
      .message(
        name: try json.member("name"), correlationKey: try json.member("correlationKey"))
    case .signal: .signal(name: try json.member("name"))
    case .condition: .condition
    }
  }
}

extension TimerInterval: JSONRecord {
  public static func members(of value: TimerInterval?, in json: inout JSONCoder) throws
    -> TimerInterval
  {
    try TimerInterval(
      months: json.member("months", value?.months),
      time: json.member("time", value?.time))
  }
}

extension Message: JSONRecord {
  public static func members(of value: Message?, in json: inout JSONCoder) throws -> Message {
    try Message(
      name: json.member("name", value?.name),
      correlationKey: json.member("correlationKey", value?.correlationKey),
      id: json.optional("id", value?.id),
      variables: json.member("variables", value?.variables),
      keptUntil: json.optional("keptUntil", value?.keptUntil))
  }
}

extension BufferedMessage: JSONRecord {
  public static func members(of value: BufferedMessage?, in json: inout JSONCoder) throws
    -> BufferedMessage
  {
    try BufferedMessage(
      key: json.member("key", value?.key),
      message: json.member("message", value?.message),
      receivers: json.member("receivers", value?.receivers),
      starts: json.optional("starts", value?.starts))
  }
}

extension MessageStart: JSONRecord {
  public static func members(of value: MessageStart?, in json: inout JSONCoder) throws
    -> MessageStart
  {
    try MessageStart(
      key: json.member("key", value?.key),
      name: json.member("name", value?.name),
      correlationKey: json.member("correlationKey", value?.correlationKey))
  }
}
