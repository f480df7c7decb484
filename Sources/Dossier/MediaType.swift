/// The kinds of file a dossier may carry (interchange.md 6.2).
public enum MediaType: String, CaseIterable, Hashable, Sendable, Codable {
  case pdf = "application/pdf"
  case jpeg = "image/jpeg"
  case png = "image/png"
  case text = "text/plain"

  /// Whether `bytes` begin as such a file does; text must be UTF-8 without control characters throughout.
  public func fits(_ bytes: [UInt8]) -> Bool {
    switch self {
    case .pdf: bytes.starts(with: "%PDF-".utf8)
    case .jpeg: bytes.starts(with: [0xFF, 0xD8, 0xFF])
    case .png: bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    case .text: Self.isPlainText(bytes)
    }
  }

  private static func isPlainText(_ bytes: [UInt8]) -> Bool {
    let hasControls = bytes.contains {
      $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D || $0 == 0x7F
    }
    return !hasControls && String(validating: bytes, as: UTF8.self) != nil
  }
}
