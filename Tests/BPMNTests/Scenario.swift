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
  private var deadline = "2025-04-01T18:00:00+04:00"
  private var now = Instant("2025-03-03T09:00:00Z")!

  /// The result lines of one block: what the command made happen, or what was asked for.
  func perform(_ block: String) throws -> [String] {
    if block.hasPrefix("process") || block.hasPrefix("^") { return try deploy(block) }
    if block.hasPrefix("migrate") || block.hasPrefix("report") { return try migrate(block) }
    let words = block.split(separator: " ", maxSplits: 1).map(String.init)
    if words[0] == "variables" {
      return state.roots.map { "= \(text($0.variables))" }
    }
    if words[0] == "timers" { return try startTimers(of: words[1]) }
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
    let deadline = DateTime(deadline)!
    environment.functions["deadline"] = .host(name: "deadline", parameters: ["clock"]) { _ in
      .dateTime(deadline)
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

  /// When a process starts by itself, and the three times after that.
  private func startTimers(of process: String) throws -> [String] {
    guard let definition = definitions.processes[process] else { throw Broken("no \(process)") }
    let zone = Zone("+04:00")!
    let environment = FEELEnvironment(now: DateTime(now, in: zone))
    do {
      return try definition.startTimers(environment: environment, now: now).map { first in
        var times: [String] = []
        var next: StartTimer? = first
        while let timer = next, times.count < 4 {
          times.append("\(timer.due)")
          next = timer.next(in: zone)
        }
        return "= \(first.element): \(times.joined(separator: ", "))"
          + (next == nil ? ", no more" : "")
      }
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }

  // MARK: Commands

  private func command(_ verb: String, _ rest: String) throws -> Command {
    let words = rest.split(separator: " ").map(String.init)
    switch verb {
    case "start": return .start(process: words[0], variables: try variables(rest))
    case "start-at-time": return .startByTimer(process: words[0], element: words[1])
    case "conditions": return .startByCondition(variables: try variables(rest))
    case "complete":
      return .complete(
        task: try key(words[0]), variables: try variables(rest),
        outcome: words.count > 1 && words[1].hasPrefix(":") ? String(words[1].dropFirst()) : nil)
    case "assign": return .assign(task: try key(words[0]), user: words.count > 1 ? words[1] : nil)
    case "change":
      return .change(task: try key(words[0]), TaskChange(candidateGroups: Array(words.dropFirst())))
    case "job": return .completeJob(try key(words[0]), variables: try variables(rest))
    case "fail": return .failJob(try key(words[0]), reason: words[1], retries: nil)
    case "deny": return .answerListener(try key(words[0]), .denied(reason: words[1]))
    case "correct": return .answerListener(try key(words[0]), .corrected(correction(words)))
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
    default: return try careCommand(verb, words, rest)
    }
  }

  private func careCommand(_ verb: String, _ words: [String], _ rest: String) throws -> Command {
    switch verb {
    case "suspend": return .suspend
    case "resume":
      if let pause = words.first { now = now.adding(DaysTimeDuration(pause)!)! }
      return .resume
    case "refresh":
      deadline = words[0]
      return .refreshDates
    case "timer":
      guard let subscription = state.subscriptions.first(where: { $0.element == words[0] }) else {
        throw Broken("nothing waits for \(words[0])")
      }
      return .changeTimer(subscription: subscription.key, due: Instant(words[1])!)
    case "move": return .move(try key(words[0]), to: words[1])
    case "activate":
      return .activate(
        element: words[0], in: try key(words[1]), variables: try variables(rest))
    case "begin-at":
      return .startAt(
        process: words[0], elements: words[1].split(separator: ",").map(String.init),
        variables: try variables(rest))
    case "modify": return .modify(try words.prefix { !$0.hasPrefix("{") }.map(modification))
    default: throw Broken("unknown command \(verb)")
    }
  }

  /// `-a` ends an element, `+b` begins one, `+b@p` in the instance of `p`.
  private func modification(_ word: String) throws -> Modification {
    let name = String(word.dropFirst())
    if word.hasPrefix("-") { return .terminate(try key(name)) }
    let parts = name.split(separator: "@").map(String.init)
    return .activate(
      element: parts[0], scope: parts.count > 1 ? try key(parts[1]) : nil, variables: [:])
  }

  /// `migrate a=b,c=d` to the model of the lines below; `report` only asks.
  private func migrate(_ block: String) throws -> [String] {
    let lines = block.split(separator: "\n", maxSplits: 1).map(String.init)
    let model = try ModelText.model(lines[1])
    let new = Definitions(processes: try model.compiled(), decisions: try decisions())
    let pairs = lines[0].split(separator: " ").dropFirst().map {
      let sides = $0.split(separator: "=").map(String.init)
      return (sides[0], sides[1])
    }
    let renamed = Dictionary(uniqueKeysWithValues: pairs)
    let plans = definitions.processes.values.sorted { $0.id < $1.id }.compactMap { source in
      new.processes[renamed[source.id] ?? source.id].map {
        MigrationPlan(from: source, to: $0, elements: renamed, flows: renamed)
      }
    }
    if lines[0].hasPrefix("report") { return reportLines(plans, new) }
    let old = definitions
    definitions = new
    do {
      return try run(.migrate(plans)).map { "= \($0)" }
    } catch let problem as Diagnostic {
      definitions = old
      return ["! \(problem)"]
    }
  }

  private func reportLines(_ plans: [MigrationPlan], _ new: Definitions) -> [String] {
    let report = state.migrationReport(plans, to: new, now: now)
    return report.lines.map { "= \($0.element) → \($0.target)" }
      + report.begun.map { "= waits for \($0)" }
      + report.ended.map { "= no longer waits for \($0)" }
      + report.problems.map { "! \($0)" }
  }

  /// `correct TASK [assignee=NAME] [groups=a,b] [priority=70]`; `assignee=`: nobody.
  private func correction(_ words: [String]) -> TaskCorrection {
    var correction = TaskCorrection()
    for word in words.dropFirst() {
      let sides = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      switch sides[0] {
      case "assignee": correction.assignee = sides[1]
      case "groups":
        correction.change.candidateGroups = sides[1].split(separator: ",").map(String.init)
      case "priority": correction.change.priority = Int(sides[1])
      default: continue
      }
    }
    return correction
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
