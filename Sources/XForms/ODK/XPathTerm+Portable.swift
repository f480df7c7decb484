// Our own functions in words that every ODK tool knows.

extension XPathTerm {
  /// The same without `years-between`, `months-between` and `pulldata`, which not every tool has.
  var portable: XPathTerm {
    mapped { term in
      switch term {
      case .call(.yearsBetween, let arguments): Self.years(arguments[0], arguments[1])
      case .call(.monthsBetween, let arguments): Self.months(arguments[0], arguments[1])
      case .call(.pulldata, let arguments): Self.lookup(arguments) ?? term
      default: term
      }
    }
  }

  /// Whole years: dates as numbers like 20240517, so that a birthday counts on its day.
  private static func years(_ from: XPathTerm, _ to: XPathTerm) -> XPathTerm {
    let days = XPathTerm.calculate(
      .subtract, part(of: to, "%Y%m%d"), part(of: from, "%Y%m%d"))
    return .call(.int, [.calculate(.divide, days, .number(10_000))])
  }

  private static func months(_ from: XPathTerm, _ to: XPathTerm) -> XPathTerm {
    func count(_ date: XPathTerm) -> XPathTerm {
      .calculate(
        .add, .calculate(.multiply, part(of: date, "%Y"), .number(12)), part(of: date, "%m"))
    }
    let isShort = XPathTerm.compare(.less, part(of: to, "%d"), part(of: from, "%d"))
    return .calculate(
      .subtract, .calculate(.subtract, count(to), count(from)),
      .call(.conditional, [isShort, .number(1), .number(0)]))
  }

  private static func part(of date: XPathTerm, _ format: String) -> XPathTerm {
    .call(.number, [.call(.formatDate, [date, .literal(format)])])
  }

  /// `pulldata('l', 'c', 'k', v)` as `instance('l')/root/item[k = v]/c`; `v` is then seen through `current()`.
  private static func lookup(_ arguments: [XPathTerm]) -> XPathTerm? {
    guard case .literal(let column) = arguments[1], case .literal(let key) = arguments[2],
      let value = arguments[3].seenThroughCurrent
    else { return nil }
    let test = XPathTerm.compare(.equal, child(key), value)
    let steps = [
      XPathStep(axis: .child, test: .name(prefix: "", local: "root")),
      XPathStep(axis: .child, test: .name(prefix: "", local: "item"), predicates: [test]),
      XPathStep(axis: .child, test: .name(prefix: "", local: column)),
    ]
    let start = XPathPath.Start.term(.call(.instance, [arguments[0]]), predicates: [])
    return .path(XPathPath(start: start, steps: steps))
  }

  private static func child(_ name: String) -> XPathTerm {
    let step = XPathStep(axis: .child, test: .name(prefix: "", local: name))
    return .path(XPathPath(start: .context, steps: [step]))
  }

  /// A relative path beginning with `current()`; `nil` for what is not as simple.
  private var seenThroughCurrent: XPathTerm? {
    if case .literal = self { return self }
    guard case .path(var path) = self, path.steps.allSatisfy(\.predicates.isEmpty) else {
      return nil
    }
    if path.start == .context { path.start = .term(.call(.current, []), predicates: []) }
    return .path(path)
  }

  /// The same with other names in `instance('name')`.
  func renamingInstances(_ rename: (String) -> String) -> XPathTerm {
    mapped { term in
      guard case .call(.instance, let arguments) = term, case .literal(let name)? = arguments.first
      else { return term }
      return .call(.instance, [.literal(rename(name))])
    }
  }

  /// The opposite of `seenFromParent`: one step further down.
  var seenFromRow: XPathTerm {
    switch self {
    case .path(var path):
      guard path.start == .context else { return self }
      if path.steps.first == XPathStep(axis: .itself, test: .node) { path.steps.removeFirst() }
      path.steps.insert(XPathStep(axis: .parent, test: .node), at: 0)
      return .path(path)
    case .call(let function, let arguments):
      return .call(function, arguments.map(\.seenFromRow))
    case .calculate(let operation, let left, let right):
      return .calculate(operation, left.seenFromRow, right.seenFromRow)
    default: return self
    }
  }
}

extension XPathExpression {
  /// A count as its author wrote it: seen from the row.
  var seenFromRow: XPathExpression { XPathExpression(source: source, term: term.seenFromRow) }
}

extension String {
  /// `instance('name')` at the beginning with another name.
  func replacingInstanceName(_ rename: (String) -> String) -> String {
    let start = "instance('"
    guard hasPrefix(start), let end = dropFirst(start.count).firstIndex(of: "'") else {
      return self
    }
    let name = String(self[index(startIndex, offsetBy: start.count)..<end])
    return start + rename(name) + self[end...]
  }
}

extension Form {
  /// The headings without a section of their own, by control, in the order of the form.
  var headings: [Int] {
    controls.indices.filter { controls[$0].kind == .group && controls[$0].field == nil }
  }

  /// The choices that stand beside their question; `nil` when they come from elsewhere.
  func itemList(of field: Int) -> CodeList? {
    guard let list = codeLists[field], case .nodes(let nodeset, _, _)? = choiceSources[field],
      case .path(let path) = nodeset.term, path.listName?.hasPrefix("/") == true
    else { return nil }
    return list
  }
}

extension CodeList {
  var columns: [String] { table.columns }

  func hasExtraColumns(beside languages: [String]) -> Bool {
    columns.contains { $0 != "code" && !languages.contains($0) }
  }

  func cell(_ row: Int, _ column: String) -> String {
    table.column(column).map { table.cell(row, $0) } ?? ""
  }

  /// What a code is called, in each language that has a word for it.
  func text(of code: String, in languages: [String]) -> FormText {
    var parts: [String: [FormText.Part]] = [:]
    for language in languages {
      if let label = label(of: code, in: language), !label.isEmpty {
        parts[language] = [.literal(label)]
      }
    }
    return FormText(parts)
  }
}
