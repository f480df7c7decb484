internal import BPMN
internal import DMN
internal import Diagnostics
internal import FEEL
internal import Foundation
public import XForms
public import XML

/// Taking tasks, filling their forms and handing them in.
extension Office {
  /// An open task with its form and the answers so far.
  public struct TaskForm: Sendable {
    public let row: TaskRow
    public let form: Form
    public var answers: Answers
    /// As the workflow filled it in, before anybody answered.
    public let prefill: Answers
    /// Help in the words of the workflow.
    public let help: String
  }

  /// The open task `identifier` (people say `T-451`).
  ///
  /// - Throws: `TASK001` when there is none, `TASK002` when it is closed.
  public func task(_ identifier: Int) async throws -> TaskRow {
    let rows = try await store.tasks(TaskQuery(identifier: identifier, status: nil))
    guard let row = rows.first else { throw Diagnostic("TASK001", ["task": "T-\(identifier)"]) }
    guard row.status == .open else { throw Diagnostic("TASK002", ["task": "T-\(identifier)"]) }
    return row
  }

  /// Whom the user acts for on that task; `nil`: for themself.
  ///
  /// - Throws: `TASK004` when it is not for the user.
  func principal(on row: TaskRow) throws -> String? {
    try TaskRights(authority: authority, today: today).principal(of: user, on: row)
  }

  /// The form of an open task, with its draft or what the workflow prefills: only for those who may fill it, because
  /// a draft is its author's own.
  ///
  /// - Throws: `TASK004` when the task is somebody else's or not for the user's roles.
  public func form(of identifier: Int) async throws -> TaskForm {
    let row = try await task(identifier)
    let principal = try await principal(on: row, for: .form)
    let (work, loaded) = try await reading(
      row.caseNumber, for: .form, onBehalfOf: principal)
    let form = try loaded.set.form(row.form)
    let task = loaded.openTask(ElementKey(row.key))
    let prefill = Answers(
      form, prefill: task?.variables["prefill"].flatMap(contextOf) ?? [:],
      now: work.localNow(loaded), language: language.rawValue)
    var answers = prefill
    if let draft = row.draft, let stored = try await store.document(draft.document) {
      answers = try Answers(
        form, draft: Element(parsing: stored.bytes, file: "draft.xml"), now: work.localNow(loaded),
        language: language.rawValue)
    }
    return TaskForm(
      row: row, form: form, answers: answers, prefill: prefill, help: task?.documentation ?? "")
  }

  /// Keeps unfinished answers with the task; nothing is checked.
  public func saveDraft(_ answers: Answers, of identifier: Int) async throws {
    let row = try await task(identifier)
    let principal = try principal(on: row)
    _ = try await perform("task.drafted", onBehalfOf: principal) { work in
      try await work.loaded(row.caseNumber).checkActive()
      let document = try work.storeXML(answers.draft(), context: nil)
      let asked = answers.questions().filter { $0.kind.isAnswerable && !$0.isReadonly }
      let draft = TaskDraft(
        answered: asked.count { !$0.value.isEmpty }, of: asked.count, by: user.name, at: now,
        document: document)
      try await work.record(
        .draftSaved(task: ElementKey(row.key), draft), in: row.caseNumber)
      return identifier
    }
  }

  /// Answers from XML, put over what the task has so far: entries that are empty there stay as they are.
  ///
  /// - Throws: `FORM012` with every element that does not belong to the form.
  public func answers(for identifier: Int, from xml: Element) async throws -> Answers {
    let open = try await form(of: identifier)
    let (work, loaded) = try await reading(open.row.caseNumber, for: nil)
    let now = work.localNow(loaded)
    let (given, problems) = try Answers.read(
      xml, of: open.form, now: now, language: language.rawValue)
    let strangers = problems.filter { AnswerOverlay.structureCodes.contains($0.code) }
    guard strangers.isEmpty else {
      throw Diagnostic("FORM012", ["count": "\(strangers.count)"], causes: strangers)
    }
    let merged = AnswerOverlay.put(given.context(), over: open.answers.context())
    let context = AnswerOverlay.restoreReadonly(of: open.answers, in: merged)
    return Answers(open.form, prefill: context, now: now, language: language.rawValue)
  }

  /// Hands in the answers: checks all of them and the completion rule, then goes on with the case.
  ///
  /// - Throws: `FORM012` with every problem of the answers; `TASK006` with every violation of the rule; `TASK005` when
  ///   another person must do it.
  ///
  /// - Parameter source: the file the answers came from, so that problems can name its lines.
  public func complete(
    _ identifier: Int, with answers: Answers, from source: Element? = nil,
    command: CommandID? = nil
  ) async throws {
    if let command, try await store.answer(to: command) != nil { return }
    let row = try await task(identifier)
    let principal = try principal(on: row)
    try AnswerOverlay.check(answers, from: source)
    _ = try await perform("task.completed", command: command, onBehalfOf: principal) { work in
      try await work.complete(row, with: answers)
      return identifier
    }
  }

  private func contextOf(_ value: FEELValue) -> FEELContext? {
    if case .context(let context) = value { context } else { nil }
  }
}

extension Work {
  /// Stores the answers as a document and completes the task with them.
  mutating func complete(_ row: TaskRow, with answers: Answers) async throws {
    let loaded = try await loaded(row.caseNumber)
    let key = ElementKey(row.key)
    guard let task = loaded.openTask(key) else {
      throw Diagnostic("TASK002", ["task": "T-\(row.identifier ?? 0)"])
    }
    let context = answers.context()
    let variable = task.properties["result"] ?? camelCase(answers.form.id)
    try loaded.checkActive()
    try loaded.checkPersons([actor] + (onBehalfOf.map { [$0] } ?? []), for: task)
    if onBehalfOf != nil { try loaded.checkSeat(of: task) }
    if let owner = loaded.state.owners[key] {
      throw Diagnostic("TASK012", ["task": "T-\(row.identifier ?? 0)", "user": owner])
    }
    try checkRule(of: task, answers: context, as: variable, in: loaded)
    let document = try storeXML(answers.xml(), context: context)
    try await change(row.caseNumber) { $0.know(context, as: document) }
    try await add(
      CaseDocument(
        name: documentName(for: task, in: loaded), role: .answers, identifier: document,
        form: answers.form.id, formVersion: answers.form.version, number: nil, by: actor,
        onBehalfOf: onBehalfOf, at: now, variable: variable, element: task.element),
      in: row.caseNumber)
    if loaded.state.drafts[key] != nil {
      try await record(.draftDropped(task: key), in: row.caseNumber)
    }
    try await run(
      .complete(
        task: key, variables: [variable: .context(context)],
        outcome: context["outcome"]?.text ?? context["decision"]?.text), in: row.caseNumber)
  }

  /// `finding 2` for the second of several.
  private func documentName(for task: UserTask, in loaded: LoadedCase) -> String {
    let name = task.form ?? task.element
    let earlier = loaded.state.documents.count { $0.role == .answers && $0.form == name }
    return earlier == 0 ? name : "\(name) \(earlier + 1)"
  }

  /// `completionRule` names a decision that must find nothing wrong.
  private func checkRule(
    of task: UserTask, answers: FEELContext, as variable: String, in loaded: LoadedCase
  ) throws {
    guard let rule = task.properties["completionRule"] else { return }
    guard let model = loaded.set.engine.decisions[rule] else {
      throw Diagnostic("CASE017", ["decision": rule])
    }
    var inputs = FEELContext(
      loaded.state.process.visibleVariables(from: task.key).sorted { $0.key < $1.key }.map {
        ($0.key, $0.value)
      })
    inputs[variable] = .context(answers)
    if inputs["documents"] == nil {
      inputs["documents"] = .list(
        loaded.state.documents.map(\.name).removingRepeats().map { .string($0) })
    }
    let result = try model.evaluate(rule, inputs: inputs, environment: environment(of: loaded))
    guard case .list(let violations) = result.value else {
      throw Diagnostic("TASK007", ["rule": rule], causes: result.notes)
    }
    guard violations.isEmpty else {
      throw Diagnostic(
        "TASK006", ["task": task.name, "count": "\(violations.count)"],
        causes: violations.map { ruleViolation($0) })
    }
  }

  private func ruleViolation(_ value: FEELValue) -> Diagnostic {
    guard case .context(let row) = value else {
      return Diagnostic("TASK008", ["violation": value.text ?? ""])
    }
    let words = row.names.reduce(into: [String: String]()) { $0[$1] = row[$1]?.text }
    return Diagnostic("TASK008", words)
  }
}

/// `appeal-finding` → `appealFinding`.
func camelCase(_ identifier: String) -> String {
  let parts = identifier.split(separator: "-")
  return parts.dropFirst().reduce(String(parts.first ?? "")) {
    $0 + $1.prefix(1).uppercased() + $1.dropFirst()
  }
}

extension Question.Kind {
  /// Whether a person answers it.
  public var isAnswerable: Bool {
    switch self {
    case .heading, .rows, .row, .note: false
    case .text, .number, .date, .time, .dateTime, .one, .many, .range, .acknowledgement, .file:
      true
    }
  }
}
