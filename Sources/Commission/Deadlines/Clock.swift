internal import Diagnostics
public import FEEL

/// A running term of one case, kept as a ledger: what it allows, when it ran, when it stood still, who changed it.
///
/// A later change of the parameter does not touch it; the due instant follows from ledger and calendar.
public struct Clock: Hashable, Sendable {
  /// A time in which the clock stands still.
  public struct Pause: Hashable, Sendable {
    public let from: Instant
    /// A code of the parameter's list, or `Clock.suspension`.
    public let reason: String
    public fileprivate(set) var until: Instant?
  }

  /// A change of a running clock: a longer term, or a correction of its amount or start.
  public struct Change: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
      /// The law allows a longer term in all: the parameter with `-EXT` says how long.
      case `extension`
      /// What was recorded was wrong.
      case correction
    }

    public let kind: Kind
    /// The whole term from now on, in the unit of the parameter; `nil`: as it was.
    public let amount: Int?
    /// When it began in truth; `nil`: as it was.
    public let startedAt: Instant?
    /// Why, in words.
    public let reason: String
    /// The citation that allows it.
    public let basis: String
    public let at: Instant

    public init(
      kind: Kind, amount: Int?, startedAt: Instant?, reason: String, basis: String, at: Instant
    ) {
      self.kind = kind
      self.amount = amount
      self.startedAt = startedAt
      self.reason = reason
      self.basis = basis
      self.at = at
    }
  }

  public let parameter: ClockParameter
  public private(set) var startedAt: Instant
  /// The whole term in the unit of the parameter, extensions and corrections included.
  public private(set) var amount: Int
  public private(set) var pauses: [Pause] = []
  public private(set) var changes: [Change] = []
  public internal(set) var closedAt: Instant?

  /// The reason of the pauses that the suspension of a case brings.
  public static let suspension = "suspended"

  public init(_ parameter: ClockParameter, startedAt: Instant) {
    self.parameter = parameter
    self.startedAt = startedAt
    amount = parameter.amount
  }

  /// Whether it may be stopped for `reason`.
  ///
  /// - Throws: `TASK504` when it does not run; `TASK505` when the term allows no pause, or not for this reason.
  public func checkPause(for reason: String?) throws {
    guard isRunning else { throw Diagnostic("TASK504", ["clock": parameter.identifier]) }
    guard let reason, parameter.pauseReasons.contains(reason) else {
      let reasons = parameter.pauseReasons.joined(separator: ", ")
      throw Diagnostic(
        "TASK505",
        [
          "clock": parameter.identifier, "reasons": reasons.isEmpty ? "–" : reasons,
          "basis": parameter.source,
        ])
    }
  }

  /// Stands still from `instant` on.
  public mutating func pause(at instant: Instant, reason: String) {
    pauses.append(Pause(from: instant, reason: reason))
  }

  /// Goes on with what is left.
  public mutating func resume(at instant: Instant) {
    if let last = pauses.indices.last, pauses[last].until == nil { pauses[last].until = instant }
  }

  /// Has another term or another start from now on; what it stood still stays.
  public mutating func apply(_ change: Change) {
    if let amount = change.amount { self.amount = amount }
    if let startedAt = change.startedAt { self.startedAt = startedAt }
    changes.append(change)
  }

  public var isOpen: Bool { closedAt == nil }

  public var isPaused: Bool { pauses.last.map { $0.until == nil } ?? false }

  public var isRunning: Bool { isOpen && !isPaused }
}

/// Clocks that were stored before they could be changed have neither amount nor changes; what was never changed is written
/// as it always was.
extension Clock: JSONRecord {
  public static func members(of value: Clock?, in json: inout JSONCoder) throws -> Clock {
    var clock = try Clock(
      json.member("parameter", value?.parameter),
      startedAt: json.member("startedAt", value?.startedAt))
    let changed = value?.amount == value?.parameter.amount ? nil : value?.amount
    clock.amount = try json.optional("amount", changed) ?? clock.parameter.amount
    clock.pauses = try json.member("pauses", value?.pauses)
    clock.changes = try json.list("changes", value?.changes)
    clock.closedAt = try json.optional("closedAt", value?.closedAt)
    return clock
  }
}

extension Clock.Pause: JSONRecord {
  public static func members(of value: Clock.Pause?, in json: inout JSONCoder) throws -> Clock.Pause
  {
    try Clock.Pause(
      from: json.member("from", value?.from),
      reason: json.member("reason", value?.reason),
      until: json.optional("until", value?.until))
  }
}

extension Clock.Change: JSONRecord {
  public static func members(of value: Clock.Change?, in json: inout JSONCoder) throws
    -> Clock.Change
  {
    try Clock.Change(
      kind: json.member("kind", value?.kind),
      amount: json.optional("amount", value?.amount),
      startedAt: json.optional("startedAt", value?.startedAt),
      reason: json.member("reason", value?.reason),
      basis: json.member("basis", value?.basis),
      at: json.member("at", value?.at))
  }
}

extension Clock.Change.Kind: JSONStored {}
