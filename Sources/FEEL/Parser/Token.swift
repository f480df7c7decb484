/// A piece of source: what it is, and its bytes.
struct Token {
  enum Kind: UInt8 {
    case end, number, string, word, quotedName, unknown
    case ifWord, thenWord, elseWord, forWord, inWord, returnWord, someWord, everyWord, satisfies
    case and, or, between, instance, function, null, trueWord, falseWord
    case plus, minus, star, starStar, slash
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case leftParen, rightParen, leftBracket, rightBracket, leftBrace, rightBrace
    case comma, colon, dot, dotDot, question, at
  }

  let kind: Kind
  let start: Int
  let end: Int

  /// A name or a word that could be part of one.
  var isWord: Bool {
    kind == .word
      || (kind.rawValue >= Kind.ifWord.rawValue && kind.rawValue <= Kind.falseWord.rawValue)
  }
}

/// Why the source has no tokens.
enum LexicalError: Error {
  case unterminatedString(at: Int)
  case unterminatedComment(at: Int)
}

/// Cuts FEEL source into tokens, on demand: where a name ends depends on the names in scope, which the parser knows.
struct Lexer {
  let bytes: [UInt8]

  /// The token at or after `start`.
  func token(from start: Int) throws(LexicalError) -> Token {
    let start = try skipBlanksAndComments(from: start)
    guard start < bytes.count else { return Token(kind: .end, start: start, end: start) }
    let byte = bytes[start]
    switch byte {
    case 0x30...0x39: return number(from: start)
    case 0x2E where Characters.isDigit(octet(at: start + 1)): return number(from: start)
    case 0x22: return Token(kind: .string, start: start, end: try stringEnd(from: start))
    case 0x60: return quotedName(from: start)
    case 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...: return word(from: start)
    default: return symbol(byte, from: start)
    }
  }

  private func octet(at position: Int) -> UInt8 { position < bytes.count ? bytes[position] : 0 }

  private func skipBlanksAndComments(from start: Int) throws(LexicalError) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte &- 0x09 < 5 {
        position += 1
      } else if byte == 0x2F, octet(at: position + 1) == 0x2F {
        position = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      } else if byte == 0x2F, octet(at: position + 1) == 0x2A {
        position = try commentEnd(from: position)
      } else if byte >= 0x80, case let next = Phrases.skipBlanks(in: bytes, from: position),
        next > position
      {
        position = next
      } else {
        break
      }
    }
    return position
  }

  private func commentEnd(from start: Int) throws(LexicalError) -> Int {
    var position = start + 2
    while position + 1 < bytes.count {
      if bytes[position] == 0x2A, bytes[position + 1] == 0x2F { return position + 2 }
      position += 1
    }
    throw .unterminatedComment(at: start)
  }

  /// `1`, `1.5`, `.5`, `1e6`; the dots of `1..5` are not part of it.
  private func number(from start: Int) -> Token {
    var end = digitsEnd(from: start)
    if octet(at: end) == 0x2E, Characters.isDigit(octet(at: end + 1)) {
      end = digitsEnd(from: end + 1)
    }
    if octet(at: end) | 0x20 == 0x65 {
      let sign = octet(at: end + 1)
      let digits = sign == 0x2B || sign == 0x2D ? end + 2 : end + 1
      if Characters.isDigit(octet(at: digits)) { end = digitsEnd(from: digits) }
    }
    return Token(kind: .number, start: start, end: end)
  }

  private func digitsEnd(from start: Int) -> Int {
    var end = start
    while Characters.isDigit(octet(at: end)) { end += 1 }
    return end
  }

  private func stringEnd(from start: Int) throws(LexicalError) -> Int {
    var position = start + 1
    while position < bytes.count {
      switch bytes[position] {
      case 0x22: return position + 1
      case 0x5C: position += 2
      default: position += 1
      }
    }
    throw .unterminatedString(at: start)
  }

  /// A name between backticks, Camunda's way to write any name.
  private func quotedName(from start: Int) -> Token {
    guard let end = bytes[(start + 1)...].firstIndex(of: 0x60) else {
      return Token(kind: .unknown, start: start, end: start + 1)
    }
    return Token(kind: .quotedName, start: start, end: end + 1)
  }

  private func word(from start: Int) -> Token {
    let (scalar, length) = Characters.scalar(in: bytes, at: start)
    guard Characters.isNameStart(scalar) else {
      return Token(kind: .unknown, start: start, end: start + length)
    }
    let end = Phrases.wordEnd(in: bytes, from: start + length)
    return Token(kind: keyword(start, end) ?? .word, start: start, end: end)
  }

  private func keyword(_ start: Int, _ end: Int) -> Token.Kind? {
    let length = end - start
    guard length >= 2, length <= 9, bytes[start] >= 0x61 else { return nil }
    var packed: UInt64 = 0
    for byte in bytes[start..<min(end, start + 8)] { packed = packed &<< 8 | UInt64(byte) }
    return switch packed {
    case 0x6966: .ifWord  // the letters of "if", one byte each, and so on
    case 0x7468_656E: .thenWord
    case 0x656C_7365: .elseWord
    case 0x66_6F72: .forWord
    case 0x696E: .inWord
    case 0x7265_7475_726E: .returnWord
    case 0x736F_6D65: .someWord
    case 0x65_7665_7279: .everyWord
    case 0x7361_7469_7366_6965 where length == 9 && bytes[end - 1] == 0x73: .satisfies
    case 0x61_6E64: .and
    case 0x6F72: .or
    case 0x62_6574_7765_656E: .between
    case 0x696E_7374_616E_6365 where length == 8: .instance
    case 0x6675_6E63_7469_6F6E where length == 8: .function
    case 0x6E75_6C6C: .null
    case 0x7472_7565: .trueWord
    case 0x66_616C_7365: .falseWord
    default: nil
    }
  }

  private func symbol(_ byte: UInt8, from start: Int) -> Token {
    let next = octet(at: start + 1)
    let (kind, length): (Token.Kind, Int) =
      switch byte {
      case 0x2B: (.plus, 1)
      case 0x2D: (.minus, 1)
      case 0x2A: next == 0x2A ? (.starStar, 2) : (.star, 1)
      case 0x2F: (.slash, 1)
      case 0x3D: (.equal, 1)
      case 0x21 where next == 0x3D: (.notEqual, 2)
      case 0x3C: next == 0x3D ? (.lessOrEqual, 2) : (.less, 1)
      case 0x3E: next == 0x3D ? (.greaterOrEqual, 2) : (.greater, 1)
      case 0x28: (.leftParen, 1)
      case 0x29: (.rightParen, 1)
      case 0x5B: (.leftBracket, 1)
      case 0x5D: (.rightBracket, 1)
      case 0x7B: (.leftBrace, 1)
      case 0x7D: (.rightBrace, 1)
      case 0x2C: (.comma, 1)
      case 0x3A: (.colon, 1)
      case 0x2E: next == 0x2E ? (.dotDot, 2) : (.dot, 1)
      case 0x3F: (.question, 1)
      case 0x40: (.at, 1)
      default: (.unknown, 1)
      }
    return Token(kind: kind, start: start, end: start + length)
  }
}
