/// Runs a pattern over a text: a backtracking machine with its own stack and a limit on moves, so that no pattern can
/// overflow the stack or run for ever.
struct PatternMatcher {
  /// Where the groups of a match lie, the whole match first; -1 for a group that took no part.
  struct Match {
    fileprivate(set) var registers: [Int]

    var range: Range<Int> { registers[0]..<registers[1] }

    func group(_ number: Int) -> Range<Int>? {
      guard 2 * number + 1 < registers.count, registers[2 * number] >= 0,
        registers[2 * number + 1] >= registers[2 * number]
      else { return nil }
      return registers[2 * number]..<registers[2 * number + 1]
    }
  }

  private enum Undo {
    case choice(instruction: Int, position: Int)
    case register(Int, Int)
  }

  let pattern: Pattern
  let scalars: [Unicode.Scalar]
  /// Instructions performed, and what else takes time.
  private(set) var moves = 0
  private let moveLimit: Int
  private var stack: [Undo] = []
  private var registers: [Int] = []

  static let moveLimit = 2_000_000

  /// What looking for the other cases of a character costs, in moves.
  private var caseCost: Int { pattern.flags.ignoresCase ? 20 : 0 }

  init(_ pattern: Pattern, _ text: String, moveLimit: Int = PatternMatcher.moveLimit) {
    self.pattern = pattern
    scalars = Array(text.unicodeScalars)
    self.moveLimit = min(moveLimit, PatternMatcher.moveLimit)
    registers = Array(repeating: -1, count: pattern.registerCount)
  }

  /// The first match that starts at `start` or later.
  mutating func firstMatch(from start: Int) throws(Failure) -> Match? {
    var start = start
    while start <= scalars.count {
      if try matches(at: start) { return Match(registers: registers) }
      start += 1
    }
    return nil
  }

  private mutating func matches(at start: Int) throws(Failure) -> Bool {
    for register in registers.indices { registers[register] = -1 }
    moves += registers.count / 4
    registers[0] = start
    stack.removeAll(keepingCapacity: true)
    var (instruction, position) = (0, start)
    while true {
      moves += 1
      guard moves < moveLimit, stack.count < 1_000_000 else { throw .patternSteps }
      if case .match = pattern.instructions[instruction] {
        registers[1] = position
        return true
      }
      if let next = step(instruction, &position) {
        instruction = next
      } else if let choice = backtrack() {
        (instruction, position) = choice
      } else {
        return false
      }
    }
  }

  /// Performs one instruction; the next one, or `nil` when it does not fit.
  private mutating func step(_ instruction: Int, _ position: inout Int) -> Int? {
    switch pattern.instructions[instruction] {
    case .scalar(let scalar):
      moves += caseCost
      guard position < scalars.count, folded(scalars[position]) == scalar else { return nil }
      position += 1
    case .member(let index):
      moves += caseCost + pattern.classes[index].weight
      guard position < scalars.count,
        pattern.classes[index].contains(
          scalars[position], ignoringCase: pattern.flags.ignoresCase)
      else { return nil }
      position += 1
    case .anyScalar:
      guard position < scalars.count,
        pattern.flags.dotMatchesAll || scalars[position] != "\n" && scalars[position] != "\r"
      else { return nil }
      position += 1
    case .branch(let first, let second):
      stack.append(.choice(instruction: second, position: position))
      return first
    case .jump(let target): return target
    case .save(let register): save(position, in: index(of: register))
    case .progress(let register):
      guard registers[index(of: register)] < position else { return nil }
    case .lineStart: guard isLineStart(position) else { return nil }
    case .lineEnd: guard isLineEnd(position) else { return nil }
    case .backreference(let group): guard repeats(group, &position) else { return nil }
    case .match: return nil
    }
    return instruction + 1
  }

  /// Registers of loops lie behind those of the groups.
  private func index(of register: Int) -> Int {
    register >= 0 ? register : 2 * (pattern.groupCount + 1) - 1 - register
  }

  private mutating func save(_ position: Int, in register: Int) {
    stack.append(.register(register, registers[register]))
    registers[register] = position
  }

  /// Undoes everything since the last choice and takes its other way.
  private mutating func backtrack() -> (instruction: Int, position: Int)? {
    while let undo = stack.popLast() {
      switch undo {
      case .choice(let instruction, let position): return (instruction, position)
      case .register(let register, let old): registers[register] = old
      }
    }
    return nil
  }

  private func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    pattern.flags.ignoresCase ? CaseVariants.folded(scalar) : scalar
  }

  private func isLineStart(_ position: Int) -> Bool {
    position == 0
      || pattern.flags.isMultiline && position < scalars.count && scalars[position - 1] == "\n"
  }

  private func isLineEnd(_ position: Int) -> Bool {
    position == scalars.count || pattern.flags.isMultiline && scalars[position] == "\n"
  }

  /// Reads what a group matched once more; a group that took no part matched nothing.
  private mutating func repeats(_ group: Int, _ position: inout Int) -> Bool {
    guard let range = Match(registers: registers).group(group) else { return true }
    guard position + range.count <= scalars.count else { return false }
    moves += range.count
    for offset in 0..<range.count
    where folded(scalars[range.lowerBound + offset]) != folded(scalars[position + offset]) {
      return false
    }
    position += range.count
    return true
  }
}
