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
    do {
      let (files, signature) = try Self.parts(of: container, file: file)
      self.init(
        files, signature, claim: try PackageClaim(signature), keys: keys, receivedAt: receivedAt)
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
    _ files: [CasePackage.File], _ signature: Element, claim: PackageClaim, keys: KeyDirectory,
    receivedAt: UTCTime
  ) {
    let digests = files.map { (path: $0.path, digest: Digest(of: $0.bytes)) }
    let entry = keys.entries.first { $0.name == claim.keyName }
    func standing(at moment: UTCTime) -> KeyStanding {
      keys.standing(
        of: claim.keyName, owner: entry?.owner ?? "", use: .seal, created: moment,
        receivedAt: receivedAt)
    }
    malformation = nil
    self.files = files
    changed = Self.changes(digests, claim.digests)
    keyName = claim.keyName
    signer = entry?.owner ?? ""
    signedAt = claim.time.description
    keyThen = standing(at: claim.time)
    keyNow = standing(at: receivedAt)
    integrity = Self.integrity(
      of: signature,
      made: PackageSignature(files: digests, time: claim.time, keyName: claim.keyName),
      value: claim.value, key: entry?.publicKey)
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

  /// The files of the case, and the signature.
  private static func parts(
    of container: [UInt8], file: String
  ) throws(Diagnostic) -> ([CasePackage.File], Element) {
    func refuse(_ what: String) -> Diagnostic {
      Diagnostic("DOSS082", ["what": what], at: SourceLocation(file: file))
    }
    let entries: [ZIPArchive.Entry]
    let signature: Element
    do {
      entries = try ZIPArchive(reading: container, named: file).entries
      guard let last = entries.last, last.name == CasePackage.signaturePath, entries.count > 3
      else {
        throw refuse(CasePackage.signaturePath)
      }
      signature = try Element(parsing: last.bytes, file: last.name, limits: .message)
    } catch let problem as Diagnostic {
      throw problem
    } catch {
      throw refuse(file)
    }
    let files = entries[2..<(entries.count - 1)].map {
      CasePackage.File(path: $0.name, bytes: $0.bytes)
    }
    guard entries[0].name == "mimetype", entries[0].bytes == Array(CasePackage.mediaType.utf8),
      entries[1].name == CasePackage.manifestPath,
      entries[1].bytes == CasePackage(files).manifest
    else { throw refuse(CasePackage.manifestPath) }
    return (files, signature)
  }

  private static func changes(
    _ found: [(path: String, digest: Digest)], _ signed: [String: String]
  ) -> [String] {
    var missing = Set(signed.keys)
    let changed = found.filter { file in
      missing.remove(file.path)
      return signed[file.path] != Base64.encode(file.digest.bytes)
    }
    return (changed.map(\.path) + missing).sorted()
  }
}

/// What a signature says of itself, before it is believed.
private struct PackageClaim {
  let time: UTCTime
  let keyName: String
  let value: [UInt8]
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
    digests = Dictionary(
      references.map { ($0["URI"] ?? "", $0.child("DigestValue")?.text ?? "") }
    ) { first, _ in first }
  }
}
