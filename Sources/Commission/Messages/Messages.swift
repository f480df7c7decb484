public import Diagnostics
internal import Foundation

/// A language of the people who use `mse`.
public enum Language: String, CaseIterable, Sendable, Codable {
  case az, en, ru
}

/// The words shown to people, in one language: `Messages/{az,en,ru}.json`.
///
/// `{name}` stands for an argument; `{count#day|days}` for the form of a word that goes with a number: one and other in
/// Azerbaijani and English; one, few and many in Russian; `{year#-ci}` for a number with a suffix that follows its vowels.
public struct Messages: Sendable {
  public let language: Language
  private let texts: [String: String]

  public init(_ language: Language) {
    self.language = language
    texts = Messages.all[language] ?? [:]
  }

  /// Other texts than those that ship.
  public init(_ language: Language, texts: [String: String]) {
    self.language = language
    self.texts = texts
  }

  /// The keys that exist in this language.
  public var keys: [String] { texts.keys.sorted() }

  /// The text of `key`; the key itself when there is none.
  public func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    texts[key].map { fill($0, arguments) } ?? key
  }

  /// The text of `key`; `nil` when there is none.
  public func optional(_ key: String, _ arguments: [String: String] = [:]) -> String? {
    texts[key].map { fill($0, arguments) }
  }

  /// What is wrong, as one sentence.
  public func sentence(_ diagnostic: Diagnostic) -> String {
    text(diagnostic.code, diagnostic.arguments)
  }

  /// What to do next.
  public func next(_ diagnostic: Diagnostic) -> String? {
    optional(diagnostic.code + ".next", diagnostic.arguments)
  }

  private func fill(_ template: String, _ arguments: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let parts = rest[rest.index(after: open)..<close].split(separator: "#", maxSplits: 1)
      let value = parts.first.flatMap { arguments[String($0)] }
      if parts.count == 2, parts[1].hasPrefix("-"), let value {
        result += value + harmonised(parts[1], with: value)
      } else if parts.count == 2, let number = value.flatMap(Int.init) {
        result += form(of: parts[1].split(separator: "|").map(String.init), for: number)
      } else {
        result += value ?? String(rest[open...close])
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  private func form(of forms: [String], for number: Int) -> String {
    guard let last = forms.last else { return "" }
    switch language {
    case .az, .en: return number == 1 ? forms[0] : last
    case .ru:
      let (tens, ones) = (number % 100, number % 10)
      if ones == 1, tens != 11 { return forms[0] }
      if (2...4).contains(ones), !(12...14).contains(tens), forms.count > 1 { return forms[1] }
      return last
    }
  }

  /// An Azerbaijani suffix after a number in digits: `-ci` of `2026-cı`, `-dən` of `10-dan`.
  private func harmonised(_ suffix: Substring, with number: String) -> String {
    let vowel = AzerbaijaniNumber.lastVowel(of: number)
    return String(
      suffix.map { letter in
        switch letter {
        case "i", "ı", "u", "ü": vowel
        case "ə", "a": "ıu".contains(vowel) ? "a" : "ə"
        default: letter
        }
      })
  }

  private static let all: [Language: [String: String]] = Dictionary(
    uniqueKeysWithValues: Language.allCases.map { language in
      let bytes = Resources.bytes("Messages/\(language.rawValue).json") ?? []
      let texts = try? JSONDecoder().decode([String: String].self, from: Data(bytes))
      return (language, texts ?? [:])
    })
}
