internal import BPMN
internal import Diagnostics
internal import FEEL

/// The service tasks that the commission does itself; every other type waits for an outside worker.
///
/// Inputs are the variables the task sees, fixed words are its headers; each answers with variables for its output
/// mappings. `Workflows/README.md` lists them for analysts.
enum ServiceTask: String, CaseIterable {
  case register
  case pseudonymise
  case drawPanel = "draw-panel"
  case issueDocument = "issue-document"
  case notify
  case sendDossier = "send-dossier"
  case openClock = "open-clock"
  case pauseClock = "pause-clock"
  case resumeClock = "resume-clock"
  case closeClock = "close-clock"
  case publishEntitlement = "publish-entitlement"
  case lookUpPerson = "look-up-person"
  case lookUpDecision = "look-up-decision"
  case remitCase = "remit-case"
  case tellCases = "tell-cases"
}

extension Work {
  /// Does `job` and says what its task hands out.
  ///
  /// - Throws: `TASK5xx` when it cannot be done: an incident, the case stays where it is.
  mutating func perform(_ job: Job, in number: CaseNumber) async throws -> [String: FEELValue] {
    guard let service = ServiceTask(rawValue: job.type) else {
      throw Diagnostic("TASK500", ["type": job.type])
    }
    switch service {
    case .register: return try await register(job, in: number)
    case .pseudonymise: return try await pseudonymise(in: number)
    case .drawPanel: return try await drawPanel(job, in: number)
    case .issueDocument: return try await issueDocument(job, in: number)
    case .notify: return try await notify(job, in: number)
    case .sendDossier: return try await sendDossier(job, in: number)
    case .openClock: return try await openClock(job, in: number)
    case .pauseClock: return try await pauseClock(job, in: number)
    case .resumeClock: return try await resumeClock(job, in: number)
    case .closeClock: return try await closeClock(job, in: number)
    case .publishEntitlement: return try await publishEntitlements(job, in: number)
    case .lookUpPerson: return try await lookUpPerson(in: number)
    case .lookUpDecision: return try await lookUpDecision(job)
    case .remitCase: return try await remitCase(job, in: number)
    case .tellCases: return try await tellCases(job, in: number)
    }
  }
}

extension Job {
  /// A header that the model must give.
  ///
  /// - Throws: `TASK501` naming task and header.
  func header(_ name: String) throws -> String {
    guard let value = headers[name], !value.isEmpty else {
      throw Diagnostic("TASK501", ["task": element, "header": name])
    }
    return value
  }

  /// A text variable that the task must see.
  ///
  /// - Throws: `TASK502` naming task and variable.
  func text(_ name: String) throws -> String {
    guard let value = variables[name]?.text, !value.isEmpty else {
      throw Diagnostic("TASK502", ["task": element, "variable": name])
    }
    return value
  }

  /// A context variable that the task must see.
  ///
  /// - Throws: `TASK502` naming task and variable.
  func context(_ name: String) throws -> FEELContext {
    guard case .context(let context)? = variables[name] else {
      throw Diagnostic("TASK502", ["task": element, "variable": name])
    }
    return context
  }
}
