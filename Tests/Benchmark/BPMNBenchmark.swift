import BPMN
import DMN
import FEEL

/// Whole process instances in memory, from start to end, the state moved on by every command.
///
/// The models are those of `bench/bpmn/models.py`, which the peers run too, in our dialect; every answer is checked.
enum BPMNBenchmark {
  /// Instances a second.
  static func run() -> [Figure] {
    let models: BenchmarkProcesses
    do {
      models = try BenchmarkProcesses()
    } catch {
      fatalError("our own processes: \(error)")
    }
    return [
      .rate("line10", "instances/s", slice: 0.2) { models.line() == 10 },
      .rate("multi5", "instances/s", slice: 0.2) { models.multi() },
      .rate("approval", "instances/s", slice: 0.2) { models.approval() },
    ] + ages(models)
  }

  /// One step of a case that has just begun, and of one with a long history: they cost the same.
  private static func ages(_ models: BenchmarkProcesses) -> [Figure] {
    [10, 1_000, 10_000].map { events in
      let state = models.aged(events)
      return .rate("step-after-\(events)-events", "steps/s", slice: 0.2) { models.round(state) }
    }
  }
}

/// The three processes, compiled, and how one instance of each is run.
struct BenchmarkProcesses: Sendable {
  let definitions: Definitions
  private let now = Instant(seconds: 1_767_225_600)

  init() throws {
    let board = try DecisionModel(parsing: Array(Self.decision.utf8), file: "needs_board.dmn")
    definitions = Definitions(
      processes: try [Self.line10, Self.multi5, Self.approval3, Self.circle].flatMap {
        try ProcessModel(parsing: Array($0.utf8), file: "bench.bpmn").compiled()
      },
      decisions: ["needs_board": board])
  }

  /// The value that ten scripts in line have counted up to.
  func line() -> Int? {
    var state = ProcessState()
    let events = perform(.start(process: "line", variables: ["n": 0]), &state)
    guard state.isEmpty else { return nil }
    for event in events.reversed() {
      if case .variablesSet(_, let variables) = event { return variables["n"]?.integer }
    }
    return nil
  }

  func multi() -> Bool {
    var state = ProcessState()
    let events = perform(.start(process: "multi", variables: [:]), &state)
    return state.isEmpty && events.count > 5
  }

  /// Three people's steps, a decision, a choice and two ways side by side.
  func approval() -> Bool {
    var state = ProcessState()
    _ = perform(.start(process: "approval", variables: [:]), &state)
    for step in Self.approvalSteps {
      guard let task = state.taskRecords.keys.first else { return false }
      _ = perform(.complete(task: task, variables: step, outcome: nil), &state)
    }
    return state.isEmpty
  }

  /// What the three people answer.
  static let approvalSteps: [[String: FEELValue]] = [
    ["degree": 4, "age": 40], ["ok": true], ["signed": true],
  ]

  /// A case that goes round and round, after at least so many events.
  func aged(_ events: Int) -> ProcessState {
    var state = ProcessState()
    var count = perform(.start(process: "circle", variables: ["n": 0]), &state).count
    while count < events { count += goRound(&state) }
    return state
  }

  /// Completes the task of a case on its way round once; the case itself stays as it is.
  func round(_ state: ProcessState) -> Bool {
    var copy = state
    return goRound(&copy) > 0 && copy.taskRecords.count == 1
  }

  private func goRound(_ state: inout ProcessState) -> Int {
    guard let task = state.taskRecords.keys.first else { return 0 }
    return perform(.complete(task: task, variables: ["n": 1], outcome: nil), &state).count
  }

  private func perform(_ command: Command, _ state: inout ProcessState) -> [ProcessEvent] {
    (try? state.perform(command, in: definitions, now: now)) ?? []
  }

  // MARK: Models

  private static func script(
    _ id: String, _ variable: String, _ expression: String, _ loop: String = ""
  )
    -> String
  {
    """
    <scriptTask id="\(id)"><extensionElements>\
    <zeebe:script expression="=\(expression)" resultVariable="\(variable)"/>\
    </extensionElements>\(loop)</scriptTask>
    """
  }

  private static func process(
    _ id: String, _ nodes: [String], _ flows: [(String, String, String?)]
  ) -> String {
    let arrows = flows.enumerated().map { index, flow in
      let condition = flow.2.map { "<conditionExpression>=\($0)</conditionExpression>" } ?? ""
      return """
        <sequenceFlow id="f\(index)" sourceRef="\(flow.0)" targetRef="\(flow.1)">\(condition)</sequenceFlow>
        """
    }
    return """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:bench:bpmn" \
      xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="\(id)" isExecutable="true">
      \((nodes + arrows).joined(separator: "\n"))
      </process></definitions>
      """
  }

  private static var line10: String {
    let ids = ["start"] + (0..<10).map { "t\($0)" } + ["end"]
    let scripts = (0..<10).map { script("t\($0)", "n", "n + 1") }
    return process(
      "line", ["<startEvent id=\"start\"/>"] + scripts + ["<endEvent id=\"end\"/>"],
      zip(ids, ids.dropFirst()).map { ($0, $1, nil) })
  }

  private static var multi5: String {
    let loop = """
      <multiInstanceLoopCharacteristics isSequential="false"><loopCardinality>5</loopCardinality>\
      </multiInstanceLoopCharacteristics>
      """
    return process(
      "multi",
      ["<startEvent id=\"start\"/>", script("each", "x", "1", loop), "<endEvent id=\"end\"/>"],
      [("start", "each", nil), ("each", "end", nil)])
  }

  private static var circle: String {
    process(
      "circle",
      [
        "<startEvent id=\"start\"/>", "<exclusiveGateway id=\"again\"/>", "<userTask id=\"work\"/>",
        script("count", "n", "n + 1"), "<exclusiveGateway id=\"gate\" default=\"f4\"/>",
        "<endEvent id=\"end\"/>",
      ],
      [
        ("start", "again", nil), ("again", "work", nil), ("work", "count", nil),
        ("count", "gate", nil), ("gate", "again", nil), ("gate", "end", "n &gt; 100"),
      ])
  }

  private static var approval3: String {
    process(
      "approval",
      [
        "<startEvent id=\"start\"/>", "<userTask id=\"register\"/>", "<userTask id=\"examine\"/>",
        """
        <businessRuleTask id="classify"><extensionElements>\
        <zeebe:calledDecision decisionId="needs_board" resultVariable="board"/>\
        </extensionElements></businessRuleTask>
        """,
        "<exclusiveGateway id=\"gate\" default=\"f5\"/>", "<parallelGateway id=\"split\"/>",
        script("notify", "a", "1"), script("archive", "b", "2"), "<parallelGateway id=\"join\"/>",
        "<userTask id=\"sign\"/>", script("refuse", "c", "3"), "<endEvent id=\"end\"/>",
        "<endEvent id=\"end2\"/>",
      ],
      [
        ("start", "register", nil), ("register", "examine", nil), ("examine", "classify", nil),
        ("classify", "gate", nil), ("gate", "split", "board"), ("gate", "refuse", nil),
        ("split", "notify", nil), ("split", "archive", nil), ("notify", "join", nil),
        ("archive", "join", nil), ("join", "sign", nil), ("sign", "end", nil),
        ("refuse", "end2", nil),
      ])
  }

  /// Five rules over degree and age.
  private static var decision: String {
    let rows = [
      ("&lt; 3", "&lt; 18", "false"), ("&lt; 3", "&gt;= 18", "false"), ("3", "-", "true"),
      ("4", "-", "true"), ("&gt; 4", "-", "true"),
    ]
    let rules = rows.enumerated().map { index, row in
      """
      <rule id="r\(index)"><inputEntry id="i\(index)a"><text>\(row.0)</text></inputEntry>\
      <inputEntry id="i\(index)b"><text>\(row.1)</text></inputEntry>\
      <outputEntry id="o\(index)"><text>\(row.2)</text></outputEntry></rule>
      """
    }
    return """
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="dd" name="dd" namespace="urn:bench:dmn">
      <decision id="needs_board" name="needs_board"><decisionTable id="dt" hitPolicy="UNIQUE">
      <input id="in1" label="degree"><inputExpression id="ie1" typeRef="number"><text>degree</text></inputExpression></input>
      <input id="in2" label="age"><inputExpression id="ie2" typeRef="number"><text>age</text></inputExpression></input>
      <output id="out1" label="board" name="board" typeRef="boolean"/>
      \(rules.joined(separator: "\n"))
      </decisionTable></decision></definitions>
      """
  }
}
