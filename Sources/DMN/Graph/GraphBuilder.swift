internal import Diagnostics
internal import FEEL

/// Resolves references between models and compiles every element.
struct GraphBuilder {
  /// Imported models first, the main model last.
  private let models: [Definitions]
  private let main: Definitions
  /// `namespace#id` of every element.
  private var positions: [String: Int] = [:]
  private var drafts: [Draft] = []
  private var types: [String: TypeTable] = [:]
  private var problems: [Diagnostic] = []

  /// An element that is not compiled yet.
  private struct Draft {
    enum Source {
      case input(InputData)
      case decision(Decision)
      case knowledge(BusinessKnowledgeModel)
      case service(DecisionService)
    }

    let source: Source
    let model: Int
    let id: String
    let name: String
    let variable: InformationItem
    let location: SourceLocation?
  }

  /// - Throws: `DMN002` an id twice, `DMN003` a reference to nothing, `DMN004` a cycle, `DMN005` an import that is missing.
  static func graph(of main: Definitions, importing imports: [Definitions]) throws
    -> DecisionGraph
  {
    var builder = GraphBuilder(main: main, models: imports + [main])
    try builder.collect()
    try builder.checkCycles()
    return try builder.build()
  }

  private init(main: Definitions, models: [Definitions]) {
    self.main = main
    self.models = models
  }

  // MARK: - Elements

  private mutating func collect() throws {
    for (index, model) in models.enumerated() {
      for imported in model.imports where imported.isDMN {
        guard models.contains(where: { $0.namespace == imported.namespace }) else {
          throw Diagnostic(
            "DMN005", ["name": imported.name, "namespace": imported.namespace],
            at: imported.location)
        }
      }
      for item in model.inputData {
        try add(.input(item), model: index, item.id, item.name, item.variable, item.location)
      }
      for item in model.decisions {
        try add(.decision(item), model: index, item.id, item.name, item.variable, item.location)
      }
      for item in model.knowledgeModels {
        try add(.knowledge(item), model: index, item.id, item.name, item.variable, item.location)
      }
      for item in model.services {
        try add(.service(item), model: index, item.id, item.name, item.variable, item.location)
      }
    }
  }

  private mutating func add(
    _ source: Draft.Source, model: Int, _ id: String, _ name: String, _ variable: InformationItem,
    _ location: SourceLocation?
  ) throws {
    let key = "\(models[model].namespace)#\(id)"
    guard positions[key] == nil else {
      throw Diagnostic("DMN002", ["id": id], at: location)
    }
    positions[key] = drafts.count
    drafts.append(
      Draft(
        source: source, model: model, id: id, name: name, variable: variable, location: location))
  }

  private func position(of reference: ElementReference, from model: Int) throws -> Int {
    let namespace = reference.namespace ?? models[model].namespace
    guard let position = positions["\(namespace)#\(reference.id)"] else {
      throw Diagnostic("DMN003", ["href": reference.id], at: reference.location)
    }
    return position
  }

  private func positions(of references: [ElementReference], from model: Int) throws -> [Int] {
    try references.map { try position(of: $0, from: model) }
  }

  // MARK: - Cycles

  /// Every element may only need others, directly or not; a knowledge model alone may call itself.
  private func checkCycles() throws {
    var state = [Int](repeating: 0, count: drafts.count)  // 0 new, 1 open, 2 done
    for start in drafts.indices where state[start] == 0 {
      var path: [(element: Int, rest: ArraySlice<Int>)] = [(start, try needs(of: start)[...])]
      state[start] = 1
      while let (element, rest) = path.last {
        guard let next = rest.first else {
          state[element] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].rest = rest.dropFirst()
        if state[next] == 1 {
          let names = path.drop { $0.element != next }.map { drafts[$0.element].name }
          throw Diagnostic(
            "DMN004", ["names": (names + [drafts[next].name]).joined(separator: " → ")],
            at: drafts[next].location)
        }
        if state[next] == 0 {
          state[next] = 1
          path.append((next, try needs(of: next)[...]))
        }
      }
    }
  }

  private func needs(of element: Int) throws -> [Int] {
    let draft = drafts[element]
    switch draft.source {
    case .input: return []
    case .decision(let decision):
      return try positions(
        of: decision.requiredInputs + decision.requiredDecisions + decision.requiredKnowledge,
        from: draft.model)
    case .knowledge(let knowledge):
      return try positions(of: knowledge.requiredKnowledge, from: draft.model)
        .filter { $0 != element }
    case .service(let service):
      return try positions(
        of: service.outputDecisions + service.encapsulatedDecisions, from: draft.model)
    }
  }

  // MARK: - Compiling

  private mutating func build() throws -> DecisionGraph {
    for model in models {
      let imported = model.imports.compactMap { item in
        types[item.namespace].map { (name: item.name, types: $0) }
      }
      let table = TypeTable(model.itemDefinitions, imported: imported)
      types[model.namespace] = table
      if model.namespace == main.namespace { problems += table.problems }
    }
    let elements = try drafts.indices.map { try element($0) }
    return DecisionGraph(elements: elements, positions: names(), problems: problems)
  }

  private func names() -> [String: Int] {
    var names: [String: Int] = [:]
    for (index, draft) in drafts.enumerated() {
      let namespace = models[draft.model].namespace
      names["\(namespace)#\(draft.name)"] = index
      guard draft.model == models.count - 1 else { continue }
      names[draft.name] = index
    }
    for (index, draft) in drafts.enumerated() where draft.model == models.count - 1 {
      names[draft.id] = index
    }
    return names
  }

  private mutating func element(_ index: Int) throws -> DRGElement {
    let draft = drafts[index]
    var compiler = LogicCompiler(
      owner: draft.name,
      types: types[models[draft.model].namespace] ?? TypeTable([], imported: []),
      language: models[draft.model].expressionLanguage, functions: functions)
    let type = draft.variable.typeRef.map { compiler.type($0, at: draft.variable.location) } ?? .any
    let kind = try kind(of: draft, type, &compiler)
    if draft.model == models.count - 1 { problems += compiler.problems }
    let model = models[draft.model]
    return DRGElement(
      id: draft.id, name: draft.name,
      model: DecisionTrace.Reference(id: model.id, name: model.name), kind: kind,
      type: TypeCheck(
        functions.contains(index) ? type.result : type, name: draft.name,
        typeName: draft.variable.typeRef ?? "Any", location: draft.location),
      location: draft.location)
  }

  private func kind(of draft: Draft, _ type: DataType, _ compiler: inout LogicCompiler) throws
    -> DRGElement.Kind
  {
    switch draft.source {
    case .input: return .input(CompiledInput(keys: keys(of: draft)))
    case .decision(let decision):
      let scope = try scope(
        of: decision.requiredInputs + decision.requiredDecisions + decision.requiredKnowledge,
        in: draft.model)
      let logic = decision.expression.map { compiler.compile($0, type: type, in: scope) }
      return .decision(
        CompiledDecision(
          logic: logic,
          requiredInputs: try positions(of: decision.requiredInputs, from: draft.model),
          requiredDecisions: try positions(of: decision.requiredDecisions, from: draft.model),
          undeclared: compiler.undeclared, keys: keys(of: draft)))
    case .knowledge(let knowledge):
      let scope = try scope(of: knowledge.requiredKnowledge, in: draft.model)
      guard let logic = knowledge.logic else {
        let problem = Diagnostic("DMN016", ["name": draft.name], at: draft.location)
        compiler.problems.append(problem)
        return .knowledge(
          CompiledFunction(
            name: draft.name, parameters: [], body: .missing(problem), ownPosition: nil,
            location: draft.location))
      }
      return .knowledge(compiler.knowledge(logic, name: draft.name, in: scope))
    case .service(let service):
      return .service(
        CompiledService(
          parameters: try positions(
            of: service.inputData + service.inputDecisions, from: draft.model),
          outputs: try positions(of: service.outputDecisions, from: draft.model)))
    }
  }

  /// Positions of the elements that are called, not read.
  private var functions: Set<Int> {
    Set(
      drafts.indices.filter {
        switch drafts[$0].source {
        case .knowledge, .service: true
        case .input, .decision: false
        }
      })
  }

  // MARK: - Names

  /// Under which names a caller may give a value for an input or a decision.
  private func keys(of draft: Draft) -> [InputKey] {
    let namespace = models[draft.model].namespace
    let qualified = InputKey.name("\(namespace)#\(draft.name)")
    guard draft.model != models.count - 1 else { return [.name(draft.name), qualified] }
    let imports = main.imports.filter { $0.namespace == namespace && !$0.name.isEmpty }
    return [qualified] + imports.map { .member(of: $0.name, draft.name) } + [.name(draft.name)]
  }

  private func scope(of references: [ElementReference], in model: Int) throws -> Scope {
    let definitions = models[model]
    var scope = Scope(
      elements: Set(
        drafts.filter { $0.model == model }.map(\.name) + definitions.imports.map(\.name)),
      types: types[definitions.namespace]?.feelTypes ?? [:])
    var members: [String: [(NameSource.Member, DataType)]] = [:]
    var own: [(name: String, source: NameSource, type: DataType)] = []
    for reference in references {
      let index = try position(of: reference, from: model)
      let draft = drafts[index]
      let type = type(of: draft)
      let namespace = models[draft.model].namespace
      let imports = definitions.imports.filter { $0.namespace == namespace && !$0.name.isEmpty }
      if draft.model == model || imports.isEmpty {
        own.append((draft.name, .element(index), type))
        own.append((draft.variable.name, .element(index), type))
      }
      for item in imports {
        members[item.name, default: []].append(
          (NameSource.Member(name: draft.name, source: .element(index)), type))
      }
    }
    for (name, members) in members.sorted(by: { $0.key < $1.key }) {
      own.append(
        (
          name, .imported(members.map(\.0)),
          DataType(.context(members.map { FEELType.Field($0.0.name, $0.1.feel) }))
        ))
    }
    scope.declare(own)
    return scope
  }

  private func type(of draft: Draft) -> DataType {
    switch draft.source {
    case .input, .decision:
      draft.variable.typeRef.flatMap { types[models[draft.model].namespace]?[$0] } ?? .any
    case .knowledge, .service: .any
    }
  }
}
