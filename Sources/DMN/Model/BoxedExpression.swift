internal import Diagnostics
internal import XML

/// How a value is made, as written (DMN 1.5, 7.3 and 10.2: FEEL text or a box of boxes).
indirect enum BoxedExpression: Sendable {
  case literal(LiteralExpression)
  case decisionTable(DecisionTable)
  case context([ContextEntry], typeRef: String?)
  case list([BoxedExpression], typeRef: String?)
  case relation(columns: [InformationItem], rows: [[BoxedExpression]], typeRef: String?)
  case function(FunctionDefinition)
  case invocation(Invocation)
  case conditional(
    test: BoxedExpression, then: BoxedExpression, otherwise: BoxedExpression,
    location: SourceLocation?)
  case filter(
    list: BoxedExpression, match: BoxedExpression, typeRef: String?, location: SourceLocation?)
  case iteration(Iteration)

  /// The names of the elements that are expressions.
  static let elementNames: Set<String> = [
    "literalExpression", "decisionTable", "context", "list", "relation", "functionDefinition",
    "invocation", "conditional", "filter", "for", "some", "every",
  ]

  /// The expression among the children of `element`, if there is one.
  init?(childOf element: Element) throws {
    guard
      let child = element.elements.first(where: {
        $0.namespace == element.namespace && Self.elementNames.contains($0.name)
      })
    else { return nil }
    try self.init(child)
  }

  /// The expression inside the child `name` of `element`, like `then` of a conditional.
  init(inside name: String, of element: Element) throws {
    let child = try element.required(name)
    guard let expression = try BoxedExpression(childOf: child) else {
      throw Diagnostic("DMN008", ["element": name], at: child.location)
    }
    self = expression
  }

  init(_ element: Element) throws {
    switch element.name {
    case "decisionTable": self = .decisionTable(try DecisionTable(element))
    case "context":
      self = .context(
        try element.children("contextEntry").map(ContextEntry.init), typeRef: element.typeRef)
    case "list":
      self = .list(try Self.all(in: element), typeRef: element.typeRef)
    case "relation":
      self = .relation(
        columns: try element.children("column").map(InformationItem.init),
        rows: try element.children("row").map(Self.all), typeRef: element.typeRef)
    case "functionDefinition": self = .function(try FunctionDefinition(element))
    case "invocation": self = .invocation(try Invocation(element))
    case "conditional":
      self = .conditional(
        test: try BoxedExpression(inside: "if", of: element),
        then: try BoxedExpression(inside: "then", of: element),
        otherwise: try BoxedExpression(inside: "else", of: element), location: element.location)
    case "filter":
      self = .filter(
        list: try BoxedExpression(inside: "in", of: element),
        match: try BoxedExpression(inside: "match", of: element), typeRef: element.typeRef,
        location: element.location)
    case "for", "some", "every": self = .iteration(try Iteration(element))
    default: self = .literal(LiteralExpression(element))
    }
  }

  private static func all(in element: Element) throws -> [BoxedExpression] {
    try element.elements
      .filter { $0.namespace == element.namespace && elementNames.contains($0.name) }
      .map(BoxedExpression.init)
  }
}

/// FEEL text (7.3.5 `tLiteralExpression`).
struct LiteralExpression: Sendable {
  let text: String
  let language: String?
  let typeRef: String?
  let location: SourceLocation?

  init(_ element: Element) {
    text = element.child("text")?.text ?? ""
    language = element["expressionLanguage"]
    typeRef = element.typeRef
    location = element.child("text")?.location ?? element.location
  }
}

/// One line of a boxed context; without a variable it is the result (10.2.1.4).
struct ContextEntry: Sendable {
  let variable: InformationItem?
  let expression: BoxedExpression?
  let location: SourceLocation?

  init(_ element: Element) throws {
    variable = try element.child("variable").map(InformationItem.init)
    expression = try BoxedExpression(childOf: element)
    location = element.location
  }
}

/// A function with parameters and a body (10.2.1.7, also the logic of a business knowledge model).
struct FunctionDefinition: Sendable {
  enum Kind: String, Sendable {
    case feel = "FEEL"
    case java = "Java"
    case pmml = "PMML"
  }

  let kind: Kind
  let parameters: [InformationItem]
  let body: BoxedExpression?
  let typeRef: String?
  let location: SourceLocation?

  init(_ element: Element) throws {
    let word = element["kind"] ?? Kind.feel.rawValue
    guard let kind = Kind(rawValue: word) else {
      throw Diagnostic("DMN009", ["attribute": "kind", "value": word], at: element.location)
    }
    self.kind = kind
    parameters = try element.children("formalParameter").map(InformationItem.init)
    body = try BoxedExpression(childOf: element)
    typeRef = element.typeRef
    location = element.location
  }
}

/// A call with parameters by name (10.2.1.6).
struct Invocation: Sendable {
  struct Binding: Sendable {
    let parameter: InformationItem
    let expression: BoxedExpression?
  }

  let function: BoxedExpression
  let bindings: [Binding]
  let typeRef: String?
  let location: SourceLocation?

  init(_ element: Element) throws {
    guard let function = try BoxedExpression(childOf: element) else {
      throw Diagnostic("DMN008", ["element": element.name], at: element.location)
    }
    self.function = function
    bindings = try element.children("binding").map {
      Binding(
        parameter: try InformationItem($0.required("parameter")),
        expression: try BoxedExpression(childOf: $0))
    }
    typeRef = element.typeRef
    location = element.location
  }
}

/// A loop over a list (10.2.1.9 to 10.2.1.11 `tIterator`).
struct Iteration: Sendable {
  enum Kind: String, Sendable {
    case collect = "for"
    case some
    case every
  }

  let kind: Kind
  let variable: String
  let list: BoxedExpression
  let listTypeRef: String?
  let body: BoxedExpression
  let typeRef: String?
  let location: SourceLocation?

  init(_ element: Element) throws {
    guard let kind = Kind(rawValue: element.name) else {
      throw Diagnostic("DMN008", ["element": element.name], at: element.location)
    }
    self.kind = kind
    variable = try element.attribute("iteratorVariable").trimmed
    list = try BoxedExpression(inside: "in", of: element)
    listTypeRef = element.child("in")?.typeRef
    body = try BoxedExpression(inside: kind == .collect ? "return" : "satisfies", of: element)
    typeRef = element.typeRef
    location = element.location
  }
}
