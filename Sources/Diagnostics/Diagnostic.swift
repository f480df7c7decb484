/// One problem: a stable code, where it is, and the words that belong to it.
///
/// The sentence for people is not here: `code` and `code + ".next"` are keys of
/// `Commission/Messages`, `arguments` fill their placeholders. Arguments never hold personal data.
public struct Diagnostic: Error, Hashable, Sendable, Codable {
  public enum Severity: String, Hashable, Sendable, Codable {
    case error, warning
  }

  /// Letters and three digits, for ever the same for the same problem: `BPMN104`.
  public let code: String
  public let severity: Severity
  /// The placeholders of the message, by name.
  public let arguments: [String: String]
  public let location: SourceLocation?
  /// The single problems, when `code` says "several things are wrong"; all of them, in file order.
  public let causes: [Diagnostic]

  public init(
    _ code: String, _ arguments: [String: String] = [:], at location: SourceLocation? = nil,
    severity: Severity = .error, causes: [Diagnostic] = []
  ) {
    self.code = code
    self.severity = severity
    self.arguments = arguments
    self.location = location
    self.causes = causes
  }
}

extension Diagnostic: CustomStringConvertible {
  /// For logs and tests: code, place and arguments in a fixed order, then one line per cause.
  public var description: String {
    let place = location.map { " \($0)" } ?? ""
    let words = arguments.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return ([code + place + words] + causes.map { "  \($0)" }).joined(separator: "\n")
  }
}
