internal import Diagnostics
internal import XML

/// A part of a definition that people speak of, with everything that is said about it.
struct DefinitionPart {
  let name: String
  private(set) var properties: [(String, String)]

  /// All properties in one line.
  var text: String { properties.map { "\($0.0) = \($0.1)" }.joined(separator: ", ") }

  /// The parts of a definition in their order.
  ///
  /// - Throws: what reading it throws.
  static func all(
    of kind: StoredDefinition.Kind, _ bytes: [UInt8], file: String
  ) throws -> [DefinitionPart] {
    switch kind {
    case .process, .mapping: return elements(in: try Element(parsing: bytes, file: file), by: "id")
    case .form, .block, .paper:
      return elements(in: try Element(parsing: bytes, file: file), by: "name")
    case .decision: return rules(in: try Element(parsing: bytes, file: file))
    case .list, .calendar, .acts, .texts: return rows(of: try CSV(parsing: bytes, file: file))
    }
  }

  // MARK: Tables

  private static func rows(of table: CSV) -> [DefinitionPart] {
    let about = table.about.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    let keys = ["day", "code", "id", "en"]
    return [DefinitionPart(name: "table", properties: about)]
      + table.rows.map { row in
        let key = keys.first { row.values[$0]?.isEmpty == false }
        return DefinitionPart(
          name: key.map { "\($0) \(row[$0])" } ?? "row \(row.line)",
          properties: row.values.filter { $0.key != key && !$0.value.isEmpty }
            .sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
      }
  }

  // MARK: Decisions

  private static func rules(in root: Element) -> [DefinitionPart] {
    root.elements.flatMap { element -> [DefinitionPart] in
      guard element.namespace == root.namespace else { return [] }
      let name = "\(element.name) \(element["name"] ?? element["id"] ?? "")"
      guard let table = element.child("decisionTable") else {
        return [DefinitionPart(name: name, properties: properties(of: element))]
      }
      let columns =
        table.children("input").map {
          $0["label"] ?? $0.child("inputExpression")?.child("text")?.text ?? ""
        } + table.children("output").map { $0["name"] ?? $0["label"] ?? "" }
      let rules = table.children("rule").enumerated().map { index, rule in
        let cells = (rule.children("inputEntry") + rule.children("outputEntry")).map {
          ($0.child("text")?.text ?? "").oneLine
        }
        let basis = rule.child("description").map { [("basis", $0.text.oneLine)] } ?? []
        return DefinitionPart(
          name: "rule \(element["id"] ?? "") \(rule["id"] ?? "\(index + 1)")",
          properties: zip(columns.map(\.oneLine), cells).map { ($0, $1) } + basis)
      }
      let own =
        [
          ("hitPolicy", table["hitPolicy"] ?? "UNIQUE"),
          ("columns", columns.joined(separator: ", ")),
        ]
      return [DefinitionPart(name: name, properties: own)] + rules
    }
  }

  // MARK: Elements

  /// Everything that has a name of its own; the name of a question begins with the group it stands in.
  private static func elements(
    in root: Element, by attribute: String, below path: String = ""
  ) -> [DefinitionPart] {
    root.elements.flatMap { element -> [DefinitionPart] in
      guard element.namespace == root.namespace else { return [] }
      guard let name = element[attribute] else {
        return elements(in: element, by: attribute, below: path)
      }
      let full = path + name
      let part = DefinitionPart(
        name: "\(element.name) \(full)",
        properties: properties(of: element, without: attribute))
      return [part]
        + elements(in: element, by: attribute, below: attribute == "name" ? full + "/" : "")
    }
  }

  /// What an element says about itself, in its attributes and in what has no name of its own inside it.
  private static func properties(
    of element: Element, without key: String = "id", below path: String = ""
  ) -> [(String, String)] {
    var result = element.attributes.filter { $0.name != key && $0.name != "id" }.map {
      (path + $0.name, $0.value.oneLine)
    }
    if element.elements.isEmpty, !element.text.oneLine.isEmpty {
      result.append((path.isEmpty ? "text" : String(path.dropLast()), element.text.oneLine))
    }
    for child in element.elements
    where child[key] == nil && !["incoming", "outgoing"].contains(child.name) {
      if let pair = pair(child) {
        result.append((path + pair.0, pair.1))
      } else {
        let inner = child.name == "extensionElements" ? path : path + child.name + "."
        result += properties(of: child, without: key, below: inner)
      }
    }
    return result
  }

  /// Words and mappings of the Zeebe dialect are named by what they name.
  private static func pair(_ element: Element) -> (String, String)? {
    switch element.name {
    case "property": element["name"].map { ($0, element["value"] ?? "") }
    case "header": element["key"].map { ("header \($0)", element["value"] ?? "") }
    case "input", "output":
      element["target"].map { ("\(element.name) \($0)", (element["source"] ?? "").oneLine) }
    default: nil
    }
  }
}

extension String {
  /// The words with single blanks between them.
  fileprivate var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
