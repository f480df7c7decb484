import Diagnostics
import XML

extension FoldedReader {
  /// Choices from a code list, from rows of the form, or written down beside the question.
  mutating func choices(_ element: Element, field: Int) -> ChoiceSource? {
    if let name = element["list"] {
      guard let list = useList(name, at: element) else { return nil }
      builder.codeLists[field] = list
      return source(list: name, element)
    }
    if let itemset = element.child("itemset") { return source(itemset: itemset) }
    let items = element.children("item")
    guard !items.isEmpty else {
      report("FORM128", ["name": builder.fields[field].name], element)
      return nil
    }
    let list = list(of: items, field: field)
    let name = builder.fields[field].path
    builder.codeLists[field] = list
    builder.addDocument(.table(list.table), named: name)
    return source(list: name, element)
  }

  private mutating func source(list name: String, _ element: Element) -> ChoiceSource? {
    guard let value = builder.expression("code", "filter", at: element.location) else { return nil }
    guard let filter = element["filter"] else {
      return .nodes(.rows(ofList: name), value: value, label: .languageColumn)
    }
    let source = XPathExpression.rows(ofList: name).source + "[\(filter)]"
    guard let nodeset = builder.expression(source, "filter", at: element.location) else {
      return nil
    }
    return .nodes(nodeset, value: value, label: .languageColumn)
  }

  private mutating func source(itemset: Element) -> ChoiceSource? {
    guard let nodeset = expression(itemset, "nodeset"), let value = expression(itemset, "value"),
      let label = expression(itemset, "label")
    else {
      report("FORM128", ["name": itemset["nodeset"] ?? ""], itemset)
      return nil
    }
    return .nodes(nodeset, value: value, label: .expression(label))
  }

  /// Makes a code list readable as `instance(name)`, once.
  @discardableResult
  mutating func useList(_ name: String, at element: Element) -> CodeList? {
    guard let list = lists(name) else {
      report("FORM125", ["name": name], element)
      return nil
    }
    builder.lists[name] = list
    if builder.instances[name] == nil { builder.addDocument(.table(list.table), named: name) }
    return list
  }

  /// The `item`s of a question as a list of its own: columns `code`, the languages, further attributes.
  private mutating func list(of items: [Element], field: Int) -> CodeList {
    var columns = ["code"] + builder.languages
    for item in items {
      for attribute in item.attributes
      where attribute.namespace.isEmpty && attribute.name != "value"
        && !columns.contains(attribute.name)
      {
        columns.append(attribute.name)
      }
    }
    var cells: [String] = []
    cells.reserveCapacity(items.count * columns.count)
    for item in items {
      let code = item["value"] ?? ""
      if code.isEmpty || code.unicodeScalars.contains(where: \.isXMLSpace) {
        report("FORM154", ["code": code], item)
      } else if stride(from: 0, to: cells.count, by: columns.count).contains(where: {
        cells[$0] == code
      }) {
        report("FORM155", ["code": code], item)
      }
      cells.append(code)
      for column in columns.dropFirst() { cells.append(item[column] ?? "") }
    }
    let name = builder.fields[field].name
    return CodeList(
      name: name, system: "\(builder.id).\(name)", version: builder.version,
      table: CodeTable(columns: columns, cells: cells))
  }

  mutating func range(_ element: Element) -> RangeRule? {
    var numbers: [Double] = []
    for attribute in ["start", "end", "step"] {
      let text = element[attribute] ?? ""
      let number = XPathNumber.parse(text)
      guard number.isFinite, attribute != "step" || number > 0 else {
        report("FORM129", ["attribute": attribute, "value": text], element)
        return nil
      }
      numbers.append(number)
    }
    return RangeRule(start: numbers[0], end: numbers[1], step: numbers[2])
  }
}

extension XPathExpression {
  private static let toRows = ["root", "item"].map {
    XPathStep(axis: .child, test: .name(prefix: "", local: $0))
  }

  /// `instance('name')/root/item`, put together without being parsed.
  fileprivate static func rows(ofList name: String) -> XPathExpression {
    let list = XPathPath.Start.term(.call(.instance, [.literal(name)]), predicates: [])
    return XPathExpression(
      source: "instance('" + name + "')/root/item",
      term: .path(XPathPath(start: list, steps: toRows)))
  }
}
