import Dossier
import Foundation
import TestSupport
import Testing
import XML

/// Keys, directories and moments for the tests of seals.
enum SealSamples {
  static let key = SealKey(name: "CLIN-12/2026")
  static let other = SealKey(name: "CLIN-12/2027")
  static let created = time("2026-03-03T10:15:00Z")
  static let received = time("2026-03-04T09:00:00Z")

  static func time(_ text: String) -> UTCTime {
    guard let time = UTCTime(text) else { fatalError("no time: \(text)") }
    return time
  }

  static func entry(
    _ key: SealKey = key, owner: String = "CLIN-12", use: KeyEntry.Use = .seal,
    from: String = "2026-01-01T00:00:00Z", until: String = "2026-12-31T23:59:59Z",
    revocation: KeyEntry.Revocation? = nil
  ) -> KeyEntry {
    KeyEntry(
      name: key.name, owner: owner, use: use, from: time(from), until: time(until),
      publicKey: key.publicKey, revocation: revocation)
  }

  static let directory = KeyDirectory([entry()])

  static func report(
    on bytes: [UInt8], keys: KeyDirectory = directory, receivedAt: UTCTime = received
  ) throws -> SealReport {
    try SealVerifier(keys: keys).report(
      on: Element(parsing: bytes, file: "sealed.xml", limits: .message),
      claim: SealVerifier.Claim(sender: "CLIN-12", created: created), receivedAt: receivedAt)
  }

  static func content(of bytes: [UInt8], keys: KeyDirectory = directory) throws -> SealedContent {
    try SealVerifier(keys: keys).content(
      of: Element(parsing: bytes, file: "sealed.xml", limits: .message),
      claim: SealVerifier.Claim(sender: "CLIN-12", created: created), receivedAt: received)
  }

  static func schema(_ name: String) throws -> [UInt8] {
    let path = "Sources/Dossier/Schemas/\(name)-1.0.xsd"
    return try Array(Data(contentsOf: Corpus.checkout.appending(path: path)))
  }
}
