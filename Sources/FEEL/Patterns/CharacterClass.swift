/// A set of characters of a pattern: `[a-z-[aeiou]]`, `\d`, `\p{Lu}`, `.` (XSD 1.0 part 2, appendix F.1).
struct CharacterClass: Sendable {
  enum Member: Sendable {
    case range(ClosedRange<UInt32>)
    case category(Set<Unicode.GeneralCategory>)
    case shorthand(Shorthand)
    case not(Shorthand)
    case notCategory(Set<Unicode.GeneralCategory>)
    case notRange(ClosedRange<UInt32>)
  }

  /// `\d`, `\w`, `\s`, `\i`, `\c`.
  enum Shorthand: Sendable {
    case digit, word, space, nameStart, namePart
  }

  var members: [Member] = []
  var isNegated = false
  /// What `-[…]` takes away.
  var subtracted: [CharacterClass] = []

  /// How much longer it takes than one comparison, in moves of the machine.
  var weight: Int { subtracted.reduce(members.count / 4) { $0 + $1.weight } }

  /// - Parameter ignoringCase: whether other cases of the character count too.
  func contains(_ scalar: Unicode.Scalar, ignoringCase: Bool) -> Bool {
    let isMember =
      ignoringCase
      ? CaseVariants.of(scalar).contains(where: hasMember) : hasMember(scalar)
    return isMember != isNegated
      && !subtracted.contains { $0.contains(scalar, ignoringCase: ignoringCase) }
  }

  private func hasMember(_ scalar: Unicode.Scalar) -> Bool {
    members.contains { member in
      switch member {
      case .range(let range): range.contains(scalar.value)
      case .notRange(let range): !range.contains(scalar.value)
      case .category(let categories): categories.contains(scalar.properties.generalCategory)
      case .notCategory(let categories): !categories.contains(scalar.properties.generalCategory)
      case .shorthand(let shorthand): shorthand.contains(scalar)
      case .not(let shorthand): !shorthand.contains(scalar)
      }
    }
  }
}

extension CharacterClass.Shorthand {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .digit: scalar.properties.generalCategory == .decimalNumber
    case .word: !Self.noWord.contains(scalar.properties.generalCategory)
    case .space: [0x20, 0x09, 0x0A, 0x0D].contains(scalar.value)
    case .nameStart: Self.isXMLNameStart(scalar.value)
    case .namePart: Self.isXMLNamePart(scalar.value)
    }
  }

  /// Punctuation, separators and others.
  private static let noWord = Set("PZC".flatMap { UnicodeNames.categories(String($0)) ?? [] })

  /// XML 1.0, production 4.
  private static func isXMLNameStart(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x3A, 0x41...0x5A, 0x5F, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF,
      0x370...0x37D, 0x37F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F, 0x2C00...0x2FEF,
      0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
      true
    default: false
    }
  }

  /// XML 1.0, production 4a.
  private static func isXMLNamePart(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x2E, 0x30...0x39, 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isXMLNameStart(scalar)
    }
  }
}

/// The characters that differ from one only in case.
enum CaseVariants {
  static func of(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let (lower, upper) = (lowercase(scalar), uppercase(scalar))
    return [scalar, lower, upper, uppercase(lower), lowercase(upper)]
  }

  /// The same character for all that differ only in case.
  static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar { lowercase(uppercase(scalar)) }

  private static func lowercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.lowercaseMapping) ?? scalar
  }

  private static func uppercase(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    single(scalar.properties.uppercaseMapping) ?? scalar
  }

  private static func single(_ text: String) -> Unicode.Scalar? {
    text.unicodeScalars.count == 1 ? text.unicodeScalars.first : nil
  }
}
