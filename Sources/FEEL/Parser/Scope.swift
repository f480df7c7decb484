/// The variables an expression sees at one place while it is parsed, and the slots they will have.
struct Scope {
  /// A variable, or the element of a filter, whose entries are seen as variables too.
  struct Binding {
    let name: String
    let slot: Int32
    let type: FEELType
    let frame: Int
    let isItem: Bool
    var isUsed = false
  }

  /// The slots of one function body; the first frame is that of the expression itself.
  private struct Frame {
    var slotCount: Int32 = 0
    var captures: [FunctionPlan.Capture] = []
  }

  /// Where a name leads.
  struct Resolution {
    /// Elements of filters around the place, innermost first: their entries hide what is outside.
    var items: [Int32] = []
    /// Whether one of `items` has the entry by its type.
    var isEntry = false
    /// The slot of the variable; `nil` for a name nothing binds.
    var slot: Int32?
    var type: FEELType = .any
  }

  private(set) var bindings: [Binding] = []
  private var frames = [Frame()]
  private(set) var phrases = Phrases([])
  private(set) var free: [Program.FreeVariable] = []

  var frameIndex: Int { frames.count - 1 }
  var frameSize: Int32 { frames[frames.count - 1].slotCount }

  mutating func newSlot() -> Int32 {
    frames[frameIndex].slotCount += 1
    return frames[frameIndex].slotCount - 1
  }

  /// Binds `name` from here to the end of the innermost `leave`.
  mutating func bind(_ name: String, slot: Int32, type: FEELType, isItem: Bool = false) {
    bindings.append(
      Binding(name: name, slot: slot, type: type, frame: frameIndex, isItem: isItem))
    phrases.insert(name)
    if isItem { insertNames(of: type) }
  }

  private mutating func insertNames(of type: FEELType) {
    guard case .context(let fields) = type else { return }
    for field in fields { phrases.insert(field.name) }
  }

  /// What `leave` needs to forget everything bound since.
  struct Mark {
    let bindingCount: Int
    let phrases: Phrases
  }

  func mark() -> Mark { Mark(bindingCount: bindings.count, phrases: phrases) }

  /// Forgets what was bound since `mark`.
  mutating func leave(_ mark: Mark) {
    bindings.removeSubrange(mark.bindingCount...)
    phrases = mark.phrases
  }

  /// Whether the variable in `slot`, bound since `mark`, was read.
  func isUsed(_ slot: Int32, since mark: Mark) -> Bool {
    bindings[mark.bindingCount...].contains { $0.slot == slot && $0.isUsed }
  }

  /// The slots bound since `mark`, in order; -1 for those that were not read.
  func usedSlots(since mark: Mark) -> [Int32] {
    bindings[mark.bindingCount...].map { $0.isUsed ? $0.slot : -1 }
  }

  mutating func enterFunction() { frames.append(Frame()) }

  /// Ends a function body; its size and what it captured.
  mutating func leaveFunction() -> (size: Int32, captures: [FunctionPlan.Capture]) {
    let frame = frames.removeLast()
    return (frame.slotCount, frame.captures)
  }

  mutating func resolve(_ name: String) -> Resolution {
    var result = Resolution()
    for index in bindings.indices.reversed() {
      let binding = bindings[index]
      if binding.name == name {
        bindings[index].isUsed = true
        result.slot = local(binding.slot, of: binding.frame)
        result.type = binding.type
        break
      }
      if binding.isItem, binding.type.mayHave(name) {
        result.items.append(local(binding.slot, of: binding.frame))
        result.isEntry = result.isEntry || binding.type.has(name)
      }
    }
    return result
  }

  /// The slot of a variable from outside, in the innermost frame.
  mutating func free(_ name: String, isEntry: Bool) -> Int32 {
    if let known = free.firstIndex(where: { $0.name == name }) {
      free[known].isEntry = free[known].isEntry && isEntry
      return local(free[known].slot, of: 0)
    }
    let slot = frames[0].slotCount
    frames[0].slotCount += 1
    free.append(
      Program.FreeVariable(
        name: name, slot: slot, builtin: Builtins.firsts[name], isEntry: isEntry))
    return local(slot, of: 0)
  }

  /// The slot in the innermost frame that holds what `slot` of `frame` held when the function was made.
  private mutating func local(_ slot: Int32, of frame: Int) -> Int32 {
    var slot = slot
    for index in frames.indices.dropFirst(frame + 1) {
      if let capture = frames[index].captures.first(where: { $0.outer == slot }) {
        slot = capture.inner
      } else {
        let inner = frames[index].slotCount
        frames[index].slotCount += 1
        frames[index].captures.append(.init(outer: slot, inner: inner))
        slot = inner
      }
    }
    return slot
  }
}

extension FEELType {
  /// Whether every value of this type is a context with the entry `name`.
  fileprivate func has(_ name: String) -> Bool {
    guard case .context(let fields) = self else { return false }
    return fields.contains { $0.name == name }
  }

  /// Whether a value of this type may be a context with the entry `name`.
  fileprivate func mayHave(_ name: String) -> Bool {
    switch self {
    case .any, .context, .unknown, .null: true
    case .boolean, .number, .string, .date, .time, .dateTime, .daysTime, .yearsMonths, .list,
      .range, .function:
      false
    }
  }
}
