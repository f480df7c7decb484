import Diagnostics

/// One instruction of the matching program; numbers are instruction addresses.
enum PatternInstruction: Sendable {
  case set(PatternSet)
  case split(Int, Int)
  case jump(Int)
  case start
  case end
  case wordBoundary(Bool)
  case match
}

/// Pattern tree to program; counted repetitions are written out.
struct PatternCompiler {
  private static let maximalSize = 20_000
  private(set) var program: [PatternInstruction] = []

  mutating func add(_ node: PatternNode) throws {
    guard program.count <= Self.maximalSize else { throw Diagnostic("FORM105") }
    switch node {
    case .set(let set): program.append(.set(set))
    case .start: program.append(.start)
    case .end: program.append(.end)
    case .wordBoundary(let isAt): program.append(.wordBoundary(isAt))
    case .sequence(let parts): for part in parts { try add(part) }
    case .choice(let branches): try add(choice: branches[...])
    case .repeated(let inner, let minimum, let maximum):
      for _ in 0..<minimum { try add(inner) }
      if let maximum {
        try add(optional: inner, times: maximum - minimum)
      } else {
        let start = program.count
        program.append(.split(start + 1, 0))
        try add(inner)
        program.append(.jump(start))
        program[start] = .split(start + 1, program.count)
      }
    }
  }

  private mutating func add(choice branches: ArraySlice<PatternNode>) throws {
    guard let first = branches.first else { return }
    guard branches.count > 1 else { return try add(first) }
    let split = program.count
    program.append(.split(split + 1, 0))
    try add(first)
    let jump = program.count
    program.append(.jump(0))
    program[split] = .split(split + 1, program.count)
    try add(choice: branches.dropFirst())
    program[jump] = .jump(program.count)
  }

  private mutating func add(optional inner: PatternNode, times: Int) throws {
    var splits: [Int] = []
    for _ in 0..<times {
      splits.append(program.count)
      program.append(.split(program.count + 1, 0))
      try add(inner)
    }
    for split in splits { program[split] = .split(split + 1, program.count) }
  }
}

/// Runs all alternatives side by side (Pike), so time is proportional to text × program.
struct PatternMatcher {
  private let program: [PatternInstruction]

  init(_ program: [PatternInstruction]) { self.program = program }

  func matches(_ text: [Unicode.Scalar]) -> Bool {
    var active: [Int] = []
    var seen = [Int](repeating: -1, count: program.count)
    for index in 0...text.count {
      var stack = active.reversed() + []
      stack.insert(0, at: 0)  // a match may begin at every place
      active.removeAll(keepingCapacity: true)
      if follow(&stack, at: index, in: text, &seen, &active) { return true }
      guard index < text.count else { break }
      active = active.compactMap { address in
        guard case .set(let set) = program[address], set.contains(text[index]) else { return nil }
        return address + 1
      }
    }
    return false
  }

  /// Follows what needs no character; true when it reaches the end of the program.
  private func follow(
    _ stack: inout [Int], at index: Int, in text: [Unicode.Scalar], _ seen: inout [Int],
    _ active: inout [Int]
  ) -> Bool {
    while let address = stack.popLast() {
      guard seen[address] != index else { continue }
      seen[address] = index
      switch program[address] {
      case .match: return true
      case .set: active.append(address)
      case .jump(let target): stack.append(target)
      case .split(let first, let second): stack += [second, first]
      case .start: if index == 0 { stack.append(address + 1) }
      case .end: if index == text.count { stack.append(address + 1) }
      case .wordBoundary(let isAt):
        if isBoundary(index, text) == isAt { stack.append(address + 1) }
      }
    }
    return false
  }

  private func isBoundary(_ index: Int, _ text: [Unicode.Scalar]) -> Bool {
    let before = index > 0 && PatternSet.Class.word.contains(text[index - 1])
    let after = index < text.count && PatternSet.Class.word.contains(text[index])
    return before != after
  }
}
