public import Diagnostics
internal import XML

/// What can be told of a dossier by itself and the keys one knows: without a store, a network or the sender.
public struct VerificationReport: Sendable {
  /// Why it is no well-formed message; `nil`: it is, and the rest of the report says something.
  public let malformation: Diagnostic?
  /// Where it breaks the schema.
  public let schemaProblems: [Diagnostic]
  public let kind: String
  public let seal: SealReport?
  /// Why there is no seal to speak of: missing, misplaced, outside the profile, or parts that are not as sealed.
  public let sealProblem: Diagnostic?
  /// Parts that this copy does not hold.
  public let withheld: [String]
  public let approvals: [CheckedApproval]

  public struct CheckedApproval: Sendable {
    /// The id of the document.
    public let document: String
    public let approval: Approval
    /// The person approved exactly this content; false also when the key is not known.
    public let isIntact: Bool
    public let key: KeyStanding
  }

  /// The report on what is no message.
  init(malformation: Diagnostic?, schemaProblems: [Diagnostic]) {
    self.init(
      malformation: malformation, schemaProblems: schemaProblems, kind: "", seal: nil,
      sealProblem: nil, withheld: [], approvals: [])
  }

  init(
    malformation: Diagnostic?, schemaProblems: [Diagnostic], kind: String, seal: SealReport?,
    sealProblem: Diagnostic?, withheld: [String], approvals: [CheckedApproval]
  ) {
    self.malformation = malformation
    self.schemaProblems = schemaProblems
    self.kind = kind
    self.seal = seal
    self.sealProblem = sealProblem
    self.withheld = withheld
    self.approvals = approvals
  }

  /// Everything holds: well formed, by the schema, sealed, intact, by a key that was good then.
  public var isGood: Bool {
    malformation == nil && schemaProblems.isEmpty && sealProblem == nil && (seal?.isGood ?? false)
  }
}

/// Makes reports on dossiers: what a recipient, a court or the citizen runs.
public struct DossierInspector: Sendable {
  private let schema: XMLSchema
  private let keys: KeyDirectory

  /// - Parameters:
  ///   - envelopeSchema: `dossier-1.0.xsd`.
  ///   - sealSchema: `seal-1.0.xsd`.
  /// - Throws: `XML060` when one of them is no schema.
  public init(envelopeSchema: [UInt8], sealSchema: [UInt8], keys: KeyDirectory) throws {
    schema = try XMLSchema(
      compiling: envelopeSchema, file: "dossier-1.0.xsd", others: ["seal-1.0.xsd": sealSchema])
    self.keys = keys
  }

  /// The report on `bytes`; `file` is only for messages.
  ///
  /// - Parameter receivedAt: when they were first received, as far as is known.
  public func report(
    on bytes: [UInt8], file: String, receivedAt: UTCTime
  ) throws -> VerificationReport {
    let root: Element
    do {
      root = try Element(parsing: bytes, file: file, schema: schema)
    } catch let problem as Diagnostic {
      let isInvalid = problem.code == "XML033"
      return VerificationReport(
        malformation: isInvalid ? nil : problem, schemaProblems: isInvalid ? problem.causes : [])
    }
    let problems = Identifiers.problems(in: root)
    guard problems.isEmpty else {
      return VerificationReport(malformation: nil, schemaProblems: problems)
    }
    var seal: SealReport?
    var sealProblem: Diagnostic?
    var withheld: [String] = []
    do {
      let claim = try SealVerifier.Claim(envelopeOf: root)
      let verifier = SealVerifier(keys: keys)
      let found = try verifier.report(on: root, claim: claim, receivedAt: receivedAt)
      seal = found
      if found.seal.profile == .manifest { withheld = try root.withheldParts() }
    } catch let problem as Diagnostic {
      sealProblem = problem
    }
    return VerificationReport(
      malformation: nil, schemaProblems: [],
      kind: try root.required("Envelope").required("Kind").text, seal: seal,
      sealProblem: sealProblem, withheld: withheld,
      approvals: try approvals(in: root, receivedAt: receivedAt))
  }

  private func approvals(
    in root: Element, receivedAt: UTCTime
  ) throws -> [VerificationReport.CheckedApproval] {
    let documents = try (root.child("Documents")?.children("Document") ?? []).map(
      DossierDocument.init)
    return try documents.flatMap { document in
      let content = document.approvals.isEmpty ? [] : try document.canonicalContent()
      return document.approvals.map { approval in
        let (isIntact, key) = approval.check(of: content, keys: keys, receivedAt: receivedAt)
        return VerificationReport.CheckedApproval(
          document: document.id, approval: approval, isIntact: isIntact, key: key)
      }
    }
  }
}

extension SealVerifier.Claim {
  /// What the envelope of a dossier says.
  ///
  /// - Throws: `XML032` when it does not say it.
  init(envelopeOf root: Element) throws {
    let envelope = try root.required("Envelope")
    guard let created = UTCTime(try envelope.required("Created").text) else {
      throw Diagnostic("XML032", ["element": "Envelope", "name": "Created"], at: envelope.location)
    }
    self.init(sender: try envelope.required("Sender").attribute("code"), created: created)
  }
}
