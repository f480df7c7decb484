public import FEEL

/// What the case remembers of an open job.
public struct JobRecord: Hashable, Sendable {
  /// The key of the element instance that waits for the job.
  public let key: ElementKey
  public internal(set) var process: String
  public internal(set) var element: String
  /// Who does it: `zeebe:taskDefinition`, `type`.
  public let type: String
  /// How many more failures are tried again; at 0 an incident holds the element.
  public internal(set) var retries: Int
  /// The moment at which a listener does it; `nil`: the job of the element itself.
  public let listener: ListenerEvent?

  init(
    key: ElementKey, process: String, element: String, type: String, retries: Int,
    listener: ListenerEvent? = nil
  ) {
    self.key = key
    self.process = process
    self.element = element
    self.type = type
    self.retries = retries
    self.listener = listener
  }
}

/// Work outside the engine that an element waits for; the caller does it and completes or fails it.
public struct Job: Hashable, Sendable {
  public let record: JobRecord
  public let name: String
  /// `zeebe:taskHeaders`: fixed words of the model for the worker.
  public let headers: [String: String]
  /// `zeebe:properties` by name.
  public let properties: [String: String]
  /// The message of a send task or a message throw event.
  public let message: String?
  /// Every variable the element sees; an inner one hides an outer one of the same name. The listener of a task that is
  /// handed in also sees what it is handed in with.
  public let variables: [String: FEELValue]

  public var key: ElementKey { record.key }
  public var process: String { record.process }
  public var element: String { record.element }
  public var type: String { record.type }
  public var retries: Int { record.retries }
  public var listener: ListenerEvent? { record.listener }
}

extension JobRecord: JSONRecord {
  public static func members(of value: JobRecord?, in json: inout JSONCoder) throws -> JobRecord {
    try JobRecord(
      key: json.member("key", value?.key),
      process: json.member("process", value?.process),
      element: json.member("element", value?.element),
      type: json.member("type", value?.type),
      retries: json.member("retries", value?.retries),
      listener: json.optional("listener", value?.listener))
  }
}
