import Diagnostics

/// What the bytes of a document show before libxml2 sees them: size, encoding, markup that is refused, limits
/// (interchange.md 3.3). Whether the document is well formed is libxml2's business.
struct PreScan {
  /// UTF-8, as libxml2 gets it; the bytes given, unless they were in another encoding.
  let bytes: [UInt8]
  /// The line of every start tag, in file order.
  let lines: [UInt32]

  init(_ bytes: [UInt8], file: String, limits: XMLLimits, firstLine: Int) throws {
    let start = SourceLocation(file: file, line: firstLine)
    guard bytes.count <= limits.size else {
      throw Diagnostic("XML010", ["limit": String(limits.size)], at: start)
    }
    let utf8 = try Encoding.utf8(bytes, at: start, limits: limits)
    self.bytes = utf8
    lines = try utf8.withUnsafeBufferPointer { buffer in
      var scanner = MarkupScanner(buffer, at: start, limits: limits)
      try scanner.scan()
      return scanner.lines
    }
  }
}
