/// What a message is for (message catalogue, domain.md 9).
public enum DossierKind: String, CaseIterable, Hashable, Sendable, Codable {
  case referral, supplement, withdrawal, `return`, decision, irp, appeal
  case appealDecision = "appeal-decision"
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
    }
  }

  /// Every form that it may bring.
  public var allowedForms: Set<String> {
    switch self {
    case .referral, .supplement, .withdrawal: requiredForms.union(["identity"])
    case .return, .receipt: requiredForms
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
    case .referral, .supplement, .withdrawal, .return, .appeal, .receipt: false
    }
  }

  /// Whether it names the case it belongs to.
  public var needsCase: Bool {
    switch self {
    case .referral, .appeal, .receipt: false
    case .supplement, .withdrawal, .return, .decision, .irp, .appealDecision: true
    }
  }
}
