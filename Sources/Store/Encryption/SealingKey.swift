internal import Commission
internal import Crypto
internal import Foundation

/// One key of an encrypted store: seals texts and bytes, commits to them, and makes what is searched for unreadable.
///
/// AES-256-GCM with a random nonce. What is sealed is bound to its place: moved to another row it does not open.
struct SealingKey: Sendable {
  private let content: SymmetricKey
  /// Their keys are in them already.
  private let commitment: HMAC<SHA256>
  private let index: HMAC<SHA256>

  init(_ key: SymmetricKey) {
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: key, info: Data("mse-store-1 \(purpose)".utf8), outputByteCount: 32)
    }
    content = derived("content")
    commitment = HMAC(key: derived("commitment"))
    index = HMAC(key: derived("index"))
  }

  /// An HMAC of what is sealed, then nonce, ciphertext and tag: GCM alone would let whoever has the key find another key
  /// that opens the same bytes to something else.
  func seal(_ bytes: some DataProtocol, at place: String) -> Data {
    guard
      let box = try? AES.GCM.seal(bytes, using: content, authenticating: Data(place.utf8)).combined
    else { fatalError("AES-GCM seals everything with a nonce of 12 bytes") }
    var sealed = Data(capacity: SHA256.byteCount + box.count)
    commitment.code(of: bytes).withUnsafeBytes { sealed.append(contentsOf: $0) }
    sealed.append(box)
    return sealed
  }

  /// `nil` when it was changed, or was sealed elsewhere or with another key.
  func open(_ sealed: Data, at place: String) -> Data? {
    let length = SHA256.byteCount
    guard sealed.count > length,
      let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(length)),
      let bytes = try? AES.GCM.open(box, using: content, authenticating: Data(place.utf8)),
      commitment.code(of: bytes) == sealed.prefix(length)
    else { return nil }
    return bytes
  }

  /// The same for the same text, and nothing that the text could be read from: 64 hex digits.
  func blind(_ text: String, for purpose: String) -> String {
    index.code(of: Data("\(purpose) \(text)".utf8)).hex
  }
}

extension HMAC<SHA256> {
  fileprivate func code(of bytes: some DataProtocol) -> MAC {
    var code = self
    code.update(data: bytes)
    return code.finalize()
  }
}
