extension Answers {
  /// The choices of a question that `words` lead to: first codes that begin so, then labels in any language in which
  /// some word begins with each of the typed ones.
  ///
  /// - Throws: `FORM015` when there is no question at `path`.
  public func choices(
    at path: String, matching words: String, limit: Int = 20
  ) throws -> [Choice] {
    let wanted = Self.searchWords(words)
    let offered = try choices(at: path)
    guard !wanted.isEmpty else { return Array(offered.prefix(limit)) }
    let list = node(at: path).flatMap { field(of: $0) }.flatMap { form.codeLists[$0.number] }
    let start = Self.folded(words.filter { !$0.isWhitespace })
    var byCode: [Choice] = []
    var byWords: [Choice] = []
    for choice in offered where byCode.count < limit {
      if Self.folded(choice.value).hasPrefix(start) {
        byCode.append(choice)
      } else if byWords.count < limit {
        let labels = list.map { list in
          form.languages.compactMap { list.label(of: choice.value, in: $0) }
        }
        let known = (labels ?? [choice.label]).flatMap(Self.searchWords)
        if wanted.allSatisfy({ word in known.contains { $0.hasPrefix(word) } }) {
          byWords.append(choice)
        }
      }
    }
    return Array((byCode + byWords).prefix(limit))
  }

  private static func searchWords(_ text: String) -> [String] {
    text.split { !$0.isLetter && !$0.isNumber }.map { folded(String($0)) }
  }

  /// Small letters; the four letters i of Azerbaijani and English are one, so that both keyboards find everything.
  private static func folded(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars where scalar != "\u{307}" {
      result.append(scalar == "ı" ? "i" : scalar)
    }
    return String(result)
  }
}
