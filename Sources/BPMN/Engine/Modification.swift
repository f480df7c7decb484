public import FEEL

/// One change of where a case stands, made by hand.
public enum Modification: Hashable, Sendable {
  /// Ends an open instance and all inside it; a scope that is left empty ends too.
  case terminate(ElementKey)
  /// Begins an element of a process that runs.
  ///
  /// - Parameters:
  ///   - scope: the open instance to begin it in, or one further out; `nil` where only one is possible. Subprocesses
  ///     between it and the element are begun without their start events.
  ///   - variables: set as seen from the scope, before the element begins.
  case activate(element: String, scope: ElementKey?, variables: [String: FEELValue])
}

extension Modification: Codable {
  private enum CodingKeys: String, CodingKey {
    case terminate, activate, scope, variables
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if let key = try values.decodeIfPresent(ElementKey.self, forKey: .terminate) {
      self = .terminate(key)
    } else {
      self = .activate(
        element: try values.decode(String.self, forKey: .activate),
        scope: try values.decodeIfPresent(ElementKey.self, forKey: .scope),
        variables: try values.decodeIfPresent([String: FEELValue].self, forKey: .variables) ?? [:])
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .terminate(let key): try values.encode(key, forKey: .terminate)
    case .activate(let element, let scope, let variables):
      try values.encode(element, forKey: .activate)
      try values.encodeIfPresent(scope, forKey: .scope)
      if !variables.isEmpty { try values.encode(variables, forKey: .variables) }
    }
  }
}
