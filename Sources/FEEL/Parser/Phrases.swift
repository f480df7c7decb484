/// Names of more than one word or with operators in them, found by their first word.
struct Phrases: Hashable, Sendable {
  /// One such name, cut into words and single symbols: `a-b c` is `a`, `-`, `b`, `c`.
  struct Phrase: Hashable, Sendable {
    let name: String
    let parts: [[UInt8]]
  }

  /// The longest first.
  private(set) var byFirstWord: [String: [Phrase]] = [:]

  init(_ names: some Sequence<String>) {
    for name in names { insert(name) }
  }

  mutating func insert(_ name: String) {
    guard !name.utf8.allSatisfy({ $0 < 0x80 && Characters.isNamePart(UInt32($0)) }) else { return }
    let parts = Self.parts(of: Array(name.utf8))
    guard parts.count > 1 else { return }
    let phrase = Phrase(name: name, parts: parts)
    var phrases = byFirstWord[String(decoding: parts[0], as: UTF8.self)] ?? []
    guard !phrases.contains(phrase) else { return }
    phrases.insert(phrase, at: phrases.firstIndex { $0.parts.count < parts.count } ?? phrases.count)
    byFirstWord[String(decoding: parts[0], as: UTF8.self)] = phrases
  }

  /// The longest name that starts with `word`, which ends at `end` in `bytes`, and where it ends.
  func match(_ word: String, endingAt end: Int, in bytes: [UInt8]) -> (name: String, end: Int)? {
    guard !byFirstWord.isEmpty, let phrases = byFirstWord[word] else { return nil }
    for phrase in phrases {
      if let end = Self.end(of: phrase, after: end, in: bytes) { return (phrase.name, end) }
    }
    return nil
  }

  private static func end(of phrase: Phrase, after start: Int, in bytes: [UInt8]) -> Int? {
    var position = start
    for part in phrase.parts.dropFirst() {
      let next = skipBlanks(in: bytes, from: position)
      let end = partEnd(in: bytes, from: next)
      guard end > next, bytes[next..<end].elementsEqual(part) else { return nil }
      position = end
    }
    return position
  }

  private static func parts(of bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var position = skipBlanks(in: bytes, from: 0)
    while position < bytes.count {
      let end = partEnd(in: bytes, from: position)
      // no name of FEEL: only a string or backticks reach it
      guard end > position else { return [] }
      parts.append(Array(bytes[position..<end]))
      position = skipBlanks(in: bytes, from: end)
    }
    return parts
  }

  static func skipBlanks(in bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let (scalar, length) = Characters.scalar(in: bytes, at: position)
      guard Characters.isBlank(scalar) else { break }
      position += length
    }
    return position
  }

  /// The end of the word or single symbol at `start`; `start` itself when there is neither.
  static func partEnd(in bytes: [UInt8], from start: Int) -> Int {
    guard start < bytes.count else { return start }
    if Characters.isNameSymbol(bytes[start]) { return start + 1 }
    return wordEnd(in: bytes, from: start)
  }

  static func wordEnd(in bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        guard Characters.isNamePart(UInt32(byte)) else { break }
        position += 1
      } else {
        let (scalar, length) = Characters.scalar(in: bytes, at: position)
        guard Characters.isNamePart(scalar) else { break }
        position += length
      }
    }
    return position
  }
}
