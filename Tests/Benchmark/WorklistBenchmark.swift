import CLimits
import Commission
import FEEL
import Foundation
import Store

/// The questions of the work lists, in stores of ten thousand and of a hundred thousand cases of 30 records, beside the
/// same question asked of SQLite itself. In microseconds of elapsed time; nothing of it waits for the disk.
enum WorklistBenchmark {
  static func run() -> [Figure] {
    DurableBenchmark.wait {
      var figures: [Figure] = []
      for cases in [10_000, 100_000] { figures += try await questions(to: cases) }
      return figures
    }
  }

  private static let now = Instant(seconds: 1_767_225_600)
  private static let page = 20
  /// An expert has a little more open tasks than a page shows.
  private static let casesPerExpert = 250

  private static func questions(to cases: Int) async throws -> [Figure] {
    try await DurableBenchmark.inFolder { folder in
      let path = folder + "/mse.sqlite"
      let store = try await DurableBenchmark.newStore(in: folder)
      try await fill(store, cases: cases)
      let sql = """
        SELECT id, case_number, name, due FROM task WHERE status = 'open' AND assignee = ? ORDER BY due
        LIMIT \(page)
        """
      guard let raw = limits_open(path, sql) else { fatalError("no raw store") }
      defer { limits_close(raw) }
      var chance = UInt64(1)
      func expert() -> String {
        chance = chance &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return "expert-\(Int(chance >> 33) % (cases / casesPerExpert))"
      }
      let raws = try await latencies { precondition(limits_query(raw, expert()) == page) }
      let pages = try await latencies {
        let found = try await store.tasks(TaskQuery(assignee: expert(), limit: page)).count
        precondition(found == page)
      }
      let numbers = try await latencies {
        let number = CaseNumber(
          commission: "07", year: 2026, serial: Int(chance >> 33) % cases + 1)
        _ = expert()
        let found = try await store.cases(CaseQuery(number: number)).count
        precondition(found == 1)
      }
      let opening = try await opening(path, in: folder + "/crashed")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let size = Double((attributes[.size] as? Int) ?? 0) / Double(cases)
      return [
        figure("worklist page", cases, pages), figure("raw page", cases, raws),
        figure("case by number", cases, numbers),
        Figure(name: "open after a crash @\(cases)", value: opening, unit: "ms"),
        Figure(name: "bytes per case of 30 records @\(cases)", value: size, unit: "bytes"),
      ]
    }
  }

  /// Milliseconds from opening a store as a crash has left it, its log not yet in its file, to the first page.
  private static func opening(_ path: String, in folder: String) async throws -> Double {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let copy = folder + "/mse.sqlite"
    for ending in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + ending, toPath: copy + ending)
    }
    let keyFile = StoreLocation(path).usualKeyFile
    let elapsed = try await ContinuousClock().measure {
      let store = try await StoreLocation(copy).open(keyFile: keyFile)
      _ = try await store.tasks(TaskQuery(limit: page))
    }
    return elapsed / .milliseconds(1)
  }

  private static func figure(_ name: String, _ cases: Int, _ latencies: [Double]) -> Figure {
    Figure(
      name: "\(name) @\(cases)", value: latencies[latencies.count / 2], unit: "us",
      p99: latencies[latencies.count * 99 / 100])
  }

  private static func latencies(_ ask: () async throws -> Void) async throws -> [Double] {
    for _ in 1...200 { try await ask() }
    var result: [Double] = []
    for _ in 1...3000 {
      let elapsed = try await ContinuousClock().measure { try await ask() }
      result.append(elapsed / .microseconds(1))
    }
    return result.sorted()
  }

  /// One case in ten is open, with a task of one of the experts.
  private static func fill(_ store: any CaseStore, cases: Int) async throws {
    let payload = String(repeating: "x", count: 60)
    for start in stride(from: 1, through: cases, by: 1000) {
      var batch = Batch()
      for serial in start..<min(start + 1000, cases + 1) {
        let number = CaseNumber(commission: "07", year: 2026, serial: serial)
        let drafts = (1...30).map { _ in
          RecordDraft(at: now, actor: "l.aliyeva", kind: "task.completed", payload: payload)
        }
        batch.appends.append(
          Batch.Append(to: .case(number), after: 0, records: drafts, state: payload))
        batch.cases.append(rows(number, of: cases))
      }
      _ = try await store.commit(batch)
    }
  }

  private static func rows(_ number: CaseNumber, of cases: Int) -> CaseRows {
    let isOpen = number.serial % 10 == 0
    let due = Instant(seconds: now.seconds + number.serial * 7919 % 50_000_000)
    let task = TaskRow(
      caseNumber: number, key: 5, element: "finding", name: "Finding", form: "finding",
      groups: ["expert"], assignee: "expert-\(number.serial / 10 % (cases / casesPerExpert))",
      due: due,
      createdAt: now, status: .open, draft: nil, outcome: nil)
    return CaseRows(
      row: CaseRow(
        number: number, kind: "initial", profile: "AZ-2022", status: isOpen ? "open" : "closed",
        standsAt: isOpen ? ["a/finding"] : [], person: "p-\(number.serial)",
        initials: "Quliyev R.", birthYear: 1974, openedAt: now, due: isOpen ? due : nil,
        closedAt: isOpen ? nil : now),
      tasks: isOpen ? [task] : [], timers: [], subscriptions: [], incidents: [], clocks: [])
  }
}
