public import DMN
import FEEL

/// Everything one case runs on: the processes and decisions it was started with, or was migrated to.
public struct Definitions: Sendable {
  /// By process id.
  public let processes: [String: ProcessDefinition]
  /// The model of each decision, by decision id.
  public let decisions: [String: DecisionModel]

  public init(processes: [ProcessDefinition], decisions: [String: DecisionModel] = [:]) {
    self.processes = Dictionary(processes.map { ($0.id, $0) }) { $1 }
    self.decisions = decisions
  }

  /// The id of the process that a message with this name starts.
  public func process(startedBy message: String) -> String? {
    processes.values.filter { $0.startMessages.contains(message) }.map(\.id).min()
  }

  /// The open user tasks of a case, oldest first.
  public func userTasks(in state: ProcessState) -> [UserTask] {
    state.taskRecords.keys.filter { state.listenerRuns[$0]?.event != .creating }
      .compactMap { userTask($0, in: state) }
  }

  /// The open user task `key`, with what the model says about it.
  public func userTask(_ key: ElementKey, in state: ProcessState) -> UserTask? {
    guard let record = state.taskRecords[key], let node = node(record.process, record.element)
    else { return nil }
    var form: String?
    if case .userTask(let definition) = node.behavior { form = definition.form }
    return UserTask(
      record: record, name: node.title, form: form, lane: node.lane, properties: node.properties,
      documentation: node.documentation, variables: state.instances[key]?.variables ?? [:])
  }

  /// The jobs of a case that wait for a worker, oldest first; a failed one with an incident is not among them.
  public func jobs(in state: ProcessState) -> [Job] {
    let held = Set(state.incidentsByKey.values.map(\.element))
    return state.jobRecords.keys.filter { !held.contains($0) }.compactMap {
      job($0, in: state)
    }
  }

  /// The job `key`, with what the model says about it.
  public func job(_ key: ElementKey, in state: ProcessState) -> Job? {
    guard let record = state.jobRecords[key], let node = node(record.process, record.element)
    else { return nil }
    return Job(
      record: record, name: node.title, headers: node.job?.headers ?? [:],
      properties: node.properties, message: record.listener == nil ? node.message : nil,
      variables: variables(of: record, in: state))
  }

  private func variables(of job: JobRecord, in state: ProcessState) -> [String: FEELValue] {
    let visible = state.visibleVariables(from: job.key)
    guard job.listener == .completing, let new = state.listenerRuns[job.key]?.variables else {
      return visible
    }
    return visible.merging(new) { $1 }
  }

  /// What to call an element: its name in the model, else its id.
  public func title(of element: String, in process: String) -> String {
    processes[process]?.title(of: element) ?? element
  }

  private func node(_ process: String, _ element: String) -> CompiledNode? {
    processes[process].flatMap { definition in
      definition.indexes[element].map { definition.nodes[$0] }
    }
  }
}
