internal import Diagnostics
public import FEEL

/// Who works here and with whom: commissions, users, experts, institutions, implementers.
///
/// Small tables, kept whole as the state of the stream `authority`.
public struct Authority: Hashable, Sendable, Codable {
  /// A commission, or another body that decides.
  public struct Body: Hashable, Sendable, Codable {
    public let code: String
    public let name: String
    /// `territorial` or `central`.
    public let level: String
    public let settlement: String
  }

  /// A person who works with `mse`.
  public struct User: Hashable, Sendable, Codable {
    public let name: String
    /// As shown on screens and letters.
    public let title: String
    /// Groups of the workflows: `secretary`, `expert`, `chair` …; `admin` looks after users and definitions.
    public internal(set) var roles: [String]
    public let commission: String
    /// Since when the user may not work here any more.
    public internal(set) var disabledAt: Instant?
  }

  /// A member of panels, as the draw knows one.
  public struct Expert: Hashable, Sendable, Codable {
    public let code: String
    public let user: String
    public let speciality: String
    /// One of the seven areas of S3 Art. 3.
    public let area: String
    public let commission: String
    /// Where else the expert works.
    public let institution: String
    public let settlement: String
    /// May lead a panel.
    public let isChair: Bool
  }

  /// An agency that dossiers come from or go to.
  public struct Partner: Hashable, Sendable, Codable {
    public let code: String
    public let name: String
    public let settlement: String
  }

  /// A user who stands in for an absent one from `from` to `to`, both included.
  public struct Substitution: Hashable, Sendable, Codable {
    public let absent: String
    public let substitute: String
    public let from: Day
    public let to: Day
    public let reason: String
    /// Who ordered it.
    public let by: String
  }

  /// The commission whose store this is.
  public internal(set) var commission: String
  /// Demo and test stores let the caller set clock and user.
  public internal(set) var isTest: Bool
  /// Mixed into the seed of every draw, so that nobody outside can foretell one; 64 hex digits.
  public internal(set) var drawSecret: String
  public internal(set) var bodies: [Body] = []
  public internal(set) var users: [User] = []
  public internal(set) var experts: [Expert] = []
  public internal(set) var institutions: [Partner] = []
  public internal(set) var implementers: [Partner] = []
  /// `nil` in stores that never had one.
  private var substitutes: [Substitution]?

  /// An authority with one commission and nobody in it.
  public init(commission: String, isTest: Bool, drawSecret: String) {
    self.commission = commission
    self.isTest = isTest
    self.drawSecret = drawSecret
  }

  /// The role that looks after users and definitions.
  static let administrator = "admin"

  /// Whether somebody who may work here is an administrator.
  var hasAdministrator: Bool {
    users.contains { $0.disabledAt == nil && $0.roles.contains(Authority.administrator) }
  }

  /// The user of that name, who may work here.
  ///
  /// - Throws: `USER001` when there is none, `USER014` when the user was disabled.
  public func user(_ name: String) throws -> User {
    guard let user = users.first(where: { $0.name == name }) else {
      throw Diagnostic("USER001", ["user": name])
    }
    guard user.disabledAt == nil else { throw Diagnostic("USER014", ["user": name]) }
    return user
  }

  /// Every substitution that was ever ordered, oldest first.
  public var substitutions: [Substitution] { substitutes ?? [] }

  /// Whom the user stands in for on `day`.
  public func absent(standingIn user: String, on day: Day) -> [String] {
    substitutions.filter { $0.substitute == user && $0.from <= day && day <= $0.to }.map(\.absent)
      .removingRepeats()
  }

  mutating func add(_ substitution: Substitution) {
    substitutes = substitutions + [substitution]
  }

  /// Ends what is running or planned for `absent` with the day before `day`; what has begun stays on record.
  mutating func endSubstitutions(for absent: String, on day: Day) {
    substitutes = substitutions.compactMap { order in
      guard order.absent == absent, order.to >= day else { return order }
      guard order.from < day, let last = day.adding(days: -1) else { return nil }
      return Substitution(
        absent: order.absent, substitute: order.substitute, from: order.from, to: last,
        reason: order.reason, by: order.by)
    }
  }

  /// The name of a commission; its code where it has none.
  public func commissionName(_ code: String) -> String {
    bodies.first { $0.code == code }?.name ?? code
  }

  /// The codes of all commissions, institutions and implementers.
  public var agencies: [String] {
    bodies.map(\.code) + institutions.map(\.code) + implementers.map(\.code)
  }

  /// The expert a user is, if any.
  public func expert(user name: String) -> Expert? {
    experts.first { $0.user == name }
  }
}

extension Authority {
  /// The tables of an office folder, by file name.
  public static let tableNames = [
    "commissions.csv", "users.csv", "experts.csv", "institutions.csv", "implementers.csv",
  ]

  /// Takes over the tables of an office folder; a table that is not given stays as it is.
  ///
  /// - Throws: `CASE010` naming file, line and column of a missing value.
  public mutating func read(_ tables: [String: CSV]) throws {
    if let table = tables["commissions.csv"] {
      bodies = try table.rows.map {
        try Body(
          code: $0.required("code"), name: $0.required("name"), level: $0.required("level"),
          settlement: $0.required("settlement"))
      }
    }
    if let table = tables["users.csv"] {
      users = try table.rows.map {
        try User(
          name: $0.required("user"), title: $0.required("name"),
          roles: $0.required("roles").split(separator: " ").map(String.init),
          commission: $0.required("commission"))
      }
    }
    if let table = tables["experts.csv"] {
      experts = try table.rows.map {
        try Expert(
          code: $0.required("expert"), user: $0.required("user"),
          speciality: $0.required("speciality"), area: $0.required("area"),
          commission: $0.required("commission"), institution: $0["institution"],
          settlement: $0.required("settlement"), isChair: $0["chair"] == "yes")
      }
    }
    if let table = tables["institutions.csv"] { institutions = try Authority.partners(table) }
    if let table = tables["implementers.csv"] { implementers = try Authority.partners(table) }
  }

  private static func partners(_ table: CSV) throws -> [Partner] {
    try table.rows.map {
      try Partner(
        code: $0.required("code"), name: $0.required("name"), settlement: $0["settlement"])
    }
  }
}
