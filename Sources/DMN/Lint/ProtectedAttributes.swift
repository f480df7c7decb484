/// Attributes on which a decision about a person must not rest without a reason in the law.
enum ProtectedAttributes {
  /// Words that name one, in the languages that models are written in.
  private static let words: Set<String> = [
    "race", "ethnic", "ethnicity", "nationality", "religion", "faith", "language", "tongue", "sex",
    "gender",
    "irq", "irqi", "milliyyət", "milliyyet", "din", "dini", "dil", "dili", "cins", "cinsi",
    "раса", "национальность", "религия", "вероисповедание", "язык", "пол",
  ]

  /// The word in `text` that names a protected attribute; `nil` when there is none.
  static func word(in text: String) -> String? {
    parts(of: text).first { words.contains($0) }
  }

  /// The words of a name, also of `camelCase`, in lower case.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    var current = ""
    var wasLower = false
    for character in text {
      guard character.isLetter else {
        if !current.isEmpty { parts.append(current) }
        current = ""
        wasLower = false
        continue
      }
      if character.isUppercase, wasLower {
        parts.append(current)
        current = ""
      }
      wasLower = character.isLowercase
      current += character.lowercased()
    }
    return current.isEmpty ? parts : parts + [current]
  }
}
