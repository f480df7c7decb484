/// Functions of strings (DMN 1.5, table 75; Camunda). A character is a Unicode scalar.
extension Builtins {
  static let strings: [Builtin] = [
    Builtin(
      "substring", .string("string"), .number("start position"), .number("length").optional
    ) { (call, _) throws(Failure) in
      try substring(
        call.string(0), from: call.integer(1, "start position"),
        length: call[2].isNull ? nil : call.integer(2, "length"))
    },
    Builtin("string length", .string("string")) { call, _ in
      FEELValue(call.string(0).unicodeScalars.count)
    },
    Builtin("upper case", .string("string")) { (call, evaluator) throws(Failure) in
      try evaluator.take(call.string(0).utf8.count / 2)
      return .string(call.string(0).uppercased())
    },
    Builtin("lower case", .string("string")) { (call, evaluator) throws(Failure) in
      try evaluator.take(call.string(0).utf8.count / 2)
      return .string(call.string(0).lowercased())
    },
    Builtin("substring before", .string("string"), .string("match")) { call, _ in
      let (text, match) = (call.string(0), call.string(1))
      return .string(text.occurrence(of: match).map { String(text[..<$0.lowerBound]) } ?? "")
    },
    Builtin("substring after", .string("string"), .string("match")) { call, _ in
      let (text, match) = (call.string(0), call.string(1))
      return .string(text.occurrence(of: match).map { String(text[$0.upperBound...]) } ?? "")
    },
    Builtin("contains", .string("string"), .string("match")) { call, _ in
      .boolean(call.string(0).occurrence(of: call.string(1)) != nil)
    },
    Builtin("starts with", .string("string"), .string("match")) { call, _ in
      .boolean(call.string(0).utf8.starts(with: call.string(1).utf8))
    },
    Builtin("ends with", .string("string"), .string("match")) { call, _ in
      .boolean(call.string(0).utf8.reversed().starts(with: call.string(1).utf8.reversed()))
    },
    Builtin("string join", .list("list"), .string("delimiter").optional) {
      (call, evaluator) throws(Failure) in
      .string(
        try joined(
          call.list(0), by: call[1].string ?? "", limit: evaluator.environment.limits.bytes))
    },
    Builtin(
      "string join", .list("list"), .string("delimiter").nullable, .string("prefix").nullable,
      .string("suffix").nullable
    ) { (call, evaluator) throws(Failure) in
      let text = try joined(
        call.list(0), by: call[1].string ?? "", limit: evaluator.environment.limits.bytes)
      return .string((call[2].string ?? "") + text + (call[3].string ?? ""))
    },
    Builtin("trim", .string("string")) { call, _ in
      let scalars = call.string(0).unicodeScalars
      let isBlank = { (scalar: Unicode.Scalar) in Characters.isBlank(scalar.value) }
      let start = scalars.drop(while: isBlank)
      let end = start.lastIndex { !isBlank($0) }
      return .string(end.map { String(start[...$0]) } ?? "")
    },
    Builtin("is blank", .string("string")) { call, _ in
      .boolean(call.string(0).unicodeScalars.allSatisfy { Characters.isBlank($0.value) })
    },
    Builtin("uuid", isPure: false) { (_, evaluator) throws(Failure) in
      .string(uuid(try evaluator.randomBits(), try evaluator.randomBits()))
    },
  ]

  /// - Parameter start: from 1, or from the end when it is negative.
  private static func substring(
    _ text: String, from start: Int, length: Int?
  ) throws(Failure) -> FEELValue {
    let scalars = Array(text.unicodeScalars)
    let offset = start > 0 ? start - 1 : scalars.count + start
    guard start != 0, (0...scalars.count).contains(offset) else {
      throw .outsideDomain("start position")
    }
    guard length ?? 0 >= 0 else { throw .outsideDomain("length") }
    let rest = scalars[offset...].prefix(length ?? scalars.count)
    return .string(String(String.UnicodeScalarView(rest)))
  }

  private static func joined(
    _ elements: [FEELValue], by delimiter: String, limit: Int
  ) throws(Failure) -> String {
    var text = ""
    var isFirst = true
    for element in elements where !element.isNull {
      guard case .string(let part) = element else {
        throw .argument("list", expected: "list<string>", found: element.kind)
      }
      if !isFirst { text += delimiter }
      isFirst = false
      text += part
      guard text.utf8.count <= limit else { throw .tooLarge(limit) }
    }
    return text
  }

  /// A version 4 UUID (RFC 9562) of 122 random bits.
  private static func uuid(_ high: UInt64, _ low: UInt64) -> String {
    let parts = [
      hexadecimal(high &>> 32, digits: 8), hexadecimal(high &>> 16 & 0xFFFF, digits: 4),
      hexadecimal(high & 0x0FFF | 0x4000, digits: 4),
      hexadecimal(low &>> 48 & 0x3FFF | 0x8000, digits: 4),
      hexadecimal(low & 0xFFFF_FFFF_FFFF, digits: 12),
    ]
    return parts.joined(separator: "-")
  }

  private static func hexadecimal(_ bits: UInt64, digits: Int) -> String {
    let text = String(bits, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}

extension String {
  /// Where `part` first occurs, compared byte by byte (Knuth, Morris and Pratt: no byte of the text is read twice).
  func occurrence(of part: String) -> Range<Index>? {
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty else { return startIndex..<startIndex }
    let fallbacks = Self.fallbacks(of: wanted)
    var found = 0
    for position in utf8.indices {
      while found > 0, utf8[position] != wanted[found] { found = fallbacks[found - 1] }
      if utf8[position] == wanted[found] { found += 1 }
      if found == wanted.count {
        let end = utf8.index(after: position)
        return utf8.index(end, offsetBy: -found)..<end
      }
    }
    return nil
  }

  /// For each beginning of `part` how many of its last bytes are also its first.
  private static func fallbacks(of part: [UInt8]) -> [Int] {
    var fallbacks = [0]
    fallbacks.reserveCapacity(part.count)
    var found = 0
    for byte in part.dropFirst() {
      while found > 0, byte != part[found] { found = fallbacks[found - 1] }
      if byte == part[found] { found += 1 }
      fallbacks.append(found)
    }
    return fallbacks
  }
}
