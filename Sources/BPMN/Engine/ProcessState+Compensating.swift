/// What can be undone, and what is being undone; part of `apply`.
extension ProcessState {
  mutating func keep(_ record: CompensationRecord) {
    compensations[record.scope] = (compensations[record.scope] ?? []) + [record]
    if record.handler != nil { dropCompensations(of: record.key) }
  }

  mutating func startCompensating(_ records: [CompensationRecord], by holder: ElementKey) {
    let keys = Set(records.map(\.key))
    for scope in Set(records.map(\.scope)) {
      let rest = (compensations[scope] ?? []).filter { !keys.contains($0.key) }
      compensations[scope] = rest.isEmpty ? nil : rest
    }
    var run = compensationRuns[holder] ?? CompensationRun()
    run.pending += records
    compensationRuns[holder] = run
  }

  mutating func compensate(
    _ record: ElementKey, by holder: ElementKey, with instance: ElementKey
  ) {
    compensationRuns.update(holder) { run in
      run.pending.removeAll { $0.key == record }
      run.current = instance
    }
  }

  /// With a scope goes what could be undone in it, unless the scope itself can be undone as a whole.
  mutating func forgetCompensations(of instance: ElementInstance) {
    if let run = compensationRuns.remove(instance.key) {
      for record in run.pending { dropCompensations(of: record.key) }
    }
    guard !compensations.isEmpty else { return }
    let isKept = instance.scope.flatMap { compensations[$0] }?.contains { $0.key == instance.key }
    if isKept != true { dropCompensations(of: instance.key) }
  }

  private mutating func dropCompensations(of key: ElementKey) {
    for record in compensations.remove(key) ?? [] { dropCompensations(of: record.key) }
  }
}
