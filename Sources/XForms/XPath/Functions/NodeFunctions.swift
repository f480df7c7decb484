import Diagnostics

extension XPathEvaluator {
  mutating func nodeFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .last: return .number(Double(focus.size))
    case .position: return .number(try position(arguments, focus))
    case .count: return .number(Double(try nodes(of: arguments[0], focus).count))
    case .countNonEmpty:
      let nodes = try nodes(of: arguments[0], focus)
      return .number(Double(nodes.count { !stringValue($0).isEmpty }))
    case .id: return .nodes(try elements(withID: arguments[0], focus))
    case .instance:
      let name = try string(of: arguments[0], focus)
      guard let node = environment.instances[name] else {
        throw Diagnostic("FORM110", ["name": name])
      }
      return .nodes([node])
    case .current: return .nodes([current])
    case .randomize: return .nodes(try randomize(arguments, focus))
    case .localName, .name, .namespaceURI:
      let nodes = try arguments.first.map { try self.nodes(of: $0, focus) } ?? [focus.node]
      return .string(nodes.first.map { name($0, function) } ?? "")
    default: return .nodes(try indexedRepeat(arguments, focus))
    }
  }

  private func name(_ node: NodeReference, _ function: XPathFunction) -> String {
    let kind = kind(node)
    guard kind == .element || kind == .attribute || kind == .processingInstruction else {
      return ""
    }
    if function == .namespaceURI { return namespace(node) }
    let prefix = prefix(node)
    return function == .localName || prefix.isEmpty ? name(node) : "\(prefix):\(name(node))"
  }

  /// Without argument the context position; with a node its number among neighbours of the same name.
  private mutating func position(_ arguments: [XPathTerm], _ focus: Focus) throws -> Double {
    guard let argument = arguments.first else { return Double(focus.position) }
    guard let node = try nodes(of: argument, focus).first else { return .nan }
    guard let parent = parent(node) else { return 1 }
    let name = name(node)
    var position = 0.0
    for sibling in children(parent) where self.name(sibling) == name {
      try visit(1)
      position += 1
      if sibling == node { break }
    }
    return position
  }

  /// Elements with an attribute `id` (or `xml:id`) among the words of the argument.
  private mutating func elements(
    withID argument: XPathTerm, _ focus: Focus
  ) throws -> [NodeReference] {
    let wanted = Set(try strings([argument], focus).flatMap { tokens($0).map(String.init) })
    let root = NodeReference(document: focus.node.document, node: 0)
    return try otherAxis(.descendant, root).filter { element in
      attributes(element).contains {
        name($0) == "id" && ["", "xml"].contains(prefix($0)) && wanted.contains(stringValue($0))
      }
    }
  }

  /// `indexed-repeat(nodes, repeat, index, …)`: `nodes` below the given row of each repeat.
  private mutating func indexedRepeat(
    _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> [NodeReference] {
    var candidates = try nodes(of: arguments[0], focus)
    for level in stride(from: 1, to: arguments.count, by: 2) {
      let rows = try nodes(of: arguments[level], focus)
      let index = try number(of: arguments[level + 1], focus)
      var counts: [NodeReference: Double] = [:]  // rows seen so far, by parent
      var chosen: Set<NodeReference> = []
      for row in rows {
        try visit(1)
        guard let parent = parent(row) else { continue }
        counts[parent, default: 0] += 1
        if counts[parent] == index { chosen.insert(row) }
      }
      candidates = candidates.filter { candidate in
        var next: NodeReference? = candidate
        while let node = next {
          if chosen.contains(node) { return true }
          next = parent(node)
        }
        return false
      }
    }
    return candidates
  }

  /// Park-Miller numbers and an inside-out shuffle: the same order for the same seed in every ODK tool.
  private mutating func randomize(
    _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> [NodeReference] {
    let nodes = try nodes(of: arguments[0], focus)
    var generator: ParkMiller
    if arguments.count > 1 {
      let value = try evaluate(arguments[1], focus)
      if case .string(let text) = value, number(text).isNaN {
        throw Diagnostic("FORM109", ["name": "randomize"])
      }
      generator = ParkMiller(seed: number(value))
    } else {
      generator = ParkMiller(seed: Double(nextRandom() >> 33))
    }
    var result: [NodeReference] = []
    for (index, node) in nodes.enumerated() {
      let place = Int(generator.next() * Double(index + 1))
      if place == index {
        result.append(node)
      } else {
        result.append(result[place])
        result[place] = node
      }
    }
    return result
  }

  /// SplitMix64.
  mutating func nextRandom() -> UInt64 {
    random &+= 0x9E37_79B9_7F4A_7C15
    var mixed = random
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The minimal standard generator (ODK XForms, `randomize`).
struct ParkMiller {
  private static let modulus = 2_147_483_647
  private var state: Int

  init(seed: Double) {
    let whole = seed.isFinite ? Int(seed.truncatingRemainder(dividingBy: Double(Self.modulus))) : 0
    state = whole <= 0 ? whole + Self.modulus - 1 : whole
  }

  /// From 0 up to, not including, 1.
  mutating func next() -> Double {
    state = state * 16_807 % Self.modulus
    return Double(state - 1) / Double(Self.modulus - 1)
  }
}
