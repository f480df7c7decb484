internal import BPMN
internal import DMN
public import Diagnostics
internal import Dossier
internal import FEEL
internal import XForms
internal import XML

/// What is wrong with a set of definitions: each file by itself, and all of them with each other.
public struct DefinitionLint: Sendable {
  /// What is checked.
  private let checked: [DefinitionFile]
  /// What may be named: the checked files and those they stand beside.
  let files: [DefinitionFile]

  /// - Parameter others: definitions that are there already, and are not checked again; a checked file takes the place
  ///   of the one of its kind and id.
  public init(_ files: [DefinitionFile], beside others: [DefinitionFile] = []) {
    let replaced = Set(files.map { "\($0.kind.rawValue)/\($0.identifier)" })
    checked = files
    self.files =
      files + others.filter { !replaced.contains("\($0.kind.rawValue)/\($0.identifier)") }
  }

  /// Every finding, by file and line.
  public func findings() -> [Diagnostic] {
    let forms = Set(files.filter { $0.kind == .form }.map(\.identifier))
    let decisions = Set(
      files.flatMap { file -> [String] in
        if case .decision(let model) = file.content { model.decisions.map(\.id) } else { [] }
      })
    let texts = files.reduce(nil as ModelTexts?) { texts, file in
      guard case .texts(let more) = file.content else { return texts }
      return texts?.adding(more) ?? more
    }
    let processes = Set(files.filter { $0.kind == .process }.map(\.identifier))
    var findings: [Diagnostic] = []
    for file in checked {
      findings += file.untranslated(in: texts)
      switch file.content {
      case .process(let model):
        findings += model.lint()
        findings += references(of: model, forms: forms, decisions: decisions, processes: processes)
        findings += services(of: model)
      case .decision(let model):
        findings += model.lint()
        findings += citations(in: file)
      case .form: findings += lint(form: file)
      case .paper(let paper): findings += lint(paper.template, at: SourceLocation(file: file.path))
      case .mapping(let mapping): findings += lint(mapping)
      case .block, .list, .calendar, .acts, .texts: break
      }
    }
    return findings.sorted {
      ($0.location?.file ?? "", $0.location?.line ?? 0, $0.code)
        < ($1.location?.file ?? "", $1.location?.line ?? 0, $1.code)
    }
  }

  private func lint(form file: DefinitionFile) -> [Diagnostic] {
    do {
      return try form(file).lint()
    } catch {
      return (error as? Diagnostic).map { $0.causes.isEmpty ? [$0] : $0.causes } ?? []
    }
  }

  func form(_ file: DefinitionFile) throws -> Form {
    try Form(
      folded: file.bytes, file: file.path,
      blocks: { name in files.first { $0.kind == .block && $0.identifier == name }?.bytes },
      lists: { name in list(name) })
  }

  private func lint(_ mapping: FormMapping) -> [Diagnostic] {
    var forms: [String: Form] = [:]
    for file in files where file.kind == .form && mapping.forms.contains(file.identifier) {
      forms[file.identifier] = try? form(file)
    }
    var findings = mapping.lint(forms: forms)
    if DossierKind(rawValue: mapping.kind) == nil {
      findings.append(
        Diagnostic(
          "MAP003", ["what": "message", "name": mapping.kind],
          at: SourceLocation(file: mapping.file)))
    }
    return findings
  }

  /// Forms, questions and papers that a paper names and nobody has.
  private func lint(_ template: PaperTemplate, at place: SourceLocation) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for name in template.included
    where !files.contains(where: { $0.kind == .paper && $0.identifier == name }) {
      findings.append(Diagnostic("PAPER007", ["paper": name], at: place))
    }
    guard let name = template.form else { return findings }
    guard let file = files.first(where: { $0.kind == .form && $0.identifier == name }) else {
      return findings + [Diagnostic("PAPER005", ["form": name], at: place)]
    }
    let known = Set((try? form(file))?.outline(in: "en").map { $0.path } ?? [])
    return findings
      + template.questions.filter { !known.contains($0) }.map {
        Diagnostic("PAPER006", ["question": $0, "form": name], at: place)
      }
  }

  private func list(_ name: String) -> CodeList? {
    for file in files where file.identifier == name {
      if case .list(let list) = file.content { return list }
    }
    return nil
  }

  /// Forms, decisions, processes and service types that a process names and nobody has.
  private func references(
    of model: ProcessModel, forms: Set<String>, decisions: Set<String>, processes: Set<String>
  ) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    func missing(_ code: String, _ name: String, _ node: FlowNode) {
      findings.append(Diagnostic(code, ["name": name, "element": node.title], at: node.location))
    }
    for node in model.processes.flatMap(\.allNodes) {
      if let form = node.formIdentifier, !forms.contains(form) { missing("CASE030", form, node) }
      if let decision = node.calledDecision, !decisions.contains(decision) {
        missing("CASE031", decision, node)
      }
      if let rule = node.properties["completionRule"], !decisions.contains(rule) {
        missing("CASE031", rule, node)
      }
      if let process = node.calledProcess, !processes.contains(process) {
        missing("CASE032", process, node)
      }
      let types = [node.jobType] + node.listeners.map(\.type.fixedText)
      for type in types.compactMap({ $0 }) where ServiceTask(rawValue: type) == nil {
        findings.append(
          Diagnostic(
            "CASE033", ["name": type, "element": node.title], at: node.location, severity: .warning)
        )
      }
    }
    return findings
  }

  /// Citations whose act is not in the list of legal acts.
  private func citations(in file: DefinitionFile) -> [Diagnostic] {
    let tables = files.compactMap { file -> CSV? in
      if case .acts(let table) = file.content { table } else { nil }
    }
    guard !tables.isEmpty else { return [] }
    let acts = tables.flatMap { $0.rows.map { $0["id"] } }
    guard let root = try? Element(parsing: file.bytes, file: file.path) else { return [] }
    return descriptions(ofRulesIn: root).compactMap { description in
      let text = description.text
      let citation = text.prefix { $0 != "]" }.dropFirst()
      guard text.hasPrefix("["), acts.contains(where: { citation.hasPrefix($0) }) else {
        return Diagnostic(
          "CASE034", ["citation": String(text.prefix(40))], at: description.location,
          severity: .warning)
      }
      return nil
    }
  }

  private func descriptions(ofRulesIn element: Element) -> [Element] {
    if element.name == "rule" { return element.child("description").map { [$0] } ?? [] }
    return element.elements.flatMap { descriptions(ofRulesIn: $0) }
  }
}

extension FlowNode {
  fileprivate var formIdentifier: String? {
    if case .userTask(let definition) = kind { definition.form } else { nil }
  }

  fileprivate var calledDecision: String? {
    if case .businessRuleTask(let called?, _) = kind { called.decision.fixedText } else { nil }
  }

  fileprivate var calledProcess: String? {
    if case .callActivity(let called?) = kind { called.process.fixedText } else { nil }
  }

  fileprivate var jobType: String? {
    switch kind {
    case .serviceTask(let job?), .sendTask(let job?, _): job.type.fixedText
    default: nil
    }
  }
}

extension ModelExpression {
  /// The text when it is not FEEL.
  var fixedText: String? {
    if case .fixed(let text) = content { text } else { nil }
  }
}
