/// Finds out, without any data, which fields an expression reads.
struct PathResolver {
  /// A field, seen on a path that went no higher than `top`.
  struct Read: Hashable {
    var field: Int
    var top: Int
  }

  private enum Place: Hashable {
    case document
    case field(Read)
    case foreign
  }

  private let fields: [Field]
  private let owner: Int
  private(set) var reads: Set<Read> = []
  /// Paths that lead nowhere, as far as they could be followed.
  private(set) var unresolved: [String] = []
  /// Fields with the texts they are compared with.
  private(set) var comparisons: [(field: Int, text: String)] = []

  /// - Parameter owner: the field that the expression belongs to, its context node.
  init(_ fields: [Field], owner: Int) {
    self.fields = fields
    self.owner = owner
  }

  mutating func read(_ expression: XPathExpression) {
    read(expression.term, from: [.field(Read(field: owner, top: owner))])
  }

  /// The fields that a path leads to.
  mutating func targets(_ expression: XPathExpression) -> [Int] {
    let places = places(of: expression.term, from: [.field(Read(field: owner, top: owner))])
    return places.compactMap { if case .field(let read) = $0 { read.field } else { nil } }
  }

  private mutating func read(_ term: XPathTerm, from context: Set<Place>) {
    switch term {
    case .number, .literal: break
    case .path, .union:
      for place in places(of: term, from: context) {
        if case .field(let read) = place { reads.insert(read) }
      }
    case .call(let function, let arguments):
      if function == .selected { compare(arguments[0], arguments[1], context) }
      for argument in arguments { read(argument, from: context) }
    case .unknownCall(_, let arguments):
      for argument in arguments { read(argument, from: context) }
    case .compare(let sign, let left, let right) where sign.isEquality:
      compare(left, right, context)
      compare(right, left, context)
      read(left, from: context)
      read(right, from: context)
    case .or(let left, let right), .and(let left, let right), .compare(_, let left, let right),
      .calculate(_, let left, let right):
      read(left, from: context)
      read(right, from: context)
    case .negate(let operand): read(operand, from: context)
    }
  }

  private mutating func compare(_ path: XPathTerm, _ text: XPathTerm, _ context: Set<Place>) {
    guard case .path = path, case .literal(let text) = text, !text.isEmpty else { return }
    var copy = self
    for case .field(let read) in copy.places(of: path, from: context) {
      comparisons.append((read.field, text))
    }
  }

  private mutating func places(of term: XPathTerm, from context: Set<Place>) -> Set<Place> {
    switch term {
    case .path(let path): return places(of: path, from: context)
    case .union(let left, let right):
      return places(of: left, from: context).union(places(of: right, from: context))
    case .call(.current, _): return [.field(Read(field: owner, top: owner))]
    case .call(.conditional, let arguments):
      read(arguments[0], from: context)
      return places(of: arguments[1], from: context).union(places(of: arguments[2], from: context))
    case .call(let function, let arguments):
      var result: Set<Place> = [.foreign]
      for argument in arguments {
        let found = places(of: argument, from: context)
        if [.randomize, .indexedRepeat, .coalesce].contains(function) {
          result.formUnion(found)
        } else {
          read(argument, from: context)
        }
      }
      return result
    default:
      read(term, from: context)
      return [.foreign]
    }
  }

  private mutating func places(of path: XPathPath, from context: Set<Place>) -> Set<Place> {
    var places: Set<Place>
    var trail: String
    switch path.start {
    case .root: (places, trail) = ([.document], "")
    case .context: (places, trail) = (context, ".")
    case .term(let term, let predicates):
      (places, trail) = (self.places(of: term, from: context), "…")
      for predicate in predicates { read(predicate, from: places) }
    }
    for step in path.steps {
      let next = Set(places.flatMap { walk(step, from: $0) })
      trail += "/" + step.text
      if next.isEmpty, !places.isEmpty {
        unresolved.append(trail.hasPrefix("./") ? String(trail.dropFirst(2)) : trail)
        return []
      }
      places = next
      for predicate in step.predicates { read(predicate, from: places) }
    }
    return places
  }

  private func walk(_ step: XPathStep, from place: Place) -> [Place] {
    guard case .field(let read) = place else {
      if case .document = place { return fromDocument(step) }
      return [.foreign]
    }
    let field = fields[read.field]
    switch step.axis {
    case .child:
      if step.test == .text { return [place] }
      let children = field.children.filter { matches(fields[$0], step.test) }
      return children.map { .field(Read(field: $0, top: read.top)) }
    case .itself: return matches(field, step.test) ? [place] : []
    case .parent:
      guard let parent = field.parent else { return [.document] }
      return [.field(Read(field: parent, top: read.field == read.top ? parent : read.top))]
    case .attribute:
      let children = field.children.filter { matches(fields[$0], step.test, isAttribute: true) }
      return children.isEmpty
        ? [.foreign] : children.map { .field(Read(field: $0, top: read.top)) }
    case .namespace: return [.foreign]
    case .descendant, .descendantOrSelf:
      return below(read.field).filter { matches(fields[$0], step.test) }
        .map { .field(Read(field: $0, top: read.top)) }
    case .ancestor, .ancestorOrSelf, .following, .followingSibling, .preceding, .precedingSibling:
      return fields.filter { matches($0, step.test) }
        .map { .field(Read(field: $0.number, top: 0)) }
    }
  }

  private func fromDocument(_ step: XPathStep) -> [Place] {
    let root = Place.field(Read(field: 0, top: 0))
    switch step.axis {
    case .child: return matches(fields[0], step.test) ? [root] : []
    case .itself: return [.document]
    case .descendant, .descendantOrSelf:
      let found = below(0).filter { matches(fields[$0], step.test) }
      return found.map { .field(Read(field: $0, top: 0)) }
        + (step == .anywhere ? [.document] : [])
    case .parent, .attribute, .namespace, .ancestor, .ancestorOrSelf, .following,
      .followingSibling, .preceding, .precedingSibling:
      return []
    }
  }

  private func below(_ field: Int) -> [Int] {
    [field] + fields[field].children.flatMap { below($0) }
  }

  private func matches(_ field: Field, _ test: XPathTest, isAttribute: Bool = false) -> Bool {
    guard field.isAttribute == isAttribute else { return false }
    return switch test {
    case .name(_, let local): field.name == (isAttribute ? "@" + local : local)
    case .anyName, .anyIn, .node: true
    case .text, .comment, .processingInstruction: false
    }
  }
}

extension XPathStep {
  /// As an author would write it, without predicates.
  fileprivate var text: String {
    let name =
      switch test {
      case .name(let prefix, let local): prefix.isEmpty ? local : "\(prefix):\(local)"
      case .anyName: "*"
      case .anyIn(let prefix): "\(prefix):*"
      case .node: axis == .parent ? ".." : axis == .itself ? "." : "node()"
      case .text: "text()"
      case .comment: "comment()"
      case .processingInstruction: "processing-instruction()"
      }
    switch axis {
    case .child: return name
    case .itself where test == .node, .parent where test == .node: return name
    case .attribute: return "@" + name
    default: return "\(axis.rawValue)::\(name)"
    }
  }
}
