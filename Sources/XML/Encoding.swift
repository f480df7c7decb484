import CXML
import Diagnostics

/// The encoding of a document, from its first bytes and its declaration (XML 1.0, 4.3.3 and appendix F).
enum Encoding {
  /// `bytes` in UTF-8: checked when they are so already, converted when `limits` allow other encodings.
  ///
  /// - Throws: `XML002` bytes that the encoding does not have, `XML003` an encoding that is not read, `XML004` a zero byte,
  ///   `XML008` not XML 1.0, `XML027` no bytes at all.
  static func utf8(_ bytes: [UInt8], at start: SourceLocation, limits: XMLLimits) throws -> [UInt8]
  {
    guard !bytes.isEmpty else { throw Diagnostic("XML027", at: start) }
    if let family = bytes.withUnsafeBufferPointer(family) {
      guard limits.otherEncodings, family.hasPrefix("UTF-16") else { throw unread(family, start) }
      let utf8 = try convert(bytes, from: family, at: start)
      let declared = try Declaration(checking: utf8, at: start).encoding ?? family
      guard declared == "UTF-16" || declared == family else { throw unread(declared, start) }
      return utf8.withoutDeclaration
    }
    let declared = try Declaration(checking: bytes, at: start).encoding ?? "UTF-8"
    if declared == "UTF-8" {
      try bytes.withUnsafeBufferPointer { try $0.checkUTF8(at: start) }
      return bytes
    }
    let isMarkedUTF8 = bytes.starts(with: "\u{FEFF}".utf8)
    guard limits.otherEncodings, !isMarkedUTF8, isRead(declared) else {
      throw unread(declared, start)
    }
    return try convert(bytes, from: declared, at: start).withoutDeclaration
  }

  /// Checks that the `head` of a stream says nothing but UTF-8, and gives the length of mark and declaration.
  ///
  /// - Throws: as `utf8`.
  static func lengthOfUTF8Declaration(_ head: [UInt8], file: String) throws -> Int {
    let start = SourceLocation(file: file, line: 1)
    guard !head.isEmpty else { throw Diagnostic("XML027", at: start) }
    let family = head.withUnsafeBufferPointer(family)
    let declared = try family ?? Declaration(checking: head, at: start).encoding ?? "UTF-8"
    guard declared == "UTF-8" else { throw unread(declared, start) }
    return head.withUnsafeBufferPointer { $0.declarationEnd }
  }

  /// One byte for each character, and ASCII in its place: what old editors wrote.
  private static func isRead(_ name: String) -> Bool {
    name == "US-ASCII" || name == "KOI8-R" || name == "KOI8-U" || name.hasPrefix("ISO-8859-")
      || name.hasPrefix("WINDOWS-125")
  }

  /// What the first bytes alone give away; `nil`: ASCII comes first, the declaration can be read.
  private static func family(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    guard bytes.count >= 4 else { return nil }
    let first = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    return switch first {
    case 0x0000_FEFF, 0xFFFE_0000, 0x0000_003C, 0x3C00_0000: "UTF-32"
    case 0x4C6F_A794: "EBCDIC"
    case 0xFEFF_0000...0xFEFF_FFFF, 0x003C_0000...0x003C_FFFF: "UTF-16BE"
    case 0xFFFE_0001...0xFFFE_FFFF, 0x3C00_0001...0x3C00_FFFF: "UTF-16LE"
    case 0x1F8B_0000...0x1F8B_FFFF: "gzip"
    default: nil
    }
  }

  private static func convert(
    _ bytes: [UInt8], from encoding: String, at start: SourceLocation
  ) throws -> [UInt8] {
    let isMarked = bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE])
    let content = encoding.hasPrefix("UTF-16") && isMarked ? bytes.dropFirst(2) : bytes[...]
    var used: Int32 = 0
    var count: Int32 = 0
    let result = content.withUnsafeBufferPointer {
      cxml_utf8(encoding, $0.baseAddress, Int32($0.count), &used, &count)
    }
    guard let result else { throw unread(encoding, start) }
    defer { cxml_free(result) }
    let utf8 = UnsafeBufferPointer(start: result, count: Int(count))
    guard used == content.count else {
      throw Diagnostic("XML002", at: start.adding(lines: utf8.lineEnds(upTo: utf8.count)))
    }
    try utf8.checkUTF8(at: start)  // there may be zeros
    return Array(utf8)
  }

  private static func unread(_ encoding: String, _ start: SourceLocation) -> Diagnostic {
    Diagnostic("XML003", ["encoding": encoding.quotedForMessage], at: start)
  }
}

/// `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`, as far as it decides how the rest is read.
private struct Declaration {
  /// In upper case; `nil`: not declared.
  private(set) var encoding: String?

  /// - Throws: `XML008` another version than 1.0, `XML029` what cannot be read for certain.
  init(checking bytes: [UInt8], at start: SourceLocation) throws {
    let bytes = bytes.withUnsafeBufferPointer { Array($0[..<$0.declarationEnd]) }
    guard let open = bytes.firstIndex(of: question) else { return }
    var rest = bytes[(open + 4)...].dropLast(2)
    while true {
      rest = rest.drop { $0 == space || $0 == tab || $0 == newline || $0 == carriageReturn }
      if rest.isEmpty { break }
      guard let (name, value) = Self.readAttribute(&rest) else {
        throw Diagnostic("XML029", at: start)
      }
      if name == "version", value != "1.0" { throw Diagnostic("XML008", at: start) }
      if name == "encoding" { encoding = value.uppercased() }
    }
  }

  private static func readAttribute(_ rest: inout ArraySlice<UInt8>) -> (
    name: String, value: String
  )? {
    guard let equals = rest.firstIndex(of: equals) else { return nil }
    let name = rest[..<equals].filter { $0 > space }
    rest = rest[(equals + 1)...].drop { $0 <= space }
    guard let mark = rest.first, mark == quote || mark == apostrophe,
      let close = rest.dropFirst().firstIndex(of: mark)
    else { return nil }
    let value = rest[(rest.startIndex + 1)..<close]
    rest = rest[(close + 1)...]
    return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }
}

extension [UInt8] {
  /// The declaration, which no longer holds after conversion, made blank; lines and columns stay.
  fileprivate var withoutDeclaration: [UInt8] {
    var result = self
    let end = withUnsafeBufferPointer { $0.declarationEnd }
    for index in 0..<end where result[index] != newline { result[index] = space }
    return result
  }
}
