/// A pattern facet (XSD 1.0 part 2, appendix F), as far as its matching cost needs it.
///
/// libxml2 matches by trying: a pattern that can read the same characters in several ways takes time that grows with the
/// square of the text or worse. `isDeterministic` rules that out: the next character always says how to go on.
struct SchemaPattern {
  /// Whether every text it matches has a bounded length.
  let isBounded: Bool
  /// Whether no two ways to go on read the same character (the position automaton is deterministic).
  let isDeterministic: Bool

  /// `nil`: not a pattern, or one of more than `most` positions once its repetitions are written out.
  init?(_ text: String) {
    var parser = PatternParser(text)
    guard let expression = parser.alternatives(), parser.isAtEnd else { return nil }
    var automaton = PositionAutomaton()
    guard automaton.add(expression) != nil else { return nil }
    isBounded = expression.isBounded
    isDeterministic = automaton.isDeterministic
  }

  static let most = 4096
}

indirect enum PatternExpression {
  case characters(ScalarSet)
  case sequence([PatternExpression])
  case choice([PatternExpression])
  /// `most` nil: without end.
  case repeated(PatternExpression, least: Int, most: Int?)

  var isBounded: Bool {
    switch self {
    case .characters: true
    case .sequence(let parts), .choice(let parts): parts.allSatisfy(\.isBounded)
    case .repeated(let part, _, let most): most != nil && part.isBounded
    }
  }
}

/// Glushkov's automaton: a position for every character set, and which positions may follow which.
private struct PositionAutomaton {
  struct Fragment {
    var isNullable: Bool
    var first: [Int]
    var last: [Int]
  }

  private var sets: [ScalarSet] = []
  private var following: [Set<Int>] = []
  private var start: [Int] = []

  /// `nil`: too many positions.
  mutating func add(_ expression: PatternExpression) -> Bool? {
    guard let fragment = fragment(expression) else { return nil }
    start = fragment.first
    return true
  }

  var isDeterministic: Bool {
    isUnambiguous(start) && following.allSatisfy { isUnambiguous($0.sorted()) }
  }

  private func isUnambiguous(_ positions: [Int]) -> Bool {
    for (index, left) in positions.enumerated() {
      for right in positions[(index + 1)...] where sets[left].overlaps(sets[right]) {
        return false
      }
    }
    return true
  }

  private mutating func fragment(_ expression: PatternExpression) -> Fragment? {
    switch expression {
    case .characters(let set):
      guard sets.count < SchemaPattern.most else { return nil }
      sets.append(set)
      following.append([])
      return Fragment(isNullable: false, first: [sets.count - 1], last: [sets.count - 1])
    case .sequence(let parts):
      return sequence(parts)
    case .choice(let parts):
      var all = Fragment(isNullable: parts.isEmpty, first: [], last: [])
      for part in parts {
        guard let next = fragment(part) else { return nil }
        all.isNullable = all.isNullable || next.isNullable
        all.first += next.first
        all.last += next.last
      }
      return all
    case .repeated(let part, let least, let most):
      return repeated(part, least: least, most: most)
    }
  }

  private mutating func sequence(_ parts: [PatternExpression]) -> Fragment? {
    var all = Fragment(isNullable: true, first: [], last: [])
    for part in parts {
      guard let next = fragment(part) else { return nil }
      all = join(all, next)
    }
    return all
  }

  private mutating func join(_ left: Fragment, _ right: Fragment) -> Fragment {
    connect(left.last, to: right.first)
    return Fragment(
      isNullable: left.isNullable && right.isNullable,
      first: left.isNullable ? left.first + right.first : left.first,
      last: right.isNullable ? left.last + right.last : right.last)
  }

  /// Writes out the copies: `x{2,3}` is `xxx?`, `x{2,}` is `xxx*`.
  private mutating func repeated(
    _ part: PatternExpression, least: Int, most: Int?
  ) -> Fragment? {
    guard max(least, most ?? 0) <= SchemaPattern.most else { return nil }
    var all = Fragment(isNullable: true, first: [], last: [])
    for _ in 0..<least {
      guard let next = fragment(part) else { return nil }
      all = join(all, next)
    }
    if let most {
      var optional: [Fragment] = []
      for _ in least..<max(least, most) {
        guard let next = fragment(part) else { return nil }
        optional.append(next)
      }
      for (index, next) in optional.enumerated().reversed() where index + 1 < optional.count {
        connect(next.last, to: optional[index + 1].first)
      }
      guard let head = optional.first else { return all }
      let tail = Fragment(isNullable: true, first: head.first, last: optional.flatMap(\.last))
      return join(all, tail)
    }
    guard var loop = fragment(part) else { return nil }
    connect(loop.last, to: loop.first)
    loop.isNullable = true
    return join(all, loop)
  }

  private mutating func connect(_ from: [Int], to next: [Int]) {
    for position in from { following[position].formUnion(next) }
  }
}
