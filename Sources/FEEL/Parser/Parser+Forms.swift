internal import Diagnostics

/// Expressions with words and braces: `if`, `for`, `some`, `every`, `function`, contexts and calls.
extension Parser {
  mutating func conditional() throws(Diagnostic) -> Operand {
    let start = token.start
    try advance()
    let test = try expression()
    try expect(.thenWord, "then")
    let then = try expression()
    try expect(.elseWord, "else")
    let otherwise = try expression()
    let node = Node.conditional(test.id, then: then.id, otherwise: otherwise.id)
    let id = try emit(node, from: start, over: test.id, then.id, otherwise.id)
    return Operand(id: id, type: then.type == .null ? otherwise.type : then.type)
  }

  mutating func iteration() throws(Diagnostic) -> Operand {
    let start = token.start
    let kind: IterationPlan.Kind =
      token.kind == .forWord ? .each : token.kind == .someWord ? .some : .every
    let mark = scope.mark()
    var domains: [IterationPlan.Domain] = []
    repeat {
      try advance()
      domains.append(try domain())
    } while token.kind == .comma
    if kind == .each {
      try expect(.returnWord, "return")
    } else {
      try expect(.satisfies, "satisfies")
    }
    let partial = kind == .each ? scope.newSlot() : -1
    if kind == .each { scope.bind("partial", slot: partial, type: .list(.any)) }
    let body = try expression()
    let usesPartial = kind == .each && scope.isUsed(partial, since: mark)
    scope.leave(mark)
    code.iterations.append(
      IterationPlan(
        kind: kind, domains: domains, body: body.id, partial: usesPartial ? partial : -1))
    let height = domains.reduce(self.height(of: body.id)) {
      max($0, self.height(of: $1.start), self.height(of: $1.end))
    }
    let id = try emit(
      .iteration(plan: Int32(code.iterations.count - 1)), from: start, height: height)
    return Operand(id: id, type: kind == .each ? .list(body.type) : .boolean)
  }

  /// `name in list` or `name in start..end`.
  private mutating func domain() throws(Diagnostic) -> IterationPlan.Domain {
    let name = try iterationName()
    try expect(.inWord, "in")
    let start = try expression()
    var end: Operand?
    if try take(.dotDot) { end = try expression() }
    let slot = scope.newSlot()
    scope.bind(name, slot: slot, type: end == nil ? start.type.element : start.type)
    return IterationPlan.Domain(slot: slot, start: start.id, end: end?.id ?? -1)
  }

  mutating func context() throws(Diagnostic) -> Operand {
    let start = token.start
    try advance()
    let mark = scope.mark()
    var entries: [(name: String, value: Operand)] = []
    if token.kind != .rightBrace {
      repeat { entries.append(try contextEntry()) } while try take(.comma)
    }
    try expect(.rightBrace, "}")
    let slots = scope.usedSlots(since: mark)
    scope.leave(mark)
    let names = entries.map(\.name)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      return Operand(id: try failure(.duplicateEntry(twice), from: start))
    }
    code.contexts.append(
      ContextPlan(
        names: names, values: entries.map(\.value.id), slots: slots))
    let id = try emit(
      .context(plan: Int32(code.contexts.count - 1)), from: start,
      height: height(of: entries.map(\.value.id)))
    return Operand(
      id: id, type: .context(entries.map { FEELType.Field($0.name, $0.value.type) }))
  }

  private mutating func contextEntry() throws(Diagnostic) -> (name: String, value: Operand) {
    let name: String
    if token.kind == .string {
      name = unescaped(token)
      try advance()
      try expect(.colon, ":")
    } else if let written = try nameBeforeColon() {
      name = written
    } else {
      throw problemAtToken("FEEL003")
    }
    ownName = token.kind == .function ? name : nil
    let value = try expression()
    scope.bind(name, slot: scope.newSlot(), type: value.type)
    return (name, value)
  }

  mutating func function() throws(Diagnostic) -> Operand {
    let start = token.start
    let ownName = self.ownName
    self.ownName = nil
    try advance()
    let mark = scope.mark()
    scope.enterFunction()
    let parameters = try formalParameters()
    var ownSlot: Int32 = -1
    if let ownName, !parameters.contains(where: { $0.name == ownName }) {
      ownSlot = scope.newSlot()
      scope.bind(ownName, slot: ownSlot, type: .any)
    }
    let isExternal = token.kind == .word && text(token) == "external"
    if isExternal { try advance() }
    let body = try expression()
    let isRecursive = ownSlot >= 0 && scope.isUsed(ownSlot, since: mark)
    scope.leave(mark)
    let frame = scope.leaveFunction()
    code.functions.append(
      FunctionPlan(
        parameters: parameters, result: isExternal ? .any : body.type,
        body: isExternal ? -1 : body.id, frameSize: frame.size,
        captures: isExternal ? [] : frame.captures, ownSlot: isRecursive ? ownSlot : -1,
        height: code.entries[Int(body.id)].height))
    let id = try emit(
      .function(plan: Int32(code.functions.count - 1)), from: start, over: body.id)
    return Operand(id: id, type: .function(parameters.map(\.type), body.type))
  }

  /// `(a, b: number)`; each is bound to the slot of its position.
  private mutating func formalParameters() throws(Diagnostic) -> [FEELFunction.Parameter] {
    try expect(.leftParen, "(")
    var parameters: [FEELFunction.Parameter] = []
    if token.kind != .rightParen {
      repeat {
        let start = token.start
        let name = try parameterName()
        let type = try take(.colon) ? try self.type() : .any
        guard !parameters.contains(where: { $0.name == name }) else {
          throw problem("FEEL012", ["name": name], at: start)
        }
        parameters.append(FEELFunction.Parameter(name, type))
        scope.bind(name, slot: scope.newSlot(), type: type)
      } while try take(.comma)
    }
    try expect(.rightParen, ")")
    return parameters
  }
}

// MARK: - Calls

extension Parser {
  private enum Arguments {
    case positional([NodeID])
    case named([String], [NodeID])
  }

  mutating func call(_ callee: Operand, from start: Int) throws(Diagnostic) -> Operand {
    let arguments = try self.arguments()
    var type = FEELType.any
    if case .function(_, let result) = callee.type { type = result }
    switch arguments {
    case .positional(let nodes):
      let run = run(nodes)
      let id = try emit(
        .call(callee.id, run), from: start, height: height(of: nodes + [callee.id]))
      return Operand(id: id, type: type)
    case .named(let names, let nodes):
      code.namedCalls.append(NamedCallPlan(names: names, arguments: run(nodes)))
      let id = try emit(
        .namedCall(callee.id, plan: Int32(code.namedCalls.count - 1)), from: start,
        height: height(of: nodes + [callee.id]))
      return Operand(id: id, type: type)
    }
  }

  /// A call of a built-in function, whose overload named arguments decide here.
  mutating func builtinCall(_ first: Int, from start: Int) throws(Diagnostic) -> Operand {
    switch try arguments() {
    case .positional(let nodes):
      let run = run(nodes)
      let id = try emit(
        .builtin(Int32(first), run), from: start, height: height(of: nodes))
      if Builtins.arePure[first], let values = constantValues(nodes) {
        fold(id) { () throws(Failure) in
          try Evaluator.with(.empty, environment: FEELEnvironment()) {
            (evaluator) throws(Failure) in try evaluator.answer(first, values, at: 0)
          }
        }
      }
      return Operand(id: id)
    case .named(let names, let nodes):
      guard let match = Builtins.signature(from: first, named: names) else {
        let given = names.joined(separator: ", ")
        return Operand(id: try failure(.noSignature(given: given), from: start))
      }
      var ordered: [NodeID] = []
      for position in match.order {
        if let position {
          ordered.append(nodes[position])
        } else {
          ordered.append(try constant(.null, from: start))
        }
      }
      let run = run(ordered)
      let id = try emit(
        .signature(Int32(match.index), run), from: start, height: height(of: ordered))
      return Operand(id: id)
    }
  }

  private mutating func arguments() throws(Diagnostic) -> Arguments {
    try bracketed { (parser) throws(Diagnostic) in
      try parser.expect(.leftParen, "(")
      if try parser.take(.rightParen) { return .positional([]) }
      var names: [String] = []
      var nodes: [NodeID] = []
      repeat {
        if let name = try parser.nameBeforeColon() {
          guard names.count == nodes.count else { throw parser.unexpected() }
          guard !names.contains(name) else {
            throw parser.problem("FEEL012", ["name": name], at: parser.lastEnd - 1)
          }
          names.append(name)
        } else if !names.isEmpty {
          throw parser.problemAtToken("FEEL003")
        }
        nodes.append(try parser.expression().id)
      } while try parser.take(.comma)
      try parser.expect(.rightParen, ")")
      return names.isEmpty ? .positional(nodes) : .named(names, nodes)
    }
  }
}
