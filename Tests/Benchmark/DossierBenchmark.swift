import Dossier
import Foundation
import XForms
import XML

/// Dossiers of 20 KB: sealing, verifying, and a folder of 10,000 of them read, checked and handed over.
///
/// A real referral with its forms' schemas; run it from the root of the repository, where they lie. `BENCH_TMP` names a
/// folder for what the peers read: the referral and the schemas.
struct DossierBenchmark {
  private let receiver: DossierReceiver
  private let inspector: DossierInspector
  private let verifier: SealVerifier
  private let key = SealKey(name: "CLIN-12/2026")
  private let received: UTCTime
  private let dossier: [UInt8]
  private let sealed: [UInt8]

  /// Sealing and verifying.
  static func seals() -> [Figure] { measured { $0.seals } }

  /// Folders of plain and of sealed dossiers.
  static func imports() -> [Figure] { measured { try $0.imports } }

  private static func measured(_ figures: (DossierBenchmark) throws -> [Figure]) -> [Figure] {
    do {
      return try figures(DossierBenchmark())
    } catch {
      fatalError("the dossiers of the benchmark are not right: \(error)")
    }
  }

  private init() throws {
    guard let from = UTCTime("2026-01-01T00:00:00Z"), let until = UTCTime("2026-12-31T00:00:00Z"),
      let received = UTCTime("2026-03-04T00:00:00Z")
    else { fatalError("three moments") }
    self.received = received
    let keys = KeyDirectory([
      KeyEntry(
        name: key.name, owner: "CLIN-12", use: .seal, from: from, until: until,
        publicKey: key.publicKey)
    ])
    let schemas = try Self.formSchemas()
    receiver = try Self.receiver(keys, schemas)
    inspector = try DossierInspector(
      envelopeSchema: Self.file("Sources/Dossier/Schemas/dossier-1.0.xsd"),
      sealSchema: Self.file("Sources/Dossier/Schemas/seal-1.0.xsd"), keys: keys)
    verifier = SealVerifier(keys: keys)
    dossier = try Self.dossier(of: 20_480, receiver, received)
    sealed = try key.sealing(dossier, file: "a.xml")
    if let folder = ProcessInfo.processInfo.environment["BENCH_TMP"] {
      try Self.write(dossier, schemas, for: URL(filePath: folder).appending(path: "dossier"))
    }
  }

  private var seals: [Figure] {
    let claim = SealVerifier.Claim(sender: "CLIN-12", created: received)
    return [
      Figure.rate("seal sign", "files/s", batch: 20) {
        (try? key.sealing(dossier, file: "a.xml")) != nil
      },
      Figure.rate("seal verify", "files/s", batch: 20) {
        guard let root = try? Element(parsing: sealed, file: "a.xml", limits: .message) else {
          return false
        }
        return (try? verifier.report(on: root, claim: claim, receivedAt: received))?.isGood ?? false
      },
      Figure.rate("report of dossier verify", "files/s", batch: 20) {
        (try? inspector.report(on: sealed, file: "a.xml", receivedAt: received))?.isGood ?? false
      },
    ]
  }

  private var imports: [Figure] {
    get throws {
      let checked = try batch(sealed)
      // the plain ones last: the peer's run comes next
      let plain = try batch(dossier)
      return [
        Figure(name: "import", value: plain.bytes, unit: "MB/s"),
        Figure(name: "import dossiers", value: plain.files, unit: "files/s"),
        Figure(name: "import sealed", value: checked.files, unit: "files/s"),
        Figure(
          name: "import memory above start-up", value: checked.memory + plain.memory, unit: "MB"),
      ]
    }
  }

  /// What a folder of 10,000 files costs, each read, checked by every layer before the case, and dropped again: the median
  /// of ten slices, as the peer's figure is one of slices.
  private func batch(
    _ dossier: [UInt8]
  ) throws -> (files: Double, bytes: Double, memory: Double) {
    let slices = 10
    let slice = 1000
    let count = slices * slice
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mse-batch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in 0..<count {
      try Data(dossier).write(to: folder.appending(path: "\(number).xml"))
    }
    let path = folder.path
    let before = Figure.peakMemory("").value
    var rates: [Double] = []
    for first in stride(from: 0, to: count, by: slice) {
      let start = Figure.processorTime()
      for number in first..<first + slice {
        let bytes = Self.contents(of: "\(path)/\(number).xml", atMost: 1 << 15)
        let one = try receiver.receive(bytes, file: "\(number).xml", receivedAt: received)
        precondition(one.message.documents.count == 2)
      }
      rates.append(Double(slice) / (Figure.processorTime() - start))
    }
    let files = DurableBenchmark.median(rates)
    return (
      files, files * Double(dossier.count) / 1e6, Figure.peakMemory("").value - before
    )
  }

  /// The bytes of a small file, read at once.
  private static func contents(of path: String, atMost size: Int) -> [UInt8] {
    let file = open(path, O_RDONLY)
    defer { close(file) }
    return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      count = max(0, read(file, bytes.baseAddress, size))
    }
  }

  /// The referral and its schemas, as `xmllint --schema` reads them.
  private static func write(
    _ dossier: [UInt8], _ schemas: [String: [UInt8]], for folder: URL
  ) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var imports = ""
    for (index, schema) in schemas.sorted(by: { $0.key < $1.key }).enumerated() {
      let name = "form-\(index).xsd"
      imports += "<xs:import namespace=\"\(schema.key)\" schemaLocation=\"\(name)\"/>"
      try Data(schema.value).write(to: folder.appending(path: name))
    }
    let envelope = String(
      decoding: try file("Sources/Dossier/Schemas/dossier-1.0.xsd"), as: UTF8.self)
    try Data(envelope.replacing("<!--forms-->", with: imports).utf8)
      .write(to: folder.appending(path: "dossier-1.0.xsd"))
    try Data(file("Sources/Dossier/Schemas/seal-1.0.xsd"))
      .write(to: folder.appending(path: "seal-1.0.xsd"))
    try Data(dossier).write(to: folder.appending(path: "referral.xml"))
  }

  /// The referral of the demo with a note that fills it up to `size`.
  private static func dossier(
    of size: Int, _ receiver: DossierReceiver, _ received: UTCTime
  ) throws -> [UInt8] {
    let name = "Samples/dossiers/referral/good/quliyev-coxarthrosis.xml"
    let message = try receiver.receive(file(name), file: name, receivedAt: received).message
    let missing = max(1, (size - (try message.xml().count) - 400) * 3 / 4)
    let note = Array(repeating: UInt8(ascii: "a"), count: missing)
    let claim = Attachment.Claim(
      fileName: "note.txt", mediaType: MediaType.text.rawValue, size: note.count,
      digest: Digest(of: note).description)
    let attachment = DossierAttachment(
      id: "att1", about: "doc2",
      file: try Attachment(base64: Base64.encode(note), claim: claim, at: nil))
    return try DossierMessage(
      envelope: message.envelope, documents: message.documents, attachments: [attachment]
    ).xml()
  }

  /// The schemas of the forms of a referral, by namespace.
  private static func formSchemas() throws -> [String: [UInt8]] {
    var schemas: [String: [UInt8]] = [:]
    for name in ["identity", "referral"] {
      let form = try Form(
        folded: file("Forms/\(name).xml"), file: "\(name).xml",
        blocks: { try? file("Forms/blocks/\($0).xml") },
        lists: { list in
          try? CodeList(parsing: file("Forms/lists/\(list).csv"), file: "\(list).csv")
        })
      schemas[form.namespace] = form.schema()
    }
    return schemas
  }

  private static func receiver(
    _ keys: KeyDirectory, _ schemas: [String: [UInt8]]
  ) throws -> DossierReceiver {
    try DossierReceiver(
      receiver: "07", envelopeSchema: file("Sources/Dossier/Schemas/dossier-1.0.xsd"),
      sealSchema: file("Sources/Dossier/Schemas/seal-1.0.xsd"), formSchemas: schemas,
      acceptsTest: true, seals: .optional(keys))
  }

  private static func file(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }
}
