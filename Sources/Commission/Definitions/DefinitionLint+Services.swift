internal import BPMN
internal import DMN
internal import Diagnostics
internal import Dossier
internal import XForms

/// What a workflow must say of the work it leaves to people and to the commission: clocks, codes, messages with a schema.
extension DefinitionLint {
  func services(of model: ProcessModel) -> [Diagnostic] {
    model.processes.flatMap(\.allNodes).flatMap { node -> [Diagnostic] in
      if case .userTask(let task) = node.kind, task.due == nil {
        return [
          Diagnostic("CASE067", ["element": node.title], at: node.location, severity: .warning)
        ]
      }
      guard let job = node.job, let service = job.type.fixedText.flatMap(ServiceTask.init) else {
        return []
      }
      let given = service.optionalHeaders.filter { job.headers[$0] != nil }
      return (service.headers + given).compactMap { header in
        guard let value = job.headers[header], !value.isEmpty else {
          return Diagnostic(
            "CASE064", ["element": node.title, "header": header], at: node.location)
        }
        return isKnown(value, as: header, of: service)
          ? nil
          : Diagnostic(
            "CASE065", ["element": node.title, "header": header, "value": value],
            at: node.location)
      } + codes(of: service, job, node)
    }
  }

  /// Whether `value` names something that is there.
  private func isKnown(_ value: String, as header: String, of service: ServiceTask) -> Bool {
    switch (service, header) {
    case (.sendDossier, "kind"): DossierKind(rawValue: value) != nil
    case (.notify, "template"): Messages(.en).optional("letter.\(value)") != nil
    case (.issueDocument, "form"), (.sendDossier, "form"):
      files.contains { $0.kind == .form && $0.identifier == value }
    case (.remitCase, "kind"): CaseKind(rawValue: value) != nil
    case (_, "parameter"): clocks.isEmpty || (try? ClockParameter(value, in: clocks)) != nil
    default: true
    }
  }

  /// The decision that knows the clocks, where it is among the files.
  private var clocks: [String: DecisionModel] {
    for file in files {
      if case .decision(let model) = file.content,
        model.decisions.contains(where: { $0.id == "clock-parameter" })
      {
        return ["clock-parameter": model]
      }
    }
    return [:]
  }

  /// A pause says why by a code, and so does a refusal.
  private func codes(of service: ServiceTask, _ job: JobDefinition, _ node: FlowNode)
    -> [Diagnostic]
  {
    switch service {
    case .pauseClock where !node.inputs.contains { $0.target == "reason" }:
      [Diagnostic("CASE066", ["element": node.title], at: node.location)]
    case .issueDocument where ["refusal", "return-notice"].contains(job.headers["document"]):
      hasCodes(job.headers["form"] ?? "")
        ? []
        : [
          Diagnostic(
            "CASE068", ["element": node.title, "form": job.headers["form"] ?? ""],
            at: node.location)
        ]
    default: []
    }
  }

  /// Whether the form has a question that is answered by a code of a list; a form that is not there is named elsewhere.
  private func hasCodes(_ identifier: String) -> Bool {
    guard let file = files.first(where: { $0.kind == .form && $0.identifier == identifier }),
      let form = try? form(file)
    else { return true }
    return form.outline(in: "en").contains { $0.list != nil && $0.element.hasPrefix("select") }
  }
}

extension ServiceTask {
  /// The headers that a task of this type must have.
  fileprivate var headers: [String] {
    switch self {
    case .register: ["register"]
    case .drawPanel: ["level"]
    case .issueDocument: ["document", "form"]
    case .notify: ["template", "recipient"]
    case .sendDossier: ["kind"]
    case .openClock, .pauseClock, .resumeClock, .closeClock: ["parameter"]
    case .remitCase: ["kind", "message"]
    case .tellCases: ["message"]
    case .pseudonymise, .publishEntitlement, .lookUpPerson, .lookUpDecision: []
    }
  }
}

extension ServiceTask {
  /// The headers that a task of this type may have.
  fileprivate var optionalHeaders: [String] {
    switch self {
    case .sendDossier: ["form"]
    case .register, .drawPanel, .issueDocument, .notify, .openClock, .pauseClock, .resumeClock,
      .closeClock, .remitCase, .tellCases, .pseudonymise, .publishEntitlement, .lookUpPerson,
      .lookUpDecision:
      []
    }
  }
}

extension FlowNode {
  fileprivate var job: JobDefinition? {
    switch kind {
    case .serviceTask(let job?), .sendTask(let job?, _): job
    default: nil
    }
  }
}
