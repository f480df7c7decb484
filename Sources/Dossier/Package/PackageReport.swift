public import Diagnostics
internal import XML

/// What can be told of a container by itself and the keys one knows.
public struct PackageReport: Sendable {
  /// Why it is no container of ours; `nil`: it is, and the rest says something.
  public let malformation: Diagnostic?
  public let files: [CasePackage.File]
  /// Paths of files that are not as they were signed, were added or are missing.
  public let changed: [String]
  public let keyName: String
  /// Whose key it is; empty: it is not known.
  public let signer: String
  /// When it says it was signed.
  public let signedAt: String
  public let integrity: SealReport.Integrity
  public let keyThen: KeyStanding
  public let keyNow: KeyStanding

  /// Intact, and by a key that was good then.
  public var isGood: Bool { malformation == nil && integrity == .intact && keyThen == .good }

  /// The report on `container`; `file` is only for messages.
  ///
  /// The signature is not believed but made again from the files that are there: whatever differs was changed.
  /// - Parameter receivedAt: when it was first received; now, when it is new.
  public init(on container: [UInt8], file: String, keys: KeyDirectory, receivedAt: UTCTime) {
    do throws(Diagnostic) {
      let content = try PackageContent(of: container, file: file)
      let claim = try PackageClaim(content.signature)
      let changed = content.changes(since: claim)
      if changed.isEmpty, let what = content.deviations.first {
        throw PackageContent.refusal(what, file)
      }
      self.init(content, claim: claim, changed: changed, keys: keys, receivedAt: receivedAt)
    } catch {
      self.init(malformed: error)
    }
  }

  private init(malformed problem: Diagnostic) {
    malformation = problem
    (files, changed, keyName, signer, signedAt) = ([], [], "", "", "")
    (integrity, keyThen, keyNow) = (.undecided, .unknown, .unknown)
  }

  private init(
    _ content: PackageContent, claim: PackageClaim, changed: [String], keys: KeyDirectory,
    receivedAt: UTCTime
  ) {
    let entry = keys.entries.first { $0.name == claim.keyName }
    func standing(at moment: UTCTime) -> KeyStanding {
      keys.standing(
        of: claim.keyName, owner: entry?.owner ?? "", use: .seal, created: moment,
        receivedAt: receivedAt)
    }
    malformation = nil
    files = content.files
    keyName = claim.keyName
    signer = entry?.owner ?? ""
    signedAt = claim.time.description
    keyThen = standing(at: claim.time)
    keyNow = standing(at: receivedAt)
    integrity =
      changed.isEmpty
      ? Self.integrity(
        of: content.signature,
        made: PackageSignature(
          files: content.digests, time: claim.time, keyName: claim.keyName),
        value: claim.value, key: entry?.publicKey) : .changed
    self.changed =
      changed.isEmpty && integrity == .changed ? [CasePackage.signaturePath] : changed
  }

  /// - Parameter made: the signature that these files must have.
  private static func integrity(
    of found: Element, made: PackageSignature, value: [UInt8], key: PublicSealKey?
  ) -> SealReport.Integrity {
    guard let expected = try? made.element(value: value).canonical(),
      let written = try? found.canonical(), let info = try? made.signedInfo().canonical(),
      expected == written
    else { return .changed }
    guard let key else { return .undecided }
    return key.verifies(value, of: info) ? .intact : .otherKey
  }
}

/// What a container holds, before any of it is believed.
private struct PackageContent {
  /// The files of the case.
  let files: [CasePackage.File]
  let digests: [(path: String, digest: Digest)]
  let signature: Element
  /// What is not as we write containers, though no file need be changed: names of entries, or `directory`.
  let deviations: [String]
  private let entries: [ZIPArchive.Entry]

  static func refusal(_ what: String, _ file: String) -> Diagnostic {
    Diagnostic("DOSS082", ["what": what], at: SourceLocation(file: file))
  }

  /// - Throws: `DOSS082` when its entries cannot be told apart, or it has no signature that can be read.
  init(of container: [UInt8], file: String) throws(Diagnostic) {
    let archive = try ZIPArchive(reading: container, named: file)
    let own = ["mimetype", CasePackage.manifestPath, CasePackage.signaturePath]
    entries = archive.entries
    files = entries.filter { !own.contains($0.name) }.map {
      CasePackage.File(path: $0.name, bytes: $0.bytes)
    }
    digests = files.map { ($0.path, Digest(of: $0.bytes)) }
    guard let last = entries.last(where: { $0.name == CasePackage.signaturePath }),
      let root = try? Element(parsing: last.bytes, file: last.name, limits: .message)
    else { throw Self.refusal(CasePackage.signaturePath, file) }
    signature = root
    let order = own.prefix(2) + files.map(\.path) + own.suffix(1)
    let misplaced = zip(entries.map(\.name), order).first { $0 != $1 }
    deviations = archive.deviations + [misplaced?.0].compactMap { $0 }
  }

  /// Names of entries that are not as they were signed, were added or are missing.
  func changes(since claim: PackageClaim) -> [String] {
    var missing = Set(claim.digests.keys)
    let changed = digests.filter { file in
      missing.remove(file.path)
      return claim.digests[file.path] != Base64.encode(file.digest.bytes)
    }
    let signed = claim.paths.map { CasePackage.File(path: $0, bytes: []) }
    let frame = [
      ZIPArchive.Entry(name: "mimetype", bytes: Array(CasePackage.mediaType.utf8)),
      ZIPArchive.Entry(name: CasePackage.manifestPath, bytes: CasePackage(signed).manifest),
    ].filter { !entries.contains($0) }
    return (changed.map(\.path) + missing.map(\.quotedForMessage) + frame.map(\.name)).sorted()
  }
}

/// What a signature says of itself, before it is believed.
private struct PackageClaim {
  let time: UTCTime
  let keyName: String
  let value: [UInt8]
  /// Of the signed files, in their order.
  let paths: [String]
  /// Digest by path, in Base64.
  let digests: [String: String]

  /// - Throws: `DOSS082` when it does not say it.
  init(_ root: Element) throws(Diagnostic) {
    let seal = root.child("Signature", in: SealProfile.namespace)
    let properties = seal?.child("Object")?.elements.first?.child("SignedProperties")
    let moment = properties?.child("SignedSignatureProperties")?.child("SigningTime")?.text
    guard let seal, let time = moment.flatMap(UTCTime.init),
      let name = seal.child("KeyInfo")?.child("KeyName")?.text,
      let value = seal.child("SignatureValue").flatMap({ Base64.decode($0.text) }),
      let info = seal.child("SignedInfo")
    else { throw Diagnostic("DOSS082", ["what": CasePackage.signaturePath], at: root.location) }
    self.time = time
    self.value = value
    keyName = name
    let references = info.children("Reference").filter { !($0["URI"] ?? "#").hasPrefix("#") }
    paths = references.map { $0["URI"] ?? "" }
    digests = Dictionary(
      references.map { ($0["URI"] ?? "", $0.child("DigestValue")?.text ?? "") }
    ) { first, _ in first }
  }
}
