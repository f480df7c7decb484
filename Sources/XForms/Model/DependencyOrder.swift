import Diagnostics

/// Puts the bind expressions of a form into an order in which each follows what it reads (Kahn).
struct DependencyOrder {
  private let fields: [Field]
  private let tree: FieldTree
  private var unordered: [Computation] = []
  private var reads: [Set<PathResolver.Read>] = []
  /// Position in `unordered` of `calculate` and `relevant` by field.
  private var calculates: [Int: Int] = [:]
  private var relevants: [Int: Int] = [:]

  private(set) var computations: [Computation] = []
  private(set) var dependents: [[Dependent]]
  private(set) var computationsOfField: [[Int]]

  /// - Throws: `FORM112` naming the fields that wait for each other.
  init(_ fields: [Field]) throws {
    self.fields = fields
    tree = FieldTree(fields)
    dependents = Array(repeating: [], count: fields.count)
    computationsOfField = Array(repeating: [], count: fields.count)
    for number in fields.indices { collect(number) }
    let order = try sort()
    computations = order.map { unordered[$0] }
    index(order)
  }

  private mutating func collect(_ number: Int) {
    if let calculate = fields[number].calculate {
      calculates[number] = unordered.count
      add(Computation(field: number, property: .calculate, expression: calculate))
    }
    if let relevant = fields[number].relevant {
      relevants[number] = unordered.count
      add(Computation(field: number, property: .relevant, expression: relevant))
    }
    if let readonly = fields[number].readonly {
      add(Computation(field: number, property: .readonly, expression: readonly))
    }
    if let required = fields[number].required {
      add(Computation(field: number, property: .required, expression: required))
    }
  }

  private mutating func add(_ computation: Computation) {
    var resolver = PathResolver(tree, owner: computation.field)
    resolver.read(computation.expression)
    unordered.append(computation)
    reads.append(resolver.reads)
  }

  /// Positions of what must be evaluated before computation `position`.
  private func predecessors(_ position: Int) -> Set<Int> {
    var result: Set<Int> = []
    for read in reads[position] {
      if let calculate = calculates[read.field] { result.insert(calculate) }
      result.formUnion(relevance(of: read.field))
    }
    let computation = unordered[position]
    if computation.property == .calculate {
      result.formUnion(relevance(of: computation.field))
    }
    return result
  }

  /// The relevance of a field is that of its ancestors too.
  private func relevance(of field: Int) -> [Int] {
    var result: [Int] = []
    var next: Int? = field
    while let number = next {
      if let relevant = relevants[number] { result.append(relevant) }
      next = tree.parent(of: number)
    }
    return result
  }

  private func sort() throws -> [Int] {
    let before = unordered.indices.map(predecessors)
    var after: [[Int]] = Array(repeating: [], count: unordered.count)
    for (position, predecessors) in before.enumerated() {
      for predecessor in predecessors { after[predecessor].append(position) }
    }
    var waiting = before.map(\.count)
    var order: [Int] = []
    var ready = unordered.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < ready.count {
      let position = ready[next]
      next += 1
      order.append(position)
      for successor in after[position].sorted() {
        waiting[successor] -= 1
        if waiting[successor] == 0 { ready.append(successor) }
      }
    }
    guard order.count == unordered.count else { throw cycle(before, done: Set(order)) }
    return order
  }

  /// Walks backwards from a computation that never got ready until one comes again.
  private func cycle(_ before: [Set<Int>], done: Set<Int>) -> Diagnostic {
    var path: [Int] = []
    var position = unordered.indices.first { !done.contains($0) } ?? 0
    while !path.contains(position) {
      path.append(position)
      position = before[position].filter { !done.contains($0) }.min() ?? position
    }
    let loop = path[(path.firstIndex(of: position) ?? 0)...].map { unordered[$0].field }
    let names = loop.reversed().map { fields[$0].path }
    return Diagnostic(
      "FORM112", ["nodes": (names + names.prefix(1)).joined(separator: " → ")],
      at: fields[loop[loop.startIndex]].location)
  }

  private mutating func index(_ order: [Int]) {
    for (position, original) in order.enumerated() {
      computationsOfField[unordered[original].field].append(position)
      for read in reads[original] {
        let scope = innermostRepeat(of: read.top)
        let dependent = Dependent(computation: position, scope: scope)
        if !dependents[read.field].contains(dependent) { dependents[read.field].append(dependent) }
      }
    }
  }

  private func innermostRepeat(of field: Int) -> Int? {
    var next: Int? = field
    while let number = next {
      if fields[number].rows != nil { return number }
      next = fields[number].parent
    }
    return nil
  }
}
