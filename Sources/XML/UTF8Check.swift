import Diagnostics

extension UnsafeBufferPointer<UInt8> {
  /// Checks that all bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates) and none is zero.
  ///
  /// - Throws: `XML002` or `XML004` with the line.
  func checkUTF8(at start: SourceLocation) throws {
    guard let bad = firstNotUTF8 else { return }
    throw Diagnostic(
      self[bad] == 0 ? "XML004" : "XML002",
      at: start.adding(lines: lineEnds(upTo: bad)))
  }

  /// The index of the first byte that is zero or begins no character.
  private var firstNotUTF8: Int? {
    var index = 0
    while index < count {
      index = endOfPlainASCII(from: index)
      // What follows is mixed for a while: Azerbaijani and Russian text.
      let mixed = Swift.min(index + 16, count)
      while index < mixed {
        let byte = self[index]
        if byte &- 1 < 0x7F {
          index += 1
        } else if byte &- 0xC2 < 0x1E, index + 1 < count, self[index + 1] & 0xC0 == 0x80 {
          index += 2
        } else {
          let length = longLength(at: index)
          if length == 0 { return index }
          index += length
        }
      }
    }
    return nil
  }

  /// The bytes of the character of three or four bytes at `index`; zero: there is none.
  private func longLength(at index: Int) -> Int {
    let first = self[index]
    let length = first < 0xF0 ? 3 : 4
    guard index + length <= count else { return 0 }
    let second: ClosedRange<UInt8>
    switch first {
    case 0xE0: second = 0xA0...0xBF
    case 0xED: second = 0x80...0x9F
    case 0xE1...0xEF: second = 0x80...0xBF
    case 0xF0: second = 0x90...0xBF
    case 0xF1...0xF3: second = 0x80...0xBF
    case 0xF4: second = 0x80...0x8F
    default: return 0
    }
    guard second.contains(self[index + 1]) else { return 0 }
    return self[(index + 2)..<(index + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
  }
}

extension SourceLocation {
  /// The same file, `lines` further down.
  func adding(lines: Int) -> SourceLocation {
    SourceLocation(file: file, line: line.map { $0 + lines })
  }
}
