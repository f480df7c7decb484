/// The nodes of the elements that are still open, one after another: a closed element takes its own off the end.
struct NodeStack: ~Copyable {
  private var base: UnsafeMutablePointer<Node>
  private var capacity = 256
  private(set) var count = 0

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  subscript(index: Int) -> Node {
    precondition(index < count)
    return base[index]
  }

  mutating func push(_ node: consuming Node) {
    if count == capacity { grow() }
    (base + count).initialize(to: node)
    count += 1
  }

  /// Takes off everything from `start` on, in one array of just that size.
  mutating func pop(from start: Int) -> [Node] {
    let number = count - start
    precondition(start >= 0 && number >= 0)
    guard number > 0 else { return [] }
    count = start
    return [Node](unsafeUninitializedCapacity: number) { nodes, initialized in
      nodes.baseAddress?.moveInitialize(from: base + start, count: number)
      initialized = number
    }
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Node>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity *= 2
  }
}
