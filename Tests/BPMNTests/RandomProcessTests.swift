import BPMN
import FEEL
import Testing

/// Random processes run to their end, whatever is done first; the state is the sum of the events after every step.
@Test(arguments: 0..<200 as Range<UInt64>)
func randomProcess(_ seed: UInt64) throws {
  let random = RandomProcess(seed: seed)
  var generator = random.generator
  let model = try ModelText.model(random.text)
  try model.check()
  let definitions = Definitions(processes: try model.compiled())
  var now = Instant("2025-03-03T09:00:00Z")!
  var state = ProcessState()
  var events = try state.perform(
    .start(process: "p", variables: [:]), in: definitions, now: now)
  for _ in 0..<1_000 where !state.isEmpty {
    let commands = possibleCommands(state)
    let command = try #require(commands.randomElement(using: &generator), "\(random.text)")
    if command == .tick { now = try #require(now.adding(DaysTimeDuration(seconds: 1_800))) }
    let expected = try step(state, command, in: definitions, now: now)
    let happened = try state.perform(command, in: definitions, now: now)
    #expect(expected == happened)
    events += happened
    try Invariants.check(state, after: events)
  }
  #expect(state.isEmpty, "\(random.text)")
  let visits = ProcessHistory(events).elements["p"] ?? [:]
  let completed = visits.mapValues(\.completed)
  #expect(completed == random.expected.filter { $0.value > 0 }, "\(random.text)")
}

/// Everything a caller could do now: finish something, fail something, mend something, let time pass.
private func possibleCommands(_ state: ProcessState) -> [Command] {
  var commands: [Command] = state.taskRecords.keys.sorted().map {
    .complete(task: $0, variables: [:], outcome: nil)
  }
  let held = Set(state.incidents.map(\.element))
  for key in state.jobRecords.keys.sorted() where !held.contains(key) {
    commands += [
      .completeJob(key, variables: ["done": true]), .failJob(key, reason: "busy", retries: nil),
    ]
  }
  commands += state.incidents.map { .retry(incident: $0.key) }
  if state.isSuspended { return [.resume] }
  if state.nextDue != nil { commands.append(.tick) }
  if state.nextKey.value % 7 == 0 { commands.append(.suspend) }
  return commands
}
