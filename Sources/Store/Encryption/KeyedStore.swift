internal import Commission

/// A store that can keep the keys of an encrypted one beside the data they seal.
protocol KeyedStore: CaseStore {
  /// The key of that name; `nil` when there never was one, or it was destroyed.
  func key(_ name: String) async throws -> StoredKey?

  /// Keys that another key of the key file than `wrapping` seals, by name, at most `limit`.
  func keys(notWrappedBy wrapping: String, limit: Int) async throws -> [StoredKey]

  /// Seals keys anew, in one transaction; a key that was destroyed in between stays so.
  func replace(_ keys: [StoredKey]) async throws

  /// Whether `owner` has a copy of the document.
  func holds(_ document: String, of owner: String) async throws -> Bool
}
