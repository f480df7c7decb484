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

extension Modification: JSONRecord {
  public static func members(
    of value: Modification?, in json: inout JSONCoder
  ) throws -> Modification {
    guard let value else { return try read(&json) }
    switch value {
    case .terminate(let key): try json.member("terminate", key)
    case .activate(let element, let scope, let variables):
      try json.member("activate", element)
      try json.optional("scope", scope)
      try json.dictionary("variables", variables)
    }
    return value
  }

  private static func read(_ json: inout JSONCoder) throws -> Modification {
    if let key: ElementKey = try json.optional("terminate") { return .terminate(key) }
    return .activate(
      element: try json.member("activate"), scope: try json.optional("scope"),
      variables: try json.dictionary("variables"))
  }
}
