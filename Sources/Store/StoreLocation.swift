public import Commission
internal import Diagnostics
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

  /// Where the key file is when nobody says so: `mse.key` in the folder of the store, or in this one for a database.
  public var usualKeyFile: String {
    guard case .sqlite(let path) = self, let end = path.lastIndex(of: "/") else { return "mse.key" }
    return path[...end] + "mse.key"
  }

  /// Opens the store that is there; a missing one is created only when `mayCreate`.
  ///
  /// - Parameter keyFile: holds the keys of an encrypted store; a store that is made with one is encrypted, and a missing
  ///   key file is made with it. `nil`: a new store is not encrypted.
  /// - Throws: `STORE005` when there is none, `STORE006` when it cannot be opened, `STORE007` when a newer `mse` wrote it,
  ///   `STORE013` when it needs libpq and the machine has none, `STORE020` without the key file of an encrypted store.
  public func open(
    mayCreate: Bool = false, keyFile: String? = nil,
    watch: (@Sendable (TransactionPhase) -> Void)? = nil
  ) async throws -> any CaseStore {
    let base: any KeyedStore =
      switch self {
      case .sqlite(let path): try SQLiteStore(path: path, mayCreate: mayCreate, watch: watch)
      case .postgresql(let address):
        try await PostgreSQLStore(address: address, mayCreate: mayCreate, watch: watch)
      }
    if try await base.key(Keyring.storeKey) != nil {
      return try await EncryptedStore(base, file: KeyFile(path: keyFile ?? usualKeyFile))
    }
    guard let keyFile, mayCreate, try await base.heads(of: "").isEmpty else { return base }
    return try await EncryptedStore(base, file: KeyFile.orNew(path: keyFile))
  }

  /// Asks the database whether every page and index of its file is sound; a server looks after that itself.
  ///
  /// - Throws: `STORE018` when one is not.
  public func checkFile() async throws {
    if case .sqlite(let path) = self { try await SQLiteStore(path: path).checkFile() }
  }

  /// Seals all keys of the store with a new key, which is put first in the key file.
  ///
  /// - Returns: how many keys were sealed anew.
  /// - Throws: `STORE024` when the store is not encrypted; what `open` throws.
  public func rotateKey(keyFile: String) async throws -> Int {
    guard let store = try await open(keyFile: keyFile) as? EncryptedStore else {
      throw Diagnostic("STORE024", ["store": description])
    }
    return try await store.keyring.rotate()
  }
}
