/// Reads a regular expression of XPath: that of XSD, with `^`, `$`, groups, back-references and reluctant quantifiers.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private(set) var groupCount = 0
  private var openGroups: Set<Int> = []
  private var nesting = 0

  private static let nestingLimit = 100
  private static let repeatLimit = 10_000

  init(_ text: String, flags: Pattern.Flags) {
    let scalars = Array(text.unicodeScalars)
    self.scalars = flags.ignoresBlanks ? Self.withoutBlanks(scalars) : scalars
  }

  /// The flag `x`: blanks do not count, wherever they stand, except in brackets.
  private static func withoutBlanks(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
    var (result, brackets, isEscaped): ([Unicode.Scalar], Int, Bool) = ([], 0, false)
    for scalar in scalars {
      if brackets == 0, CharacterClass.Shorthand.space.contains(scalar) { continue }
      if !isEscaped, scalar == "[" { brackets += 1 }
      if !isEscaped, scalar == "]", brackets > 0 { brackets -= 1 }
      isEscaped = !isEscaped && scalar == "\\"
      result.append(scalar)
    }
    return result
  }

  /// The whole text.
  mutating func pattern() throws(Failure) -> PatternNode {
    let node = try alternatives()
    guard position == scalars.count else { throw invalid }
    return node
  }

  private var invalid: Failure { .pattern(position + 1) }
  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  private mutating func next() throws(Failure) -> Unicode.Scalar {
    guard let current else { throw invalid }
    position += 1
    return current
  }
}

// MARK: - Outside of brackets

extension PatternParser {
  private mutating func alternatives() throws(Failure) -> PatternNode {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else { throw invalid }
    var branches = [try branch()]
    while take("|") { branches.append(try branch()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func branch() throws(Failure) -> PatternNode {
    var pieces: [PatternNode] = []
    while let scalar = current, scalar != "|", scalar != ")" {
      pieces.append(try quantified(try atom()))
    }
    return pieces.count == 1 ? pieces[0] : .sequence(pieces)
  }

  private mutating func atom() throws(Failure) -> PatternNode {
    let scalar = try next()
    switch scalar {
    case ".": return .anyScalar
    case "^": return .lineStart
    case "$": return .lineEnd
    case "(": return try group()
    case "[": return .members(try brackets())
    case "\\": return try escape()
    case "?", "*", "+", "{", "}", "]":
      position -= 1
      throw invalid
    default: return .scalar(scalar)
    }
  }

  private mutating func group() throws(Failure) -> PatternNode {
    if take("?") {
      guard take(":") else { throw invalid }
      let inner = try alternatives()
      guard take(")") else { throw invalid }
      return inner
    }
    groupCount += 1
    let number = groupCount
    openGroups.insert(number)
    let inner = try alternatives()
    guard take(")") else { throw invalid }
    openGroups.remove(number)
    return .group(number, inner)
  }

  private mutating func escape() throws(Failure) -> PatternNode {
    guard let scalar = current else { throw invalid }
    if "123456789".unicodeScalars.contains(scalar) { return try backreference() }
    switch try escapedMember() {
    case .range(let range) where range.count == 1:
      return .scalar(Unicode.Scalar(range.lowerBound) ?? scalar)
    case let member: return .members(CharacterClass(members: [member]))
    }
  }

  /// As many digits as there are closed groups to mean.
  private mutating func backreference() throws(Failure) -> PatternNode {
    var number = 0
    while let digit = current.flatMap({ Character($0).wholeNumberValue }), current?.isASCII == true,
      number == 0 || number * 10 + digit <= groupCount
    {
      number = number * 10 + digit
      position += 1
    }
    guard number <= groupCount, !openGroups.contains(number) else { throw invalid }
    return .backreference(number)
  }

  private mutating func quantified(_ atom: PatternNode) throws(Failure) -> PatternNode {
    let (minimum, maximum): (Int, Int?)
    switch current {
    case "?": (minimum, maximum) = (0, 1)
    case "*": (minimum, maximum) = (0, nil)
    case "+": (minimum, maximum) = (1, nil)
    case "{":
      position += 1
      (minimum, maximum) = try bounds()
    default: return atom
    }
    position += 1
    return .repeated(atom, minimum: minimum, maximum: maximum, isGreedy: !take("?"))
  }

  /// `{2}`, `{2,}` or `{2,3}`, up to the closing brace.
  private mutating func bounds() throws(Failure) -> (Int, Int?) {
    guard let minimum = number() else { throw invalid }
    var maximum: Int? = minimum
    if take(",") { maximum = number() }
    guard current == "}", minimum <= maximum ?? minimum else { throw invalid }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    let start = position
    while let current, ("0"..."9").contains(current) { position += 1 }
    let digits = String(String.UnicodeScalarView(scalars[start..<position]))
    return Int(digits).flatMap { $0 <= Self.repeatLimit ? $0 : nil }
  }
}

// MARK: - Classes

extension PatternParser {
  /// The members after `[`, up to and with `]`.
  private mutating func brackets() throws(Failure) -> CharacterClass {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingLimit else { throw invalid }
    var result = CharacterClass()
    result.isNegated = take("^")
    repeat {
      if !result.members.isEmpty, current == "-", position + 1 < scalars.count,
        scalars[position + 1] == "["
      {
        position += 2
        result.subtracted.append(try brackets())
        guard current == "]" else { throw invalid }
      } else {
        result.members.append(try bracketMember(isFirst: result.members.isEmpty))
      }
    } while !take("]")
    return result
  }

  private mutating func bracketMember(isFirst: Bool) throws(Failure) -> CharacterClass.Member {
    let low = try bracketScalar(isFirst: isFirst)
    guard case .range(let range) = low, range.count == 1, current == "-",
      position + 1 < scalars.count, scalars[position + 1] != "]", scalars[position + 1] != "["
    else { return low }
    position += 1
    guard case .range(let high) = try bracketScalar(isFirst: false), high.count == 1,
      range.lowerBound <= high.lowerBound
    else { throw invalid }
    return .range(range.lowerBound...high.lowerBound)
  }

  private mutating func bracketScalar(isFirst: Bool) throws(Failure) -> CharacterClass.Member {
    let scalar = try next()
    switch scalar {
    case "\\": return try escapedMember()
    case "[", "]":
      position -= 1
      throw invalid
    case "-" where !isFirst && current != "]":
      position -= 1
      throw invalid
    default: return .range(scalar.value...scalar.value)
    }
  }

  /// What a letter means after a backslash, outside and inside of brackets.
  private mutating func escapedMember() throws(Failure) -> CharacterClass.Member {
    let scalar = try next()
    switch scalar {
    case "n": return .range(0x0A...0x0A)
    case "r": return .range(0x0D...0x0D)
    case "t": return .range(0x09...0x09)
    case "d": return .shorthand(.digit)
    case "D": return .not(.digit)
    case "w": return .shorthand(.word)
    case "W": return .not(.word)
    case "s": return .shorthand(.space)
    case "S": return .not(.space)
    case "i": return .shorthand(.nameStart)
    case "I": return .not(.nameStart)
    case "c": return .shorthand(.namePart)
    case "C": return .not(.namePart)
    case "p", "P": return try property(isNegated: scalar == "P")
    case "\\", "|", ".", "?", "*", "+", "(", ")", "{", "}", "-", "[", "]", "^", "$":
      return .range(scalar.value...scalar.value)
    default:
      position -= 1
      throw invalid
    }
  }

  /// `{Lu}` or `{IsCyrillic}` after `\p`.
  private mutating func property(isNegated: Bool) throws(Failure) -> CharacterClass.Member {
    guard take("{"), let end = scalars[position...].firstIndex(of: "}") else { throw invalid }
    let name = String(String.UnicodeScalarView(scalars[position..<end]))
    if name.hasPrefix("Is"), let block = UnicodeNames.block(String(name.dropFirst(2))) {
      position = end + 1
      return isNegated ? .notRange(block) : .range(block)
    }
    guard let categories = UnicodeNames.categories(name) else { throw invalid }
    position = end + 1
    return isNegated ? .notCategory(categories) : .category(categories)
  }
}
