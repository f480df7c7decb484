import BPMN
import FEEL
import Foundation
import XML

/// Runs the executable models of betsy and compares what they log with `expected.json`; order does not matter.
enum BetsySuite {
  /// The parts of `expected.json` that are needed.
  private struct Expectations: Decodable {
    let tests: [Test]
  }

  private struct Test: Decodable {
    let file: String
    let process: String
    let cases: [Case]
  }

  struct Case: Decodable {
    let variables: [String: Value]
    let expect: [String]
    let delay: Int?
    let alsoStart: String?

    private enum CodingKeys: String, CodingKey {
      case variables, expect
      case delay = "delay_ms"
      case alsoStart = "also_start_process"
    }
  }

  enum Value: Decodable {
    case number(Int)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Int.self) {
        self = .number(number)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  static func run(_ directory: String) throws -> Suite.Report {
    let folder = URL(filePath: directory)
    let data = try Data(contentsOf: folder.appending(path: "expected.json"))
    let tests = try JSONDecoder().decode(Expectations.self, from: data).tests
    var failures: [String] = []
    var passedModels = 0
    var passedRuns = 0
    for test in tests {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: test.file)))
      let before = failures.count
      for (index, single) in test.cases.enumerated() {
        let log = BetsyRun.log(of: bytes, file: test.file, process: test.process, single, index + 1)
        if BetsyRun.agrees(log, with: single.expect) {
          passedRuns += 1
        } else {
          failures.append(
            "\(test.file) run \(index + 1): expected \(single.expect.sorted()) got \(log)")
        }
      }
      if failures.count == before { passedModels += 1 }
    }
    let runs = tests.map(\.cases.count).reduce(0, +)
    return Suite.Report(
      failures: failures,
      summary: "\(passedModels) of \(tests.count) models, \(passedRuns) of \(runs) runs")
  }
}

/// One run of a model: a worker that knows betsy's script words, and a test clock.
struct BetsyRun {
  private let definitions: Definitions
  private var state = ProcessState()
  private var now = Instant(seconds: 1_735_689_600)
  private var words: [String] = []
  private var markerExists = false
  private var sawTimestampTogether = false

  private static let error = "ERROR"
  private static let marker = "MARKER_exists"
  /// The only error code that the suite catches after `THROW_ERROR`.
  private static let thrownCode = "ERR_CODE"

  /// The words that were logged, sorted; a refused deployment and an incident are words too.
  static func log(
    of bytes: [UInt8], file: String, process: String, _ single: BetsySuite.Case, _ number: Int
  ) -> [String] {
    do {
      let root = BetsyModel.translated(try Element(parsing: bytes, file: file))
      let definitions = Definitions(processes: try ProcessModel(root, file: file).compiled())
      var run = BetsyRun(definitions: definitions)
      return try run.log(process, single, number)
    } catch {
      return ["ERROR_deployment"]
    }
  }

  /// Whether the log has exactly the expected words; `ERROR` stands for any error, and the marker counts only where it
  /// is asked for.
  static func agrees(_ log: [String], with expected: [String]) -> Bool {
    func plain(_ words: [String]) -> [String] {
      words.filter { word in
        !word.hasPrefix(error) && (word != marker || expected.contains(marker))
      }.sorted()
    }
    let mayFail = expected.contains { $0.hasPrefix(error) }
    return plain(log) == plain(expected) && log.contains { $0.hasPrefix(error) } == mayFail
  }

  private init(definitions: Definitions) { self.definitions = definitions }

  private mutating func log(
    _ process: String, _ single: BetsySuite.Case, _ number: Int
  ) throws -> [String] {
    var variables: [String: FEELValue] = ["testCaseNumber": FEELValue(number)]
    for (name, value) in single.variables {
      switch value {
      case .number(let number): variables[name] = FEELValue(number)
      case .text(let text): variables[name] = .string(text)
      }
    }
    if let other = single.alsoStart { try perform(.start(process: other, variables: variables)) }
    try perform(.start(process: process, variables: variables))
    let end = now.adding(DaysTimeDuration(seconds: (single.delay ?? 0) / 1_000 + 2)) ?? now
    for _ in 0..<1_000 {
      if try work() { continue }
      guard let due = state.nextDue, due <= end else { break }
      now = due
      try perform(.tick)
    }
    if markerExists { words.append(Self.marker) }
    if sawTimestampTogether { words.append("EXECUTION_parallel") }
    if state.incidents.contains(where: { $0.kind != .deadlock }) { words.append("ERROR_runtime") }
    return words.sorted()
  }

  private mutating func perform(_ command: Command) throws {
    _ = try state.perform(command, in: definitions, now: now)
  }

  /// Does every open job; `false` when there is none.
  private mutating func work() throws -> Bool {
    let jobs = definitions.jobs(in: state)
    let types = Set(jobs.map(\.type))
    if types.isSuperset(of: ["CREATE_TIMESTAMP_LOG_1", "CREATE_TIMESTAMP_LOG_2"]) {
      sawTimestampTogether = true
    }
    for job in jobs where state.jobRecords[job.key] != nil { try work(at: job) }
    return !jobs.isEmpty
  }

  private mutating func work(at job: Job) throws {
    let count = job.variables["integerVariable"]?.integer ?? 0
    switch job.type {
    case "CREATE_MARKER_FILE": markerExists = true
    case "INCREMENT_INTEGER_VARIABLE", "INCREMENT_INTEGER_VARIABLE_AND_LOG":
      if job.type.hasSuffix("LOG") { words.append("INCREMENT_correct") }
      try perform(.completeJob(job.key, variables: ["integerVariable": FEELValue(count + 1)]))
      return
    case "SET_STRING_DATA":
      try perform(.completeJob(job.key, variables: ["data": "String"]))
      return
    case "LOG_DATA":
      if job.variables["data"] == "String" { words.append("DATA_correct") }
    case "THROW_ERROR":
      try perform(.throwError(job.key, code: Self.thrownCode, variables: [:]))
      return
    case "WAIT_TEN_SECONDS": now = now.adding(DaysTimeDuration(seconds: 10)) ?? now
    case let type where type.hasPrefix("SCRIPT_"): words.append(type)
    default: break
    }
    try perform(.completeJob(job.key, variables: [:]))
    if let message = job.message { try send(message) }
  }

  /// A sent message goes to who waits for it, else it starts the process that begins with it.
  private mutating func send(_ name: String) throws {
    let message = Message(name: name, correlationKey: BetsyModel.correlationKey)
    if definitions.process(startedBy: name) != nil {
      try perform(.startByMessage(message))
    } else {
      try perform(.publish(message))
    }
  }
}
