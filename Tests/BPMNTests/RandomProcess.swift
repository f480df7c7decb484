import TestSupport

/// A random block-structured process, in the notation of `ModelText`, and what must happen when it runs.
struct RandomProcess {
  private(set) var text = "process p\n<startEvent id=\"s\"/><endEvent id=\"e\"/>"
  private(set) var generator: SeededNumbers
  /// Every element that must be completed, as often as it must.
  private(set) var expected: [String: Int] = ["s": 1, "e": 1, "p": 1]
  private var count = 0

  init(seed: UInt64) {
    generator = SeededNumbers(seed: seed)
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
    switch Int.random(in: 0..<(depth > 0 ? 14 : 9), using: &generator) {
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
    case 4: repeated(times: times)
    case 5: subprocess(times: times)
    case 6: adHoc(times: times)
    case 7: undone(times: times)
    case 8: waiting(times: times)
    case 9, 10: sequence(depth: depth, times: times)
    case 11: parallel(depth: depth, times: times, tag: "parallelGateway")
    case 12: parallel(depth: depth, times: times, tag: "inclusiveGateway")
    default: choice(depth: depth, times: times)
    }
  }

  /// A task in a loop or with several instances: each round counts, and the activity around them once.
  private mutating func repeated(times: Int) -> Block {
    let id = id("repeated")
    let rounds = Int.random(in: 0...3, using: &generator)
    let sequential = Bool.random(using: &generator)
    let loop =
      Bool.random(using: &generator)
      ? "<standardLoopCharacteristics loopMaximum=\"\(rounds)\"/>"
      : "<multiInstanceLoopCharacteristics isSequential=\"\(sequential)\"><loopCardinality>\(rounds)</loopCardinality></multiInstanceLoopCharacteristics>"
    add("<userTask id=\"\(id)\">\(loop)</userTask>")
    expected[id, default: 0] += times * (rounds + 1)
    return Block(first: id, last: id)
  }

  private mutating func subprocess(times: Int) -> Block {
    let id = id("sub")
    let rounds = Int.random(in: 1...2, using: &generator)
    let loop =
      rounds == 1
      ? ""
      : "<multiInstanceLoopCharacteristics><loopCardinality>\(rounds)</loopCardinality></multiInstanceLoopCharacteristics>"
    add(
      "<subProcess id=\"\(id)\">\(loop)<startEvent id=\"\(id)s\"/><userTask id=\"\(id)u\"/><endEvent id=\"\(id)e\"/><sequenceFlow id=\"\(id)f1\" sourceRef=\"\(id)s\" targetRef=\"\(id)u\"/><sequenceFlow id=\"\(id)f2\" sourceRef=\"\(id)u\" targetRef=\"\(id)e\"/></subProcess>"
    )
    expected[id, default: 0] += times * (rounds == 1 ? 1 : rounds + 1)
    for part in ["s", "u", "e"] { expected[id + part, default: 0] += times * rounds }
    return Block(first: id, last: id)
  }

  /// Everything in it begins, at once or one by one.
  private mutating func adHoc(times: Int) -> Block {
    let id = id("adhoc")
    let ordering = Bool.random(using: &generator) ? "Parallel" : "Sequential"
    add(
      "<adHocSubProcess id=\"\(id)\" ordering=\"\(ordering)\"><userTask id=\"\(id)a\"/><serviceTask id=\"\(id)b\">[[taskDefinition type=\"work\"]]</serviceTask></adHocSubProcess>"
    )
    for part in ["", "a", "b"] { expected[id + part, default: 0] += times }
    return Block(first: id, last: id)
  }

  /// A task and an event after it that lets it be undone.
  private mutating func undone(times: Int) -> Block {
    let id = id("done")
    add(
      "<userTask id=\"\(id)\"/><boundaryEvent id=\"\(id)b\" attachedToRef=\"\(id)\"><compensateEventDefinition/></boundaryEvent><serviceTask id=\"\(id)h\" isForCompensation=\"true\">[[taskDefinition type=\"undo\"]]</serviceTask><association id=\"\(id)l\" sourceRef=\"\(id)b\" targetRef=\"\(id)h\"/><intermediateThrowEvent id=\"\(id)t\"><compensateEventDefinition activityRef=\"\(id)\"/></intermediateThrowEvent>"
    )
    add("\(id) -> \(id)t")
    for part in ["", "h", "t"] { expected[id + part, default: 0] += times }
    return Block(first: id, last: id + "t")
  }

  /// An event that needs two things to happen, a time and a condition that already holds.
  private mutating func waiting(times: Int) -> Block {
    node(
      "both",
      {
        "<intermediateCatchEvent id=\"\($0)\" parallelMultiple=\"true\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition><conditionalEventDefinition><condition>=true</condition></conditionalEventDefinition></intermediateCatchEvent>"
      }, times: times)
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
