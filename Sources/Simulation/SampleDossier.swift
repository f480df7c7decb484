internal import Commission
internal import Diagnostics
internal import Dossier
public import FEEL
internal import XML

/// A sample message, changed so that it is another one: other numbers, another person, other days.
public struct SampleDossier {
  private let root: Element
  /// What makes its identifiers its own.
  private let seed: Int
  /// The rules it is written for; `nil`: those of the sample.
  private let profile: String?

  /// - Parameter sample: the file below `Samples/dossiers`, without `.xml`.
  /// - Throws: `SIM003` when there is no such sample.
  public init(_ sample: String, seed: Int, profile: String? = nil) throws {
    let path = "Samples/dossiers/\(sample).xml"
    guard let bytes = Resources.bytes(path) else {
      throw Diagnostic("SIM003", ["sample": sample])
    }
    root = try Element(parsing: bytes, file: path)
    self.seed = seed
    self.profile = profile
  }

  /// The referral of the person with `number`.
  public func referral(of number: String, writtenAt time: Instant) throws -> [UInt8] {
    try message(.referral, ["fin": number, "setId": "R-2026-9\(seed)"], writtenAt: "\(time)")
  }

  /// The appeal against the decision `paper`, lodged on `day`.
  public func appeal(against paper: String, on day: Day) throws -> [UInt8] {
    try message(
      .appeal,
      [
        "decisionNumber": paper, "lodgedOn": "\(day)", "decisionReceivedOn": "\(day)",
        "date": "\(day)",
      ], writtenAt: "\(day)T00:00:00Z")
  }

  private func message(_ kind: DossierKind, _ texts: [String: String], writtenAt time: String)
    throws -> [UInt8]
  {
    let envelope = try root.required("Envelope")
    let documents = try root.required("Documents").elements.enumerated().map { index, part in
      let content = try part.required("Content").elements[0]
      return DossierDocument(
        id: "doc\(index + 1)", form: content.name, formVersion: "1.0",
        setID: identifier(10 + index), revision: 1, language: "az", issuedBy: "CLIN-12",
        issuedAt: time, protocolNumber: nil,
        content: changed(numbered(content, texts["fin"]), texts))
    }
    return try DossierMessage(
      envelope: DossierEnvelope(
        messageID: identifier(kind == .appeal ? 2 : 1), kind: kind,
        sender: envelope.required("Sender").attribute("code"), receiver: "07",
        caseReference: nil, created: time,
        profile: profile ?? envelope.required("Profile").text, isTest: true),
      documents: documents, attachments: []
    ).xml()
  }

  /// An identity that had no personal number gets one.
  private func numbered(_ content: Element, _ number: String?) -> Element {
    guard let number, content.name == "identity", content.child("fin") == nil else {
      return content
    }
    var result = content
    result.children.removeAll { node in
      if case .element(let child) = node { child.name == "birthCertificate" } else { false }
    }
    result.children.insert(
      .element(Element("fin", namespace: content.namespace, children: [.text(number)])), at: 0)
    return result
  }

  private func identifier(_ part: Int) -> String {
    let digits = String(seed * 100 + part, radix: 16)
    return "00000000-0000-8000-a000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// The element with other texts in the elements of these names.
  private func changed(_ element: Element, _ texts: [String: String]) -> Element {
    var result = element
    if let text = texts[element.name] {
      result.children = [.text(text)]
    } else {
      result.children = element.children.map { node in
        if case .element(let child) = node { .element(changed(child, texts)) } else { node }
      }
    }
    return result
  }
}

/// A personal number of its own for every person of a run.
///
/// - Parameter serial: from 0 to 0x5FFFF.
public func personalNumber(_ serial: Int) -> String {
  "7" + String(serial + 0xA0000, radix: 16, uppercase: true).leftPadded(with: "C", to: 6)
}

extension String {
  func leftPadded(with letter: Character, to width: Int) -> String {
    String(repeating: letter, count: max(0, width - count)) + self
  }
}
