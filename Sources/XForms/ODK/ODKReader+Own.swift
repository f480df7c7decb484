import Diagnostics
import XML

// Code lists in forms that `Form.odk()` wrote.

extension ODKReader {
  /// A list with its system and version, or the choices of one question with the columns that its filter reads.
  mutating func readOwnList(_ instance: Element, _ name: String) {
    let namespace = Folded.metadataNamespace
    let columns = tokens(instance["columns", in: namespace] ?? "").map(String.init)
    let items = instance.elements.first?.elements ?? []
    let rows = items.map { item in
      let text = item.child("itextId").flatMap { builder.texts[$0.text] }
      return columns.map { column -> String in
        guard builder.languages.contains(column) else { return item.child(column)?.text ?? "" }
        return text?[column].map { _ in text?.plain(in: column) ?? "" } ?? ""
      }
    }
    guard let system = instance["system", in: namespace] else {
      itemLists[name] = (columns, rows)
      return
    }
    let list = CodeList(
      name: name, system: system, version: instance["version", in: namespace] ?? "",
      source: instance["source", in: namespace] ?? "",
      isVerified: instance["verified", in: namespace] == "true",
      table: CodeTable(columns: columns, rows: rows))
    builder.lists[name] = list
    builder.addDocument(.table(list.table), named: name)
  }

  /// Choices from a code list; `nil` when they are rows of the form.
  mutating func ownList(_ itemset: Element, field: Int) -> ChoiceSource? {
    let written = itemset["nodeset", in: Folded.metadataNamespace] ?? itemset["nodeset"] ?? ""
    guard let parsed = builder.expression(written, "nodeset", at: itemset.location),
      case .path(let path) = parsed.term, let name = path.listName
    else { return nil }
    if let list = builder.lists[name] {
      builder.codeLists[field] = list
      return listSource(written, itemset)
    }
    guard let items = itemLists[name] else { return nil }
    addItems(items.columns, items.rows, field: field)
    let own = builder.fields[field].path
    return listSource(written.replacingInstanceName { _ in own }, itemset)
  }

  mutating func ownItems(_ items: [Element], field: Int) -> ChoiceSource? {
    let rows = items.map { item -> [String] in
      let label = text(item.child("label", in: ODK.xforms))
      let cells = builder.languages.map { language in
        label?[language].map { _ in label?.plain(in: language) ?? "" } ?? ""
      }
      return [item.child("value", in: ODK.xforms)?.text ?? ""] + cells
    }
    addItems(["code"] + builder.languages, rows, field: field)
    return listSource(
      "instance('\(builder.fields[field].path)')/root/item",
      items.first ?? Element("select", location: builder.fields[field].location))
  }

  private mutating func addItems(_ columns: [String], _ rows: [[String]], field: Int) {
    let name = builder.fields[field].name
    let list = CodeList(
      name: name, system: "\(builder.id).\(name)", version: builder.version,
      table: CodeTable(columns: columns, rows: rows))
    builder.codeLists[field] = list
    builder.addDocument(.table(list.table), named: builder.fields[field].path)
  }

  private mutating func listSource(_ nodeset: String, _ element: Element) -> ChoiceSource? {
    guard let nodeset = builder.expression(nodeset, "filter", at: element.location),
      let value = builder.expression("code", "filter", at: element.location)
    else { return nil }
    return .nodes(nodeset, value: value, label: .languageColumn)
  }
}
