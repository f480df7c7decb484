public import Diagnostics
public import FEEL

/// A value in a model: `=` and FEEL, or fixed text (Zeebe's rule for every attribute that may be an expression).
public struct ModelExpression: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case fixed(String)
    case feel(FEELExpression)
    /// FEEL that cannot be parsed; deploying is refused with this problem.
    case invalid(Diagnostic)
  }

  /// As written in the file, without the blanks around it.
  public let text: String
  public let content: Content
  public let location: SourceLocation?

  public init(_ text: String, at location: SourceLocation? = nil) {
    let trimmed = text.trimmed
    self.text = trimmed
    self.location = location
    guard trimmed.utf8.first == UInt8(ascii: "=") else {
      content = .fixed(trimmed)
      return
    }
    do {
      content = .feel(
        try FEELExpression(
          parsing: String(trimmed.dropFirst()), names: .workCalendar, at: location))
    } catch {
      content = .invalid(error as? Diagnostic ?? Diagnostic("FEEL001", at: location))
    }
  }

  /// Why the text is not usable; `nil` when it is.
  public var problem: Diagnostic? {
    if case .invalid(let problem) = content { problem } else { nil }
  }

  /// Whether it is FEEL rather than fixed text.
  public var isFEEL: Bool {
    if case .fixed = content { false } else { true }
  }
}

extension String {
  /// Without the white space of XML around it.
  var trimmed: String {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    guard let first = utf8.firstIndex(where: { !isBlank($0) }),
      let last = utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[first...last])
  }
}
