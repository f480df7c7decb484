public import Diagnostics

/// A file inside a dossier, read and compared with what the dossier says about it.
public struct Attachment: Hashable, Sendable {
  /// What the sender says about a file.
  public struct Claim: Hashable, Sendable {
    /// A label for people, never a path.
    public let fileName: String
    public let mediaType: String
    /// In bytes, decoded.
    public let size: Int
    /// SHA-256 of the bytes, in hexadecimal digits.
    public let digest: String

    public init(fileName: String, mediaType: String, size: Int, digest: String) {
      self.fileName = fileName
      self.mediaType = mediaType
      self.size = size
      self.digest = digest
    }
  }

  /// The largest file, in bytes (interchange.md 6.2).
  public static let largest = 5 << 20

  public let fileName: String
  public let mediaType: MediaType
  public let bytes: [UInt8]
  public let digest: Digest

  /// Decodes `base64` and holds it against `claim`. Nothing is unpacked or run.
  ///
  /// - Throws: `DOSS010` not base64, `DOSS011` another size, `DOSS012` another digest, `DOSS013` a name that is no plain
  ///   label, `DOSS014` content of another type, `DOSS015` too large, `DOSS016` a type that is not taken.
  public init(base64: String, claim: Claim, at location: SourceLocation?) throws {
    func refuse(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
      Diagnostic(code, arguments, at: location)
    }
    guard Self.isLabel(claim.fileName) else { throw refuse("DOSS013") }
    guard let mediaType = MediaType(rawValue: claim.mediaType) else {
      throw refuse(
        "DOSS016", ["allowed": MediaType.allCases.map(\.rawValue).joined(separator: ", ")])
    }
    guard claim.size <= Self.largest, base64.utf8.count <= Self.largest * 2 else {
      throw refuse("DOSS015", ["limit": String(Self.largest)])
    }
    guard let bytes = Base64.decode(base64) else { throw refuse("DOSS010") }
    guard bytes.count == claim.size else {
      throw refuse(
        "DOSS011", ["declared": String(claim.size), "actual": String(bytes.count)])
    }
    let digest = Digest(of: bytes)
    guard digest == Digest(claim.digest) else { throw refuse("DOSS012") }
    guard mediaType.fits(bytes) else {
      throw refuse("DOSS014", ["type": mediaType.rawValue])
    }
    fileName = claim.fileName
    self.mediaType = mediaType
    self.bytes = bytes
    self.digest = digest
  }

  /// A name that no program takes for a path, a command or something else than it shows.
  private static func isLabel(_ name: String) -> Bool {
    guard (1...120).contains(name.unicodeScalars.count), !name.hasPrefix(".") else { return false }
    return name.unicodeScalars.allSatisfy {
      switch $0.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        false
      default: !"/\\:*?\"<>|".unicodeScalars.contains($0)
      }
    }
  }
}
