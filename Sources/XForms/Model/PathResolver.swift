/// Finds out, without any data, which fields an expression reads.
struct PathResolver {
  /// A field, seen on a path that went no higher than `top`.
  struct Read: Hashable, Sendable {
    var field: Int
    var top: Int
  }

  private enum Place: Hashable, Sendable {
    case document
    case field(Read)
    case foreign
  }

  private let tree: FieldTree
  private let owner: Int
  private let isComparing: Bool
  /// In the order they are read; one may come twice.
  private(set) var reads = Few<Read>()
  /// Paths that lead nowhere, as far as they could be followed.
  private(set) var unresolved: [String] = []
  /// The names given to `instance()` and `pulldata()` as text.
  private(set) var lists = Few<String>()
  /// Fields with the texts they are compared with, when that was asked for.
  private(set) var comparisons: [(field: Int, text: String)] = []

  /// - Parameters:
  ///   - owner: the field that the expression belongs to, its context node.
  ///   - comparing: whether to find `comparisons`.
  init(_ tree: FieldTree, owner: Int, comparing: Bool = false) {
    self.tree = tree
    self.owner = owner
    isComparing = comparing
  }

  private var ownPlace: Place { .field(Read(field: owner, top: owner)) }

  mutating func read(_ expression: XPathExpression) {
    read(expression.term, from: Few(ownPlace))
  }

  /// The fields that a path leads to.
  mutating func targets(_ expression: XPathExpression) -> [Int] {
    let places = places(of: expression.term, from: Few(ownPlace))
    return places.compactMap { if case .field(let read) = $0 { read.field } else { nil } }
  }

  private mutating func read(_ term: XPathTerm, from context: Few<Place>) {
    switch term {
    case .number, .literal: break
    case .path, .union:
      for place in places(of: term, from: context) {
        if case .field(let read) = place { reads.append(read) }
      }
    case .call(let function, let arguments):
      if function == .selected { compare(arguments[0], arguments[1], context) }
      noteList(function, arguments)
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

  private mutating func compare(_ path: XPathTerm, _ text: XPathTerm, _ context: Few<Place>) {
    guard isComparing, case .path = path, case .literal(let text) = text, !text.isEmpty
    else { return }
    var copy = self
    for case .field(let read) in copy.places(of: path, from: context) {
      comparisons.append((read.field, text))
    }
  }

  private mutating func noteList(_ function: XPathFunction, _ arguments: [XPathTerm]) {
    guard function == .instance || function == .pulldata,
      case .literal(let name)? = arguments.first, !lists.contains(name)
    else { return }
    lists.append(name)
  }

  private mutating func places(of term: XPathTerm, from context: Few<Place>) -> Few<Place> {
    switch term {
    case .path(let path): return places(of: path, from: context)
    case .union(let left, let right):
      return (places(of: left, from: context) + places(of: right, from: context)).unique()
    case .call(.current, _): return Few(ownPlace)
    case .call(.conditional, let arguments):
      read(arguments[0], from: context)
      return (places(of: arguments[1], from: context) + places(of: arguments[2], from: context))
        .unique()
    case .call(let function, let arguments):
      noteList(function, arguments)
      var result = Few(Place.foreign)
      for argument in arguments {
        let found = places(of: argument, from: context)
        if [.randomize, .indexedRepeat, .coalesce].contains(function) {
          result = result + found
        } else {
          read(argument, from: context)
        }
      }
      return result.unique()
    default:
      read(term, from: context)
      return Few(.foreign)
    }
  }

  private mutating func places(of path: XPathPath, from context: Few<Place>) -> Few<Place> {
    var places: Few<Place>
    switch path.start {
    case .root: places = Few(.document)
    case .context: places = context
    case .term(let term, let predicates):
      places = self.places(of: term, from: context)
      for predicate in predicates { read(predicate, from: places) }
    }
    for position in path.steps.indices {
      var next = Few<Place>()
      for place in places { walk(path.steps[position], from: place, into: &next) }
      if next.isEmpty, !places.isEmpty {
        unresolved.append(path.text(upTo: position))
        return Few()
      }
      places = next.unique()
      for predicate in path.steps[position].predicates { read(predicate, from: places) }
    }
    return places
  }

  private func walk(_ step: XPathStep, from place: Place, into result: inout Few<Place>) {
    guard case .field(let read) = place else {
      if case .document = place {
        walkFromDocument(step, into: &result)
      } else {
        result.append(.foreign)
      }
      return
    }
    switch step.axis {
    case .child where step.test == .text: result.append(place)
    case .child: add(tree.children(of: read.field), step, top: read.top, to: &result)
    case .itself: if tree.matches(read.field, step.test) { result.append(place) }
    case .parent:
      guard let parent = tree.parent(of: read.field) else { return result.append(.document) }
      result.append(
        .field(Read(field: parent, top: read.field == read.top ? parent : read.top)))
    case .attribute:
      let before = result.count
      add(tree.children(of: read.field), step, top: read.top, isAttribute: true, to: &result)
      if result.count == before { result.append(.foreign) }
    case .namespace: result.append(.foreign)
    case .descendant, .descendantOrSelf:
      add(tree.below(read.field), step, top: read.top, to: &result)
    case .ancestor, .ancestorOrSelf, .following, .followingSibling, .preceding, .precedingSibling:
      add(tree.all, step, top: 0, to: &result)
    }
  }

  private func walkFromDocument(_ step: XPathStep, into result: inout Few<Place>) {
    switch step.axis {
    case .child: add(CollectionOfOne(0), step, top: 0, to: &result)
    case .itself: result.append(.document)
    case .descendant, .descendantOrSelf:
      add(tree.below(0), step, top: 0, to: &result)
      if step == .anywhere { result.append(.document) }
    case .parent, .attribute, .namespace, .ancestor, .ancestorOrSelf, .following,
      .followingSibling, .preceding, .precedingSibling:
      break
    }
  }

  private func add(
    _ fields: some Sequence<Int>, _ step: XPathStep, top: Int, isAttribute: Bool = false,
    to result: inout Few<Place>
  ) {
    for field in fields where tree.matches(field, step.test, isAttribute: isAttribute) {
      result.append(.field(Read(field: field, top: top)))
    }
  }
}

extension Array where Element: Hashable {
  /// Each element once, in order.
  func unique() -> [Element] {
    guard count > 1 else { return self }
    guard count > 8 else {
      // a search through so few costs less than a set of them
      return reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension XPathPath {
  /// As an author would write it, without predicates, up to the step at `position`.
  fileprivate func text(upTo position: Int) -> String {
    let text = steps[...position].map(\.text).joined(separator: "/")
    return switch start {
    case .root: "/" + text
    case .context: text
    case .term: "…/" + text
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
