import Diagnostics

/// Reads a batch, a root element with one record after another, in constant memory: as much as one record needs.
///
/// Every record comes as a document of its own, so that it is parsed, validated and verified like a single message, and a
/// bad one does not spoil the rest.
///
///     var reader = XMLReader(file: "batch.xml") { try handle.read(upToCount: 1 << 18) ?? [] }
///     while let record = try reader.next() {
///       let problems = schema.problems(in: try record.tree())
///     }
public struct XMLReader: ~Copyable {
  private let file: String
  private let limits: XMLLimits
  private let read: () throws -> [UInt8]
  private var window = ByteWindow()
  private var root: BatchRoot?
  private var isAtEnd = false

  /// - Parameter file: only for messages.
  /// - Parameter limits: of one record; the batch may be as long as it likes. Only UTF-8 is read.
  /// - Parameter read: gives the next bytes, as many as it likes; none at the end.
  public init(file: String, limits: XMLLimits = .message, read: @escaping () throws -> [UInt8]) {
    self.file = file
    self.limits = limits
    self.read = read
  }

  /// The next record, not yet parsed; `nil` after the last.
  ///
  /// - Throws: a `Diagnostic` when the batch around the records is broken, which ends the reading; what `read` throws.
  public mutating func next() throws -> XMLRecord? {
    if root == nil { try readRoot() }
    while !isAtEnd {
      try skipBlank()
      switch try markup() {
      case .comment, .instruction: window.drop(try markupEnd())
      case .startTag: return try record()
      case .endTag:
        let tag = window.drop(try markupEnd())
        guard root?.isClosed(by: tag) == true else {
          throw problem("XML001", ["reason": String(decoding: tag, as: UTF8.self).quotedForMessage])
        }
        try readRest()
      }
    }
    return nil
  }

  private mutating func record() throws -> XMLRecord {
    let line = window.line
    let offset = window.offset
    var scanner = RecordScanner()
    while true {
      if let end = window.withBytes({ scanner.end(in: $0) }) {
        let bytes = window.drop(end)
        return XMLRecord(
          bytes: root?.document(of: bytes) ?? Array(bytes), offset: offset, line: line, file: file,
          limits: limits)
      }
      guard window.count <= limits.size else {
        throw problem("XML010", ["limit": String(limits.size)])
      }
      guard try more() else { throw problem("XML021") }
    }
  }

  // MARK: - Around the records

  private enum Markup {
    case startTag, endTag, comment, instruction
  }

  private mutating func readRoot() throws {
    _ = try has(1024)
    let head = window.withBytes { Array($0.prefix(1024)) }
    window.drop(try Encoding.lengthOfUTF8Declaration(head, file: file))
    while root == nil {
      try skipBlank()
      switch try markup() {
      case .comment, .instruction: window.drop(try markupEnd())
      case .endTag: throw problem("XML001", ["reason": "</"])
      case .startTag:
        let line = window.line
        let root = try BatchRoot(startTag: window.drop(try markupEnd()), file: file, line: line)
        self.root = root
        if root.isEmpty { try readRest() }
      }
    }
  }

  /// Behind the root only comments may stand.
  private mutating func readRest() throws {
    isAtEnd = true
    while try has(1) {
      try skipBlank()
      guard try has(1) else { return }
      switch try markup() {
      case .comment, .instruction: window.drop(try markupEnd())
      case .startTag, .endTag: throw problem("XML022")
      }
    }
  }

  /// Drops white space; then markup must follow or, behind the root, the end.
  private mutating func skipBlank() throws {
    while try has(1) {
      window.drop(window.withBytes { $0.firstIndex { !$0.isBlank } ?? $0.count })
      guard let next = window.withBytes({ $0.first }) else { continue }
      if next == lessThan { return }
      if next == 0 { throw problem("XML004") }
      throw problem(root == nil ? "XML027" : isAtEnd ? "XML022" : "XML019")
    }
    if !isAtEnd { throw problem(root == nil ? "XML027" : "XML021") }
  }

  private mutating func markup() throws -> Markup {
    _ = try has(9)
    if window.starts(with: "</") { return .endTag }
    if window.starts(with: "<!--") { return .comment }
    if window.starts(with: "<!DOCTYPE") { throw problem("XML005") }
    if window.starts(with: "<!") { throw problem("XML001", ["reason": "<!"]) }
    guard window.starts(with: "<?") else { return .startTag }
    guard limits.instructions else { throw problem("XML006") }
    return .instruction
  }

  /// The end of the comment, tag or instruction at the start of the window.
  private mutating func markupEnd() throws -> Int {
    while true {
      if let end = window.withBytes({ $0.markupEnd(at: 0) }) { return end }
      guard window.count <= limits.tag else {
        throw problem("XML012", ["limit": String(limits.tag)])
      }
      guard try more() else { throw problem("XML021") }
    }
  }

  // MARK: - Bytes

  /// Whether `count` bytes are there; reads until they are.
  private mutating func has(_ count: Int) throws -> Bool {
    while window.count < count {
      guard try more() else { return false }
    }
    return true
  }

  private mutating func more() throws -> Bool {
    let bytes = try read()
    window.append(bytes)
    return !bytes.isEmpty
  }

  private func problem(_ code: String, _ arguments: [String: String] = [:]) -> Diagnostic {
    Diagnostic(code, arguments, at: SourceLocation(file: file, line: window.line))
  }
}
