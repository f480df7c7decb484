/// What a message is for (message catalogue, domain.md 9).
public enum DossierKind: String, CaseIterable, Hashable, Sendable, Codable {
  case referral, supplement, withdrawal, `return`, decision, irp, appeal
  case appealDecision = "appeal-decision"
  /// An implementer takes a measure on, or does not.
  case irpAcceptance = "irp-acceptance"
  /// What became of a measure.
  case irpReport = "irp-report"
  /// What became of another message.
  case receipt

  /// The forms that a message of this kind must bring, each once.
  public var requiredForms: Set<String> {
    switch self {
    case .referral: ["identity", "referral"]
    case .supplement: ["referral"]
    case .withdrawal: ["identity"]
    case .return: ["completeness"]
    case .decision, .receipt: []
    case .irp: ["program"]
    case .appeal: ["appeal"]
    case .appealDecision: ["appeal-decision"]
    case .irpAcceptance: ["irp-acknowledgement"]
    case .irpReport: ["execution-report"]
    }
  }

  /// Every form that it may bring.
  public var allowedForms: Set<String> {
    switch self {
    case .referral, .supplement, .withdrawal: requiredForms.union(["identity"])
    case .return, .receipt, .irpAcceptance, .irpReport: requiredForms
    case .decision: ["conclusion", "refusal", "decision-trace", "identity"]
    case .irp: ["program", "identity"]
    case .appeal: ["appeal", "identity"]
    case .appealDecision: ["appeal-decision", "decision-trace", "identity"]
    }
  }

  /// Whether its receivers are entitled to know who the person is.
  public var carriesIdentity: Bool {
    switch self {
    case .decision, .irp, .appealDecision: true
    case .referral, .supplement, .withdrawal, .return, .appeal, .receipt, .irpAcceptance,
      .irpReport:
      false
    }
  }

  /// Whether its receiver keeps it for people to read, without a case of its own.
  public var isFiled: Bool {
    switch self {
    case .return, .decision, .irp, .appealDecision: true
    case .referral, .supplement, .withdrawal, .appeal, .irpAcceptance, .irpReport, .receipt: false
    }
  }

  /// Whether it names the case it belongs to.
  public var needsCase: Bool {
    switch self {
    case .referral, .appeal, .receipt: false
    case .supplement, .withdrawal, .return, .decision, .irp, .appealDecision, .irpAcceptance,
      .irpReport:
      true
    }
  }
}
