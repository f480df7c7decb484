import BPMN
import FEEL
import Foundation

/// What holds after every step, whatever the process.
enum Invariants {
  static func check(_ state: ProcessState, after events: [ProcessEvent]) throws {
    guard ProcessState(replaying: events) == state else {
      throw Broken("the state is not the sum of the events")
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let stored = try state.storedText()
    guard try ProcessState(storedText: stored) == state else {
      throw Broken("a stored state reads differently")
    }
    let log = try events.storedText()
    guard try [ProcessEvent](storedText: log) == events else {
      throw Broken("a stored event reads differently")
    }
    guard try encoder.encode(state) == Data(stored.utf8),
      try encoder.encode(events) == Data(log.utf8)
    else { throw Broken("names are not in order") }
    try checkLives(events)
    try checkTree(state)
  }

  /// Every element goes through its six states in order; passing one at once counts as having been in it.
  private static func checkLives(_ events: [ProcessEvent]) throws {
    var states: [ElementKey: ElementState] = [:]
    for event in events {
      switch event {
      case .entered(let entry):
        guard states[entry.key] == nil else { throw Broken("\(entry.key) entered twice") }
        states[entry.key] = entry.state
      case .moved(let key, let next):
        guard states[key]?.mayBecome(next) == true else {
          throw Broken("\(key) from \(states[key] as Any) to \(next)")
        }
        states[key] = next
      case .completed(let key, _):
        guard states[key] == .activated || states[key] == .completing else {
          throw Broken("\(key) completed from \(states[key] as Any)")
        }
        states[key] = .completed
      case .terminated(let key):
        guard states[key] == .terminating else { throw Broken("\(key) terminated alone") }
        states[key] = .terminated
      default: continue
      }
    }
  }

  /// Nothing lives in a scope that is gone, and nothing is remembered of what has ended.
  private static func checkTree(_ state: ProcessState) throws {
    for instance in state.instances.values {
      if let scope = instance.scope, state.instances[scope] == nil {
        throw Broken("\(instance.element) lives in a scope that has ended")
      }
      guard instance.children == state.children(of: instance.key).count else {
        throw Broken("\(instance.element) counts its children wrongly")
      }
    }
    let holders = Set(state.instances.keys)
    let remembered =
      Set(state.taskRecords.keys).union(state.jobRecords.keys)
      .union(state.subscriptionsByHolder.keys).union(state.multiInstances.keys)
      .union(state.waitingTokens.keys).union(state.adHocs.keys).union(state.compensationRuns.keys)
      .union(state.messageStarts.keys).union(state.listenerRuns.keys).union(
        state.incidents.map(\.element))
    guard remembered.isSubset(of: holders) else { throw Broken("something outlives its element") }
  }
}
