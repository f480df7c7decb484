public import Diagnostics
public import XML

/// Verifies seals against the keys of a directory. Always two answers: is it as it was sealed, and was the key good then.
public struct SealVerifier: Sendable {
  public let keys: KeyDirectory

  public init(keys: KeyDirectory) { self.keys = keys }

  /// What a sealed document says about itself, before anything of it is believed.
  public struct Claim: Hashable, Sendable {
    /// The agency that says it sent it.
    public let sender: String
    /// When it says it was made.
    public let created: UTCTime

    public init(sender: String, created: UTCTime) {
      self.sender = sender
      self.created = created
    }
  }

  /// The seal of the document with this root, held against its content and the keys.
  ///
  /// - Parameter receivedAt: when the document was first received, by our own log; now, when it is new.
  /// - Throws: `DOSS040` when there is no seal, `DOSS041` and `DOSS042` when it is not one of ours.
  public func report(
    on root: Element, claim: Claim, receivedAt: UTCTime
  ) throws -> SealReport {
    try inspect(root, claim: claim, receivedAt: receivedAt).report
  }

  /// The report, with the canonical bytes that the seal speaks for.
  private func inspect(
    _ root: Element, claim: Claim, receivedAt: UTCTime
  ) throws -> (report: SealReport, covered: [UInt8]) {
    guard let seal = try Seal(in: root) else { throw Diagnostic("DOSS040", at: root.location) }
    let covered = try seal.profile.covered(in: root)
    let key = keys.entry(seal.keyName, owner: claim.sender)
    let integrity: SealReport.Integrity
    if !seal.matches(covered) {
      integrity = .changed
    } else if let key {
      integrity = try seal.isMade(by: key.publicKey, in: root) ? .intact : .otherKey
    } else {
      integrity = .undecided
    }
    func standing(at moment: UTCTime) -> KeyStanding {
      keys.standing(
        of: seal.keyName, owner: claim.sender, use: .seal, created: moment, receivedAt: receivedAt)
    }
    let report = SealReport(
      seal: seal, sender: claim.sender, created: claim.created, integrity: integrity,
      keyThen: standing(at: claim.created), keyAtReceipt: standing(at: receivedAt),
      location: root.elements.last?.location)
    return (report, covered)
  }

  /// The content of a document whose seal is intact and by a key that was good.
  ///
  /// What is read afterwards is read from these canonical bytes, never from the file.
  /// - Throws: as `report`; `DOSS043` changed, `DOSS044` made with another key, `DOSS045` to `DOSS048` for the key.
  public func content(
    of root: Element, claim: Claim, receivedAt: UTCTime
  ) throws -> SealedContent {
    let (report, covered) = try inspect(root, claim: claim, receivedAt: receivedAt)
    if let problem = report.problem { throw problem }
    let canonical =
      report.seal.profile == .whole
      ? covered : try root.canonical(leavingOut: SealProfile.signature)
    let sealed = root.read(canonical: canonical)
    let withheld = report.seal.profile == .manifest ? try sealed.withheldParts() : []
    return SealedContent(seal: report.seal, root: sealed, withheld: withheld)
  }
}

/// What may be believed of a sealed document.
public struct SealedContent: Hashable, Sendable {
  public let seal: Seal
  /// Read from the canonical bytes that the seal covers, with the lines of the file.
  public let root: Element
  /// The parts that the manifest lists and this copy does not hold.
  public let withheld: [String]
}

/// What is found about a seal: the two statements people ask for, and who made it.
public struct SealReport: Hashable, Sendable {
  /// Whether the content is what was sealed.
  public enum Integrity: String, CaseIterable, Hashable, Sendable, Codable {
    case intact
    /// The content was changed after sealing.
    case changed
    /// The content fits the seal, but the seal was not made with that key.
    case otherKey = "other-key"
    /// The content fits the seal; who made it cannot be told without the key.
    case undecided
  }

  public let seal: Seal
  public let sender: String
  public let created: UTCTime
  public let integrity: Integrity
  /// How the key stood when the document was made.
  public let keyThen: KeyStanding
  /// How it stands for a document made at the moment of receipt: an expired key does no harm to old seals.
  public let keyAtReceipt: KeyStanding
  let location: SourceLocation?

  /// Intact, and by a key that was good then.
  public var isGood: Bool { integrity == .intact && keyThen == .good }

  /// Why it is not good; `nil`: it is.
  public var problem: Diagnostic? {
    let arguments = ["key": seal.keyName.quotedForMessage, "sender": sender.quotedForMessage]
    let code: String? =
      switch (integrity, keyThen) {
      case (.changed, _): "DOSS043"
      case (_, .unknown): "DOSS045"
      case (_, .foreign): "DOSS046"
      case (.otherKey, _), (.undecided, _): "DOSS044"
      case (.intact, .notYetValid), (.intact, .expired): "DOSS047"
      case (.intact, .revoked): "DOSS048"
      case (.intact, .good): nil
      }
    return code.map { Diagnostic($0, arguments, at: location) }
  }
}

extension Element {
  /// The parts of the manifest that are not here.
  ///
  /// - Throws: `DOSS033` for a part that the manifest does not list, `DOSS059` for one that is not as it was sealed.
  func withheldParts() throws -> [String] {
    let listed = try required("Envelope").required("Manifest").children("Part")
    var sealed: [String: String] = [:]
    for part in listed { sealed[try part.attribute("ref")] = part["sealed"] ?? "" }
    for part in try Self.parts(of: self) {
      let id = try part.attribute("id")
      guard let digest = sealed.removeValue(forKey: id) else {
        throw Diagnostic("DOSS033", ["part": id], at: part.location)
      }
      guard Digest(of: try part.canonical()).description == digest else {
        throw Diagnostic("DOSS059", ["part": id], at: part.location)
      }
    }
    return sealed.keys.sorted()
  }
}
