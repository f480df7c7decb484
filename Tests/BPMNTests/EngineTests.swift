import BPMN
import Diagnostics
import FEEL
import Foundation
import TestSupport
import Testing

private let now = Instant("2025-03-03T09:00:00Z")!

private func definitions(_ text: String) throws -> Definitions {
  Definitions(processes: try ModelText.model(text).compiled())
}

/// Events and states that were stored once are read for ever, and mean the same.
@Test func storedEventsAreReadForEver() throws {
  let definitions = try definitions(
    """
    process p
    <startEvent id="s"/><userTask id="t">[[assignmentDefinition candidateGroups="chair"]]</userTask>
    <boundaryEvent id="late" attachedToRef="t" cancelActivity="false"><timerEventDefinition><timeCycle>R3/P1M</timeCycle></timerEventDefinition></boundaryEvent>
    <serviceTask id="j">[[taskDefinition type="notify"]]</serviceTask><endEvent id="e"/><endEvent id="e2"/>
    s -> t -> j -> e
    late -> e2
    """)
  var state = ProcessState()
  var events = try state.perform(
    .start(process: "p", variables: ["n": 1, "day": .date(Day("2025-03-03")!)]), in: definitions,
    now: now)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
  try check(state, encoder, "state-waiting.json")
  for command in commands(state) {
    events += try state.perform(command, in: definitions, now: now)
  }
  try check(events, encoder, "events.json")
  try check(state, encoder, "state-failed.json")
}

private func commands(_ state: ProcessState) -> [Command] {
  let task = state.taskRecords.keys[0]
  return [
    .publish(
      Message(
        name: "evidence", correlationKey: "7", id: "m-1", variables: ["x": ["a", nil]],
        keptUntil: Instant("2025-03-04T09:00:00Z"))),
    .assign(task: task, user: "leyla"), .change(task: task, TaskChange(priority: 80)),
    .complete(task: task, variables: ["answer": ["yes": true]], outcome: "accepted"),
    .failJob(ElementKey(task.value + 3), reason: "no answer", retries: 0),
  ]
}

/// So are those of listeners.
@Test func storedListenersAreReadForEver() throws {
  let definitions = try definitions(
    """
    process p
    <startEvent id="s"/><userTask id="t">[[assignmentDefinition assignee="ali" | \
    executionListeners <executionListener eventType="start" type="a"/> | \
    taskListeners <taskListener eventType="assigning" type="b"/> <taskListener eventType="completing" type="c"/>]]</userTask>
    <endEvent id="e"/>
    s -> t -> e
    """)
  var state = ProcessState()
  var events = try state.perform(.start(process: "p", variables: [:]), in: definitions, now: now)
  let task = try #require(state.jobRecords.keys.first)
  for command: Command in [
    .completeJob(task, variables: ["x": 1]), .answerListener(task, .denied(reason: "ill")),
    .assign(task: task, user: "leyla"),
    .answerListener(task, .corrected(TaskCorrection(change: TaskChange(priority: 70)))),
    .complete(task: task, variables: ["ok": true], outcome: "yes"),
  ] {
    events += try state.perform(command, in: definitions, now: now)
  }
  #expect(definitions.jobs(in: state).first?.variables["ok"] == true)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
  try check(events, encoder, "listener-events.json")
  try check(state, encoder, "state-listening.json")
}

private func check(
  _ value: some JSONStored & Equatable, _ encoder: JSONEncoder, _ name: String
) throws {
  let text = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  try Golden.check(text, against: name, in: "Cases/stored")
  func read<Value: JSONStored & Equatable>(_ value: Value) throws {
    #expect(try JSONDecoder().decode(Value.self, from: Data(text.utf8)) == value)
    #expect(try Value(storedText: text) == value)
  }
  try read(value)
}

/// A circle that never waits is stopped by an incident, and the case stays usable.
@Test func endlessCircleIsStopped() throws {
  let definitions = try definitions(
    """
    process p
    <startEvent id="s"/><exclusiveGateway id="again"/><task id="t"/><exclusiveGateway id="g"/><endEvent id="e"/>
    s -> again -> t -> g
    g -> e : =done
    g ->> again
    """)
  var state = ProcessState()
  let events = try state.perform(
    .start(process: "p", variables: ["done": false]), in: definitions, now: now)
  #expect(state.incidents.map(\.kind) == [.endless])
  #expect(state.instances.count == 2)
  #expect(ProcessState(replaying: events) == state)
  _ = try state.perform(
    .setVariables(scope: state.roots[0].key, variables: ["done": true], local: false),
    in: definitions, now: now)
  _ = try state.perform(.retry(incident: state.incidents[0].key), in: definitions, now: now)
  #expect(state.isEmpty)
}

/// Thousands of inner instances at once, each with its result.
@Test func multiInstanceOfThousands() throws {
  let definitions = try definitions(
    """
    process p
    <startEvent id="s"/><scriptTask id="t">[[script expression="=item * 2" resultVariable="r" | ioMapping <input source="=null" target="r"/>]]<multiInstanceLoopCharacteristics>[[loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=r"]]</multiInstanceLoopCharacteristics></scriptTask><userTask id="u"/><endEvent id="e"/>
    s -> t -> u -> e
    """)
  var state = ProcessState()
  let items = (1...5_000).map { FEELValue($0) }
  _ = try state.perform(
    .start(process: "p", variables: ["items": .list(items)]), in: definitions, now: now)
  #expect(state.roots[0].variables["results"]?.list?.last == 10_000)
  #expect(state.instances.count == 2)
}

/// What a command is refused for has changed nothing.
@Test func refusedCommandChangesNothing() throws {
  let definitions = try definitions(
    """
    process p
    <startEvent id="s"/><userTask id="t"/><endEvent id="e"/>
    s -> t -> e
    """)
  var state = ProcessState()
  _ = try state.perform(.start(process: "p", variables: [:]), in: definitions, now: now)
  let before = state
  #expect(throws: Diagnostic.self) {
    try state.perform(
      .complete(task: 99, variables: [:], outcome: nil), in: definitions, now: now)
  }
  #expect(state == before)
}

/// A task as it is shown: what the case remembers, and what the model says.
@Test func userTaskTellsWhatTheModelSays() throws {
  let definitions = try definitions(
    """
    process p
    <laneSet id="ls"><lane id="l" name="Registry"><flowNodeRef>t</flowNodeRef></lane></laneSet>
    <startEvent id="s"/><userTask id="t" name="Yoxla"><documentation>Help</documentation>[[formDefinition formId="F-02" | properties <property name="quorum" value="3"/> | ioMapping <input source="=n + 1" target="m"/>]]</userTask><endEvent id="e"/>
    s -> t -> e
    """)
  var state = ProcessState()
  _ = try state.perform(.start(process: "p", variables: ["n": 1]), in: definitions, now: now)
  let task = try #require(definitions.userTasks(in: state).first)
  #expect(task.name == "Yoxla")
  #expect(task.form == "F-02")
  #expect(task.lane == "Registry")
  #expect(task.candidateGroups == ["Registry"])
  #expect(task.properties == ["quorum": "3"])
  #expect(task.documentation == "Help")
  #expect(task.variables == ["m": 2])
  #expect(task.createdAt == now)
}
