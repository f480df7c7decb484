import Diagnostics
import Dossier
import TestSupport
import Testing

/// Deliveries doubled, in any order, some lost and sent again, some corrupted: the thread ends as if all had gone well.
@Test(arguments: UInt64(1)...1_000)
func everyDeliveryEndsInTheIdealState(_ seed: UInt64) throws {
  var numbers = SeededNumbers(seed: seed)
  var messages: [ChannelLedger.Link] = []
  for sequence in 1...Int.random(in: 1...12, using: &numbers) {
    messages.append(link(sequence, after: messages.last))
  }
  var ledger = ChannelLedger()
  while ledger.applied.count < messages.count {
    let message = messages[Int.random(in: 0..<messages.count, using: &numbers)]
    let known = ledger
    switch Int.random(in: 0..<10, using: &numbers) {
    case 0: continue  // lost: the sender will try again
    case 1:
      let fork = ChannelLedger.Link(
        messageID: "fork-\(message.sequence)", sequence: message.sequence,
        previous: message.previous, digest: Digest(of: [UInt8(seed % 251)]))
      if ledger.applied.count + ledger.held.count > 0,
        (ledger.applied + ledger.held).contains(where: { $0.sequence == message.sequence })
      {
        #expect(throws: Diagnostic.self) { _ = try ledger.placement(of: fork) }
      }
    case 2:
      let changed = ChannelLedger.Link(
        messageID: message.messageID, sequence: message.sequence, previous: message.previous,
        digest: Digest(of: [1, 2, 3]))
      if (ledger.applied + ledger.held).contains(message) {
        #expect(code { _ = try ledger.placement(of: changed) } == "DOSS020")
      }
    case 3:
      try take(message, &ledger)
      ledger = known  // the receiver crashed before this was written
    default: try take(message, &ledger)
    }
    while let due = ledger.due { try take(due, &ledger) }
  }
  #expect(ledger.applied == messages && ledger.held.isEmpty)
}

@Test func placesInAThread() throws {
  let first = link(1, after: nil)
  let second = link(2, after: first)
  var ledger = ChannelLedger()
  #expect(code { _ = try ledger.placement(of: link(1, previous: first.digest)) } == "DOSS053")
  #expect(code { _ = try ledger.placement(of: link(2, previous: nil)) } == "DOSS053")
  #expect(code { _ = try ledger.placement(of: link(200, previous: first.digest)) } == "DOSS054")
  #expect(try ledger.placement(of: second) == .held)
  ledger.hold(second)
  #expect(try ledger.placement(of: second) == .held)
  #expect(try ledger.placement(of: first) == .next)
  ledger.apply(first)
  #expect(ledger.due == second)
  #expect(try ledger.placement(of: second) == .next)
  #expect(try ledger.placement(of: first) == .repeated)
  ledger.apply(second)
  #expect(ledger.held.isEmpty)
  #expect(code { _ = try ledger.placement(of: link(2, previous: second.digest)) } == "DOSS051")
  #expect(code { _ = try ledger.placement(of: link(3, previous: first.digest)) } == "DOSS052")
}

/// A message that waited and does not follow the one before it is let go; the right one takes its number.
@Test func heldForksAreDropped() throws {
  let first = link(1, after: nil)
  let fork = link(2, previous: Digest(of: [9]))
  var ledger = ChannelLedger()
  ledger.hold(fork)
  ledger.apply(first)
  #expect(code { _ = try ledger.placement(of: fork) } == "DOSS052")
  ledger.drop(fork)
  #expect(try ledger.placement(of: link(2, after: first)) == .next)
}

private func take(_ link: ChannelLedger.Link, _ ledger: inout ChannelLedger) throws {
  switch try ledger.placement(of: link) {
  case .next: ledger.apply(link)
  case .held: ledger.hold(link)
  case .repeated: break
  }
}

private func link(_ sequence: Int, after before: ChannelLedger.Link?) -> ChannelLedger.Link {
  ChannelLedger.Link(
    messageID: "m\(sequence)", sequence: sequence, previous: before?.digest,
    digest: Digest(of: [UInt8(sequence)] + (before?.digest.bytes ?? [])))
}

private func link(_ sequence: Int, previous: Digest?) -> ChannelLedger.Link {
  ChannelLedger.Link(
    messageID: "other-\(sequence)", sequence: sequence, previous: previous,
    digest: Digest(of: [UInt8(sequence), 7]))
}

private func code(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch { return (error as? Diagnostic)?.code }
}
