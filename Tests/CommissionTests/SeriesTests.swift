import Commission
import Diagnostics
import Dossier
import FEEL
import Foundation
import Simulation
import Store
import Synchronization
import TestSupport
import Testing

/// Many files at once end as one after the other do.
struct SeriesTests {
  /// Good ones, bad ones, some twice, a newer version, and a thread in the wrong order: more than one group.
  private func files(sealedWith key: SealKey) throws -> [String: [UInt8]] {
    let samples = Corpus.checkout.appending(path: "Samples/dossiers/referral")
    var files: [String: [UInt8]] = [:]
    for folder in ["good", "bad"] {
      let urls = try FileManager.default.contentsOfDirectory(
        at: samples.appending(path: folder), includingPropertiesForKeys: nil)
      for url in urls where url.pathExtension == "xml" {
        let bytes = try Array(Data(contentsOf: url))
        files["\(folder)-\(url.lastPathComponent)"] = bytes
        files["twice-\(folder)-\(url.lastPathComponent)"] = bytes
      }
    }
    func placed(_ name: String, _ sequence: Int, after previous: [UInt8]?) throws -> [UInt8] {
      try key.sealing(
        DossierMessage.placing(
          Array(Data(contentsOf: samples.appending(path: "good/\(name).xml"))),
          thread: "0199a6ee-02c1-7a90-b7c4-0f5d6e7a8b9c", sequence: sequence,
          previous: previous.map { Digest(of: $0) }, file: name), file: name)
    }
    let first = try placed("quliyev-coxarthrosis", 1, after: nil)
    files["a-2.xml"] = try placed("karimov-band-edge", 2, after: first)
    files["b-1.xml"] = first
    return files
  }

  private func office(_ store: any CaseStore, knowing key: SealKey) async throws -> Office {
    let office = try await TestOffice(store)
    let entry = try KeyEntry(
      name: key.name, owner: "CLIN-12", use: .seal,
      from: #require(UTCTime("2026-01-01T00:00:00Z")),
      until: #require(UTCTime("2026-12-31T00:00:00Z")), publicKey: key.publicKey)
    try await office.office("r.huseynli").addKeys([entry])
    return try await office.office("a.one")
  }

  /// The files in their order, as one series.
  private func take(
    _ files: [String: [UInt8]], in office: Office
  ) async throws -> [Office.HandledFile] {
    var told: [Office.HandledFile] = []
    try await office.handle(
      all: files.keys.sorted(), answeringWith: nil, read: { files[$0] ?? [] },
      done: { told.append($0) })
    return told
  }

  private func summary(_ result: Result<Office.Handling, Diagnostic>) -> String {
    switch result {
    case .success(let handling):
      let reception = handling.reception.map {
        "\($0.outcome) \($0.kind) \($0.number?.description ?? "-") \($0.sha256)"
      }
      return reception ?? handling.refusal?.description ?? "-"
    case .failure(let problem): return problem.description
    }
  }

  @Test(arguments: StoreKind.allCases)
  func aSeriesEndsAsSingleFilesDo(_ kind: StoreKind) async throws {
    guard let store = try await kind.openEmpty() else { return }
    let key = SealKey(name: "CLIN-12/2026")
    let files = try files(sealedWith: key)
    let together = try await office(store, knowing: key)
    let told = try await take(files, in: together)
    let model = try await office(MemoryStore(), knowing: key)
    var expected: [String] = []
    for name in files.keys.sorted() {
      let handling = try await model.handle(files[name] ?? [], file: name, answeringWith: nil)
      expected.append("\(name) \(summary(.success(handling)))")
    }
    #expect(told.map { "\($0.file) \(summary($0.result))" } == expected)
    #expect(told.contains { (try? $0.result.get().reception?.outcome) == .held })
    let heads = try await store.heads(of: "")
    let others = try await model.store.heads(of: "")
    #expect(
      heads.map { "\($0.stream) \($0.version)" } == others.map { "\($0.stream) \($0.version)" })
    if kind != .encrypted { #expect(heads == others) }
    #expect(try await store.cases(CaseQuery()) == model.store.cases(CaseQuery()))
    #expect(try await together.verifyAudit().breaks.isEmpty)
  }

  /// Another worker opens a case while a group is on its way to the disk.
  @Test func anotherWriterTakesItsTurn() async throws {
    let key = SealKey(name: "CLIN-12/2026")
    let store = MemoryStore()
    let other = try await office(store, knowing: key)
    let late = try Array(
      Data(
        contentsOf: Corpus.checkout.appending(
          path: "Samples/dossiers/referral/good/petrova-foreigner.xml")))
    let hasCome = Mutex(false)
    let watched = ObservedStore(store) { batch, inner in
      let isFirst = hasCome.withLock { come in
        defer { come = true }
        return !come
      }
      if isFirst {
        _ = try await other.receive(late, file: "late.xml")
      }
      return try await inner.commit(batch)
    }
    let office = try await Office(
      store: watched, user: "a.one", now: TestOffice.instant("2026-03-04T09:00"))
    let files = try files(sealedWith: key)
    let told = try await take(files, in: office)
    #expect(told.map(\.file) == files.keys.sorted())
    let opened = told.compactMap { try? $0.result.get().reception }.filter {
      $0.outcome == .opened
    }
    let numbers = Set(opened.compactMap(\.number))
    #expect(numbers.count == opened.count)
    #expect(try await store.cases(CaseQuery()).count == opened.count + 2)
    #expect(try await office.verifyAudit().breaks.isEmpty)
  }

  /// A file that cannot be read ends the series; those before it are taken in.
  @Test func whatCameBeforeAMissingFileIsTold() async throws {
    let key = SealKey(name: "CLIN-12/2026")
    let store = MemoryStore()
    let office = try await office(store, knowing: key)
    let files = try files(sealedWith: key).filter { $0.key.hasPrefix("good") }
    let names = files.keys.sorted()
    var told: [String] = []
    await #expect(throws: Diagnostic("USE001")) {
      try await office.handle(
        all: names, answeringWith: nil,
        read: { name in
          guard let bytes = files[name], name != names[3] else { throw Diagnostic("USE001") }
          return bytes
        }, done: { told.append($0.file) })
    }
    #expect(told == Array(names[..<3]))
    #expect(try await store.cases(CaseQuery()).count == 3)
  }
}
