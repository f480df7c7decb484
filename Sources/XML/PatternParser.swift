/// Reads the patterns of XSD 1.0 (part 2, appendix F).
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  var isAtEnd: Bool { position == scalars.count }

  private var next: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    position += 1
    return true
  }

  mutating func alternatives() -> PatternExpression? {
    var branches: [PatternExpression] = []
    repeat {
      guard let branch = branch() else { return nil }
      branches.append(branch)
    } while take("|")
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func branch() -> PatternExpression? {
    var pieces: [PatternExpression] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      guard let atom = atom(), let piece = quantified(atom) else { return nil }
      pieces.append(piece)
    }
    return .sequence(pieces)
  }

  private mutating func atom() -> PatternExpression? {
    guard let scalar = next else { return nil }
    position += 1
    switch scalar {
    case "(":
      guard let inside = alternatives(), take(")") else { return nil }
      return inside
    case "[": return characterClass().map(PatternExpression.characters)
    case "\\": return escape().map(PatternExpression.characters)
    case ".": return .characters(ScalarSet("\n", "\r").inverted)
    case "*", "+", "?", "{", "}", "]": return nil
    default: return .characters(ScalarSet(scalar))
    }
  }

  private mutating func quantified(_ atom: PatternExpression) -> PatternExpression? {
    if take("?") { return .repeated(atom, least: 0, most: 1) }
    if take("*") { return .repeated(atom, least: 0, most: nil) }
    if take("+") { return .repeated(atom, least: 1, most: nil) }
    guard take("{") else { return atom }
    guard let least = number() else { return nil }
    if take("}") { return .repeated(atom, least: least, most: least) }
    guard take(",") else { return nil }
    if take("}") { return .repeated(atom, least: least, most: nil) }
    guard let most = number(), take("}"), least <= most else { return nil }
    return .repeated(atom, least: least, most: most)
  }

  private mutating func number() -> Int? {
    var digits = ""
    while let scalar = next, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      position += 1
    }
    return Int(digits)
  }

  // MARK: - Sets of characters

  /// Behind `[`.
  private mutating func characterClass() -> ScalarSet? {
    let isNegated = take("^")
    var set = ScalarSet()
    while let scalar = next, scalar != "]" {
      if scalar == "-", position + 1 < scalars.count, scalars[position + 1] == "[" {
        position += 2
        guard let subtracted = characterClass(), take("]") else { return nil }
        return (isNegated ? set.inverted : set).intersection(subtracted.inverted)
      }
      guard let part = range() else { return nil }
      set.formUnion(part)
    }
    guard take("]") else { return nil }
    return isNegated ? set.inverted : set
  }

  private mutating func range() -> ScalarSet? {
    guard let first = classMember() else { return nil }
    guard let low = first.onlyScalar, next == "-", position + 1 < scalars.count,
      scalars[position + 1] != "]", scalars[position + 1] != "["
    else { return first }
    position += 1
    guard let high = classMember()?.onlyScalar, low <= high else { return nil }
    return ScalarSet([low...high])
  }

  private mutating func classMember() -> ScalarSet? {
    guard let scalar = next else { return nil }
    position += 1
    return scalar == "\\" ? escape() : ScalarSet(scalar)
  }

  /// Behind `\`. Where Unicode is large, a larger set is given: that can only find more ambiguity.
  private mutating func escape() -> ScalarSet? {
    guard let scalar = next else { return nil }
    position += 1
    switch scalar {
    case "n": return ScalarSet("\n")
    case "r": return ScalarSet("\r")
    case "t": return ScalarSet("\t")
    case "s": return ScalarSet(" ", "\t", "\n", "\r")
    case "S": return ScalarSet(" ", "\t", "\n", "\r").inverted
    case "d": return ScalarSet([0x30...0x39])
    case "D": return ScalarSet([0x30...0x39]).inverted
    case "i":
      return ScalarSet([0x3A...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0x80...0x10FFFF])
    case "c", "w":
      return ScalarSet([
        0x2D...0x2E, 0x30...0x3A, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A, 0x80...0x10FFFF,
      ])
    case "I", "C", "W": return .all
    case "p", "P":
      guard take("{") else { return nil }
      while let scalar = next, scalar != "}" {
        position += 1
        _ = scalar
      }
      return take("}") ? .all : nil
    default:
      return "\\|.?*+(){}-[]^$".unicodeScalars.contains(scalar) ? ScalarSet(scalar) : nil
    }
  }
}
