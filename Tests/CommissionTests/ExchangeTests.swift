import Commission
import Diagnostics
import Dossier
import FEEL
import Foundation
import Store
import Synchronization
import TestSupport
import Testing
import XML

/// Two offices with stores and keys of their own over a bad line: deliveries doubled, reordered, lost, corrupted, and
/// processes that crash. Every exchange ends as over a good one. `MSE_SEEDS` says how many are played.
struct ExchangeTests {
  @Test func everyExchangeEndsInTheIdealState() async throws {
    let count = ProcessInfo.processInfo.environment["MSE_SEEDS"].flatMap { Int($0) } ?? 12
    let net = try await Net()
    for seed in 1...count { try await net.play(UInt64(seed)) }
    for side in [net.clinic, net.commission] {
      #expect(try await side.office().verifyAudit().breaks.isEmpty)
    }
  }

  /// A refusal that comes before the thread is known leaves the number free; the sender is told, and may send again.
  @Test func aMessageWithAnUnknownKeyIsTakenLater() async throws {
    let net = try await Net(exchangingKeys: false)
    let sealed = try await net.clinic.handOver(net.message(1, about: "A-1"))
    let first = try await net.commission.handle(sealed)
    #expect(first.refusal?.causes.map(\.code) == ["DOSS045"])
    // nobody is told: the sender is not known here
    #expect(try await net.commission.store.outbox(case: nil).isEmpty)
    try await net.commission.learn(net.clinic)
    let second = try await net.commission.handle(sealed)
    #expect(second.reception?.outcome == .filed)
    #expect(second.reception?.answers?.count == 2)
    let again = try await net.commission.handle(sealed)
    #expect(again.reception?.outcome == .already)
    #expect(again.repeated == second.reception?.answers)
  }

  /// What is refused for its content is answered for ever the same, and its number is taken.
  @Test func aRefusedContentKeepsItsAnswer() async throws {
    let net = try await Net()
    let bad = try net.message(1, about: "07-2026-000009", kind: .withdrawal, assigner: "07")
    let sealed = try await net.clinic.handOver(bad)
    let first = try await net.commission.handle(sealed)
    #expect(first.refusal?.code == "DOSS028")
    let again = try await net.commission.handle(sealed)
    #expect(again.reception?.outcome == .rejected && again.repeated.count == 2)
    let answers = try await net.commission.answers()
    for answer in answers { _ = try await net.clinic.handle(answer) }
    let open = try await net.clinic.office().openExchange().awaited
    #expect(open.map(\.status) == [.rejected] && open.map(\.codes) == [["DOSS028"]])
    let next = try await net.clinic.handOver(
      net.message(2, about: "07-2026-000009", kind: .withdrawal, assigner: "07"))
    #expect(try await net.commission.handle(next).refusal?.code == "DOSS028")
    _ = try await net.clinic.office().settle(open[0].message, reason: "by telephone")
    #expect(try await net.clinic.office().openExchange().awaited.count == 1)
  }

  /// However many answers are waited for, the next message writes no more than the first one did.
  @Test func sendingCostsTheSameHoweverManyWait() async throws {
    let net = try await Net()
    let store = net.clinic.store
    func written(_ number: Int) async throws -> Int {
      let before = try await store.heads(of: "").reduce(into: [:]) { $0[$1.stream] = $1.version }
      _ = try await net.clinic.handOver(net.message(1, about: "S-\(number)"))
      var bytes = 0
      for head in try await store.heads(of: "") where before[head.stream] != head.version {
        bytes += try await store.state(of: head.stream)?.state.utf8.count ?? 0
      }
      return bytes
    }
    let first = try await written(100)
    for number in 101...139 { _ = try await written(number) }
    let last = try await written(140)
    // a digit more where something is counted
    #expect(last <= first + 16, "\(first) bytes for the first, \(last) for the last")
    #expect(try await net.clinic.office().openExchange().awaited.count == 41)
    // those that are due are found without the others
    let early = try await store.unanswered(dueBy: Instant(seconds: 0))
    #expect(early.isEmpty)
  }
}

/// One office of the two.
private struct Side {
  let code: String
  let store: any CaseStore
  let crashes: Crashes
  let key: SealKey
  let clock: Clock
  private let cache = DefinitionCache()

  /// The time that both go by.
  final class Clock: Sendable {
    let now = Mutex(TestOffice.instant("2026-03-04T09:00"))
  }

  init(_ code: String, _ clock: Clock) async throws {
    self.code = code
    self.clock = clock
    crashes = Crashes(seed: UInt64(code.utf8.count))
    store = crashes.store(MemoryStore())
    key = SealKey(name: "\(code)/2026")
    let folder = Corpus.checkout.appending(path: "Samples/demo/office")
    var tables: [String: CSV] = [:]
    for name in Authority.tableNames {
      let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
      tables[name] = try CSV(parsing: bytes, file: name)
    }
    try await Office.found(
      in: store, commission: code, isTest: true, drawSecret: fingerprint(Array(code.utf8)),
      tables: tables, by: "test", now: clock.now.withLock { $0 })
    _ = try await office().deploy(TestDefinitions.files)
    try await learn(self)
  }

  func office() async throws -> Office {
    try await Office(
      store: store, user: "r.huseynli", now: clock.now.withLock { $0 }, definitions: cache)
  }

  func learn(_ other: Side) async throws {
    let entry = try KeyEntry(
      name: other.key.name, owner: other.code, use: .seal,
      from: #require(UTCTime("2026-01-01T00:00:00Z")),
      until: #require(UTCTime("2026-12-31T00:00:00Z")), publicKey: other.key.publicKey)
    try await office().addKeys([entry])
  }

  func handle(_ bytes: [UInt8]) async throws -> Office.Handling {
    try await office().handle(bytes, file: "message.xml", answeringWith: key)
  }

  /// The message as it leaves.
  func handOver(_ message: [UInt8]) async throws -> [UInt8] {
    let line = Line()
    _ = try await office().send(message, file: "message.xml")
    _ = try await office().work(deliver: line.put, sealingWith: key)
    return try #require(line.all.withLock { $0.last })
  }

  /// The answers that wait to be delivered.
  func answers() async throws -> [[UInt8]] {
    let line = Line()
    _ = try await office().work(deliver: line.put, sealingWith: key)
    return line.all.withLock { $0 }
  }
}

/// What is on its way in one direction.
private final class Line: Sendable {
  let all = Mutex<[[UInt8]]>([])

  var put: @Sendable (OutboxMessage, [UInt8]) throws -> Void {
    { _, bytes in self.all.withLock { $0.append(bytes) } }
  }
}

private struct Net {
  let clinic: Side
  let commission: Side
  private let clock = Side.Clock()

  init(exchangingKeys: Bool = true) async throws {
    clinic = try await Side("CLIN-12", clock)
    commission = try await Side("07", clock)
    guard exchangingKeys else { return }
    try await clinic.learn(commission)
    try await commission.learn(clinic)
  }

  /// A message that needs nothing but to be kept.
  func message(
    _ number: Int, about subject: String, kind: DossierKind = .return, assigner: String = "CLIN-12"
  ) throws -> [UInt8] {
    let form = kind == .return ? "completeness" : "identity"
    let path = kind == .return ? "demo/answers/completeness.xml" : "demo/answers/identity.xml"
    let bytes = try Data(contentsOf: Corpus.checkout.appending(path: "Samples/\(path)"))
    let identifier = fingerprint(Array("\(subject) \(number)".utf8))
    func part(_ from: Int, _ count: Int) -> Substring { identifier.dropFirst(from).prefix(count) }
    let message =
      "\(part(0, 8))-\(part(8, 4))-8\(part(13, 3))-a\(part(17, 3))-\(part(20, 12))"
    return try DossierMessage(
      envelope: DossierEnvelope(
        messageID: message, kind: kind, sender: "CLIN-12", receiver: "07",
        caseReference: CaseReference(assigner: assigner, number: subject),
        created: "2026-03-04T05:00:00Z", profile: "AZ-2022", isTest: true),
      documents: [
        DossierDocument(
          id: "doc1", form: form, formVersion: "1.0", setID: message, revision: 1, language: "az",
          issuedBy: "CLIN-12", issuedAt: "2026-03-04T05:00:00Z", protocolNumber: nil,
          content: Element(parsing: Array(bytes), file: path))
      ], attachments: []
    ).xml()
  }

  /// One matter of a few messages from the clinic, until every answer is there.
  func play(_ seed: UInt64) async throws {
    var numbers = SeededNumbers(seed: seed)
    let subject = "S-\(seed)"
    let messages = try (1...Int.random(in: 1...5, using: &numbers)).map {
      try message($0, about: subject)
    }
    for message in messages { _ = try await clinic.office().send(message, file: "m.xml") }
    var (there, back) = ([[UInt8]](), [[UInt8]]())
    var rounds = 0
    for side in [clinic, commission] { side.crashes.fail(1) }
    repeat {
      rounds += 1
      clock.now.withLock {
        $0 = Instant(seconds: $0.seconds + Int.random(in: 20...4_000, using: &numbers))
      }
      there += carried(try await leaving(clinic), &numbers)
      back += try await arriving(&there, at: commission, &numbers)
      back += carried(try await leaving(commission), &numbers)
      _ = try await arriving(&back, at: clinic, &numbers)
      try await callAfterSilence()
    } while try await !isSettled(there, back) && rounds < 400
    for side in [clinic, commission] { side.crashes.fail(0) }
    #expect(rounds < 400, "seed \(seed) does not come to an end")
    let filed = try await commission.office().filed().filter { $0.message.number == subject }
    let ideal = try messages.map { try Element(parsing: $0, file: "m.xml") }
      .compactMap { $0.child("Envelope")?.child("MessageId")?.text }
    #expect(filed.map(\.message.message).sorted() == ideal.sorted(), "seed \(seed)")
  }

  private func isSettled(_ there: [[UInt8]], _ back: [[UInt8]]) async throws -> Bool {
    let open = try await clinic.office().openExchange().awaited
    let held = try await commission.office().openExchange().held
    let waiting = try await clinic.store.lease(
      dueBy: Instant(seconds: 0), messages: true, seconds: 0, limit: 100)
    return open.isEmpty && held.isEmpty && there.isEmpty && back.isEmpty
      && waiting.messages.isEmpty
  }

  /// When the machine has given up, a person has it tried again.
  private func callAfterSilence() async throws {
    for one in try await clinic.office().openExchange().awaited where one.next == nil {
      _ = try? await clinic.office().resend(one.message)
    }
  }

  private func leaving(_ side: Side) async throws -> [[UInt8]] {
    let line = Line()
    _ = try? await side.office().work(deliver: line.put, sealingWith: side.key)
    _ = try? await side.office().repeatUnanswered(deliver: line.put)
    return line.all.withLock { $0 }
  }

  /// What arrives of it, and how: a tenth is lost, a fifth doubled, one of fifty corrupted.
  private func carried(_ messages: [[UInt8]], _ numbers: inout SeededNumbers) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for var message in messages {
      let fate = Int.random(in: 0..<100, using: &numbers)
      if fate < 10 { continue }
      if fate < 12 {
        message[Int.random(in: 0..<message.count, using: &numbers)] ^= 1
      }
      result.append(message)
      if fate >= 80 { result.append(message) }
    }
    return result
  }

  /// Some of what is on its way is taken in, in any order; what a process had when it died stays.
  ///
  /// - Returns: answers that are given once more.
  private func arriving(
    _ line: inout [[UInt8]], at side: Side, _ numbers: inout SeededNumbers
  ) async throws -> [[UInt8]] {
    var repeated: [[UInt8]] = []
    line.shuffle(using: &numbers)
    for _ in 0..<min(line.count, Int.random(in: 1...4, using: &numbers)) {
      let message = line.removeLast()
      do {
        let handling = try await side.handle(message)
        for answer in handling.repeated {
          repeated.append(try await side.office().message(of: answer).1)
        }
      } catch let problem as Diagnostic where problem.code == "STORE006" {
        line.insert(message, at: 0)
      }
    }
    return carried(repeated, &numbers)
  }
}
