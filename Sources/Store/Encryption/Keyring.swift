internal import Commission
internal import Crypto
internal import Diagnostics
internal import Foundation
internal import Synchronization

/// The keys of one encrypted store: one for each case and each person, and one of the store itself.
final class Keyring: Sendable {
  /// The name of the key of what belongs to no case and no person.
  static let storeKey = "store"

  private let base: any KeyedStore
  private let file: KeyFile
  private let cache = Mutex<[String: SealingKey]>([:])
  /// What belongs to no case and no person.
  let store: SealingKey
  let search: SearchKey

  /// Keys in memory: when there are more, all are forgotten.
  private static let cacheLimit = 10_000

  /// - Throws: `STORE020` when the key file does not hold the key of the store.
  init(_ base: any KeyedStore, file: KeyFile) async throws {
    self.base = base
    self.file = file
    guard let key = try await base.key(Keyring.storeKey) else {
      throw Diagnostic("STORE012", ["column": "sealing_key"])
    }
    let opened = SymmetricKey(data: try Keyring.bytes(of: key, with: file))
    store = SealingKey(opened)
    search = SearchKey(opened)
  }

  /// A new key of that name, to be committed with what it seals.
  func new(_ name: String) -> (stored: StoredKey, key: SealingKey) {
    Keyring.new(name, wrappedBy: file.current)
  }

  static func new(
    _ name: String, wrappedBy wrapping: KeyFile.Key
  ) -> (stored: StoredKey, key: SealingKey) {
    let key = SymmetricKey(size: .bits256)
    return (wrap(key.data, name, with: wrapping), SealingKey(key))
  }

  /// `nil` when it was destroyed.
  func key(_ name: String) async throws -> SealingKey? {
    if name == Keyring.storeKey { return store }
    if let key = cache.withLock({ $0[name] }) { return key }
    guard let stored = try await base.key(name) else { return nil }
    let key = try Keyring.unwrap(stored, with: file)
    remember([name: key])
    return key
  }

  /// Whether the key is still there: another process may have destroyed it since it was read.
  func holds(_ name: String) async throws -> Bool {
    if try await base.key(name) != nil { return true }
    forget([name])
    return false
  }

  func remember(_ keys: [String: SealingKey]) {
    cache.withLock {
      if $0.count >= Keyring.cacheLimit { $0 = [:] }
      $0.merge(keys) { $1 }
    }
  }

  func forget(_ names: [String]) {
    cache.withLock { cache in
      for name in names { cache[name] = nil }
    }
  }

  /// Seals every key of the store with a new key of the key file. Others may read and write meanwhile.
  ///
  /// - Returns: how many keys were sealed anew.
  func rotate() async throws -> Int {
    let wrapping = try file.rotate()
    var count = 0
    while true {
      let keys = try await base.keys(notWrappedBy: wrapping.name, limit: 1_000)
      if keys.isEmpty { return count }
      try await base.replace(
        keys.map {
          try Keyring.wrap(Keyring.bytes(of: $0, with: file), $0.name, with: wrapping)
        })
      count += keys.count
    }
  }

  // MARK: Wrapping

  private static func wrap(_ bytes: Data, _ name: String, with wrapping: KeyFile.Key) -> StoredKey {
    guard
      let box = try? AES.GCM.seal(bytes, using: wrapping.key, authenticating: Data(name.utf8))
        .combined
    else { fatalError("AES-GCM seals everything with a nonce of 12 bytes") }
    return StoredKey(name: name, wrapping: wrapping.name, wrapped: box.base64EncodedString())
  }

  private static func unwrap(_ stored: StoredKey, with file: KeyFile) throws -> SealingKey {
    try SealingKey(SymmetricKey(data: bytes(of: stored, with: file)))
  }

  /// - Throws: `STORE020` when the key file does not fit; `STORE012` when the key was changed by other hands.
  private static func bytes(of stored: StoredKey, with file: KeyFile) throws -> Data {
    let wrapping = try file.key(stored.wrapping)
    guard let data = Data(base64Encoded: stored.wrapped),
      let box = try? AES.GCM.SealedBox(combined: data),
      let bytes = try? AES.GCM.open(box, using: wrapping, authenticating: Data(stored.name.utf8))
    else { throw Diagnostic("STORE012", ["column": "sealing_key.wrapped"]) }
    return bytes
  }
}
