/// What a message is for (message catalogue, domain.md 9).
public enum DossierKind: String, CaseIterable, Hashable, Sendable, Codable {
  case referral, supplement, withdrawal, `return`, decision, irp, appeal
  case appealDecision = "appeal-decision"
  /// An implementer takes a measure on, or does not.
  case irpAcceptance = "irp-acceptance"
  /// What became of a measure.
  case irpReport = "irp-report"
  /// What is owed for a means of the program that was not provided.
  case irpCompensation = "irp-compensation"
  /// What the commission wants to know before it decides.
  case informationRequest = "information-request"
  /// What was asked for.
  case information
  /// An application of the person that another agency passes on: it opens a case.
  case application
  /// A judgment of a court on a decision.
  case courtAct = "court-act"
  /// The person has died.
  case deathNotice = "death-notice"
  /// What the children's commission found.
  case childrenOpinion = "children-opinion"
  /// Fitness for work, independent living or lost capacity, for who acts on it: employment, housing, insurer.
  case specialConclusion = "special-conclusion"
  /// A person for whom a provider of social services is asked.
  case socialReferral = "social-referral"
  /// Something that the receiver should know, in words.
  case notice
  /// Papers that came before, in a later revision.
  case correction
  /// A message that came before is not to be relied on any more; nothing is deleted.
  case cancellation
  /// What became of another message.
  case receipt

  /// What the catalogue says of a kind.
  private struct Entry {
    /// Forms that the message must bring, each once.
    var required: Set<String> = []
    /// Forms of which it must bring one, and only one.
    var oneOf: Set<String> = []
    /// Forms that it may bring besides.
    var optional: Set<String> = []
    var needsCase = true
    var isFiled = false
    var carriesIdentity = false

    /// A paper of an agency that its receiver keeps.
    static func filed(
      required: Set<String> = [], oneOf: Set<String> = [], optional: Set<String> = [],
      carriesIdentity: Bool = true
    ) -> Entry {
      Entry(
        required: required, oneOf: oneOf,
        optional: carriesIdentity ? optional.union(["identity"]) : optional, isFiled: true,
        carriesIdentity: carriesIdentity)
    }
  }

  private var entry: Entry {
    switch self {
    case .referral: Entry(required: ["identity", "referral"], needsCase: false)
    case .supplement: Entry(required: ["referral"], optional: ["identity"])
    case .withdrawal: Entry(required: ["identity"])
    case .return: .filed(required: ["completeness"], carriesIdentity: false)
    case .decision: .filed(optional: ["conclusion", "refusal", "decision-trace"])
    case .irp: .filed(oneOf: ["program", "program-extract"])
    case .appeal: Entry(required: ["appeal"], optional: ["identity"], needsCase: false)
    case .appealDecision: .filed(required: ["appeal-decision"], optional: ["decision-trace"])
    case .irpAcceptance: Entry(required: ["irp-acknowledgement"])
    case .irpReport: Entry(required: ["execution-report"])
    case .irpCompensation: .filed(required: ["compensation"])
    case .informationRequest: .filed(required: ["additional-examination"])
    case .information: Entry(required: ["additional-result"])
    case .application:
      Entry(required: ["identity"], oneOf: Self.applications, needsCase: false)
    case .courtAct: Entry(required: ["court-judgment-request", "identity"], needsCase: false)
    case .deathNotice: Entry(required: ["death-notice", "identity"], needsCase: false)
    case .childrenOpinion: .filed(required: ["children-opinion"])
    case .specialConclusion:
      .filed(oneOf: ["employment-conclusion", "independent-living", "lost-capacity"])
    case .socialReferral: .filed(required: ["social-referral"])
    case .notice: .filed(required: ["notice"], carriesIdentity: false)
    case .correction: .filed(optional: Self.papers)
    case .cancellation: Entry(required: ["cancellation"], needsCase: false)
    case .receipt: Entry(needsCase: false)
    }
  }

  /// The forms with which a person applies; that of a court is a kind of its own.
  private static let applications: Set<String> = [
    "certificate-duplicate-request", "children-commission-request", "social-service-request",
    "special-conclusion-request",
  ]

  /// Every form that a kept message brings.
  private static let papers: Set<String> = allCases.filter { $0 != .correction && $0.isFiled }
    .reduce(into: []) { $0.formUnion($1.allowedForms) }

  /// The forms that a message of this kind must bring, each once.
  public var requiredForms: Set<String> { entry.required }

  /// The forms of which it must bring exactly one; empty: there is no such choice.
  public var alternativeForms: Set<String> { entry.oneOf }

  /// Every form that it may bring.
  public var allowedForms: Set<String> {
    entry.required.union(entry.oneOf).union(entry.optional)
  }

  /// Whether its receivers are entitled to know who the person is.
  public var carriesIdentity: Bool { entry.carriesIdentity }

  /// Whether its receiver keeps it for people to read, without a case of its own.
  public var isFiled: Bool { entry.isFiled }

  /// Whether it names the case it belongs to.
  public var needsCase: Bool { entry.needsCase }
}
