import Diagnostics
import Dossier
import Foundation
import XML

/// What became of a file.
enum BadXMLOutcome {
  case accepted(Element)
  case refused(FaultClass, [Diagnostic])
  /// The layer that would decide is not part of the product yet.
  case undecided(String)

  /// The word of the manifest.
  var word: String {
    switch self {
    case .accepted: "OK"
    case .refused(let fault, _): fault.rawValue
    case .undecided(let reason): reason
    }
  }
}

/// The product's layers in their order, set up for the corpus's own vocabulary.
struct BadXMLPipeline {
  private let schema: XMLSchema

  init(corpus: URL) throws {
    func bytes(_ name: String) throws -> [UInt8] {
      Array(try Data(contentsOf: corpus.appending(path: name)))
    }
    schema = try XMLSchema(
      compiling: bytes("probe.xsd"), file: "probe.xsd",
      others: ["xmldsig-profile.xsd": bytes("xmldsig-profile.xsd")])
  }

  func outcome(of bytes: [UInt8], sealed isSealNeeded: Bool) throws -> BadXMLOutcome {
    do {
      let tree = try XMLTree(parsing: bytes, file: "message.xml")
      let faults = schema.problems(in: tree)
      guard faults.isEmpty else { return try refused(faults) }
      let root = tree.root()
      let duplicates = Identifiers.problems(in: root)
      guard duplicates.isEmpty else { return try refused(duplicates) }
      let hasSeal = root.child("Signature", in: "http://www.w3.org/2000/09/xmldsig#") != nil
      if isSealNeeded || hasSeal { return .undecided("the seal is not verified yet") }
      for attachment in root.child("Attachments")?.children("Attachment") ?? [] {
        _ = try Attachment(probe: attachment)
      }
      return .accepted(root)
    } catch let problem as Diagnostic {
      return try refused([problem])
    }
  }

  private func refused(_ problems: [Diagnostic]) throws -> BadXMLOutcome {
    guard let first = problems.first, let fault = FaultClass(first) else { throw problems[0] }
    return .refused(fault, problems)
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
