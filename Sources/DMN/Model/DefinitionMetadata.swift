internal import Diagnostics
public import FEEL
internal import XML

/// What the law says about a definition as a whole: our attributes on `definitions`, kept by every DMN editor.
public struct DefinitionMetadata: Hashable, Sendable, Codable {
  /// The profile it belongs to, like `AZ-2022`; `nil` for every profile.
  public let profile: String?
  /// First day on which it is in force.
  public let effectiveFrom: Day?
  /// Last day on which it is in force.
  public let effectiveTo: Day?
  /// Where it comes from: an entry of the list of legal acts.
  public let source: String?
  /// Whether someone has compared it with its source; printouts say so when not.
  public let verified: Bool

  public init(
    profile: String? = nil, effectiveFrom: Day? = nil, effectiveTo: Day? = nil,
    source: String? = nil, verified: Bool = false
  ) {
    self.profile = profile
    self.effectiveFrom = effectiveFrom
    self.effectiveTo = effectiveTo
    self.source = source
    self.verified = verified
  }

  init(_ element: Element) throws {
    func attribute(_ name: String) -> String? {
      element[name, in: DMNVersion.definitionNamespace]
    }
    func day(_ name: String) throws -> Day? {
      guard let text = attribute(name) else { return nil }
      guard let day = Day(text) else {
        throw Diagnostic("DMN010", ["attribute": name, "value": text], at: element.location)
      }
      return day
    }
    try self.init(
      profile: attribute("profile"), effectiveFrom: day("effectiveFrom"),
      effectiveTo: day("effectiveTo"), source: attribute("source"),
      verified: attribute("verified") == "true")
  }
}
