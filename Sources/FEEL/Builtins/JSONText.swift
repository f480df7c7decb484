/// Writes a value as JSON (RFC 8259); temporal values become their ISO text, ranges and functions their FEEL literal.
struct JSONPrinter {
  private(set) var text = ""
  private(set) var isFull = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  mutating func print(_ value: FEELValue) {
    switch value {
    case .null: write("null")
    case .boolean(let truth): write(truth ? "true" : "false")
    case .number(let number): write(number.description)
    case .string(let string): quote(string)
    case .date(let day): quote(day.description)
    case .time(let time): quote(time.description)
    case .dateTime(let dateTime): quote(dateTime.description)
    case .daysTime(let duration): quote(duration.description)
    case .yearsMonths(let duration): quote(duration.description)
    case .range, .function: quote(value.description)
    case .list(let elements):
      write("[")
      for (index, element) in elements.enumerated() where !isFull {
        if index > 0 { write(",") }
        print(element)
      }
      write("]")
    case .context(let context):
      write("{")
      for (index, entry) in context.entries.enumerated() where !isFull {
        if index > 0 { write(",") }
        quote(entry.name)
        write(":")
        print(entry.value)
      }
      write("}")
    }
  }

  private mutating func write(_ part: String) {
    guard text.utf8.count + part.utf8.count <= limit else {
      isFull = true
      return
    }
    text += part
  }

  private mutating func quote(_ string: String) {
    write("\"")
    for scalar in string.unicodeScalars where !isFull {
      switch scalar {
      case "\"": write("\\\"")
      case "\\": write("\\\\")
      case "\n": write("\\n")
      case "\r": write("\\r")
      case "\t": write("\\t")
      case ..<" ":
        let digits = String(scalar.value, radix: 16)
        write("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: write(String(Character(scalar)))
      }
    }
    write("\"")
  }
}

/// Reads JSON (RFC 8259) into values: objects become contexts, in the order of the text.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private static let nesting = 200

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The whole text as one value; `nil` when it is not JSON.
  mutating func document() -> FEELValue? {
    guard let value = value(levels: Self.nesting) else { return nil }
    skipBlanks()
    return position == bytes.count ? value : nil
  }

  private mutating func value(levels: Int) -> FEELValue? {
    skipBlanks()
    guard levels > 0, position < bytes.count else { return nil }
    switch bytes[position] {
    case UInt8(ascii: "{"): return object(levels: levels)
    case UInt8(ascii: "["): return array(levels: levels)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return take("true") ? .boolean(true) : nil
    case UInt8(ascii: "f"): return take("false") ? .boolean(false) : nil
    case UInt8(ascii: "n"): return take("null") ? .null : nil
    default: return number()
    }
  }

  private mutating func object(levels: Int) -> FEELValue? {
    position += 1
    var entries: [(String, FEELValue)] = []
    if takeAfterBlanks("}") { return .context(FEELContext()) }
    repeat {
      skipBlanks()
      guard let name = string(), takeAfterBlanks(":"), let value = value(levels: levels - 1) else {
        return nil
      }
      entries.append((name, value))
    } while takeAfterBlanks(",")
    return takeAfterBlanks("}") ? .context(FEELContext(entries)) : nil
  }

  private mutating func array(levels: Int) -> FEELValue? {
    position += 1
    var elements: [FEELValue] = []
    if takeAfterBlanks("]") { return .list(elements) }
    repeat {
      guard let value = value(levels: levels - 1) else { return nil }
      elements.append(value)
    } while takeAfterBlanks(",")
    return takeAfterBlanks("]") ? .list(elements) : nil
  }

  private mutating func number() -> FEELValue? {
    let start = position
    _ = take("-")
    let first = position
    while position < bytes.count, "0123456789.eE+-".utf8.contains(bytes[position]) { position += 1 }
    let isPadded =
      position - first > 1 && bytes[first] == 0x30 && Characters.isDigit(bytes[first + 1])
    guard position > first, Characters.isDigit(bytes[first]), !isPadded else { return nil }
    return Decimal128(String(decoding: bytes[start..<position], as: UTF8.self)).map { .number($0) }
  }

  private mutating func string() -> String? {
    guard take("\"") else { return nil }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        text += Array(String(Character(scalar)).utf8)
      case ..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  /// The character of an escape, whose backslash is read.
  private mutating func escape() -> Unicode.Scalar? {
    guard position < bytes.count else { return nil }
    position += 1
    switch bytes[position - 1] {
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"):
      guard let unit = codeUnit() else { return nil }
      guard unit & 0xFC00 == 0xD800 else { return Unicode.Scalar(unit) }
      guard take("\\u"), let low = codeUnit(), low & 0xFC00 == 0xDC00 else { return nil }
      return Unicode.Scalar(0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF))
    case let byte where "\"\\/".utf8.contains(byte): return Unicode.Scalar(byte)
    default: return nil
    }
  }

  private mutating func codeUnit() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    defer { position += 4 }
    let digits = bytes[position..<position + 4]
    guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func take(_ word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func takeAfterBlanks(_ word: String) -> Bool {
    skipBlanks()
    return take(word)
  }

  private mutating func skipBlanks() {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
  }
}
