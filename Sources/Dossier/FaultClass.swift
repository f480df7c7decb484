public import Diagnostics

/// What kind of fault made us refuse a message: the closed list both sides know (interchange.md 6.4).
public enum FaultClass: String, CaseIterable, Hashable, Sendable, Codable {
  case encoding = "E-ENCODING"
  case malformed = "E-MALFORMED"
  case documentType = "E-DTD"
  case forbidden = "E-FORBIDDEN"
  case limit = "E-LIMIT"
  case namespace = "E-NAMESPACE"
  case schema = "E-SCHEMA"
  case duplicateIdentifier = "E-DUPID"
  case seal = "E-SEAL"
  case attachment = "E-ATTACHMENT"
  case semantic = "E-SEMANTIC"
  /// The same message id with other bytes.
  case duplicate = "E-DUPLICATE"
  case sequence = "E-SEQUENCE"

  /// The class of a problem that reading a message found; `nil`: another kind of problem.
  public init?(_ problem: Diagnostic) {
    // Not valid: the first fault counts.
    if problem.code == "XML033", let first = problem.causes.first {
      self.init(first)
      return
    }
    switch problem.code {
    case "XML002", "XML003", "XML004": self = .encoding
    case "XML005": self = .documentType
    case "XML006", "XML007", "XML008": self = .forbidden
    case "XML010", "XML011", "XML012", "XML013", "XML014", "XML015", "XML016", "XML017", "XML018":
      self = .limit
    case "XML001", "XML019", "XML020", "XML021", "XML022", "XML023", "XML024", "XML025", "XML026",
      "XML027", "XML028", "XML029", "XML030":
      self = .malformed
    case "XML050": self = .namespace
    case "XML031", "XML032", "XML038", "XML039", "XML040", "XML041", "XML042", "XML043", "XML044",
      "XML045", "XML046", "XML047", "XML048", "XML049", "XML051", "XML052", "XML053", "XML054",
      "XML055", "XML056", "XML059":
      self = .schema
    case "DOSS001": self = .duplicateIdentifier
    case "DOSS010", "DOSS011", "DOSS012", "DOSS013", "DOSS014", "DOSS015", "DOSS016":
      self = .attachment
    case "DOSS040", "DOSS041", "DOSS042", "DOSS043", "DOSS044", "DOSS045", "DOSS046", "DOSS047",
      "DOSS048", "DOSS059":
      self = .seal
    case "DOSS021", "DOSS022", "DOSS023", "DOSS024", "DOSS025", "DOSS026", "DOSS027", "DOSS028",
      "DOSS031", "DOSS032", "DOSS033", "DOSS034", "DOSS035", "DOSS036", "DOSS037", "DOSS038",
      "DOSS039", "DOSS055", "DOSS058", "DOSS074", "DOSS075", "DOSS076", "DOSS077", "DOSS078",
      "DOSS079", "DOSS080":
      self = .semantic
    case "DOSS020": self = .duplicate
    case "DOSS051", "DOSS052", "DOSS053", "DOSS054": self = .sequence
    default: return nil
    }
  }
}
