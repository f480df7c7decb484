/// Numbers as they are spoken in Azerbaijani, as far as suffixes follow them.
enum AzerbaijaniNumber {
  /// The close vowel that goes with the last word of a number in digits: `ı` of 6 (altı), `ü` of 3 (üç); `i` where it is
  /// no number.
  static func lastVowel(of number: String) -> Character {
    let digits = Array(number.filter(\.isWholeNumber).compactMap(\.wholeNumberValue))
    guard let place = digits.lastIndex(where: { $0 != 0 }) else {
      return digits.isEmpty ? "i" : "ı"
    }
    let zeros = digits.count - 1 - place
    switch zeros {
    case 0: return units[digits[place]]
    case 1: return tens[digits[place]]
    case 2: return "ü"  // yüz
    case 3..<6: return "i"  // min
    default: return "u"  // milyon
    }
  }

  /// sıfır, bir, iki, üç, dörd, beş, altı, yeddi, səkkiz, doqquz
  private static let units: [Character] = ["ı", "i", "i", "ü", "ü", "i", "ı", "i", "i", "u"]
  /// –, on, iyirmi, otuz, qırx, əlli, altmış, yetmiş, səksən, doxsan
  private static let tens: [Character] = ["i", "u", "i", "u", "ı", "i", "ı", "i", "i", "ı"]
}
