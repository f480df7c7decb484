public import XML

/// One message between agencies (`urn:msec:dossier:1`).
public struct DossierMessage: Hashable, Sendable {
  public let envelope: DossierEnvelope
  public let documents: [DossierDocument]
  public let attachments: [DossierAttachment]
  /// What became of another message; then there are no documents.
  public let receipt: Receipt?

  public init(
    envelope: DossierEnvelope, documents: [DossierDocument], attachments: [DossierAttachment]
  ) {
    self.envelope = envelope
    self.documents = documents
    self.attachments = attachments
    receipt = nil
  }

  /// - Parameter envelope: of the kind `receipt`.
  public init(envelope: DossierEnvelope, receipt: Receipt) {
    self.envelope = envelope
    documents = []
    attachments = []
    self.receipt = receipt
  }
}

/// Who sends what to whom, and why.
public struct DossierEnvelope: Hashable, Sendable {
  /// A lower-case UUID, unique for ever.
  public let messageID: String
  public let kind: DossierKind
  /// Agency codes.
  public let sender: String
  public let receiver: String
  public let caseReference: CaseReference?
  /// A lower-case UUID: what all messages about one matter have in common.
  public let thread: String?
  /// Counted from 1 for each sender, receiver and thread.
  public let sequence: Int?
  /// SHA-256 of the bytes of the message before; none in the first.
  public let previous: Digest?
  public let inReplyTo: String?
  /// UTC, with `Z`.
  public let created: String
  public let replyBy: String?
  public let profile: String
  /// A test message is refused by an office in real use, and the reverse.
  public let isTest: Bool

  public init(
    messageID: String, kind: DossierKind, sender: String, receiver: String,
    caseReference: CaseReference?, thread: String? = nil, sequence: Int? = nil,
    previous: Digest? = nil, inReplyTo: String? = nil, created: String,
    replyBy: String? = nil, profile: String, isTest: Bool
  ) {
    self.messageID = messageID
    self.kind = kind
    self.sender = sender
    self.receiver = receiver
    self.caseReference = caseReference
    self.thread = thread
    self.sequence = sequence
    self.previous = previous
    self.inReplyTo = inReplyTo
    self.created = created
    self.replyBy = replyBy
    self.profile = profile
    self.isTest = isTest
  }
}

/// A case, by the agency that numbered it.
public struct CaseReference: Hashable, Sendable {
  public let assigner: String
  public let number: String

  public init(assigner: String, number: String) {
    self.assigner = assigner
    self.number = number
  }
}

/// One completed form.
public struct DossierDocument: Hashable, Sendable {
  /// Its name in this message: `doc1`.
  public let id: String
  public let form: String
  public let formVersion: String
  /// The same for all revisions of one document.
  public let setID: String
  public let revision: Int
  public let language: String
  public let issuedBy: String
  /// UTC, with `Z`.
  public let issuedAt: String
  /// The number it has in the issuer's register.
  public let protocolNumber: String?
  /// The form's own element.
  public let content: Element
  /// Who approved it, each with a key of their own.
  public let approvals: [Approval]

  public init(
    id: String, form: String, formVersion: String, setID: String, revision: Int,
    language: String, issuedBy: String, issuedAt: String, protocolNumber: String?, content: Element,
    approvals: [Approval] = []
  ) {
    self.id = id
    self.form = form
    self.formVersion = formVersion
    self.setID = setID
    self.revision = revision
    self.language = language
    self.issuedBy = issuedBy
    self.issuedAt = issuedAt
    self.protocolNumber = protocolNumber
    self.content = content
    self.approvals = approvals
  }
}

/// A file that belongs to a document of the message.
public struct DossierAttachment: Hashable, Sendable {
  public let id: String
  /// The id of the document.
  public let about: String
  public let file: Attachment

  public init(id: String, about: String, file: Attachment) {
    self.id = id
    self.about = about
    self.file = file
  }
}
