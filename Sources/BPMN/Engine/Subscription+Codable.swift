import FEEL

extension Subscription.Trigger: Codable {
  private enum Name: String, Codable {
    case timer, message, signal, condition
  }

  private enum CodingKeys: String, CodingKey {
    case waitsFor, due, repeats, name, correlationKey
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self =
      switch try values.decode(Name.self, forKey: .waitsFor) {
      case .timer:
        .timer(
          due: try values.decode(Instant.self, forKey: .due),
          repeats: try values.decodeIfPresent(Subscription.Repetition.self, forKey: .repeats))
      case .message:
        .message(
          name: try values.decode(String.self, forKey: .name),
          correlationKey: try values.decode(String.self, forKey: .correlationKey))
      case .signal: .signal(name: try values.decode(String.self, forKey: .name))
      case .condition: .condition
      }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .timer(let due, let repeats):
      try values.encode(Name.timer, forKey: .waitsFor)
      try values.encode(due, forKey: .due)
      try values.encodeIfPresent(repeats, forKey: .repeats)
    case .message(let name, let correlationKey):
      try values.encode(Name.message, forKey: .waitsFor)
      try values.encode(name, forKey: .name)
      try values.encode(correlationKey, forKey: .correlationKey)
    case .signal(let name):
      try values.encode(Name.signal, forKey: .waitsFor)
      try values.encode(name, forKey: .name)
    case .condition: try values.encode(Name.condition, forKey: .waitsFor)
    }
  }
}
