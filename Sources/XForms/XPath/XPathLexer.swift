import Diagnostics

/// One token of an expression.
struct XPathToken {
  enum Kind: UInt8 {
    case number, literal, name, end
    // operators with a name
    case and, or, div, mod
    // symbols
    case open, close, openPredicate, closePredicate, itself, parent, attribute, comma, axis, slash
    case doubleSlash, union, plus, minus, star, equal, notEqual, less, lessOrEqual, greater
    case greaterOrEqual
  }

  let kind: Kind
  /// How many bytes of the expression stand before it.
  let offset: Int
  /// The local name (`*` in `a:*`), the literal without its quotes, or the symbol or number as it is written.
  var text = ""
  /// Of a name; empty when there is none.
  var prefix = ""
  /// Of a number.
  var value = 0.0

  /// Whether an operand may end here, so that an operator must follow.
  ///
  /// - Parameter isAfterOperand: the same of the token before, after which `*` multiplies.
  fileprivate func endsOperand(after isAfterOperand: Bool) -> Bool {
    switch kind {
    case .number, .literal, .close, .closePredicate, .itself, .parent: true
    case .name, .star: !isAfterOperand
    default: false
    }
  }
}

/// Splits an expression into tokens (XPath 1.0, clause 3.7). No exponents, no variables.
struct XPathLexer {
  private static let operators: [(word: [UInt8], kind: XPathToken.Kind)] = [
    (Array("and".utf8), .and), (Array("or".utf8), .or), (Array("div".utf8), .div),
    (Array("mod".utf8), .mod),
  ]

  private let bytes: [UInt8]
  private var index = 0
  /// The last token ends an operand: a name after it must be an operator's (clause 3.7).
  private var isAfterOperand = false

  private init(_ text: String) { bytes = Array(text.utf8) }

  static func tokens(of text: String) throws -> [XPathToken] {
    var lexer = XPathLexer(text)
    var tokens: [XPathToken] = []
    tokens.reserveCapacity(lexer.bytes.count / 3 + 2)
    repeat {
      let token = try lexer.next()
      lexer.isAfterOperand = token.endsOperand(after: lexer.isAfterOperand)
      tokens.append(token)
    } while tokens[tokens.count - 1].kind != .end
    return tokens
  }

  private mutating func next() throws -> XPathToken {
    while let byte = peek(), byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
      index += 1
    }
    let start = index
    guard let byte = peek() else { return XPathToken(kind: .end, offset: start) }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return try literal(quote: byte) }
    if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) ?? false) {
      return try number()
    }
    if scalar(at: index)?.isNameStart ?? false { return name() }
    guard let (kind, length) = symbol(byte, peek(1)) else {
      throw Diagnostic.unexpectedInExpression(
        scalar(at: index).map { String(Character($0)) } ?? "", at: position)
    }
    index += length
    return XPathToken(kind: kind, offset: start, text: text(start..<index))
  }

  private func peek(_ ahead: Int = 0) -> UInt8? {
    index + ahead < bytes.count ? bytes[index + ahead] : nil
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Where the next character is, in characters counted from 1.
  private var position: Int { XPathLexer.position(of: index, in: bytes) }

  static func position(of offset: Int, in bytes: some Collection<UInt8>) -> Int {
    bytes.prefix(offset).count { $0 & 0xC0 != 0x80 } + 1
  }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    guard index < bytes.count else { return nil }
    if bytes[index] < 0x80 { return Unicode.Scalar(bytes[index]) }
    return String(decoding: bytes[index..<min(index + 4, bytes.count)], as: UTF8.self)
      .unicodeScalars.first
  }

  private mutating func literal(quote: UInt8) throws -> XPathToken {
    let start = index
    guard let end = bytes[(start + 1)...].firstIndex(of: quote) else {
      throw Diagnostic("FORM104", ["position": "\(position)"])
    }
    index = end + 1
    return XPathToken(kind: .literal, offset: start, text: text(start + 1..<end))
  }

  private mutating func number() throws -> XPathToken {
    let start = index
    while peek().map(Self.isDigit) ?? false { index += 1 }
    if peek() == UInt8(ascii: ".") {
      index += 1
      while peek().map(Self.isDigit) ?? false { index += 1 }
    }
    let text = text(start..<index)
    if let next = scalar(at: index), next.isNameStart, namedOperator() == nil {
      index = start
      throw Diagnostic.unexpectedInExpression(text + String(Character(next)), at: position)
    }
    return XPathToken(
      kind: .number, offset: start, text: text, value: XPathNumber.parse(text))
  }

  private mutating func name() -> XPathToken {
    let start = index
    if isAfterOperand, let found = namedOperator() {
      index += found.word.count
      return XPathToken(kind: found.kind, offset: start, text: text(start..<index))
    }
    let first = word()
    guard peek() == UInt8(ascii: ":"), let after = peek(1), after != UInt8(ascii: ":") else {
      return XPathToken(kind: .name, offset: start, text: first)
    }
    if after == UInt8(ascii: "*") {
      index += 2
      return XPathToken(kind: .name, offset: start, text: "*", prefix: first)
    }
    guard scalar(at: index + 1)?.isNameStart ?? false else {
      return XPathToken(kind: .name, offset: start, text: first)
    }
    index += 1
    return XPathToken(kind: .name, offset: start, text: word(), prefix: first)
  }

  private mutating func word() -> String {
    let start = index
    while index < bytes.count {
      if bytes[index] < 0x80 {
        guard Unicode.Scalar(bytes[index]).isNameCharacter else { break }
        index += 1
      } else {
        guard let scalar = scalar(at: index), scalar.isNameCharacter else { break }
        index += scalar.utf8.count
      }
    }
    return text(start..<index)
  }

  /// The operator with which a word begins that is no longer name: blanks around it may be missing, as in `1div1`.
  private func namedOperator() -> (word: [UInt8], kind: XPathToken.Kind)? {
    Self.operators.first { word, _ in
      guard bytes[index...].starts(with: word) else { return false }
      let after = scalar(at: index + word.count)
      return after.map { !$0.isNameCharacter || $0.isDigit } ?? true
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private func symbol(_ byte: UInt8, _ next: UInt8?) -> (kind: XPathToken.Kind, length: Int)? {
    let isEqual = next == UInt8(ascii: "=")
    switch Unicode.Scalar(byte) {
    case "(": return (.open, 1)
    case ")": return (.close, 1)
    case "[": return (.openPredicate, 1)
    case "]": return (.closePredicate, 1)
    case ".": return next == UInt8(ascii: ".") ? (.parent, 2) : (.itself, 1)
    case "@": return (.attribute, 1)
    case ",": return (.comma, 1)
    case ":": return next == UInt8(ascii: ":") ? (.axis, 2) : nil
    case "/": return next == UInt8(ascii: "/") ? (.doubleSlash, 2) : (.slash, 1)
    case "|": return (.union, 1)
    case "+": return (.plus, 1)
    case "-": return (.minus, 1)
    case "*": return (.star, 1)
    case "=": return (.equal, 1)
    case "!": return isEqual ? (.notEqual, 2) : nil
    case "<": return isEqual ? (.lessOrEqual, 2) : (.less, 1)
    case ">": return isEqual ? (.greaterOrEqual, 2) : (.greater, 1)
    default: return nil
    }
  }
}

extension Unicode.Scalar {
  var isXMLSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
  var isDigit: Bool { "0" <= self && self <= "9" }
  var isNameStart: Bool {
    if isASCII {
      return self == "_" || ("a" <= self && self <= "z") || ("A" <= self && self <= "Z")
    }
    return properties.isAlphabetic
  }
  var isNameCharacter: Bool {
    isNameStart || isDigit || self == "-" || self == "." || value == 0xB7
      || (value >= 0x300 && value <= 0x36F)
  }
}
