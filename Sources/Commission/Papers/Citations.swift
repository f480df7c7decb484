/// Citations as people read them: the act by its title in their language, with the articles.
///
/// `[S3 Art. 8; domain 7 DT-16 row 2]` names acts of the list of legal acts. What no act stands for, and notes of those
/// who wrote the rules, are left out.
struct Citations {
  private let acts: [CSV.Row]
  private let messages: Messages

  /// A place in an act.
  private struct Reference {
    let act: CSV.Row
    var articles: [String]
    var isAnnex: Bool
  }

  /// - Parameter acts: rows with `id`, `number`, `title_az` …; `cited=false`: it is no act, papers do not name it.
  init(_ acts: [CSV.Row], _ messages: Messages) {
    self.acts = acts
    self.messages = messages
  }

  /// The citations at the beginning of descriptions of rules, each act once; `nil` when there is none for people.
  func text(of descriptions: [String]) -> String? {
    named(
      descriptions.filter { $0.first == "[" }.flatMap {
        references(in: $0.dropFirst().prefix { $0 != "]" })
      })
  }

  /// `text` with each citation in square brackets written out, in round ones.
  func expanded(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "["), let close = rest[open...].firstIndex(of: "]") {
      result += rest[..<open]
      let citation = named(references(in: rest[rest.index(after: open)..<close]))
      result += citation.map { "(\($0))" } ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }

  /// The longest id that a part begins with is its act.
  private func references(in citation: Substring) -> [Reference] {
    citation.split(separator: ";").map { $0.drop { $0 == " " } }.compactMap { part in
      let act = acts.filter { row in
        let rest = part.dropFirst(row["id"].count)
        return part.hasPrefix(row["id"]) && (rest.first.map { ", ".contains($0) } ?? true)
      }.max { $0["id"].count < $1["id"].count }
      guard let act, act["cited"] != "false" else { return nil }
      let place = part.dropFirst(act["id"].count).drop { $0 == " " }
      let articles = place.hasPrefix("Art. ") ? place.dropFirst(5).split(separator: ",") : []
      return Reference(
        act: act, articles: articles.map { $0.filter { $0 != " " } },
        isAnnex: place.contains("annex"))
    }
  }

  private func named(_ references: [Reference]) -> String? {
    var merged: [Reference] = []
    for reference in references {
      if let place = merged.firstIndex(where: { $0.act["id"] == reference.act["id"] }) {
        merged[place].articles += reference.articles
        merged[place].isAnnex = merged[place].isAnnex || reference.isAnnex
      } else {
        merged.append(reference)
      }
    }
    return merged.isEmpty ? nil : merged.map(name).joined(separator: "; ")
  }

  /// `Law on …, article 8`.
  private func name(of reference: Reference) -> String {
    let title = reference.act["title_\(messages.language.rawValue)"]
    let number = reference.act["number"]
    let articles = reference.articles.removingRepeats()
    let parts = [
      number.isEmpty
        ? title : messages.text("citation.numbered", ["title": title, "number": number]),
      articles.isEmpty
        ? nil
        : messages.text(
          articles.count > 1 ? "citation.articles" : "citation.article",
          ["article": articles.joined(separator: ", ")]),
      reference.isAnnex ? messages.text("citation.annex") : nil,
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }
}
