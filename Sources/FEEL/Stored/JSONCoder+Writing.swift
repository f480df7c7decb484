extension JSONCoder {
  mutating func write(word: StaticString) {
    word.withUTF8Buffer { output.append(contentsOf: $0) }
  }

  mutating func write(_ number: Int) {
    if number >= 0, number < 10 {
      output.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      output.append(contentsOf: String(number).utf8)
    }
  }

  /// Quotes, backslashes and control characters are escaped, and nothing else.
  mutating func write(_ text: String) {
    var text = text
    output.append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      if bytes.contains(where: JSONCoder.isEscaped) {
        writeEscaped(bytes)
      } else {
        output.append(contentsOf: bytes)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  /// JSON inside of JSON is full of quotes.
  private mutating func writeEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
    output.reserveCapacity(output.count + 2 * bytes.count)
    for byte in bytes {
      if JSONCoder.isEscaped(byte) {
        escape(byte)
      } else {
        output.append(byte)
      }
    }
  }

  private mutating func escape(_ byte: UInt8) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    case 0x09: output.append(UInt8(ascii: "t"))
    default:
      let digit = String(byte & 15, radix: 16)
      output.append(contentsOf: "u00\(byte >> 4)\(digit)".utf8)
    }
  }
}
