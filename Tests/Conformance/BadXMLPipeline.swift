import Diagnostics
import Dossier
import Foundation
import XML

/// What became of a file.
enum BadXMLOutcome {
  case accepted(Element)
  /// Kept until the messages before it are here.
  case held
  case refused(FaultClass, [Diagnostic])

  /// The word of the manifest.
  var word: String {
    switch self {
    case .accepted: "OK"
    case .held: "HELD"
    case .refused(let fault, _): fault.rawValue
    }
  }
}

/// The product's layers in their order, set up for the corpus's own vocabulary. One pipeline is one receiver: it remembers
/// what came before.
struct BadXMLPipeline {
  private let schema: XMLSchema
  private let verifier: SealVerifier
  private var ledger = ChannelLedger()
  /// What was accepted and applied, in that order: message ids.
  private(set) var applied: [String] = []

  /// The corpus's settings: who we are, and what the time is.
  private static let receiver = "REHAB-01"
  private static let now = UTCTime("2026-11-22T12:00:00Z")!  // written as the format has it

  init(corpus: URL) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: corpus.appending(path: name)))
    }
    schema = try XMLSchema(
      compiling: bytes("probe.xsd"), file: "probe.xsd",
      others: ["xmldsig-profile.xsd": bytes("xmldsig-profile.xsd")])
    verifier = SealVerifier(keys: try Self.keys(in: corpus.appending(path: "trust")))
  }

  /// `trust/<code>.pub.pem`, each for the agency of that code.
  private static func keys(in folder: URL) throws -> KeyDirectory {
    let suffix = ".pub.pem"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let entries = try files.filter { $0.hasSuffix(suffix) }.sorted().compactMap { file in
      let pem = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
      let owner = String(file.dropLast(suffix.count))
      return PublicSealKey(pem: pem).flatMap { key -> KeyEntry? in
        guard let from = UTCTime("2026-01-01T00:00:00Z"),
          let until = UTCTime("2026-12-31T23:59:59Z")
        else { return nil }
        return KeyEntry(
          name: "\(owner)/test-2026", owner: owner, use: .seal, from: from, until: until,
          publicKey: key)
      }
    }
    return KeyDirectory(entries)
  }

  /// The outcome of a message by itself, or of the next message of a thread.
  mutating func outcome(of bytes: [UInt8], sealed isSealNeeded: Bool, inSequence: Bool) throws
    -> BadXMLOutcome
  {
    do {
      let root = try content(of: bytes, sealed: isSealNeeded)
      return inSequence ? try place(root, Digest(of: bytes)) : .accepted(root)
    } catch let problem as Diagnostic {
      let problems = problem.code == "XML033" ? problem.causes : [problem]
      guard let first = problems.first, let fault = FaultClass(first) else { throw problem }
      return .refused(fault, problems)
    }
  }

  private func content(of bytes: [UInt8], sealed isSealNeeded: Bool) throws -> Element {
    var root = try Element(parsing: bytes, file: "message.xml", schema: schema)
    try refuse(Identifiers.problems(in: root))
    let envelope = try root.required("Envelope")
    let sender = try envelope.required("Sender").attribute("code")
    if isSealNeeded || root.child("Signature", in: SealProfile.namespace) != nil {
      guard let created = UTCTime(try envelope.required("Created").text) else {
        throw Diagnostic("XML032", ["element": "Envelope", "name": "Created"], at: root.location)
      }
      root = try verifier.content(
        of: root, claim: SealVerifier.Claim(sender: sender, created: created),
        receivedAt: Self.now
      ).root
    }
    try refuse(attachmentProblems(in: root))
    let receiver = try envelope.required("Receiver").attribute("code")
    guard receiver == Self.receiver else {
      throw Diagnostic(
        "DOSS034", ["receiver": receiver, "us": Self.receiver], at: envelope.location)
    }
    return root
  }

  private func attachmentProblems(in root: Element) throws -> [Diagnostic] {
    try (root.child("Attachments")?.children("Attachment") ?? []).compactMap {
      do {
        _ = try Attachment(probe: $0)
        return nil
      } catch let problem as Diagnostic {
        return problem
      }
    }
  }

  private mutating func place(_ root: Element, _ digest: Digest) throws -> BadXMLOutcome {
    let envelope = try root.required("Envelope")
    let link = ChannelLedger.Link(
      messageID: try envelope.required("MessageId").text,
      sequence: Int(try envelope.required("Sequence").text.trimmingPrefix { $0.isWhitespace }) ?? 0,
      previous: envelope.child("Previous").flatMap { Digest($0.text) }, digest: digest)
    switch try ledger.placement(of: link, at: envelope.location) {
    case .repeated: return .accepted(root)
    case .held:
      ledger.hold(link)
      return .held
    case .next:
      ledger.apply(link)
      applied.append(link.messageID)
      while let due = ledger.due, try ledger.placement(of: due) == .next {
        ledger.apply(due)
        applied.append(due.messageID)
      }
      return .accepted(root)
    }
  }

  private func refuse(_ problems: [Diagnostic]) throws {
    guard !problems.isEmpty else { return }
    throw Diagnostic("XML033", ["count": "\(problems.count)"], causes: problems)
  }
}

extension Attachment {
  /// An attachment in the vocabulary of `probe.xsd`.
  fileprivate init(probe element: Element) throws {
    try self.init(
      base64: element.required("Inline").text,
      claim: Claim(
        fileName: element.attribute("fileName"), mediaType: element.attribute("mediaType"),
        size: Int(element.attribute("size")) ?? 0, digest: element.attribute("sha256")),
      at: element.location)
  }
}
