internal import Diagnostics
internal import FEEL

/// The elements of a model and of all it imports, compiled, in one array: requirements are positions in it.
///
/// A class, as are its parts: they never change, and one reference is cheaper to hand around than what it holds.
final class DecisionGraph: Sendable {
  let elements: [DRGElement]
  /// Positions of the elements by id, name, and `namespace#name` where they are not of the main model.
  let positions: [String: Int]
  /// The same in a list, where there are so few that looking through them is faster.
  private let names: [(name: String, position: Int)]
  /// What is wrong with the main model, in file order as far as it is known.
  let problems: [Diagnostic]
  /// Whether FEEL may call back into the graph.
  let hasFunctions: Bool

  init(elements: [DRGElement], positions: [String: Int], problems: [Diagnostic]) {
    self.elements = elements
    self.positions = positions
    names = positions.count <= 12 ? positions.map { (name: $0.key, position: $0.value) } : []
    self.problems = problems
    hasFunctions = elements.contains { $0.isFunction } || elements.contains { $0.definesFunctions }
  }

  /// The position of the element of this id or name.
  func position(of name: String) -> Int? {
    guard !names.isEmpty else { return positions[name] }
    for index in names.indices where names[index].name == name { return names[index].position }
    return nil
  }
}

/// An element of the decision requirements graph (DMN 1.5, 6.2).
final class DRGElement: Sendable {
  enum Kind: Sendable {
    case input(CompiledInput)
    case decision(CompiledDecision)
    case knowledge(CompiledFunction)
    case service(CompiledService)
  }

  let id: String
  let name: String
  let model: DecisionTrace.Reference
  let kind: Kind
  /// What its value, of a function its result, must be.
  let type: TypeCheck
  let location: SourceLocation?

  init(
    id: String, name: String, model: DecisionTrace.Reference, kind: Kind, type: TypeCheck,
    location: SourceLocation?
  ) {
    self.id = id
    self.name = name
    self.model = model
    self.kind = kind
    self.type = type
    self.location = location
  }

  var isFunction: Bool {
    switch kind {
    case .input, .decision: false
    case .knowledge, .service: true
    }
  }
}

/// A type that a value must have, and what to call the value when it has not.
final class TypeCheck: Sendable {
  let type: DataType
  let name: String
  let typeName: String
  let location: SourceLocation?

  init(_ type: DataType, name: String, typeName: String, location: SourceLocation?) {
    self.type = type
    self.name = name
    self.typeName = typeName
    self.location = location
  }
}

/// Where the caller may put the value of an input.
enum InputKey: Hashable, Sendable {
  case name(String)
  /// Inside a context that has the name of the import.
  case member(of: String, String)
}

/// Where an input has its value.
final class CompiledInput: Sendable {
  let keys: [InputKey]

  init(keys: [InputKey]) {
    self.keys = keys
  }
}

/// How a decision is made.
final class CompiledDecision: Sendable {
  /// `nil`: nobody has said how; the caller gives the value.
  let logic: Logic?
  let requiredInputs: [Int]
  let requiredDecisions: [Int]
  /// Names that its logic reads and the model does not declare: the caller may give them.
  let undeclared: [String]
  /// Where the caller gives the value instead.
  let keys: [InputKey]

  init(
    logic: Logic?, requiredInputs: [Int], requiredDecisions: [Int], undeclared: [String],
    keys: [InputKey]
  ) {
    self.logic = logic
    self.requiredInputs = requiredInputs
    self.requiredDecisions = requiredDecisions
    self.undeclared = undeclared
    self.keys = keys
  }
}

/// A decision service as a function.
final class CompiledService: Sendable {
  /// Input data, then input decisions.
  let parameters: [Int]
  let outputs: [Int]

  init(parameters: [Int], outputs: [Int]) {
    self.parameters = parameters
    self.outputs = outputs
  }
}
