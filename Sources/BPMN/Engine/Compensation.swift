public import FEEL

/// An activity that has completed and can still be undone (BPMN 2.0.2, clause 13.5.5).
public struct CompensationRecord: Hashable, Sendable {
  /// The key of the instance that has completed.
  public let key: ElementKey
  public let process: String
  public let element: String
  /// The instance it ran inside.
  public let scope: ElementKey
  /// From 1 for an inner instance of a multi-instance activity, else 0.
  public let loopCounter: Int
  /// The id of the activity that undoes it; `nil` for a subprocess: what has completed inside it is undone instead.
  public let handler: String?
  /// Its own variables, as they were when it completed.
  public let variables: [String: FEELValue]
}

/// An event (or a subprocess on its behalf) that lets activities be undone, the last completed first.
public struct CompensationRun: Hashable, Sendable {
  /// What is still to be undone, in the order in which it was completed.
  public internal(set) var pending: [CompensationRecord] = []
  /// The instance that undoes something now.
  public internal(set) var current: ElementKey?
}

/// How far an ad-hoc subprocess has come.
public struct AdHocProgress: Hashable, Sendable {
  /// The ids of the elements that begin later, one after the other.
  public internal(set) var pending: [String]
  /// The variable that receives the results, when there is one.
  public let outputCollection: String?
  public internal(set) var outputs: [FEELValue] = []
  /// Whether the completion condition has held: nothing more begins.
  public internal(set) var isEnough = false
}

extension CompensationRecord: JSONRecord {
  public static func members(of value: CompensationRecord?, in json: inout JSONCoder) throws
    -> CompensationRecord
  {
    try CompensationRecord(
      key: json.member("key", value?.key),
      process: json.member("process", value?.process),
      element: json.member("element", value?.element),
      scope: json.member("scope", value?.scope),
      loopCounter: json.member("loopCounter", value?.loopCounter),
      handler: json.optional("handler", value?.handler),
      variables: json.member("variables", value?.variables))
  }
}

extension CompensationRun: JSONRecord {
  public static func members(of value: CompensationRun?, in json: inout JSONCoder) throws
    -> CompensationRun
  {
    try CompensationRun(
      pending: json.member("pending", value?.pending),
      current: json.optional("current", value?.current))
  }
}

extension AdHocProgress: JSONRecord {
  public static func members(of value: AdHocProgress?, in json: inout JSONCoder) throws
    -> AdHocProgress
  {
    try AdHocProgress(
      pending: json.member("pending", value?.pending),
      outputCollection: json.optional("outputCollection", value?.outputCollection),
      outputs: json.member("outputs", value?.outputs),
      isEnough: json.member("isEnough", value?.isEnough))
  }
}
