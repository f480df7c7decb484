/// An offset from UTC or a zone of the IANA time zone database; only valid ones exist.
///
/// Two zones are equal when they are written the same: `Z` and `+00:00` are, `Z` and `@Etc/UTC` are not.
public struct Zone: Hashable, Sendable {
  /// Seconds east of UTC, or `firstName` + the place of the name in the table.
  private let code: Int32

  private static let firstName: Int32 = 1_000_000
  private static let farthest = 18 * 3600

  public static let utc = Zone(code: 0)

  private init(code: Int32) {
    self.code = code
  }

  /// `nil` when `seconds` east of UTC are more than 18 hours, in either direction.
  public init?(offset seconds: Int) {
    guard -Self.farthest...Self.farthest ~= seconds else { return nil }
    code = Int32(seconds)
  }

  /// `nil` when the zone database of this machine has no zone `name`, as `Asia/Baku`.
  public init?(named name: String) {
    guard let index = ZoneTable.index(of: name) else { return nil }
    code = Self.firstName + Int32(index)
  }

  /// Seconds east of UTC; `nil` for a named zone, whose offset depends on the day.
  public var fixedOffset: Int? { code < Self.firstName ? Int(code) : nil }

  /// `nil` for an offset.
  public var name: String? { rules?.name }

  private var rules: ZoneRules? {
    code < Self.firstName ? nil : ZoneTable.rules(at: Int(code - Self.firstName))
  }
}

extension Zone {
  /// Seconds east of UTC at `instant`.
  public func offset(at instant: Instant) -> Int {
    fixedOffset ?? rules?.offset(at: instant.seconds) ?? 0  // a code has one of the two
  }

  /// Seconds east of UTC when a clock here shows `seconds` since 1970-01-01T00:00:00; before a change when it shows that twice or never.
  func offset(atLocal seconds: Int) -> Int {
    fixedOffset ?? rules?.offset(atLocal: seconds) ?? 0
  }

  /// Seconds east of UTC by the rules that hold last, without summer time.
  var standardOffset: Int {
    fixedOffset ?? rules?.standardOffset ?? 0
  }
}

extension Zone {
  /// A zone or none, in four bytes.
  struct OptionalCode: Hashable, Sendable {
    private let code: Int32

    init(_ zone: Zone?) {
      code = zone?.code ?? .min
    }

    var zone: Zone? { code == .min ? nil : Zone(code: code) }
  }
}

extension Zone: CodableAsText {
  /// Reads `Z`, `+04:00`, `-02:45:55` and `@Asia/Baku`.
  public init?(_ text: String) {
    guard let zone = TemporalReader.read(text, { $0.zone() }) else { return nil }
    self = zone
  }

  public var description: String { TemporalWriter.text { $0.write(self) } }
}
