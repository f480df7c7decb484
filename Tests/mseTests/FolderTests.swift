import Foundation
import TestSupport
import Testing

/// Folders through which agencies exchange files, and imports that are killed.
struct FolderTests {
  private let always = ["--user", "l.aliyeva", "--now", "2026-03-04T10:00"]

  /// Four workers share one folder: every file is taken by one of them, also one that a vanished worker had.
  @Test func everyFileIsTakenOnce() async throws {
    let office = try await PlayedStories.shared.folder(after: 1)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "work")
      try FileManager.default.copyItem(at: office, to: folder)
      let count = try lay(into: folder.appending(path: "in"))
      let claimed = folder.appending(path: "in/claimed")
      try FileManager.default.createDirectory(at: claimed, withIntermediateDirectories: true)
      try FileManager.default.moveItem(
        at: folder.appending(path: "in/karimov-band-edge.xml"),
        to: claimed.appending(path: "0~karimov-band-edge.xml"))
      let words = ["work", "--once", "--receive", "in", "--send", "out"] + always
      let workers = try (0..<4).map { _ in try start(words, in: folder) }
      for worker in workers {
        worker.waitUntilExit()
        #expect(worker.terminationStatus == 0)
      }
      let left = try FileManager.default.subpathsOfDirectory(
        atPath: folder.appending(path: "in").path)
      #expect(left.sorted() == ["claimed", "refused"])
      #expect(try Program.counts(in: folder).cases == count)
    }
  }

  /// What is refused stays in the folder with the reasons; a link is not followed.
  @Test func refusedFilesStayWithTheirReasons() async throws {
    let office = try await PlayedStories.shared.folder(after: 1)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "work")
      try FileManager.default.copyItem(at: office, to: folder)
      let inbox = folder.appending(path: "in")
      try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
      try sample("dossiers/referral/bad/wrong-receiver.xml")
        .write(to: inbox.appending(path: "a.xml"), atomically: true, encoding: .utf8)
      try FileManager.default.createSymbolicLink(
        atPath: inbox.appending(path: "b.xml").path, withDestinationPath: "/etc/passwd")
      let outcome = try Program.run(
        ["work", "--once", "--receive", "in", "--json"] + always, in: folder)
      #expect(try outcome.json()["refused"] as? Int == 1)
      let refused = try FileManager.default.contentsOfDirectory(
        atPath: inbox.appending(path: "refused").path
      ).sorted()
      try #require(refused.count == 2)
      #expect(refused.map { $0.hasSuffix("-a.xml") } == [true, false])
      let reasons = try String(
        contentsOf: inbox.appending(path: "refused/\(refused[1])"), encoding: .utf8)
      #expect(reasons.hasPrefix("DOSS034 7: "))
      #expect(FileManager.default.fileExists(atPath: inbox.appending(path: "b.xml").path))
    }
  }

  /// Killed at any moment, the same command goes on; nothing is there twice.
  @Test func anImportGoesOnAfterItWasKilled() async throws {
    let office = try await PlayedStories.shared.folder(after: 1)
    try inFreshFolder { parent in
      let folder = parent.appending(path: "work")
      try FileManager.default.copyItem(at: office, to: folder)
      let count = try lay(into: folder.appending(path: "batch"))
      let words = ["dossier", "import", "batch", "--report", "report.jsonl"] + always
      for lines in [1, 4] {
        let running = try start(words, in: folder)
        while running.isRunning, report(in: folder).count < lines { usleep(2_000) }
        kill(running.processIdentifier, SIGKILL)
        running.waitUntilExit()
      }
      let last = try Program.run(words, in: folder)
      #expect(last.code == 0, "\(last.errors)")
      #expect(try Program.counts(in: folder).cases == count)
      let opened = report(in: folder).filter { $0.contains("\"result\":\"opened\"") }
      #expect(Set(opened).count == opened.count && opened.count <= count)
    }
  }

  private func report(in folder: URL) -> [Substring] {
    let text = try? String(
      contentsOf: folder.appending(path: "report.jsonl"), encoding: .utf8)
    return (text ?? "").split(separator: "\n")
  }

  /// - Returns: how many files were laid there.
  private func lay(into folder: URL) throws -> Int {
    let samples = Corpus.checkout.appending(path: "Samples/dossiers/referral/good")
      .resolvingSymlinksInPath()
    try FileManager.default.copyItem(at: samples, to: folder)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).count
  }

  private func start(_ words: [String], in folder: URL) throws -> Process {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = Program.environment
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}
