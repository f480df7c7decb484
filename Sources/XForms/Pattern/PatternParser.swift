import Diagnostics

struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func parse() throws -> PatternNode {
    guard scalars.count <= 2000 else { throw Diagnostic("FORM105") }
    let tree = try choice()
    guard index == scalars.count else { throw problem() }
    return tree
  }

  private func problem() -> Diagnostic { Diagnostic("FORM111", ["position": "\(index + 1)"]) }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func choice() throws -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < 50 else { throw problem() }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .choice(branches)
  }

  private mutating func sequence() throws -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { parts.append(try repetition()) }
    return .sequence(parts)
  }

  private mutating func repetition() throws -> PatternNode {
    var node = try atom()
    while let (minimum, maximum) = try quantifier() {
      _ = take("?")  // lazy or greedy: the same strings match
      node = .repeated(node, minimum: minimum, maximum: maximum)
    }
    return node
  }

  private mutating func quantifier() throws -> (Int, Int?)? {
    if take("*") { return (0, nil) }
    if take("+") { return (1, nil) }
    if take("?") { return (0, 1) }
    guard take("{") else { return nil }
    guard let minimum = number() else { throw problem() }
    var maximum: Int? = minimum
    if take(",") { maximum = next == "}" ? nil : number() }
    guard take("}"), maximum.map({ $0 >= minimum }) ?? true else { throw problem() }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let scalar = next, scalar.isDigit, (value ?? 0) < 100_000 {
      value = (value ?? 0) * 10 + Int(scalar.value - 48)
      index += 1
    }
    return value
  }

  private mutating func atom() throws -> PatternNode {
    guard let scalar = next else { throw problem() }
    switch scalar {
    case "(":
      index += 1
      if take("?"), !take(":") { throw problem() }
      let inner = try choice()
      guard take(")") else { throw problem() }
      return inner
    case "[":
      index += 1
      return .set(try characterSet())
    case "\\":
      index += 1
      return try escape()
    case "*", "+", "?", "{": throw problem()
    default: break
    }
    index += 1
    switch scalar {
    case ".": return .set(.any)
    case "^": return .start
    case "$": return .end
    default: return .set(.one(scalar))
    }
  }

  private mutating func escape() throws -> PatternNode {
    if take("b") { return .wordBoundary(true) }
    if take("B") { return .wordBoundary(false) }
    return .set(PatternSet(items: [try escapedItem()]))
  }

  /// What follows a backslash.
  private mutating func escapedItem() throws -> PatternSet.Item {
    guard let scalar = next else { throw problem() }
    index += 1
    switch scalar {
    case "d", "w", "s":
      return .characterClass(.init(rawValue: String(scalar)) ?? .digit, isNegated: false)
    case "D", "W", "S":
      let name = String(scalar).lowercased()
      return .characterClass(.init(rawValue: name) ?? .digit, isNegated: true)
    case "n": return .range("\n", "\n")
    case "r": return .range("\r", "\r")
    case "t": return .range("\t", "\t")
    case "p", "P": return .characterClass(try property(), isNegated: scalar == "P")
    case "u":
      let start = index
      index += 4
      guard index <= scalars.count,
        let code = UInt32(String(String.UnicodeScalarView(scalars[start..<index])), radix: 16),
        let character = Unicode.Scalar(code)
      else { throw problem() }
      return .range(character, character)
    default:
      guard !scalar.properties.isAlphabetic, !scalar.isDigit else { throw problem() }
      return .range(scalar, scalar)
    }
  }

  private mutating func property() throws -> PatternSet.Class {
    guard take("{"), let end = scalars[index...].firstIndex(of: "}") else { throw problem() }
    let name = String(String.UnicodeScalarView(scalars[index..<end]))
    guard name.first?.isUppercase ?? false, let property = PatternSet.Class(rawValue: name) else {
      throw problem()
    }
    index = end + 1
    return property
  }

  private mutating func characterSet() throws -> PatternSet {
    var set = PatternSet(items: [], isNegated: take("^"))
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      index += 1
      var item = PatternSet.Item.range(scalar, scalar)
      if scalar == "\\" { item = try escapedItem() }
      if case .range(let first, _) = item, next == "-", index + 1 < scalars.count,
        scalars[index + 1] != "]"
      {
        index += 2
        var last = scalars[index - 1]
        if last == "\\" {
          guard case .range(let escaped, _) = try escapedItem() else { throw problem() }
          last = escaped
        }
        guard first <= last else { throw problem() }
        item = .range(first, last)
      }
      set.items.append(item)
    }
    guard take("]") else { throw problem() }
    return set
  }
}
