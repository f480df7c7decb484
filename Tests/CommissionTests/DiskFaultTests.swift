import Commission
import Diagnostics
import FEEL
import Foundation
import Store
import TestSupport
import Testing

/// Disks that are full, fail or lose their power: nothing that was acknowledged is lost, and nothing is there by halves.
struct DiskFaultTests {
  private static let isSoak = ProcessInfo.processInfo.environment["MSE_SOAK"] != nil
  private let caseNumber = CaseNumber(commission: "07", year: 2026, serial: 1)

  /// Step `number`: a record, the lists of the case and a document of several pages.
  private func step(_ number: Int, pages: Int = 3) -> Batch {
    let bytes = Array("step \(number) ".utf8) + [UInt8](repeating: 120, count: pages * 4096)
    let document = StoredDocument(mediaType: "application/xml", bytes: bytes)
    var batch = Batch(command: CommandID("step-\(number)"), answer: document.identifier)
    batch.appends = [
      Batch.Append(
        to: .case(caseNumber), after: number - 1,
        records: [
          RecordDraft(
            at: Instant(seconds: 1_800_000_000 + number), actor: "w", kind: "test",
            payload: "step \(number)")
        ], state: "\(number)")
    ]
    batch.cases = [CaseStoreTests.rows(caseNumber, due: Instant(seconds: 1_800_000_000 + number))]
    batch.documents = [document]
    return batch
  }

  /// All steps up to a number, whole, and nothing else.
  ///
  /// - Returns: how many there are.
  private func checkedCount(in store: SQLiteStore) async throws -> Int {
    try await store.checkFile()
    let records = try await store.records(of: .case(caseNumber), after: 0)
    #expect(records.map(\.payload) == (0..<records.count).map { "step \($0 + 1)" })
    for (record, previous) in zip(records, [Record.origin] + records.map(\.hash)) {
      #expect(record.isIntact && record.previous == previous)
    }
    #expect(try await store.state(of: .case(caseNumber))?.version ?? 0 == records.count)
    for number in 1...records.count + 1 {
      let answer = try await store.answer(to: CommandID("step-\(number)"))
      #expect((answer != nil) == (number <= records.count))
      guard let answer else { continue }
      #expect(try await store.document(answer)?.isIntact == true)
    }
    return records.count
  }

  /// R3: the disk is full at every single write of a step in turn.
  @Test func aFullDiskRefusesAStepAndNothingElse() async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let path = disk.path("full.sqlite")
    let store = try SQLiteStore(path: path, mayCreate: true)
    _ = try await store.commit(step(1))
    var done = 1
    var refusals = 0
    for writes in 0..<200 {
      let next = step(done + 1, pages: 40)
      disk.set(.full(afterWrites: writes))
      do {
        _ = try await store.commit(next)
        done += 1
        if disk.failed == 0 { break }
      } catch let problem as Diagnostic {
        #expect(problem.code == "STORE010")
        refusals += 1
        // reading goes on, and nothing of the step is there
        #expect(try await store.state(of: .case(caseNumber))?.version == done)
        #expect(try await store.document(next.documents[0].identifier) == nil)
      }
      disk.set(nil)
    }
    #expect(refusals > 50, "the step has only \(refusals) writes")
    disk.set(nil)
    _ = try await store.commit(step(done + 1))
    let reopened = try SQLiteStore(path: path)
    #expect(try await checkedCount(in: reopened) >= done)
  }

  /// R4: after a sync that failed nothing is written any more; opened again, the store has all that was acknowledged.
  @Test func aFailedSyncStopsTheStoreUntilItIsOpenedAgain() async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let path = disk.path("sync.sqlite")
    var done = 0
    for round in 0..<(Self.isSoak ? 100 : 30) {
      let store = try SQLiteStore(path: path, mayCreate: true)
      disk.set(.sync(round % 10 + 1))
      var acknowledged = done
      var refusal: Diagnostic?
      while refusal == nil, acknowledged < done + 100 {
        do {
          _ = try await store.commit(step(acknowledged + 1))
          acknowledged += 1
        } catch let problem as Diagnostic {
          refusal = problem
        }
      }
      #expect(refusal == Diagnostic("STORE010"))
      #expect(disk.failed == 1)
      // the disk is well again, but what it holds is not known
      let refused = step(acknowledged + 1)
      await #expect(throws: Diagnostic("STORE010")) { try await store.commit(refused) }
      disk.set(nil)
      let reopened = try SQLiteStore(path: path)
      let found = try await reopened.records(of: .case(caseNumber), after: 0).count
      #expect((acknowledged...acknowledged + 1).contains(found))
      // whoever had no answer asks again, and it is done once
      let again = try await reopened.commit(step(acknowledged + 1))
      #expect(again.answer == step(acknowledged + 1).answer)
      #expect(again.wasRepeated == (found > acknowledged))
      done = acknowledged + 1
    }
    let last = try SQLiteStore(path: path)
    #expect(try await checkedCount(in: last) == done)
  }

  /// R2: whatever the power cut has left of what was not synced, every acknowledged step is there.
  @Test func aPowerCutLosesNothingThatWasAcknowledged() async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let path = disk.path("power.sqlite")
    let store = try SQLiteStore(path: path, mayCreate: true, logPages: 1000)
    let opened = disk.recorded.count
    let steps = 40
    for number in 1...steps {
      // once enough for the log to be taken into the file
      _ = try await store.commit(step(number, pages: number == 20 ? 900 : 3))
      disk.acknowledge(number)
    }
    let changes = disk.recorded
    let isTakenIntoFile = changes[opened...].contains {
      if case .write(path: path, offset: _, bytes: _) = $0 { true } else { false }
    }
    #expect(isTakenIntoFile)
    var chance = SeededNumbers(seed: 99)
    var whole = 0
    for _ in 1...(Self.isSoak ? 10_000 : 100) {
      let moment = opened + chance.next(below: changes.count - opened + 1)
      let image = PowerLoss(after: moment, of: changes, &chance)
      let folder = NSTemporaryDirectory() + "image-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try image.lay(into: folder)
      let found = try SQLiteStore(path: folder + "/power.sqlite")
      let records = try await found.records(of: .case(caseNumber), after: 0)
      try #require(
        (image.acknowledged...image.acknowledged + 1).contains(records.count),
        "\(records.count) steps after \(moment) changes, \(image.acknowledged) acknowledged")
      if records.count % 10 == 0 || Self.isSoak {
        whole += try await checkedCount(in: found) == records.count ? 1 : 0
      }
    }
    #expect(whole > 0)
  }

  /// A test that a store without syncs would not pass: the same images, as if no sync had ever come.
  @Test func withoutSyncsAPowerCutWouldLoseSteps() async throws {
    let disk = try FaultyDisk()
    defer { disk.remove() }
    let store = try SQLiteStore(path: disk.path("power.sqlite"), mayCreate: true)
    let opened = disk.recorded.count
    for number in 1...10 {
      _ = try await store.commit(step(number))
      disk.acknowledge(number)
    }
    let changes = disk.recorded.enumerated().filter { index, change in
      if case .sync = change { index < opened } else { true }
    }.map(\.element)
    var chance = SeededNumbers(seed: 5)
    var lost = 0
    for _ in 1...20 {
      let image = PowerLoss(after: changes.count, of: changes, &chance)
      let folder = NSTemporaryDirectory() + "image-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try image.lay(into: folder)
      let found = try? SQLiteStore(path: folder + "/power.sqlite")
      let records = try? await found?.records(of: .case(caseNumber), after: 0)
      lost += records?.count ?? 0 < image.acknowledged ? 1 : 0
    }
    #expect(lost > 0)
  }

  /// R14: backups while others write: each is whole, and the beginning of what was written.
  @Test func backupsUnderLoadAreTheBeginningOfTheStore() async throws {
    let path = NSTemporaryDirectory() + "backups-\(UUID().uuidString).sqlite"
    let store = try SQLiteStore(path: path, mayCreate: true)
    _ = try await store.commit(step(1))
    let backups = Self.isSoak ? 100 : 8
    let written = try await withThrowingTaskGroup(of: Int.self) { group in
      let load = Load()
      group.addTask {
        var number = 2
        while await !load.isOver {
          // a store that grew faster than it is copied would never be copied to its end
          guard await load.mayGoOn else {
            try await Task.sleep(for: .milliseconds(1))
            continue
          }
          _ = try await store.commit(step(number))
          await load.wrote(number)
          number += 1
        }
        return number - 1
      }
      for turn in 1...backups {
        for _ in 1...60_000 where await load.written <= turn {
          try await Task.sleep(for: .milliseconds(1))
        }
        let copy = path + ".backup-\(turn)"
        try await StoreCopy.copy(from: .sqlite(path: path), to: .sqlite(path: copy))
        let count = try await checkedCount(in: SQLiteStore(path: copy))
        #expect(count > 0)
        await load.nextTurn()
      }
      await load.end()
      return try await group.reduce(0, +)
    }
    let found = try await checkedCount(in: store)
    #expect(found == written && written > 1)
  }

  private actor Load {
    private(set) var written = 1
    private(set) var isOver = false
    private var turn = 1

    /// Some hundred commits for each backup.
    var mayGoOn: Bool { written < turn * 300 }

    func nextTurn() { turn += 1 }
    func wrote(_ number: Int) { written = number }
    func end() { isOver = true }
  }
}
