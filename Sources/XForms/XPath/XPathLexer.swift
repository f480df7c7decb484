import Diagnostics

/// One token of an expression with the position of its first character, counted from 1.
struct XPathToken: Equatable {
  enum Kind: Equatable {
    case number(Double)
    case literal(String)
    case name(prefix: String, local: String)  // local "*" in `a:*`
    case symbol(Symbol)
    case end
  }

  enum Symbol: String {
    case open = "("
    case close = ")"
    case openPredicate = "["
    case closePredicate = "]"
    case itself = "."
    case parent = ".."
    case attribute = "@"
    case comma = ","
    case axis = "::"
    case slash = "/"
    case doubleSlash = "//"
    case union = "|"
    case plus = "+"
    case minus = "-"
    case star = "*"
    case equal = "="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  let kind: Kind
  let position: Int

  /// Whether an operand may end here, so that an operator must follow.
  ///
  /// - Parameter isAfterOperand: the same of the token before, after which `*` multiplies and a name is an operator.
  func endsOperand(after isAfterOperand: Bool) -> Bool {
    switch kind {
    case .number, .literal: true
    case .name: !isAfterOperand
    case .symbol(.close), .symbol(.closePredicate), .symbol(.itself), .symbol(.parent): true
    case .symbol(.star): !isAfterOperand
    case .symbol, .end: false
    }
  }
}

/// Splits an expression into tokens (XPath 1.0, clause 3.7). No exponents, no variables.
struct XPathLexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  /// The last token ends an operand: a name after it must be an operator's (clause 3.7).
  private var isAfterOperand = false

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  static func tokens(of text: String) throws -> [XPathToken] {
    var lexer = XPathLexer(text)
    var tokens: [XPathToken] = []
    repeat {
      let token = try lexer.next()
      lexer.isAfterOperand = token.endsOperand(after: lexer.isAfterOperand)
      tokens.append(token)
    } while tokens.last?.kind != .end
    return tokens
  }

  private mutating func next() throws -> XPathToken {
    while let scalar = peek(), scalar.isXMLSpace { index += 1 }
    let start = index
    guard let scalar = peek() else { return XPathToken(kind: .end, position: start + 1) }
    let kind: XPathToken.Kind
    if scalar == "'" || scalar == "\"" {
      kind = .literal(try literal(quote: scalar))
    } else if scalar.isDigit || (scalar == "." && (peek(1)?.isDigit ?? false)) {
      kind = .number(try number())
    } else if scalar.isNameStart {
      kind = name()
    } else if let symbol = symbol() {
      kind = .symbol(symbol)
    } else {
      throw Diagnostic.unexpectedInExpression(String(Character(scalar)), at: start + 1)
    }
    return XPathToken(kind: kind, position: start + 1)
  }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    index + ahead < scalars.count ? scalars[index + ahead] : nil
  }

  private mutating func literal(quote: Unicode.Scalar) throws -> String {
    let start = index + 1
    guard let end = scalars[start...].firstIndex(of: quote) else {
      throw Diagnostic("FORM104", ["position": "\(index + 1)"])
    }
    index = end + 1
    return String(String.UnicodeScalarView(scalars[start..<end]))
  }

  private mutating func number() throws -> Double {
    let start = index
    while peek()?.isDigit ?? false { index += 1 }
    if peek() == "." {
      index += 1
      while peek()?.isDigit ?? false { index += 1 }
    }
    let text = String(String.UnicodeScalarView(scalars[start..<index]))
    if let next = peek(), next.isNameStart, wordOfOperator() == nil {
      throw Diagnostic.unexpectedInExpression(text + String(Character(next)), at: start + 1)
    }
    return XPathNumber.parse(text)
  }

  private mutating func name() -> XPathToken.Kind {
    if isAfterOperand, let word = wordOfOperator() {
      index += word.unicodeScalars.count
      return .name(prefix: "", local: word)
    }
    let first = word()
    guard peek() == ":", let after = peek(1), after != ":" else {
      return .name(prefix: "", local: first)
    }
    if after == "*" {
      index += 2
      return .name(prefix: first, local: "*")
    }
    guard after.isNameStart else { return .name(prefix: "", local: first) }
    index += 1
    return .name(prefix: first, local: word())
  }

  private mutating func word() -> String {
    let start = index
    while peek()?.isNameCharacter ?? false { index += 1 }
    return String(String.UnicodeScalarView(scalars[start..<index]))
  }

  /// The operator with which a word begins that is no longer name: blanks around it may be missing, as in `1div1`.
  private func wordOfOperator() -> String? {
    let rest = scalars[index...].prefix { $0.isNameCharacter }
    let word = String(String.UnicodeScalarView(rest.prefix { !$0.isDigit }))
    return ["and", "or", "div", "mod"].contains(word) ? word : nil
  }

  private mutating func symbol() -> XPathToken.Symbol? {
    for length in [2, 1] where index + length <= scalars.count {
      let text = String(String.UnicodeScalarView(scalars[index..<index + length]))
      if let symbol = XPathToken.Symbol(rawValue: text) {
        index += length
        return symbol
      }
    }
    return nil
  }
}

extension Unicode.Scalar {
  var isXMLSpace: Bool { self == " " || self == "\n" || self == "\t" || self == "\r" }
  var isDigit: Bool { "0" <= self && self <= "9" }
  var isNameStart: Bool { self == "_" || properties.isAlphabetic }
  var isNameCharacter: Bool {
    isNameStart || isDigit || self == "-" || self == "." || value == 0xB7
      || (value >= 0x300 && value <= 0x36F)
  }
}
