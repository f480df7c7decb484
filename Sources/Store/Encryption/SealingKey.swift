internal import Commission
internal import Crypto
internal import Foundation

/// One key of an encrypted store: seals texts and bytes, and commits to them.
///
/// AES-256-GCM with a random nonce. What is sealed is bound to its place: moved to another row it does not open.
struct SealingKey: Sendable {
  private let content: SymmetricKey
  /// Its key is in it already.
  private let commitment: HMAC<SHA256>

  init(_ key: SymmetricKey) {
    let extracted = HKDF<SHA256>.extract(inputKeyMaterial: key, salt: Data())
    func derived(_ purpose: String) -> SymmetricKey {
      HKDF<SHA256>.expand(
        pseudoRandomKey: extracted, info: SealingKey.info(purpose), outputByteCount: 32)
    }
    content = derived("content")
    commitment = HMAC(key: derived("commitment"))
  }

  /// What tells the keys apart that are derived from one.
  static func info(_ purpose: String) -> Data { Data("mse-store-1 \(purpose)".utf8) }

  /// An HMAC of what is sealed, then nonce, ciphertext and tag: GCM alone would let whoever has the key find another key
  /// that opens the same bytes to something else.
  func seal(_ bytes: some DataProtocol, at place: String) -> Data {
    var place = place
    let box = place.withUTF8 {
      try? AES.GCM.seal(bytes, using: content, authenticating: UnsafeRawBufferPointer($0)).combined
    }
    guard let box else { fatalError("AES-GCM seals everything with a nonce of 12 bytes") }
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
}

extension HMAC<SHA256> {
  func code(of bytes: some DataProtocol) -> MAC {
    var code = self
    code.update(data: bytes)
    return code.finalize()
  }
}
