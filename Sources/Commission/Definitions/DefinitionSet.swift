public import BPMN
internal import DMN
internal import Diagnostics
internal import FEEL
internal import Synchronization
public import XForms

/// The definitions that one case runs on, compiled: for its profile and the day of its legal fact.
public final class DefinitionSet: Sendable {
  /// As `kind/identifier@version`, in order: what a case pins.
  public let references: [String]
  /// Processes and decisions as the engine takes them.
  public let engine: BPMN.Definitions
  public let calendar: OfficeCalendar
  /// The expressions that follow the clocks of a case.
  let dueExpressions: DueExpressions
  private let stored: [String: StoredDefinition]
  private let forms = Mutex<[String: Form]>([:])
  private let lists = Mutex<[String: CodeList]>([:])
  private let paperTemplates = Mutex<[String: PaperTemplate]>([:])

  /// Compiles `definitions`: of each kind and identifier one.
  ///
  /// - Throws: what reading throws; `CAL012` when there is no calendar.
  public init(_ definitions: [StoredDefinition]) throws {
    references = definitions.map(\.reference).sorted()
    stored = Dictionary(uniqueKeysWithValues: definitions.map { ($0.key, $0) })
    var processes: [ProcessDefinition] = []
    var decisions: [String: DecisionModel] = [:]
    var dueExpressions = DueExpressions()
    for definition in definitions {
      switch definition.kind {
      case .process:
        let model = try ProcessModel(parsing: definition.bytes, file: definition.file)
        processes += try model.compiled()
        dueExpressions.add(model)
      case .decision:
        let model = try DecisionModel(parsing: definition.bytes, file: definition.file)
        for decision in model.decisions { decisions[decision.id] = model }
      case .form, .block, .list, .calendar, .acts, .texts, .paper, .mapping: break
      }
    }
    self.dueExpressions = dueExpressions
    engine = BPMN.Definitions(processes: processes, decisions: decisions)
    guard let calendar = definitions.first(where: { $0.kind == .calendar }) else {
      throw Diagnostic("CAL012")
    }
    self.calendar = try OfficeCalendar(
      CSV(parsing: calendar.bytes, file: calendar.file), file: calendar.file)
  }

  /// The form of that id.
  ///
  /// - Throws: `CASE012` when the case has no such form.
  public func form(_ identifier: String) throws -> Form {
    if let form = forms.withLock({ $0[identifier] }) { return form }
    guard let definition = stored["form/\(identifier)"] else {
      throw Diagnostic("CASE012", ["form": identifier])
    }
    let form = try Form(
      folded: definition.bytes, file: definition.file,
      blocks: { self.stored["block/\($0)"]?.bytes }, lists: { try? self.list($0) })
    forms.withLock { $0[identifier] = form }
    return form
  }

  /// The code list of that name; `nil` when there is none.
  public func list(_ name: String) throws -> CodeList? {
    if let list = lists.withLock({ $0[name] }) { return list }
    guard let definition = stored["list/\(name)"] else { return nil }
    let list = try CodeList(parsing: definition.bytes, file: definition.file)
    lists.withLock { $0[name] = list }
    return list
  }

  /// The rows of the lists of legal acts.
  func legalActs() throws -> [CSV.Row] {
    try stored.values.filter { $0.kind == .acts }.sorted { $0.key < $1.key }
      .flatMap { try CSV(parsing: $0.bytes, file: $0.file).rows }
  }

  /// The template of that id; `nil` when there is none.
  func paper(_ identifier: String) throws -> PaperTemplate? {
    if let template = paperTemplates.withLock({ $0[identifier] }) { return template }
    guard let definition = stored["paper/\(identifier)"] else { return nil }
    let template = try PaperTemplate(parsing: definition.bytes, file: definition.file)
    paperTemplates.withLock { $0[identifier] = template }
    return template
  }

  /// The templates for papers that hold answers of `form`, in order of their ids.
  func papers(of form: String) throws -> [PaperTemplate] {
    let identifiers = stored.values.filter { $0.kind == .paper }.map(\.identifier).sorted()
    return try identifiers.compactMap { try paper($0) }.filter { $0.form == form }
  }

  /// The BPMN model that holds the process `identifier`.
  public func processModel(_ identifier: String) throws -> ProcessModel? {
    try stored["process/\(identifier)"].map {
      try ProcessModel(parsing: $0.bytes, file: $0.file)
    }
  }

  /// The ids of all forms, in order.
  public var formIdentifiers: [String] {
    stored.values.filter { $0.kind == .form }.map(\.identifier).sorted()
  }

  /// The deployed version of a decision's model, for citations.
  public func definition(ofDecision identifier: String) -> StoredDefinition? {
    engine.decisions[identifier].flatMap { stored["decision/\($0.id)"] }
  }
}

extension StoredDefinition {
  var key: String { "\(kind.rawValue)/\(identifier)" }

  /// `form/referral@3`.
  var reference: String { "\(key)@\(version)" }
}

extension [StoredDefinition] {
  /// The newest version of each definition that holds for `profile` on `day`.
  func resolved(for profile: String, on day: Day) -> [StoredDefinition] {
    var newest: [String: StoredDefinition] = [:]
    for definition in self where definition.holds(for: profile, on: day) {
      if newest[definition.key].map({ $0.version < definition.version }) ?? true {
        newest[definition.key] = definition
      }
    }
    return newest.values.sorted { $0.key < $1.key }
  }

  /// The definitions a case has pinned.
  ///
  /// - Throws: `CASE013` when one of them is not in the store.
  func pinned(_ references: [String]) throws -> [StoredDefinition] {
    let byReference = Dictionary(uniqueKeysWithValues: map { ($0.reference, $0) })
    return try references.map { reference in
      guard let definition = byReference[reference] else {
        throw Diagnostic("CASE013", ["definition": reference])
      }
      return definition
    }
  }
}
