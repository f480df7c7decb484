import BPMN
import DMN
import Diagnostics
import FEEL
import Foundation

/// Runs the commands of a scenario file on a state of its own and checks, after every step, what must always hold.
final class Scenario {
  private var definitions = Definitions(processes: [])
  private(set) var state = ProcessState()
  private(set) var events: [ProcessEvent] = []
  private var texts = EventText()
  private var now = Instant("2025-03-03T09:00:00Z")!

  /// The result lines of one block: what the command made happen, or what was asked for.
  func perform(_ block: String) throws -> [String] {
    if block.hasPrefix("process") || block.hasPrefix("^") { return try deploy(block) }
    let words = block.split(separator: " ", maxSplits: 1).map(String.init)
    if words[0] == "variables" {
      return state.roots.map { "= \(text($0.variables))" }
    }
    do {
      return try run(command(words[0], words.count > 1 ? words[1] : "")).map { "= \($0)" }
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }

  private func deploy(_ text: String) throws -> [String] {
    state = ProcessState()
    events = []
    texts = EventText()
    now = Instant("2025-03-03T09:00:00Z")!
    let model = try ModelText.model(text)
    definitions = Definitions(processes: try model.compiled(), decisions: try decisions())
    return model.lint().filter { $0.severity == .error }.map { "! \($0)" }
  }

  private func decisions() throws -> [String: DecisionModel] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/scenarios/decisions.dmn")
    let model = try DecisionModel(parsing: Array(Data(contentsOf: file)), file: "decisions.dmn")
    return Dictionary(uniqueKeysWithValues: model.decisions.map { ($0.id, model) })
  }

  private func run(_ command: Command) throws -> [String] {
    var environment = FEELEnvironment(now: DateTime(now, in: Zone("+04:00")!))
    environment.functions["deadline"] = .host(name: "deadline", parameters: ["clock"]) { _ in
      .dateTime(DateTime("2025-04-01T18:00:00+04:00")!)
    }
    let before = state
    let happened = try step(
      state, command, in: definitions, environment: environment, now: now)
    for event in happened { state.apply(event) }
    events += happened
    var other = before
    let same = try other.perform(
      command, in: definitions, environment: environment, now: now)
    try Invariants.check(state, after: events)
    guard same == happened, other == state else { throw Broken("perform differs from step") }
    return happened.map { texts.line($0) }
  }

  // MARK: Commands

  private func command(_ verb: String, _ rest: String) throws -> Command {
    let words = rest.split(separator: " ").map(String.init)
    switch verb {
    case "start": return .start(process: words[0], variables: try variables(rest))
    case "complete":
      return .complete(
        task: try key(words[0]), variables: try variables(rest),
        outcome: words.count > 1 && words[1].hasPrefix(":") ? String(words[1].dropFirst()) : nil)
    case "assign": return .assign(task: try key(words[0]), user: words.count > 1 ? words[1] : nil)
    case "change":
      return .change(task: try key(words[0]), TaskChange(candidateGroups: Array(words.dropFirst())))
    case "job": return .completeJob(try key(words[0]), variables: try variables(rest))
    case "fail": return .failJob(try key(words[0]), reason: words[1], retries: nil)
    case "throw":
      return .throwError(try key(words[0]), code: words[1], variables: try variables(rest))
    case "publish", "begin": return try message(verb, words, rest)
    case "signal": return .broadcast(signal: words[0], variables: try variables(rest))
    case "after":
      now = now.adding(DaysTimeDuration(words[0])!)!
      return .tick
    case "retry":
      guard let incident = state.incidents.first else { throw Broken("no incident") }
      return .retry(incident: incident.key)
    case "set", "local":
      return .setVariables(
        scope: try key(words[0]), variables: try variables(rest), local: verb == "local")
    case "cancel": return .cancel(nil)
    default: throw Broken("unknown command \(verb)")
    }
  }

  /// `publish NAME KEY [id=ID] [keep=PT1H] {…}`
  private func message(_ verb: String, _ words: [String], _ rest: String) throws -> Command {
    func option(_ name: String) -> String? {
      words.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    let message = Message(
      name: words[0], correlationKey: words.count > 1 ? words[1] : "", id: option("id"),
      variables: try variables(rest),
      keptUntil: option("keep").flatMap { now.adding(DaysTimeDuration($0)!) })
    return verb == "begin" ? .startByMessage(message) : .publish(message)
  }

  /// The newest live instance of an element; `#2`: the second inner instance; a number is a key as it is.
  private func key(_ name: String) throws -> ElementKey {
    if let number = Int(name) { return ElementKey(number) }
    let parts = name.split(separator: "#").map(String.init)
    let number = parts.count > 1 ? Int(parts[1]) : nil
    let instances = state.instances.values.filter {
      $0.element == parts[0] && (number == nil || $0.loopCounter == number)
    }
    guard let instance = instances.max(by: { $0.key < $1.key }) else {
      throw Broken("no instance of \(name)")
    }
    return instance.key
  }

  private func variables(_ text: String) throws -> [String: FEELValue] {
    guard let open = text.firstIndex(of: "{") else { return [:] }
    let result = try FEELExpression(parsing: String(text[open...])).evaluate(in: [:])
    return Dictionary(
      uniqueKeysWithValues: (result.value.context ?? [:]).entries.map { ($0.name, $0.value) })
  }

  private func text(_ variables: [String: FEELValue]) -> String {
    variables.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }.joined(separator: ", ")
  }
}

/// The test itself, or something that must always hold, is broken.
struct Broken: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
