public import Diagnostics
public import FEEL
internal import XML

/// One `.dmn` file, compiled (DMN 1.2 to 1.5): its decisions with everything they need, ready to be made.
public struct DecisionModel: Sendable {
  public let id: String
  public let name: String
  public let namespace: String
  public let metadata: DefinitionMetadata
  let definitions: Definitions
  /// What it imports, directly or not, each before its users.
  let imported: [Definitions]
  let graph: DecisionGraph

  /// Reads and compiles a file.
  ///
  /// Expressions that FEEL cannot read do not stop it: they become null with a note, and `lint()` reports them.
  /// - Parameter file: only for messages.
  /// - Parameter imports: the models that this one imports by namespace; others among them do no harm.
  /// - Throws: `XML…` for a file that is not well-formed or lacks something, `DMN001` to `DMN010` for a model that
  ///   cannot be run: a wrong namespace, ids twice, references to nothing, cycles, missing imports, uneven rules.
  public init(parsing bytes: [UInt8], file: String, imports: [DecisionModel] = []) throws {
    let definitions = try Definitions(Element(parsing: bytes, file: file), file: file)
    try self.init(definitions, imports: imports)
  }

  init(_ definitions: Definitions, imports: [DecisionModel]) throws {
    var imported: [Definitions] = []
    for model in imports {
      for item in model.imported + [model.definitions]
      where !imported.contains(where: { $0.namespace == item.namespace })
        && item.namespace != definitions.namespace
      {
        imported.append(item)
      }
    }
    self.definitions = definitions
    self.imported = imported
    id = definitions.id
    name = definitions.name
    namespace = definitions.namespace
    metadata = definitions.metadata
    graph = try GraphBuilder.graph(of: definitions, importing: imported)
  }
}

/// The value of a decision, why it is so, and what went wrong on the way.
public struct DecisionResult: Hashable, Sendable {
  public let value: FEELValue
  public let trace: DecisionTrace
  /// Why parts became null: `DMN1xx` and the `FEEL1xx` of its expressions.
  public let notes: [Diagnostic]
}

extension DecisionModel {
  /// Makes a decision and everything it requires, and records why.
  ///
  /// - Parameter decision: id or name.
  /// - Parameter inputs: values of input data by name; those of imported models also in a context named like the
  ///   import, or as `namespace#name`. Names that the model does not declare are looked up here too.
  /// - Parameter given: values of required decisions that are not to be made, by name.
  /// - Throws: `DMN006` when there is no such decision; what goes wrong later is null with a note.
  public func evaluate(
    _ decision: String, inputs: FEELContext, given: FEELContext = [:],
    environment: FEELEnvironment = FEELEnvironment()
  ) throws -> DecisionResult {
    let position = try position(of: decision)
    var evaluator = DecisionEvaluator(
      graph, inputs: inputs, given: given, environment: environment, isTraced: true)
    let value = evaluator.value(of: position)
    return result(value, of: position, &evaluator)
  }

  /// Makes a decision without recording why: the fast way for many cases at once.
  ///
  /// - Throws: `DMN006` when there is no such decision.
  public func value(
    of decision: String, inputs: FEELContext, environment: FEELEnvironment = FEELEnvironment()
  ) throws -> FEELResult {
    let position = try position(of: decision)
    var evaluator = DecisionEvaluator(
      graph, inputs: inputs, given: FEELContext(), environment: environment, isTraced: false)
    let value = evaluator.value(of: position)
    return FEELResult(value: value, notes: evaluator.notes)
  }

  /// Calls a decision service or business knowledge model.
  ///
  /// - Parameter arguments: by parameter name, of a service by the names of its input data and input decisions; what
  ///   is missing is null.
  /// - Returns: of a service with several outputs a context of them.
  /// - Throws: `DMN006` when there is neither a service nor a knowledge model of that name or id.
  public func invoke(
    _ name: String, _ arguments: FEELContext, environment: FEELEnvironment = FEELEnvironment()
  ) throws -> DecisionResult {
    guard let position = graph.positions[name] else { throw unknown(name) }
    var evaluator = DecisionEvaluator(
      graph, inputs: [:], given: [:], environment: environment, isTraced: true)
    let value: FEELValue
    switch graph.elements[position].kind {
    case .knowledge(let function):
      let values = function.parameters.map { arguments[$0.name] ?? .null }
      value = evaluator.call(function, values, at: position)
    case .service(let service):
      let values = service.parameters.map { arguments[graph.elements[$0].name] ?? .null }
      value = evaluator.run(service, values, at: position)
    case .input, .decision: throw unknown(name)
    }
    return result(value, of: position, &evaluator)
  }

  private func result(_ value: FEELValue, of position: Int, _ evaluator: inout DecisionEvaluator)
    -> DecisionResult
  {
    let element = graph.elements[position]
    if evaluator.used.last?.decision.id == element.id, let own = evaluator.used.popLast() {
      return DecisionResult(value: value, trace: own, notes: evaluator.notes)
    }
    return DecisionResult(
      value: value,
      trace: DecisionTrace(element, inputs: [], required: evaluator.used, value: value),
      notes: evaluator.notes)
  }

  func position(of decision: String) throws -> Int {
    guard let position = graph.position(of: decision),
      case .decision = graph.elements[position].kind
    else { throw unknown(decision) }
    return position
  }

  private func unknown(_ name: String) -> Diagnostic {
    Diagnostic(
      "DMN006",
      ["name": name, "known": definitions.decisions.map(\.id).joined(separator: ", ")],
      at: SourceLocation(file: definitions.file))
  }
}
