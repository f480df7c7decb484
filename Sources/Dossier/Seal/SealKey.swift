internal import Crypto
internal import Diagnostics
internal import XML

/// A private key that seals (ECDSA, P-256 with SHA-256).
public struct SealKey: Sendable {
  /// As the directories of the receivers know it: `TSEK-07/2026`.
  public let name: String
  private let key: P256.Signing.PrivateKey

  /// A new key that nobody has seen.
  public init(name: String) {
    self.name = name
    key = P256.Signing.PrivateKey()
  }

  /// The key in a PEM file (PKCS #8 or SEC 1).
  ///
  /// - Throws: `DOSS056` when it holds no P-256 key.
  public init(name: String, pem: String) throws {
    self.name = name
    do {
      key = try P256.Signing.PrivateKey(pemRepresentation: pem)
    } catch {
      throw Diagnostic("DOSS056", ["key": name.quotedForMessage])
    }
  }

  /// PKCS #8 as PEM. Whoever has it can seal in our name.
  public var pem: String { key.pemRepresentation }

  public var publicKey: PublicSealKey { PublicSealKey(key.publicKey) }

  /// `document` with the seal as the last child of its root. What stands around the root is dropped.
  ///
  /// - Parameter file: only for messages.
  /// - Throws: `DOSS049` when it is sealed already; the codes of `XMLTree` when it is not a message.
  public func sealing(
    _ document: [UInt8], profile: SealProfile = .whole, file: String
  ) throws -> [UInt8] {
    var root = try Element(parsing: document, file: file, limits: .message)
    guard try Seal(in: root) == nil else { throw Diagnostic("DOSS049", at: root.location) }
    if profile == .manifest { root = try root.listingParts() }
    let digest = Digest(of: try profile.covered(in: root))
    let info = try profile.signedInfo(digest).canonical()
    let value = try sign(info)
    root.children.append(.element(profile.seal(digest, value: value, keyName: name)))
    return Array(root.xml(indented: false).utf8)
  }

  /// r and s over the SHA-256 of `bytes`.
  func sign(_ bytes: [UInt8]) throws -> [UInt8] {
    Array(try ecdsa(bytes).rawRepresentation)
  }

  /// The same in DER, as other programs write it.
  func signature(of bytes: [UInt8]) throws -> [UInt8] {
    Array(try ecdsa(bytes).derRepresentation)
  }

  private func ecdsa(_ bytes: [UInt8]) throws -> P256.Signing.ECDSASignature {
    do {
      return try key.signature(for: SHA256.hash(data: bytes))
    } catch {
      throw Diagnostic("DOSS056", ["key": name.quotedForMessage])
    }
  }
}

/// The public half of a key: anybody may have it.
public struct PublicSealKey: Hashable, Sendable {
  /// SubjectPublicKeyInfo (RFC 5480), what a PEM file holds.
  public let der: [UInt8]

  init(_ key: P256.Signing.PublicKey) { der = Array(key.derRepresentation) }

  /// The key in `der`; `nil`: not a point on P-256.
  public init?(der: [UInt8]) {
    guard let key = try? P256.Signing.PublicKey(derRepresentation: der) else { return nil }
    self.init(key)
  }

  /// The key in a PEM file; `nil`: not a P-256 key.
  public init?(pem: String) {
    guard let key = try? P256.Signing.PublicKey(pemRepresentation: pem) else { return nil }
    self.init(key)
  }

  /// As a PEM file.
  public var pem: String {
    (try? P256.Signing.PublicKey(derRepresentation: der))?.pemRepresentation ?? ""
  }

  /// Whether `signature`, r and s of 32 bytes each, is of `bytes`.
  func verifies(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    verifies(try? P256.Signing.ECDSASignature(rawRepresentation: signature), of: bytes)
  }

  /// Whether `signature` in DER is of `bytes`.
  func verifies(der signature: [UInt8], of bytes: [UInt8]) -> Bool {
    verifies(try? P256.Signing.ECDSASignature(derRepresentation: signature), of: bytes)
  }

  private func verifies(_ signature: P256.Signing.ECDSASignature?, of bytes: [UInt8]) -> Bool {
    guard let signature, let key = try? P256.Signing.PublicKey(derRepresentation: der) else {
      return false
    }
    return key.isValidSignature(signature, for: SHA256.hash(data: bytes))
  }
}

extension Element {
  /// The dossier with the digest of every document and attachment element in its manifest.
  func listingParts() throws -> Element {
    var digests: [String: String] = [:]
    for part in try Self.parts(of: self) {
      digests[try part.attribute("id")] = Digest(of: try part.canonical()).description
    }
    return changing("Envelope") { envelope in
      envelope.changing("Manifest") { manifest in
        manifest.changing("Part") { part in
          var part = part
          part.attributes.removeAll { $0.name == "sealed" }
          if let digest = digests[part["ref"] ?? ""] {
            part.attributes.append(Attribute("sealed", value: digest))
          }
          return part
        }
      }
    }
  }

  /// The documents and attachments of a dossier.
  static func parts(of root: Element) throws -> [Element] {
    (root.child("Documents")?.children("Document") ?? [])
      + (root.child("Attachments")?.children("Attachment") ?? [])
  }

  /// This element with every child of that name replaced.
  func changing(_ name: String, _ change: (Element) throws -> Element) rethrows -> Element {
    var result = self
    result.children = try children.map {
      guard case .element(let child) = $0, child.name == name, child.namespace == namespace else {
        return $0
      }
      return .element(try change(child))
    }
    return result
  }
}
