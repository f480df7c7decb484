import Diagnostics

/// One walk over UTF-8 bytes from tag to tag: refused markup, limits, and the line of every start tag.
struct MarkupScanner: ~Copyable {
  private(set) var lines: [UInt32] = []

  private let bytes: UnsafeBufferPointer<UInt8>
  private let file: String
  private let limits: XMLLimits
  private var position = 0
  private var line: Int
  private var depth = 0
  /// The local name of the start tag just read; empty after anything else.
  private var openName = 0..<0

  init(_ bytes: UnsafeBufferPointer<UInt8>, at start: SourceLocation, limits: XMLLimits) {
    self.bytes = bytes
    file = start.file
    line = start.line ?? 1
    self.limits = limits
    lines.reserveCapacity(bytes.count / 32)
  }

  mutating func scan() throws {
    position = bytes.declarationEnd
    line += bytes.lineEnds(upTo: position)
    while true {
      try text()
      guard position < bytes.count else { break }
      let next = position + 1 < bytes.count ? bytes[position + 1] : 0
      switch next {
      case slash: try endTag()
      case exclamation: try declaration()
      case question: try instruction()
      default: try startTag()
      }
    }
    guard !lines.isEmpty else { throw problem("XML027") }
    guard depth <= 0 else { throw problem("XML021") }
  }

  // MARK: - Pieces

  /// Moves to the next `<` or to the end.
  private mutating func text() throws {
    let start = position
    skip(to: lessThan)
    if position - start > limits.text { try longText(start) }
    openName = 0..<0
  }

  private func longText(_ start: Int) throws {
    if bytes[start..<position].allSatisfy(\.isBlank) { return }
    let name = String(decoding: bytes[openName], as: UTF8.self)
    guard limits.longTextElements.contains(name) else {
      throw problem("XML016", limit: limits.text)
    }
  }

  private mutating func endTag() throws {
    let start = position
    skip(to: greaterThan)
    try endMarkup(of: 1)
    try checkTag(start)
    depth -= 1
  }

  private mutating func startTag() throws {
    let start = position
    let startLine = line
    position += 1
    let name = readName()
    guard name.count <= limits.name else { throw problem("XML015", limit: limits.name) }
    let isEmpty = try attributes(of: start)
    lines.append(UInt32(startLine))
    guard lines.count <= limits.elements else {
      throw problem("XML017", limit: limits.elements)
    }
    guard depth < limits.depth else { throw problem("XML011", limit: limits.depth) }
    guard !isEmpty else { return }
    depth += 1
    var local = name.upperBound
    while local > name.lowerBound, bytes[local - 1] != colon { local -= 1 }
    openName = local..<name.upperBound
  }

  /// Moves behind the tag that starts at `start`; whether it ends with `/>`.
  private mutating func attributes(of start: Int) throws -> Bool {
    var count = 0
    var namespaces = 0
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case greaterThan:
        position += 1
        try checkTag(start)
        return bytes[position - 2] == slash
      case quote, apostrophe:
        position += 1
        skip(to: byte)
        try endMarkup(of: 1)
        try checkTag(start)
      case newline:
        line += 1
        position += 1
      case space, tab, carriageReturn, slash, equals:
        position += 1
      default:
        let name = readName()
        guard name.count <= limits.name else { throw problem("XML015", limit: limits.name) }
        count += 1
        if bytes.has("xmlns", at: name.lowerBound) { namespaces += 1 }
        guard count <= limits.attributes else { throw problem("XML013", limit: limits.attributes) }
        guard namespaces <= limits.namespaces else {
          throw problem("XML014", limit: limits.namespaces)
        }
      }
    }
    throw problem("XML021")
  }

  /// Moves over at least one byte, to the end of what may be a name; libxml2 knows whether it is one.
  private mutating func readName() -> Range<Int> {
    let start = position
    if position < bytes.count { position += 1 }
    while position < bytes.count, !bytes[position].endsName { position += 1 }
    return start..<position
  }

  /// `<!--`, `<![CDATA[` or what is refused.
  private mutating func declaration() throws {
    if bytes.has("<!--", at: position) {
      let start = line
      let first = position
      position += 4
      try skip(behind: "--")
      guard position - first <= limits.text else { throw problem("XML016", limit: limits.text) }
      guard position < bytes.count, bytes[position] == greaterThan else {
        throw problem("XML030")
      }
      position += 1
      guard depth <= 0 || limits.comments == .everywhere else {
        throw Diagnostic("XML007", at: SourceLocation(file: file, line: start))
      }
    } else if bytes.has("<![CDATA[", at: position) {
      let start = position
      position += 9
      try skip(behind: "]]>")
      if position - start > limits.text { try longText(start) }
    } else if bytes.has("<!DOCTYPE", at: position) {
      throw problem("XML005")
    } else {
      throw problem("XML001", ["reason": "<!"])
    }
  }

  private mutating func instruction() throws {
    guard !bytes.has("<?xml", at: position) || !bytes.endsName(at: position + 5) else {
      throw problem("XML029")
    }
    guard limits.instructions else { throw problem("XML006") }
    position += 2
    try skip(behind: "?>")
  }

  // MARK: - Bytes

  /// Moves to the next `byte`, counting lines.
  private mutating func skip(to byte: UInt8) {
    let (index, lineEnds) = bytes.find(byte, from: position)
    position = index
    line += lineEnds
  }

  /// Moves behind the byte that was searched, which must be there.
  private mutating func endMarkup(of length: Int) throws {
    guard position + length <= bytes.count else { throw problem("XML021") }
    position += length
  }

  private mutating func skip(behind end: StaticString) throws {
    while true {
      skip(to: end.utf8Start[0])
      guard position < bytes.count else { throw problem("XML021") }
      if bytes.has(end, at: position) { break }
      position += 1
    }
    position += end.utf8CodeUnitCount
  }

  private func checkTag(_ start: Int) throws {
    guard position - start <= limits.tag else { throw problem("XML012", limit: limits.tag) }
  }

  private func problem(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
    Diagnostic(code, arguments, at: SourceLocation(file: file, line: line))
  }

  private func problem(_ code: String, limit: Int) -> Diagnostic {
    problem(code, ["limit": String(limit)])
  }
}

extension UInt8 {
  /// White space, `=`, `/`, `>`, `?`, `<` or a quote: a bit for each, as all are below 64.
  fileprivate var endsName: Bool {
    let ends: UInt64 = 0xF000_8085_0000_2600
    return self < 64 && (ends &>> UInt64(self)) & 1 == 1
  }
}

extension UnsafeBufferPointer<UInt8> {
  func has(_ text: StaticString, at start: Int) -> Bool {
    guard start + text.utf8CodeUnitCount <= count else { return false }
    for index in 0..<text.utf8CodeUnitCount where self[start + index] != text.utf8Start[index] {
      return false
    }
    return true
  }

  fileprivate func endsName(at index: Int) -> Bool { index >= count || self[index].endsName }

  /// The first index at or behind the byte order mark and the XML declaration.
  var declarationEnd: Int {
    let start = has("\u{FEFF}", at: 0) ? 3 : 0
    guard has("<?xml", at: start), endsName(at: start + 5) else { return start }
    var index = start + 5
    while index < count, !has("?>", at: index) { index += 1 }
    return Swift.min(index + 2, count)
  }
}
