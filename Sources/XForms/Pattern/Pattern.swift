import Diagnostics

/// A regular expression of the syntax that ICU, Java, JavaScript and XSD share, matched in linear time.
///
/// No back references, no look-around: those are refused when the form is read.
struct Pattern: Sendable {
  let source: String
  let tree: PatternNode
  private let program: [PatternInstruction]

  /// - Throws: `FORM111` with the place of what is not understood, `FORM105` when it grows too big.
  init(parsing source: String) throws {
    var parser = PatternParser(source)
    self.source = source
    tree = try parser.parse()
    var compiler = PatternCompiler()
    try compiler.add(tree)
    program = compiler.program + [.match]
  }

  /// Instructions: the work for each character.
  var size: Int { program.count }

  /// Whether `text` contains a match; `^` and `$` anchor it.
  func matches(somewhereIn text: String) -> Bool {
    PatternMatcher(program).matches(Array(text.unicodeScalars))
  }

  /// Begins with `^` and ends with `$` outside alternatives.
  var isAnchored: Bool {
    guard case .sequence(let parts) = tree else { return false }
    return parts.first == .start && parts.last == .end
  }
}

/// The syntax tree of a pattern.
indirect enum PatternNode: Hashable, Sendable {
  case set(PatternSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repeated(PatternNode, minimum: Int, maximum: Int?)
  case start
  case end
  case wordBoundary(Bool)
}

/// A set of characters: ranges and classes, perhaps negated.
struct PatternSet: Hashable, Sendable {
  enum Class: String, Hashable, Sendable {
    case digit = "d"
    case word = "w"
    case space = "s"
    case letter = "L"
    case upper = "Lu"
    case lower = "Ll"
    case number = "N"
  }

  enum Item: Hashable, Sendable {
    case range(Unicode.Scalar, Unicode.Scalar)
    case characterClass(Class, isNegated: Bool)
  }

  var items: [Item]
  var isNegated = false

  static func one(_ scalar: Unicode.Scalar) -> PatternSet {
    PatternSet(items: [.range(scalar, scalar)])
  }

  /// `.`: everything but line ends.
  static let any = PatternSet(items: [.range("\n", "\n"), .range("\r", "\r")], isNegated: true)

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    items.contains { item in
      switch item {
      case .range(let first, let last): first <= scalar && scalar <= last
      case .characterClass(let name, let isNegated): name.contains(scalar) != isNegated
      }
    } != isNegated
  }
}

extension PatternSet.Class {
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .digit: scalar.isDigit
    case .word:
      scalar.isDigit || scalar == "_" || ("a" <= scalar && scalar <= "z")
        || ("A" <= scalar && scalar <= "Z")
    case .space: scalar.isXMLSpace
    case .letter: Self.letters.contains(scalar.properties.generalCategory)
    case .upper: scalar.properties.generalCategory == .uppercaseLetter
    case .lower: scalar.properties.generalCategory == .lowercaseLetter
    case .number: Self.numbers.contains(scalar.properties.generalCategory)
    }
  }

  private static let letters: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
  ]
  private static let numbers: Set<Unicode.GeneralCategory> = [
    .decimalNumber, .letterNumber, .otherNumber,
  ]
}
