internal import Commission
internal import Crypto
internal import Diagnostics
internal import Foundation
internal import Synchronization

/// The file outside of the store whose keys seal the keys inside: a line each, the one in use first.
///
/// A line is `mse-store-key`, the name of the key and 32 bytes in Base64. Other processes may put a new key first at any
/// time: a key that is not known is looked for in the file once more.
final class KeyFile: Sendable {
  struct Key: Sendable {
    let name: String
    let key: SymmetricKey
  }

  let path: String
  private let known: Mutex<[Key]>

  /// Reads the file at `path`.
  ///
  /// - Throws: `STORE020` when there is none; `STORE021` when it is no key file.
  init(path: String) throws {
    self.path = path
    known = Mutex(try KeyFile.read(path))
  }

  /// Reads the file at `path`; a missing one is made with a new key, for its owner only.
  static func orNew(path: String) throws -> KeyFile {
    if !FileManager.default.fileExists(atPath: path) {
      try alone(with: path) {
        // another process may have been first
        if !FileManager.default.fileExists(atPath: path) { try write([newKey()], to: path) }
      }
    }
    return try KeyFile(path: path)
  }

  /// The key in use.
  var current: Key { known.withLock { $0[0] } }

  /// - Throws: `STORE020` when no line of the file holds the key of that name.
  func key(_ name: String) throws -> SymmetricKey {
    if let key = known.withLock({ $0.first { $0.name == name }?.key }) { return key }
    let keys = try KeyFile.read(path)
    known.withLock { $0 = keys }
    guard let key = keys.first(where: { $0.name == name })?.key else {
      throw Diagnostic("STORE020", ["file": path])
    }
    return key
  }

  /// Puts a new key first. The former ones stay: other stores and older backups may need them, and another process may
  /// still be sealing with them.
  func rotate() throws -> Key {
    let keys = try KeyFile.alone(with: path) {
      let keys = try [KeyFile.newKey()] + KeyFile.read(path)
      try KeyFile.write(keys, to: path)
      return keys
    }
    known.withLock { $0 = keys }
    return keys[0]
  }

  // MARK: The file

  private static let word = "mse-store-key"

  private static func newKey() -> Key {
    let key = SymmetricKey(size: .bits256)
    // only a name: it tells nothing of the key
    return Key(name: SymmetricKey(size: .init(bitCount: 64)).data.hex, key: key)
  }

  private static func read(_ path: String) throws -> [Key] {
    guard let data = FileManager.default.contents(atPath: path) else {
      let isThere = FileManager.default.fileExists(atPath: path)
      throw Diagnostic(isThere ? "STORE021" : "STORE020", ["file": path])
    }
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n")
    let keys = lines.compactMap { line -> Key? in
      let words = line.split(separator: " ")
      guard words.count == 3, words[0] == word,
        let bytes = Data(base64Encoded: String(words[2])), bytes.count == 32
      else { return nil }
      return Key(name: String(words[1]), key: SymmetricKey(data: bytes))
    }
    guard !keys.isEmpty, keys.count == lines.count else {
      throw Diagnostic("STORE021", ["file": path])
    }
    return keys
  }

  /// Others that change the file wait until `body` has returned.
  private static func alone<Value>(with path: String, _ body: () throws -> Value) throws -> Value {
    let turn = open(path + ".lock", O_RDWR | O_CREAT, 0o600)
    guard turn >= 0 else { throw Diagnostic("STORE021", ["file": path]) }
    defer { close(turn) }
    guard flock(turn, LOCK_EX) == 0 else { throw Diagnostic("STORE021", ["file": path]) }
    return try body()
  }

  /// Whole or not at all, and readable for its owner only from the first byte on.
  private static func write(_ keys: [Key], to path: String) throws {
    let text = keys.map { "\(word) \($0.name) \($0.key.data.base64EncodedString())\n" }.joined()
    let draft = path + ".new"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw Diagnostic("STORE021", ["file": path]) }
    let bytes = Array(text.utf8)
    let isWritten = Foundation.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    close(file)
    guard isWritten, rename(draft, path) == 0 else {
      unlink(draft)
      throw Diagnostic("STORE021", ["file": path])
    }
  }
}

extension SymmetricKey {
  var data: Data { withUnsafeBytes { Data($0) } }
}
