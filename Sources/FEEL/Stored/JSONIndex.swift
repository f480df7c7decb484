/// Where the values of a JSON text lie: an entry for each value and each name, in the order of the text.
///
/// As much is checked here as must hold of the whole text; a number, or what is escaped in a text, when it is read. A comma
/// behind the last element does no harm.
struct JSONIndex: Sendable {
  enum Kind: UInt8 {
    case null, no, yes, number, list, object
    /// A text as it stands, and one with escapes or with characters that must be escaped.
    case plainText, text
  }

  struct Entry {
    let kind: Kind
    /// Of a text: without its quotes.
    let start: Int
    var end: Int
    /// The entry behind this value and all inside it.
    var next: Int
  }

  private let bytes: [UInt8]
  private(set) var entries: [Entry] = []
  let hasEscapedNames: Bool

  /// Of nothing.
  init() {
    bytes = []
    hasEscapedNames = false
  }

  /// - Throws: `DecodingError` when `text` is not JSON, or deeper than 512 lists and objects.
  init(_ text: String) throws {
    bytes = Array(text.utf8)
    var scanner = JSONScanner()
    try bytes.withUnsafeBufferPointer { try scanner.scan($0) }
    entries = scanner.entries
    hasEscapedNames = scanner.hasEscapedNames
  }

  static func problem(_ text: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: text))
  }

  // MARK: Objects

  /// The entries of the names of the object at `place`.
  func members(of place: Int) -> [Int] {
    var result: [Int] = []
    var name = place + 1
    while name < entries[place].next {
      result.append(name)
      name = entries[name + 1].next
    }
    return result
  }

  /// The value of the first member `name` of the object at `place`.
  func member(_ name: String, of place: Int) -> Int? {
    var name = name
    return name.withUTF8 { wanted in
      bytes.withUnsafeBufferPointer { bytes in
        var next = place + 1
        while next < entries[place].next {
          let entry = entries[next]
          let length = entry.end - entry.start
          if entry.kind == .plainText {
            if length == wanted.count, bytes[entry.start..<entry.end].elementsEqual(wanted) {
              return next + 1
            }
          } else if let text = try? text(at: next), text.utf8.elementsEqual(wanted) {
            return next + 1
          }
          next = entries[next + 1].next
        }
        return nil
      }
    }
  }

  func checkNames(of place: Int) throws {
    for name in members(of: place) { _ = try text(at: name) }
  }

  // MARK: Values

  /// The text at `place`, without its escapes.
  func text(at place: Int) throws -> String {
    let entry = entries[place]
    switch entry.kind {
    case .plainText:
      return bytes.withUnsafeBufferPointer {
        String(decoding: UnsafeBufferPointer(rebasing: $0[entry.start..<entry.end]), as: UTF8.self)
      }
    case .text:
      var reader = JSONEscapes(bytes[entry.start..<entry.end])
      return try reader.text()
    case .null, .no, .yes, .number, .list, .object: throw JSONIndex.problem("no text")
    }
  }

  /// The whole number at `place`.
  func integer(at place: Int) throws -> Int {
    let entry = entries[place]
    guard entry.kind == .number else { throw JSONIndex.problem("no number") }
    let digits = bytes[entry.start..<entry.end]
    let isNegative = digits.first == UInt8(ascii: "-")
    var number = 0
    for digit in isNegative ? digits.dropFirst() : digits {
      guard digit >= 48, digit <= 57 else { return try unusualInteger(digits) }
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflown) = product.subtractingReportingOverflow(Int(digit) - 48)
      guard !overflow, !overflown else { throw JSONIndex.problem("too large a number") }
      number = sum
    }
    let isUsual = digits.count == (isNegative ? 2 : 1) || digits.first { $0 != 45 } != 48
    guard digits.last != 45, isUsual, isNegative || number != .min else {
      throw JSONIndex.problem("no number")
    }
    return isNegative ? number : -number
  }

  /// `1.0` and `1e2` are whole too.
  private func unusualInteger(_ digits: ArraySlice<UInt8>) throws -> Int {
    let text = String(decoding: digits, as: UTF8.self)
    let form = /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/
    guard text.wholeMatch(of: form) != nil, let number = Decimal128(text),
      let whole = Int(exactly: number)
    else { throw JSONIndex.problem("no whole number") }
    return whole
  }
}
