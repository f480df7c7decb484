import Diagnostics

// Values follow values: what reads a changed node is evaluated again, in the order of dependency.

extension Answers {
  /// Evaluates `expression` for `node`; a mistake of the form gives nothing and is kept for `problems()`.
  mutating func evaluate(_ expression: XPathExpression, at node: Int32) -> XPathValue {
    read(expression, at: node) { try $0.evaluate(expression.term, $1) } ?? .string("")
  }

  mutating func isTrue(_ expression: XPathExpression, at node: Int32) -> Bool {
    read(expression, at: node) { try $0.boolean(of: expression.term, $1) } ?? false
  }

  /// What `evaluation` of `expression` gives; `nil` after a mistake of the form.
  private mutating func read<Value>(
    _ expression: XPathExpression, at node: Int32,
    _ evaluation: (inout XPathEvaluator, XPathEvaluator.Focus) throws -> Value
  ) -> Value? {
    let reference = NodeReference(node: node)
    var evaluator = XPathEvaluator(environment, current: reference)
    do {
      return try evaluation(&evaluator, XPathEvaluator.Focus(node: reference))
    } catch {
      let location = field(of: node)?.location
      let problem = FormBuilder.problem(error, in: expression.source, "", at: location)
      if !mistakes.contains(problem) { mistakes.append(problem) }
      return nil
    }
  }

  func string(_ value: XPathValue) -> String {
    XPathEvaluator(environment, current: NodeReference(node: 0)).string(value)
  }

  func number(_ value: XPathValue) -> Double {
    XPathEvaluator(environment, current: NodeReference(node: 0)).number(value)
  }

  mutating func recalculateAll() {
    for position in pending.indices { pending[position] = .everything }
    settle()
  }

  /// Evaluates what is pending, then tells actions and row counts, until nothing changes.
  mutating func settle() {
    for _ in 0..<100 {  // a form whose actions chase each other stops here
      recalculate()
      let changes = changed
      changed = []
      let hasRun = changes.reduce(false) { runValueChanged(at: $1) || $0 }
      let hasRows = fitRowCounts()
      guard hasRun || hasRows else { return }
    }
  }

  private mutating func recalculate() {
    for position in pending.indices {
      let work = pending[position]
      guard work != .nothing else { continue }
      pending[position] = .nothing
      let computation = form.computations[position]
      switch work {
      case .nothing: break
      case .nodes(let nodes): for node in nodes { perform(computation, at: node) }
      case .everything:
        for node in fieldNodes[computation.field] { perform(computation, at: node) }
      }
    }
  }

  private mutating func perform(_ computation: Computation, at node: Int32) {
    switch computation.property {
    case .calculate:
      guard isRelevant(node), !isBlocked(node, computation) else { return }
      let value = evaluate(computation.expression, at: node)
      let (type, isTyped) = (
        form.fields[computation.field].type, form.fields[computation.field].isTyped
      )
      write(calculated(value, as: type, isTyped: isTyped), to: node)
    case .relevant: setRelevant(isTrue(computation.expression, at: node), node)
    case .readonly: states[Int(node)].isReadonly = isTrue(computation.expression, at: node)
    case .required: states[Int(node)].isRequired = isTrue(computation.expression, at: node)
    }
  }

  /// `once(…)` never replaces a value.
  private func isBlocked(_ node: Int32, _ computation: Computation) -> Bool {
    guard case .call(.once, _) = computation.expression.term else { return false }
    return !text(of: node).isEmpty
  }

  /// A calculated value as the field's type is written; nothing instead of NaN.
  private func calculated(_ value: XPathValue, as type: FieldType, isTyped: Bool) -> String {
    switch value {
    case .number(let number) where number.isNaN: return ""
    case .boolean(let truth) where !isTyped: return truth ? "1" : "0"
    case .number(let number) where type == .int && number.isFinite:
      return XPathNumber.text(number.rounded(.towardZero))
    case .number(let number) where type == .date && number.magnitude < 1e9:
      return XPathDate(day: Int(number.rounded(.down))).text(offset: environment.offset)
    case .date(var date) where type == .date && !date.isDay:
      date = XPathDate(
        day: Int((date.days + Double(environment.offset) / 86_400).rounded(.down)))
      return date.text(offset: environment.offset)
    case .nodes, .number, .string, .boolean, .date:
      let text = string(value)
      return text == "NaN" ? "" : text
    }
  }

  /// Stores `text` and marks everything that reads it.
  mutating func write(_ text: String, to node: Int32) {
    guard self.text(of: node) != text else { return }
    environment.primary.setText(node, text)
    if states.count < environment.primary.nodes.count {
      states += Array(
        repeating: NodeState(), count: environment.primary.nodes.count - states.count)
    }
    changed.append(node)
    markReaders(of: node)
  }

  private mutating func markReaders(of node: Int32) {
    let number = Int(environment.primary[node].field)
    guard number >= 0 else { return }
    for dependent in form.dependents[number] { mark(dependent, changedAt: node) }
  }

  private mutating func mark(_ dependent: Dependent, changedAt node: Int32) {
    guard pending[dependent.computation] != .everything else { return }
    let field = form.computations[dependent.computation].field
    guard let scope = dependent.scope, let row = ancestor(of: node, field: scope) else {
      pending[dependent.computation] = .everything
      return
    }
    for target in nodes(of: field, in: row) { mark(dependent.computation, at: target) }
  }

  mutating func mark(_ computation: Int, at node: Int32) {
    switch pending[computation] {
    case .everything: break
    case .nothing: pending[computation] = .nodes([node])
    case .nodes(let nodes):
      if !nodes.contains(node) { pending[computation] = .nodes(nodes + [node]) }
    }
  }

  // MARK: Relevance

  private mutating func setRelevant(_ isRelevant: Bool, _ node: Int32) {
    guard states[Int(node)].isRelevant != isRelevant else { return }
    states[Int(node)].isRelevant = isRelevant
    let parent = environment.primary[node].parent
    showOrHide(node, insideHidden: environment.primary[parent].isHidden)
  }

  /// Carries relevance down; every node that appears or disappears is a change to its readers.
  mutating func showOrHide(_ node: Int32, insideHidden: Bool) {
    let isHidden = insideHidden || !states[Int(node)].isRelevant
    let record = environment.primary[node]
    guard record.isHidden != isHidden, record.field >= 0 else { return }
    environment.primary[node].isHidden = isHidden
    markReaders(of: node)
    for position in form.computationsOfField[Int(record.field)]
    where form.computations[position].property == .calculate {
      mark(position, at: node)
    }
    for child in record.attributes + record.children { showOrHide(child, insideHidden: isHidden) }
  }

  // MARK: Finding nodes

  /// The node of `field` that contains `node`, or is it.
  func ancestor(of node: Int32, field: Int) -> Int32? {
    var next = node
    while next > 0 {
      if Int(environment.primary[next].field) == field { return next }
      next = environment.primary[next].parent
    }
    return nil
  }

  /// The nodes of `field` inside `top`, in document order.
  func nodes(of field: Int, in top: Int32) -> [Int32] {
    let topField = Int(environment.primary[top].field)
    if topField == field { return [top] }
    var path: [Int] = []
    var next: Int? = field
    while let number = next, number != topField {
      path.append(number)
      next = form.fields[number].parent
    }
    guard next == topField else { return [] }
    var nodes = [top]
    for number in path.reversed() {
      let isAttribute = form.fields[number].isAttribute
      nodes = nodes.flatMap { node in
        let record = environment.primary[node]
        return (isAttribute ? record.attributes : record.children)
          .filter { Int(environment.primary[$0].field) == number }
      }
    }
    return nodes
  }
}
