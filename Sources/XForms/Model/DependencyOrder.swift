import Diagnostics

/// Puts the bind expressions of a form into an order in which each follows what it reads (Kahn).
struct DependencyOrder {
  private let fields: [Field]
  private let unordered: [FollowedComputation]
  /// Position in `unordered` of `calculate` and `relevant` by field.
  private var calculates: [Int?]
  private var relevants: [Int?]

  private(set) var computations: [Computation] = []
  private(set) var dependents: [Few<Dependent>]
  private(set) var computationsOfField: [Few<Int>]

  /// - Throws: `FORM112` naming the fields that wait for each other.
  init(_ fields: [Field], _ unordered: [FollowedComputation]) throws {
    self.fields = fields
    self.unordered = unordered
    calculates = Array(repeating: nil, count: fields.count)
    relevants = Array(repeating: nil, count: fields.count)
    dependents = Array(repeating: Few(), count: fields.count)
    computationsOfField = Array(repeating: Few(), count: fields.count)
    for position in unordered.indices {
      let computation = unordered[position].computation
      switch computation.property {
      case .calculate: calculates[computation.field] = position
      case .relevant: relevants[computation.field] = position
      case .readonly, .required: break
      }
    }
    let order = try sort()
    computations = order.map { unordered[$0].computation }
    index(order)
  }

  /// Positions of what must be evaluated before computation `position`.
  private func predecessors(_ position: Int) -> Few<Int> {
    var result = Few<Int>()
    for read in unordered[position].reads {
      if let calculate = calculates[read.field] { result.append(calculate) }
      addRelevance(of: read.field, to: &result)
    }
    let computation = unordered[position].computation
    if computation.property == .calculate { addRelevance(of: computation.field, to: &result) }
    return result.unique()
  }

  /// The relevance of a field is that of its ancestors too.
  private func addRelevance(of field: Int, to result: inout Few<Int>) {
    var next: Int? = field
    while let number = next {
      if let relevant = relevants[number] { result.append(relevant) }
      next = fields[number].parent
    }
  }

  private func sort() throws -> [Int] {
    var after = Array(repeating: Few<Int>(), count: unordered.count)
    var waiting = Array(repeating: 0, count: unordered.count)
    for position in unordered.indices {
      for predecessor in predecessors(position) {
        after[predecessor].append(position)
        waiting[position] += 1
      }
    }
    var order = unordered.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for successor in after[order[next]] {
        waiting[successor] -= 1
        if waiting[successor] == 0 { order.append(successor) }
      }
      next += 1
    }
    guard order.count == unordered.count else { throw cycle(done: Set(order)) }
    return order
  }

  /// Walks backwards from a computation that never got ready until one comes again.
  private func cycle(done: Set<Int>) -> Diagnostic {
    var path: [Int] = []
    var position = unordered.indices.first { !done.contains($0) } ?? 0
    while !path.contains(position) {
      path.append(position)
      position = predecessors(position).filter { !done.contains($0) }.min() ?? position
    }
    let loop = path[(path.firstIndex(of: position) ?? 0)...].map { unordered[$0].computation.field }
    let names = loop.reversed().map { fields[$0].path }
    return Diagnostic(
      "FORM112", ["nodes": (names + names.prefix(1)).joined(separator: " → ")],
      at: fields[loop[loop.startIndex]].location)
  }

  private mutating func index(_ order: [Int]) {
    for (position, original) in order.enumerated() {
      computationsOfField[unordered[original].computation.field].append(position)
      for read in unordered[original].reads {
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

/// A computation with the fields that its paths lead to, each once.
struct FollowedComputation {
  let computation: Computation
  let reads: Few<PathResolver.Read>
}
