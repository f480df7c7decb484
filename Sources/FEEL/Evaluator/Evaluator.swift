internal import Diagnostics

/// Runs a compiled expression (DMN 1.5, clause 10). FEEL never throws: what fails is null, and `notes` say why.
struct Evaluator {
  private(set) var program: Program
  /// Parts of `program`.
  private(set) var nodes: UnsafeBufferPointer<Node>
  private(set) var constants: UnsafeBufferPointer<FEELValue>
  private(set) var operands: UnsafeBufferPointer<NodeID>
  private(set) var names: UnsafeBufferPointer<String>
  /// The slots of the function that runs.
  var frame: UnsafeMutablePointer<FEELValue>
  var notes: [Diagnostic] = []
  var environment: FEELEnvironment
  /// What is left of `FEELLimits.steps`.
  var steps: Int
  /// How many nodes may still be evaluated: they count too, since a loop may have a long body.
  private var visits: Int
  private static let visitsPerStep = 4
  /// What `notes` say already, and what there was no room for.
  private var noted: Set<Noted> = []
  /// Slots of free variables nobody gave a value for: those below 64 as bits, the others in `moreMissing`.
  private var missing: UInt64 = 0
  private var moreMissing: [Int32] = []
  /// Where an entry was found last: the elements of a list mostly have their entries in one order.
  var entryPlace = 0
  /// State of the generator behind `random number()`; starts at the seed.
  var randomState: UInt64?

  private init(
    _ program: Program, environment: consuming FEELEnvironment,
    frame: UnsafeMutablePointer<FEELValue>
  ) {
    environment.depth += Int(program.height)
    self.program = program
    nodes = program.nodes
    constants = program.constants
    operands = program.operands
    names = program.names
    self.frame = frame
    steps = environment.limits.steps
    visits = min(environment.limits.steps, .max / Self.visitsPerStep) * Self.visitsPerStep
    randomState = environment.seed
    self.environment = environment
  }

  /// Gives `body` an evaluator for `program`, with all slots null.
  static func with<Answer, Problem: Error>(
    _ program: Program, environment: consuming FEELEnvironment,
    _ body: (inout Evaluator) throws(Problem) -> Answer
  ) throws(Problem) -> Answer {
    var evaluator = Evaluator(program, environment: environment, frame: nowhere)
    let answer: Result<Answer, Problem> = withFrame(of: Int(program.code.frameSize)) { frame in
      evaluator.frame = frame
      do throws(Problem) {
        return .success(try body(&evaluator))
      } catch {
        return .failure(error)
      }
    }
    return try answer.get()
  }

  /// Where `frame` points until there is one.
  private static var nowhere: UnsafeMutablePointer<FEELValue> {
    UnsafeMutablePointer(bitPattern: MemoryLayout<FEELValue>.alignment)!  // not zero
  }

  /// Gives `body` memory for `count` slots, all null.
  @inline(__always)
  static func withFrame<Answer>(
    of count: Int, _ body: (UnsafeMutablePointer<FEELValue>) -> Answer
  ) -> Answer {
    withUnsafeTemporaryAllocation(of: FEELValue.self, capacity: max(count, 1)) { memory in
      for slot in 0..<count { memory.initializeElement(at: slot, to: .null) }
      defer {
        // One by one: `deinitialize` asks the type of each slot at run time.
        for slot in 0..<count { _ = memory.moveElement(from: slot) }
      }
      return body(memory.baseAddress!)  // there is at least one slot
    }
  }

  /// Goes on with the nodes of another program.
  mutating func enter(_ program: Program) {
    self.program = program
    nodes = program.nodes
    constants = program.constants
    operands = program.operands
    names = program.names
  }

  mutating func value(_ id: NodeID) -> FEELValue {
    visits &-= 1
    return switch nodes[Int(id)] {
    case .constant(let index): constants[Int(index)]
    case .failure(let index): null(program.code.failures[Int(index)], at: id)
    case .slot(let slot): frame[Int(slot)]
    case .free(let slot, let name): free(slot, name, at: id)
    case .itemEntry(let name, let item, let otherwise): entry(name, of: item, else: otherwise)
    case .negation(let operand): negation(operand, at: id)
    case .arithmetic(let operation, let left, let right):
      arithmetic(operation, left, right, at: id)
    case .comparison(let comparison, let left, let right): compare(comparison, left, right, at: id)
    case .conjunction(let left, let right): conjunction(left, right)
    case .disjunction(let left, let right): disjunction(left, right)
    case .between(let operand, let low, let high): between(operand, low, high, at: id)
    case .membership(let input, let slot, let tests): membership(input, slot, tests)
    case .anyTest(let tests): anyTest(tests)
    case .inside(let input, let test): inside(value(input), value(test), at: id)
    case .holds(let test): truth(value(test), at: id)
    case .holdsOrEquals(let input, let test): holdsOrEquals(value(input), test, at: id)
    case .not(let test): FEELValue(value(test).boolean.map { !$0 })
    case .interval(let low, let high, let includesLow, let includesHigh):
      interval(low, high, includesLow, includesHigh, at: id)
    case .comparisonRange(let comparison, let end): comparisonRange(comparison, end, at: id)
    case .conditional(let test, let then, let otherwise): conditional(test, then, otherwise)
    case .path(let operand, let name): path(operand, name, at: id)
    case .filter(let list, let predicate, let item): filter(value(list), predicate, item, at: id)
    case .element(let list, let index): element(of: value(list), value(index), at: id)
    case .list(let run): list(run)
    case .context(let plan): context(plan)
    case .iteration(let plan): iterate(plan, at: id)
    case .instance(let operand, let type): instance(operand, type, at: id)
    case .function(let plan): closure(plan)
    case .builtin(let first, let arguments): builtin(Int(first), arguments, at: id)
    case .signature(let index, let arguments): signature(Int(index), arguments, at: id)
    case .call(let callee, let arguments): call(callee, arguments, at: id)
    case .namedCall(let callee, let plan): call(callee, namedBy: plan, at: id)
    }
  }

  /// As `value`, with a short way for what most conditions are: a comparison of two numbers.
  @inline(__always)
  mutating func condition(_ id: NodeID) -> FEELValue {
    if case .comparison(let comparison, let left, let right) = nodes[Int(id)],
      let left = number(left), let right = number(right)
    {
      visits &-= 1
      return .boolean(Operators.compare(comparison, left, right))
    }
    return value(id)
  }

  /// Null, with the reason in `notes`.
  @inline(never)
  mutating func null(_ failure: Failure, at id: NodeID) -> FEELValue {
    steps -= 2
    guard notes.count < FEELResult.noteLimit else { return .null }
    guard
      noted.insert(Noted(program: ObjectIdentifier(program), node: id, failure: failure)).inserted
    else { return .null }
    let span = program.code.entries[Int(id)].span
    var arguments = failure.arguments
    arguments["expression"] = program.text(of: span)
    arguments["offset"] = "\(span.start)"
    let note = Diagnostic(
      failure.code, arguments, at: program.place(of: Int(span.start)), severity: .warning)
    if !notes.contains(note) { notes.append(note) }
    return .null
  }

  /// A failure at a place.
  struct Noted: Hashable {
    let program: ObjectIdentifier
    let node: NodeID
    let failure: Failure
  }

  /// Forgets the notes that `operation` makes.
  mutating func withoutNotes<Answer>(_ operation: (inout Evaluator) -> Answer) -> Answer {
    let (count, known) = (notes.count, noted)
    defer {
      notes.removeSubrange(count...)
      noted = known
    }
    return operation(&self)
  }

  /// What `operation` gives; null, with a note, when it fails.
  mutating func noting(
    _ id: NodeID, _ operation: () throws(Failure) -> FEELValue
  ) -> FEELValue {
    do throws(Failure) {
      return try operation()
    } catch {
      return null(error, at: id)
    }
  }

  /// Counts `count` steps; false, with a note, when the limit is reached.
  mutating func take(_ count: Int = 1, at id: NodeID) -> Bool {
    steps -= count
    if visits < 0 { steps = min(steps, -1) }
    if steps >= 0 { return true }
    _ = null(.steps(environment.limits.steps), at: id)
    return false
  }

  /// Counts `count` steps.
  ///
  /// - Throws: `steps` when the limit is reached.
  mutating func take(_ count: Int) throws(Failure) {
    steps -= count
    guard steps >= 0 else { throw .steps(environment.limits.steps) }
  }
}

// MARK: - Variables, lists, contexts, paths
// Kept out of `value`, whose own frame is needed for every level of an expression.

extension Evaluator {
  @inline(never)
  private mutating func free(_ slot: Int32, _ name: Int32, at id: NodeID) -> FEELValue {
    let value = frame[Int(slot)]
    if case .null = value, isMissing(slot) {
      return null(.noVariable(names[Int(name)]), at: id)
    }
    return value
  }

  /// Nobody gives a value for the variable in `slot`.
  mutating func markMissing(_ slot: Int32) {
    if slot < 64 { missing |= 1 << UInt64(slot) } else { moreMissing.append(slot) }
  }

  private func isMissing(_ slot: Int32) -> Bool {
    slot < 64 ? missing & (1 << UInt64(slot)) != 0 : moreMissing.contains(slot)
  }

  @inline(never)
  private mutating func entry(_ name: Int32, of item: Int32, else otherwise: NodeID) -> FEELValue {
    if case .context(let context) = frame[Int(item)],
      let value = context.value(of: names[Int(name)], near: &entryPlace)
    {
      return value
    }
    return value(otherwise)
  }

  @inline(never)
  private mutating func list(_ run: Run) -> FEELValue {
    var elements: [FEELValue] = []
    elements.reserveCapacity(Int(run.count))
    for operand in run.range { elements.append(value(operands[operand])) }
    return .list(elements)
  }

  @inline(never)
  private mutating func context(_ index: Int32) -> FEELValue {
    let plan = program.code.contexts[Int(index)]
    var values: [FEELValue] = []
    values.reserveCapacity(plan.values.count)
    for index in plan.values.indices {
      let value = value(plan.values[index])
      values.append(value)
      let slot = plan.slots[index]
      if slot >= 0 { frame[Int(slot)] = value }
    }
    return .context(FEELContext(uniqueNames: plan.names, values: values))
  }

  @inline(never)
  private mutating func conditional(
    _ test: NodeID, _ then: NodeID, _ otherwise: NodeID
  ) -> FEELValue {
    switch condition(test) {
    case .boolean(true): value(then)
    case .boolean(false), .null: value(otherwise)
    case let other: null(.notBoolean(other.kind), at: test)
    }
  }

  @inline(never)
  private mutating func instance(_ operand: NodeID, _ type: Int32, at id: NodeID) -> FEELValue {
    let type = program.code.types[Int(type)]
    if case .unknown(let name) = type { return null(.noType(name), at: id) }
    let value = value(operand)
    if case .null = value { return .boolean(type == .null) }
    return .boolean(type.conforms(value, budget: &steps))
  }

  @inline(never)
  private mutating func path(_ operand: NodeID, _ name: Int32, at id: NodeID) -> FEELValue {
    member(names[Int(name)], of: value(operand), at: id)
  }

  /// The entry or property `name`: of a list, of each of its elements (DMN 1.5, table 62 and 10.3.2.5).
  private mutating func member(_ name: String, of value: FEELValue, at id: NodeID) -> FEELValue {
    switch value {
    case .context(let context):
      return context[name] ?? null(.noEntry(name), at: id)
    case .list(let elements):
      guard take(elements.count, at: id) else { return .null }
      return .list(elements.map { member(name, of: $0, at: id) })
    case .null, .boolean, .number, .string, .function:
      return null(.noProperty(name, of: value.kind), at: id)
    case .date, .time, .dateTime, .daysTime, .yearsMonths, .range:
      return value.property(name) ?? null(.noProperty(name, of: value.kind), at: id)
    }
  }
}
