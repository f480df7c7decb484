internal import Diagnostics

/// Names: where they end depends on the names in scope (DMN 1.5, 10.3.1.4).
extension Parser {
  /// A name in an expression: a variable, or a built-in function when a parenthesis follows.
  mutating func named() throws(Diagnostic) -> Operand {
    let start = token.start
    let name = try variableName()
    if token.kind == .leftParen, let first = Builtins.firsts[name], !isVariable(name) {
      return try builtinCall(first, from: start)
    }
    return try reference(name, from: start)
  }

  private mutating func isVariable(_ name: String) -> Bool {
    names.variables[name] != nil || scope.bindings.contains { $0.name == name }
  }

  /// The longest name that is known here; otherwise all words in a row, since nothing else can stand between two words.
  private mutating func variableName() throws(Diagnostic) -> String {
    if token.kind == .quotedName { return try quotedName() }
    let next = Phrases.skipBlanks(in: lexer.bytes, from: token.end)
    let first = text(token)
    guard Phrases.partEnd(in: lexer.bytes, from: next) > next else { return try words(first) }
    var best = scope.phrases.match(first, endingAt: token.end, in: lexer.bytes)
    if let known = names.phrases.match(first, endingAt: token.end, in: lexer.bytes),
      known.end > best?.end ?? 0
    {
      best = known
    }
    if let known = builtin(first), known.end > best?.end ?? 0 { best = known }
    if let best {
      try jump(to: best.end)
      return best.name
    }
    return try words(first)
  }

  /// A built-in function with a name of several words, if it is called.
  private func builtin(_ first: String) -> (name: String, end: Int)? {
    guard let match = Builtins.phrases.match(first, endingAt: token.end, in: lexer.bytes),
      let next = try? lexer.token(from: match.end), next.kind == .leftParen
    else { return nil }
    return match
  }

  private mutating func quotedName() throws(Diagnostic) -> String {
    let name = text(token.start + 1, token.end - 1)
    try advance()
    return name
  }

  /// The current word, which is `first`, and the words after it, up to the first keyword.
  private mutating func words(_ first: String) throws(Diagnostic) -> String {
    var name = first
    try advance()
    while token.kind == .word {
      name += " " + text(token)
      try advance()
    }
    return name
  }

  private mutating func jump(to end: Int) throws(Diagnostic) {
    lastEnd = end
    try read(from: end)
  }

  /// A variable by its full name.
  mutating func reference(_ name: String, from start: Int) throws(Diagnostic) -> Operand {
    if name == "?" { mentionsInput = true }
    let resolution = scope.resolve(name)
    var id: NodeID
    var type = resolution.type
    if let slot = resolution.slot {
      id = try emit(.slot(slot), from: start, height: 0)
      if name == "item", scope.bindings.last(where: { $0.name == name })?.isItem == true {
        // An element with an entry of that name hides itself.
        id = try emit(
          .itemEntry(name: self.name(name), item: slot, otherwise: id), from: start, over: id)
      }
    } else {
      let slot = scope.free(name, isEntry: resolution.isEntry)
      type = names.variables[name] ?? .any
      let node: Node =
        scope.frameIndex == 0 ? .free(slot: slot, name: self.name(name)) : .slot(slot)
      id = try emit(node, from: start, height: 0)
    }
    for item in resolution.items.reversed() {
      id = try emit(
        .itemEntry(name: self.name(name), item: item, otherwise: id), from: start, over: id)
      type = .any
    }
    return Operand(id: id, type: type)
  }

  /// The name after a dot.
  mutating func memberName(of type: FEELType) throws(Diagnostic) -> String {
    if token.kind == .quotedName { return try quotedName() }
    guard token.isWord else { throw problemAtToken("FEEL003") }
    let first = text(token)
    if case .context(let fields) = type.element, !fields.isEmpty,
      let match = Phrases(fields.map(\.name)).match(first, endingAt: token.end, in: lexer.bytes)
    {
      try jump(to: match.end)
      return match.name
    }
    return try words(first)
  }

  /// The name of an iteration variable: the words before `in`.
  mutating func iterationName() throws(Diagnostic) -> String {
    if token.kind == .quotedName { return try quotedName() }
    guard token.isWord, token.kind != .inWord else { throw problemAtToken("FEEL003") }
    let start = token.start
    while token.isWord || Characters.isNameSymbol(lexer.bytes[token.start]), token.kind != .inWord,
      token.kind != .end
    {
      try advance()
      if token.kind == .end { break }
    }
    return normalized(start, lastEnd)
  }

  /// A name before `:`, as a key of a context or the name of an argument; `nil`, with nothing read, when there is none.
  mutating func nameBeforeColon() throws(Diagnostic) -> String? {
    if token.kind == .quotedName, peek().kind == .colon {
      let name = try quotedName()
      try advance()
      return name
    }
    guard token.isWord, let end = nameEnd(from: token.start) else { return nil }
    let next = Phrases.skipBlanks(in: lexer.bytes, from: end)
    guard next < lexer.bytes.count, lexer.bytes[next] == 0x3A else { return nil }
    let name = normalized(token.start, end)
    try jump(to: next + 1)
    return name
  }

  /// A formal parameter: everything before `:`, `,` or `)`.
  mutating func parameterName() throws(Diagnostic) -> String {
    if token.kind == .quotedName { return try quotedName() }
    guard token.isWord, let end = nameEnd(from: token.start) else {
      throw problemAtToken("FEEL003")
    }
    let name = normalized(token.start, end)
    try jump(to: end)
    return name
  }

  /// The end of the words and name symbols from `start` on.
  private func nameEnd(from start: Int) -> Int? {
    var end = start
    while true {
      let next = Phrases.skipBlanks(in: lexer.bytes, from: end)
      let partEnd = Phrases.partEnd(in: lexer.bytes, from: next)
      guard partEnd > next else { return end > start ? end : nil }
      end = partEnd
    }
  }

  /// The source with every run of blanks as one space.
  private func normalized(_ start: Int, _ end: Int) -> String {
    let mayHaveBlanks = lexer.bytes[start..<end].contains { !(0x21...0x7E).contains($0) }
    guard mayHaveBlanks else { return text(start, end) }
    var name: [UInt8] = []
    var position = start
    while position < end {
      let next = Phrases.skipBlanks(in: lexer.bytes, from: position)
      if next > position {
        name.append(0x20)
        position = next
      } else {
        let length = Characters.scalar(in: lexer.bytes, at: position).length
        name.append(contentsOf: lexer.bytes[position..<position + length])
        position += length
      }
    }
    return String(decoding: name, as: UTF8.self)
  }

  /// The characters of a string token; an escape FEEL does not know stays as it is written, as in `"\d"`.
  func unescaped(_ token: Token) -> String {
    let bytes = lexer.bytes[(token.start + 1)..<(token.end - 1)]
    guard bytes.contains(0x5C) else { return String(decoding: bytes, as: UTF8.self) }
    return StringEscapes.resolved(Array(bytes))
  }
}
