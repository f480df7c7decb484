/// A random block-structured process, in the notation of `ModelText`, and what must happen when it runs.
struct RandomProcess {
  private(set) var text = "process p\n<startEvent id=\"s\"/><endEvent id=\"e\"/>"
  private(set) var generator: SplitMix
  /// Every element that must be completed, as often as it must.
  private(set) var expected: [String: Int] = ["s": 1, "e": 1, "p": 1]
  private var count = 0

  init(seed: UInt64) {
    generator = SplitMix(state: seed)
    let body = block(depth: 3, times: 1)
    add("s -> \(body.first)")
    add("\(body.last) -> e")
  }

  private struct Block {
    let first: String
    let last: String
  }

  private mutating func add(_ line: String) { text += "\n" + line }

  private mutating func id(_ kind: String) -> String {
    count += 1
    return "\(kind)\(count)"
  }

  /// A node that runs `times` times.
  private mutating func node(_ kind: String, _ xml: (String) -> String, times: Int) -> Block {
    let id = id(kind)
    add(xml(id))
    expected[id, default: 0] += times
    return Block(first: id, last: id)
  }

  private mutating func block(depth: Int, times: Int) -> Block {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 4), using: &generator) {
    case 0: node("user", { "<userTask id=\"\($0)\"/>" }, times: times)
    case 1:
      node(
        "script",
        {
          "<scriptTask id=\"\($0)\">[[script expression=\"=1\" resultVariable=\"\($0)\"]]</scriptTask>"
        },
        times: times)
    case 2:
      node(
        "job", { "<serviceTask id=\"\($0)\">[[taskDefinition type=\"work\"]]</serviceTask>" },
        times: times)
    case 3:
      node(
        "timer",
        {
          "<intermediateCatchEvent id=\"\($0)\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>"
        }, times: times)
    case 4, 5: sequence(depth: depth, times: times)
    case 6: parallel(depth: depth, times: times, tag: "parallelGateway")
    case 7: parallel(depth: depth, times: times, tag: "inclusiveGateway")
    default: choice(depth: depth, times: times)
    }
  }

  private mutating func sequence(depth: Int, times: Int) -> Block {
    let left = block(depth: depth - 1, times: times)
    let right = block(depth: depth - 1, times: times)
    add("\(left.last) -> \(right.first)")
    return Block(first: left.first, last: right.last)
  }

  private mutating func parallel(depth: Int, times: Int, tag: String) -> Block {
    let fork = id("fork")
    let join = id("join")
    add("<\(tag) id=\"\(fork)\"/><\(tag) id=\"\(join)\"/>")
    expected[fork] = times
    expected[join] = times
    for _ in 0..<Int.random(in: 2...3, using: &generator) {
      let branch = block(depth: depth - 1, times: times)
      add("\(fork) -> \(branch.first)" + (tag == "inclusiveGateway" ? " : =true" : ""))
      add("\(branch.last) -> \(join)")
    }
    return Block(first: fork, last: join)
  }

  /// One branch is taken, known here; sometimes the default.
  private mutating func choice(depth: Int, times: Int) -> Block {
    let fork = id("fork")
    let join = id("join")
    add("<exclusiveGateway id=\"\(fork)\"/><exclusiveGateway id=\"\(join)\"/>")
    expected[fork] = times
    expected[join] = times
    let first = Bool.random(using: &generator)
    let left = block(depth: depth - 1, times: first ? times : 0)
    let right = block(depth: depth - 1, times: first ? 0 : times)
    add("\(fork) -> \(left.first) : =\(first)")
    add("\(fork) ->> \(right.first)")
    add("\(left.last) -> \(join)")
    add("\(right.last) -> \(join)")
    return Block(first: fork, last: join)
  }
}

/// A small random generator whose numbers are the same everywhere, so that a failing seed can be run again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
