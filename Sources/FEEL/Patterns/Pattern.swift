/// A regular expression of XPath (Functions and Operators 3.1, 5.6), compiled for `PatternMatcher`.
struct Pattern: Sendable {
  /// One step of the matching machine; targets are positions in `instructions`.
  enum Instruction: Sendable {
    case scalar(Unicode.Scalar)
    case member(Int)
    case anyScalar
    /// Tries the first target, and the second when that fails.
    case branch(Int, Int)
    case jump(Int)
    /// Remembers the position in a register; the first two of every group are its start and end.
    case save(Int)
    /// Fails when nothing was read since the register was saved, so that `(a*)*` ends.
    case progress(Int)
    case lineStart
    case lineEnd
    case backreference(Int)
    case match
  }

  struct Flags: Sendable {
    /// `s`: the dot also matches line ends.
    var dotMatchesAll = false
    /// `m`: `^` and `$` match at line ends.
    var isMultiline = false
    /// `i`
    var ignoresCase = false
    /// `x`: blanks in the pattern do not count.
    var ignoresBlanks = false
    /// `q`: the pattern is plain text.
    var isLiteral = false

    /// `nil` when a letter is no flag.
    init?(_ letters: String) {
      for letter in letters {
        switch letter {
        case "s": dotMatchesAll = true
        case "m": isMultiline = true
        case "i": ignoresCase = true
        case "x": ignoresBlanks = true
        case "q": isLiteral = true
        default: return nil
        }
      }
    }
  }

  let instructions: [Instruction]
  let classes: [CharacterClass]
  let groupCount: Int
  let registerCount: Int
  let flags: Flags

  /// Too many instructions would make even a limited match slow to start.
  static let instructionLimit = 50_000

  /// How long it took to compile, in moves of the machine.
  let weight: Int

  /// - Throws: `outsideDomain` for unknown flags, `pattern` with the place of what cannot be read.
  init(_ text: String, flags letters: String) throws(Failure) {
    guard let flags = Flags(letters) else { throw .outsideDomain("flags") }
    var compiler = PatternCompiler(flags: flags)
    if flags.isLiteral {
      for scalar in text.unicodeScalars { try compiler.emit(compiler.literal(scalar)) }
    } else {
      var parser = PatternParser(text, flags: flags)
      try compiler.compile(try parser.pattern())
      compiler.groupCount = parser.groupCount
    }
    try compiler.emit(.match)
    instructions = compiler.instructions
    classes = compiler.classes
    groupCount = compiler.groupCount
    registerCount = 2 * (compiler.groupCount + 1) + compiler.loopCount
    weight = compiler.visits + compiler.instructions.count
    self.flags = flags
  }
}

/// A pattern as written.
indirect enum PatternNode {
  case empty
  case scalar(Unicode.Scalar)
  case members(CharacterClass)
  case anyScalar
  case lineStart
  case lineEnd
  case backreference(Int)
  case group(Int, PatternNode)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  /// `maximum` nil: without end.
  case repeated(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)
}

/// Turns a pattern into instructions.
struct PatternCompiler {
  var instructions: [Pattern.Instruction] = []
  var classes: [CharacterClass] = []
  var groupCount = 0
  var loopCount = 0
  /// Parts compiled, each as often as it is repeated: what is empty makes no instructions.
  var visits = 0
  let flags: Pattern.Flags

  init(flags: Pattern.Flags) { self.flags = flags }

  func literal(_ scalar: Unicode.Scalar) -> Pattern.Instruction {
    .scalar(flags.ignoresCase ? CaseVariants.folded(scalar) : scalar)
  }

  mutating func emit(_ instruction: Pattern.Instruction) throws(Failure) {
    guard instructions.count < Pattern.instructionLimit else { throw .patternSteps }
    instructions.append(instruction)
  }

  mutating func compile(_ node: PatternNode) throws(Failure) {
    visits += 1
    guard visits < 2 * Pattern.instructionLimit else { throw .patternSteps }
    switch node {
    case .empty: break
    case .scalar(let scalar): try emit(literal(scalar))
    case .members(let members):
      classes.append(members)
      try emit(.member(classes.count - 1))
    case .anyScalar: try emit(.anyScalar)
    case .lineStart: try emit(.lineStart)
    case .lineEnd: try emit(.lineEnd)
    case .backreference(let group): try emit(.backreference(group))
    case .group(let number, let inner):
      try emit(.save(2 * number))
      try compile(inner)
      try emit(.save(2 * number + 1))
    case .sequence(let nodes): for node in nodes { try compile(node) }
    case .alternatives(let nodes): try compile(alternatives: nodes)
    case .repeated(let inner, let minimum, let maximum, let isGreedy):
      for _ in 0..<minimum { try compile(inner) }
      if let maximum {
        try compile(optional: inner, times: maximum - minimum, isGreedy)
      } else {
        try compile(endless: inner, isGreedy)
      }
    }
  }

  private mutating func compile(alternatives nodes: [PatternNode]) throws(Failure) {
    var ends: [Int] = []
    for (index, node) in nodes.enumerated() {
      guard index < nodes.count - 1 else {
        try compile(node)
        break
      }
      let branch = instructions.count
      try emit(.branch(branch + 1, 0))
      try compile(node)
      ends.append(instructions.count)
      try emit(.jump(0))
      instructions[branch] = .branch(branch + 1, instructions.count)
    }
    for end in ends { instructions[end] = .jump(instructions.count) }
  }

  private mutating func compile(
    optional node: PatternNode, times: Int, _ isGreedy: Bool
  ) throws(Failure) {
    var branches: [Int] = []
    for _ in 0..<times {
      branches.append(instructions.count)
      try emit(.branch(0, 0))
      try compile(node)
    }
    for branch in branches { setBranch(branch, to: instructions.count, isGreedy) }
  }

  private mutating func compile(endless node: PatternNode, _ isGreedy: Bool) throws(Failure) {
    let register = -1 - loopCount  // numbered after the groups, which are not all known yet
    loopCount += 1
    let branch = instructions.count
    try emit(.branch(0, 0))
    try emit(.save(register))
    try compile(node)
    try emit(.progress(register))
    try emit(.jump(branch))
    setBranch(branch, to: instructions.count, isGreedy)
  }

  private mutating func setBranch(_ branch: Int, to end: Int, _ isGreedy: Bool) {
    instructions[branch] = isGreedy ? .branch(branch + 1, end) : .branch(end, branch + 1)
  }
}
