extension String {
  /// For a message: one line of at most 80 characters; what could hide or reorder text is shown as a number.
  public var quotedForMessage: String {
    var result = ""
    for (count, scalar) in unicodeScalars.enumerated() {
      guard count < 80 else { return result + "…" }
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
        .paragraphSeparator:
        result += "\\u{\(String(scalar.value, radix: 16))}"
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
