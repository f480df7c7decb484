import BPMN
import Commission
import FEEL
import Store

/// The process `approval` over a store: every step reads the state of its case, goes on as far as it gets by itself, and
/// writes events, state and work lists in one transaction.
struct DurableApproval: Sendable {
  let store: any CaseStore
  private let models: BenchmarkProcesses
  private let now = Instant(seconds: 1_767_225_600)

  init(_ store: any CaseStore) {
    self.store = store
    do {
      models = try BenchmarkProcesses()
    } catch {
      fatalError("our own processes: \(error)")
    }
  }

  /// How many commits one instance takes.
  static let commits = 1 + BenchmarkProcesses.approvalSteps.count

  /// One instance, from start to end.
  func play(_ serial: Int) async throws {
    let number = CaseNumber(commission: "07", year: 2026, serial: serial)
    for version in 0..<Self.commits { try await step(version, of: number) }
  }

  /// Step `version` of a case: the start, or what the next person answers.
  func step(_ version: Int, of number: CaseNumber) async throws {
    let stored = try await store.state(of: .case(number))
    var state =
      try stored.map { try ProcessState(storedText: $0.state) } ?? ProcessState()
    let closed = rows(of: state, in: number, status: .completed)
    let command: Command
    if version == 0 {
      command = .start(process: "approval", variables: [:])
    } else {
      guard let task = state.taskRecords.keys.first else { fatalError("no step is open") }
      command = .complete(
        task: task, variables: BenchmarkProcesses.approvalSteps[version - 1], outcome: nil)
    }
    let events = try state.perform(command, in: models.definitions, now: now)
    _ = try await store.commit(
      batch(version, of: number, events, state: state, closed: closed))
  }

  private func batch(
    _ version: Int, of number: CaseNumber, _ events: [ProcessEvent], state: ProcessState,
    closed: [TaskRow]
  ) throws -> Batch {
    var batch = Batch(command: CommandID("\(number)/\(version)"), answer: "{}")
    batch.appends = [
      Batch.Append(
        to: .case(number), after: version,
        records: [
          RecordDraft(
            at: now, actor: "l.aliyeva", kind: "task.completed", payload: try events.storedText())
        ], state: try state.storedText())
    ]
    let open = rows(of: state, in: number, status: .open)
    batch.cases = [
      CaseRows(
        row: CaseRow(
          number: number, kind: "initial", profile: "AZ-2022",
          status: open.isEmpty ? "closed" : "open", standsAt: open.map(\.element), person: "p-1",
          initials: "Quliyev R.", birthYear: 1974, openedAt: now, due: now,
          closedAt: open.isEmpty ? now : nil),
        tasks: closed + open, timers: [], subscriptions: [], incidents: [], clocks: [])
    ]
    return batch
  }

  private func rows(
    of state: ProcessState, in number: CaseNumber, status: TaskRow.Status
  ) -> [TaskRow] {
    state.taskRecords.keys.map { key in
      TaskRow(
        caseNumber: number, key: key.value, element: "step", name: "Step", form: "step",
        groups: ["secretary"], assignee: nil, due: now, createdAt: now, status: status, draft: nil,
        outcome: nil)
    }
  }
}
