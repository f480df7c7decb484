import Synchronization

/// What a table is searched by, made when first asked for and shared by all copies of the table, which never changes.
final class CodeIndexes: Sendable {
  /// Rows by value, by column.
  typealias Rows = [String: [Int32]]

  private let columns = Mutex<[String: Rows]>([:])
  private let words = Mutex<[[String]: CodeWords]>([:])

  func rows(of column: String, _ make: () -> Rows) -> Rows {
    if let known = columns.withLock({ $0[column] }) { return known }
    let rows = make()
    columns.withLock { $0[column] = rows }
    return rows
  }

  func words(of languages: [String], _ make: () -> CodeWords) -> CodeWords {
    if let known = words.withLock({ $0[languages] }) { return known }
    let made = make()
    words.withLock { $0[languages] = made }
    return made
  }
}

/// The words and codes of a list in order, so that those that begin alike stand together.
struct CodeWords: Sendable {
  private struct Entry {
    var key: [UInt8]
    var rows: [Int32]
  }

  private let words: [Entry]
  private let codes: [Entry]
  private let rowCount: Int

  /// - Parameter languages: the columns whose words lead to a row.
  init(_ table: CodeTable, languages: [String]) {
    rowCount = table.rowCount
    var byWord: [String: [Int32]] = [:]
    var byCode: [String: [Int32]] = [:]
    let code = table.column("code") ?? 0
    let columns = languages.compactMap(table.column)
    for row in 0..<table.rowCount {
      let number = Int32(clamping: row)
      byCode[SearchText.folded(table.cell(row, code)), default: []].append(number)
      for column in columns {
        for word in SearchText.words(table.cell(row, column))
        where byWord[word]?.last != number {
          byWord[word, default: []].append(number)
        }
      }
    }
    words = Self.sorted(byWord)
    codes = Self.sorted(byCode)
  }

  private static func sorted(_ rows: [String: [Int32]]) -> [Entry] {
    rows.map { Entry(key: Array($0.key.utf8), rows: $0.value) }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// The rows whose code begins with `text`, in order.
  func rows(codesBeginning text: String) -> [Int32] {
    Self.entries(of: codes, beginning: text).flatMap(\.rows).sorted()
  }

  /// The rows in which each of `texts` begins some word, in order.
  func rows(words texts: [String]) -> [Int32] {
    guard !texts.isEmpty else { return [] }
    var hits = [UInt8](repeating: 0, count: rowCount)
    for (number, text) in texts.prefix(200).enumerated() {
      for entry in Self.entries(of: words, beginning: text) {
        for row in entry.rows where hits[Int(row)] == number {
          hits[Int(row)] = UInt8(number + 1)
        }
      }
    }
    let all = UInt8(min(texts.count, 200))
    return hits.indices.filter { hits[$0] == all }.map { Int32(clamping: $0) }
  }

  private static func entries(of all: [Entry], beginning text: String) -> ArraySlice<Entry> {
    let key = Array(text.utf8)
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle].key.lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    var end = low
    while end < all.count, all[end].key.starts(with: key) { end += 1 }
    return all[low..<end]
  }
}

/// Text as it is compared in a search.
enum SearchText {
  static func words(_ text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map { folded(String($0)) }
  }

  /// Small letters; the four letters i of Azerbaijani and English are one, so that both keyboards find everything.
  static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars where scalar != "\u{307}" {
      result.append(scalar == "ı" ? "i" : scalar)
    }
    return String(result)
  }
}
