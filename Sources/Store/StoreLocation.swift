public import Commission
internal import Foundation

/// Where a store is: a file, or a PostgreSQL database as a URI (`postgresql://server/name`).
public enum StoreLocation: Hashable, Sendable, CustomStringConvertible {
  case sqlite(path: String)
  case postgresql(address: String)

  /// Reads a path or a URI.
  public init(_ text: String) {
    let isAddress = text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    self = isAddress ? .postgresql(address: text) : .sqlite(path: text)
  }

  /// As people may see it: without user and password.
  public var description: String {
    switch self {
    case .sqlite(let path): path
    case .postgresql(let address):
      "postgresql://"
        + (address.components(separatedBy: "://").last ?? "")
        .components(separatedBy: "?")[0].components(separatedBy: "@").suffix(1).joined()
    }
  }

  /// Opens the store that is there; a missing one is created only when `mayCreate`.
  ///
  /// - Throws: `STORE005` when there is none, `STORE006` when it cannot be opened, `STORE007` when a newer `mse` wrote it,
  ///   `STORE013` when it needs libpq and the machine has none.
  public func open(
    mayCreate: Bool = false, watch: (@Sendable (TransactionPhase) -> Void)? = nil
  ) async throws -> any CaseStore {
    switch self {
    case .sqlite(let path): try SQLiteStore(path: path, mayCreate: mayCreate, watch: watch)
    case .postgresql(let address):
      try await PostgreSQLStore(address: address, mayCreate: mayCreate, watch: watch)
    }
  }
}
