internal import Commission
internal import Crypto
internal import Foundation

/// Makes what is searched for unreadable: one key of the whole store, so that the same text is found again.
struct SearchKey: Sendable {
  /// Its key is in it already.
  private let index: HMAC<SHA256>

  init(_ key: SymmetricKey) {
    index = HMAC(
      key: HKDF<SHA256>.deriveKey(
        inputKeyMaterial: key, info: SealingKey.info("index"), outputByteCount: 32))
  }

  /// The same for the same text, and nothing that the text could be read from: 64 hex digits.
  func blind(_ text: String, for purpose: String) -> String {
    index.code(of: Data("\(purpose) \(text)".utf8)).hex
  }
}
