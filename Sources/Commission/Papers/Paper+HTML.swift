internal import XForms

extension Paper {
  /// A whole page: headings, lists and tables that a screen reader can follow; nothing is loaded from elsewhere.
  func html(isLarge: Bool) -> String {
    var html = HTMLText()
    html.raw("<!DOCTYPE html>\n")
    html.open("html", ["lang": language.rawValue])
    html.open("head")
    html.void("meta", ["charset": "utf-8"])
    html.void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
    html.element("title", title)
    html.raw("<style>\n\(Paper.style)\(isWide && !isLarge ? Paper.wideStyle : "")</style>\n")
    html.close()
    html.open("body", ["class": isLarge ? "large" : nil])
    html.open("header")
    for line in head { html.element("p", line) }
    html.close()
    html.open("main")
    html.element("h1", title)
    for part in parts { write(part, isLarge: isLarge, to: &html) }
    html.close()
    if !foot.isEmpty {
      html.open("footer")
      for line in foot { html.element("p", line) }
      html.close()
    }
    html.close()
    html.close()
    return html.text
  }

  private func write(_ part: Part, isLarge: Bool, to html: inout HTMLText) {
    switch part {
    case .heading(let text): html.element("h2", text)
    case .text(let text):
      for paragraph in text.split(separator: "\n\n") { html.element("p", String(paragraph)) }
    case .facts(let facts):
      html.open("dl")
      for fact in facts {
        html.open("div")
        html.element("dt", fact.name)
        html.element("dd", fact.value)
        html.close()
      }
      html.close()
    case .rows(let rows): write(rows, isLarge: isLarge, to: &html)
    case .items(let items):
      html.open("ul")
      for item in items { html.element("li", item) }
      html.close()
    }
  }

  /// A table of few columns; rows with many facts, and all in large print, stand one below the other.
  private func write(_ rows: [[Fact]], isLarge: Bool, to html: inout HTMLText) {
    let columns =
      self.columns.isEmpty ? rows.flatMap { $0.map(\.name) }.removingRepeats() : self.columns
    guard !isLarge, isWide || columns.count <= Paper.widestTable else {
      html.open("ol")
      for row in rows {
        html.open("li")
        write(.facts(row), isLarge: isLarge, to: &html)
        html.close()
      }
      html.close()
      return
    }
    html.open("table")
    html.open("thead")
    html.open("tr")
    for column in columns { html.element("th", ["scope": "col"], column) }
    html.close()
    html.close()
    html.open("tbody")
    for row in rows {
      html.open("tr")
      for column in columns {
        html.element("td", row.first { $0.name == column }?.value ?? "")
      }
      html.close()
    }
    html.close()
    html.close()
  }

  private static let widestTable = 8

  /// A4, black on white; letters of 18 points in large print.
  private static let style = """
    @page { size: A4; margin: 20mm 18mm; }
    body { margin: 0 auto; max-width: 46rem; padding: 1rem; color: #000; background: #fff; font: 11pt/1.45 "DejaVu Sans", Arial, sans-serif; }
    body.large { font-size: 18pt; max-width: 60rem; }
    header p, footer p { margin: 0; } header { margin-bottom: 1.5rem; }
    footer { margin-top: 2rem; padding-top: .6rem; border-top: 1px solid #000; font-size: .9em; }
    .large footer { font-size: 1em; }
    h1 { font-size: 1.5em; line-height: 1.25; margin: 0 0 1rem; } h2 { font-size: 1.2em; margin: 1.4rem 0 .4rem; }
    p { margin: .4rem 0; white-space: pre-line; }
    dl { margin: .4rem 0; } dl div { display: grid; grid-template-columns: 2fr 3fr; gap: 1rem; padding: .2rem 0; border-bottom: 1px solid #999; }
    dt { font-weight: 700; } dd { margin: 0; white-space: pre-line; }
    .large dl div { display: block; }
    table { border-collapse: collapse; width: 100%; font-size: .9em; } .large table { font-size: 1em; }
    th, td { border: 1px solid #555; padding: .25rem .4rem; text-align: left; vertical-align: top; }
    th { background: #eee; } li { margin: .3rem 0; }
    thead { display: table-header-group; } tr, dl div, body:not(.large) li { break-inside: avoid; } h1, h2 { break-after: avoid; }
    @media print { body { padding: 0; max-width: none; } }

    """

  /// A4 across.
  private static let wideStyle = """
    @page { size: A4 landscape; margin: 12mm; }
    body { max-width: none; } table { font-size: 8.5pt; line-height: 1.3; } th { font-weight: 700; }

    """
}
