internal import Diagnostics
internal import XML

/// A short text with signatures below it, in the format of C2SP signed notes: the text, an empty line, and for each
/// signature a line `— NAME BASE64`, which holds four bytes of the key's fingerprint and the signature.
///
/// Our signatures are ECDSA on P-256 with SHA-256 over the text, in DER: what `openssl dgst -sha256 -verify` checks.
public struct SignedNote: Hashable, Sendable, CustomStringConvertible {
  public struct Signature: Hashable, Sendable {
    /// The name of the key in the directories.
    public let name: String
    /// The first bytes of the SHA-256 of the public key (SubjectPublicKeyInfo).
    let fingerprint: [UInt8]
    /// ECDSA-Sig-Value (RFC 3279) in DER.
    public let value: [UInt8]
  }

  /// Ends with a line end.
  public let text: String
  public let signatures: [Signature]

  private static let mark = "— "
  private static let fingerprintLength = 4

  /// `text` with the signature of `key`.
  ///
  /// - Throws: `AUDIT005` when the name of the key has a blank or `+`, which stand for something else here; `DOSS056`.
  public init(_ text: String, signedWith key: SealKey) throws {
    self.text = text
    signatures = [
      Signature(
        name: try Self.checked(key.name), fingerprint: Self.fingerprint(of: key.publicKey),
        value: try key.signature(of: Array(text.utf8)))
    ]
  }

  /// A text and the signature that was kept of it.
  public init(_ text: String, name: String, value: [UInt8], key: PublicSealKey) {
    self.text = text
    signatures = [
      Signature(name: name, fingerprint: Self.fingerprint(of: key), value: value)
    ]
  }

  /// - Returns: `nil` when it is not text, or has no empty line with whole signatures below.
  public init?(parsing bytes: [UInt8]) {
    guard let whole = String(validating: bytes, as: UTF8.self),
      let end = whole.lastRange(of: "\n\n")
    else { return nil }
    text = String(whole[..<end.lowerBound]) + "\n"
    var signatures: [Signature] = []
    for line in whole[end.upperBound...].split(separator: "\n") {
      let words = line.dropFirst(Self.mark.count).split(separator: " ")
      guard line.hasPrefix(Self.mark), words.count == 2,
        let bytes = Base64.decode(String(words[1])), bytes.count > Self.fingerprintLength
      else { return nil }
      signatures.append(
        Signature(
          name: String(words[0]), fingerprint: Array(bytes.prefix(Self.fingerprintLength)),
          value: Array(bytes.dropFirst(Self.fingerprintLength))))
    }
    guard !signatures.isEmpty else { return nil }
    self.signatures = signatures
  }

  /// Whether `signature` is of this text and by `key`.
  public func holds(_ signature: Signature, by key: PublicSealKey) -> Bool {
    signature.fingerprint == Self.fingerprint(of: key)
      && key.verifies(der: signature.value, of: Array(text.utf8))
  }

  public var description: String {
    signatures.reduce("\(text)\n") { note, signature in
      note + Self.mark + signature.name + " "
        + Base64.encode(signature.fingerprint + signature.value) + "\n"
    }
  }

  private static func fingerprint(of key: PublicSealKey) -> [UInt8] {
    Array(Digest(of: key.der).bytes.prefix(fingerprintLength))
  }

  private static func checked(_ name: String) throws -> String {
    guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "+" }) else {
      throw Diagnostic("AUDIT005", ["key": name.quotedForMessage])
    }
    return name
  }
}

extension StringProtocol {
  /// Where `other` stands last.
  fileprivate func lastRange(of other: String) -> Range<Index>? {
    var index = endIndex
    while index > startIndex {
      index = self.index(before: index)
      if self[index...].hasPrefix(other) { return index..<self.index(index, offsetBy: other.count) }
    }
    return nil
  }
}
