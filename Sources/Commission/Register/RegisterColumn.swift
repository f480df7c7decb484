/// What the values of a column of a register are, whichever register it is in.
public enum RegisterColumn: Hashable, Sendable {
  case text
  case day
  case number
  /// Codes of the code list of that name.
  case code(String)
  /// Codes whose words are texts below one of these keys of `Messages`.
  case word([String])

  /// - Parameter name: a key of `Messages` below `column.`.
  public init(_ name: String) {
    self =
      switch name {
      case "day", "from", "until", "closed", "since": .day
      case "born", "percent", "measures", "present", "dissents", "years", "cases", "changed",
        "quantity":
        .number
      case "group", "cause", "service", "unit", "funding", "choice", "mode", "question",
        "speciality", "area", "channel", "language":
        .code(name)
      case "layout": .code("format")
      case "kind": .word(["kind"])
      case "state": .word(["status", "certificate"])
      case "what": .word(["document", "register.result"])
      case "receiver": .word(["receiver"])
      case "level": .word(["level"])
      case "verified": .word(["verified"])
      case "reason": .word(["conflict"])
      default: .text
      }
  }
}
