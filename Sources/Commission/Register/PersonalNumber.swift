/// FİN, the personal identification number: seven digits and English letters, never I or O (domain.md 3.5).
public struct PersonalNumber: Hashable, Sendable, CustomStringConvertible {
  public let description: String

  /// Trims and upper-cases, without regard to language: a Turkic dotted i never becomes İ; `nil` when it is none.
  public init?(_ text: String) {
    let letters = text.utf8.filter { $0 > 32 }.map { (97...122).contains($0) ? $0 - 32 : $0 }
    let allowed = letters.allSatisfy { byte in
      (48...57).contains(byte) || ((65...90).contains(byte) && byte != 73 && byte != 79)
    }
    guard letters.count == 7, allowed else { return nil }
    description = String(decoding: letters, as: UTF8.self)
  }
}
