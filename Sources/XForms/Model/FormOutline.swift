// A form as its authors see it: every line with its rules, whatever the answers.

/// One line of a form with its rules, as written.
public struct FormOutlineLine: Sendable {
  /// How deep it stands: 0 at the top of the form.
  public let level: Int
  /// `person/fin`, without row numbers; empty for a heading without a section of its own.
  public let path: String
  /// The element of the folded format: `input`, `select1`, `group`, `repeat`, `calculate` …
  public let element: String
  public let label: String
  /// `string`, `int`, `decimal`, `date` …
  public let type: String
  /// The code list that is offered, and whether it was compared with its source.
  public let list: (name: String, isVerified: Bool)?
  public let required: String?
  public let relevant: String?
  public let constraint: String?
  public let calculate: String?
}

extension Form {
  /// Every question, section and computed value, in the order of the form.
  public func outline(in language: String) -> [FormOutlineLine] {
    var numbered: [(place: Int, line: FormOutlineLine)] = []
    func append(_ control: Control, level: Int) {
      let place = control.field ?? firstField(in: control)
      numbered.append((place, line(control, level: level, language)))
      for child in control.children { append(controls[child], level: level + 1) }
    }
    for number in body { append(controls[number], level: 0) }
    for field in fields where field.control == nil && field.calculate != nil {
      numbered.append((field.number, line(field, nil, "calculate", level: 0, language)))
    }
    let order = numbered.enumerated().sorted {
      ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
    }
    return order.map(\.element.line)
  }

  private func firstField(in control: Control) -> Int {
    control.children.map { controls[$0].field ?? firstField(in: controls[$0]) }.min() ?? .max
  }

  private func line(_ control: Control, level: Int, _ language: String) -> FormOutlineLine {
    let element = control.kind == .rows ? "repeat" : "\(control.kind)"
    guard let field = control.field else {
      return FormOutlineLine(
        level: level, path: "", element: element, label: control.label?.plain(in: language) ?? "",
        type: "", list: nil, required: nil, relevant: nil, constraint: nil, calculate: nil)
    }
    return line(fields[field], control, element, level: level, language)
  }

  private func line(
    _ field: Field, _ control: Control?, _ element: String, level: Int, _ language: String
  ) -> FormOutlineLine {
    let root = fields[0].path + "/"
    let label = control?.label ?? field.label
    return FormOutlineLine(
      level: level, path: String(field.path.dropFirst(root.count)), element: element,
      label: label?.plain(in: language) ?? "",
      type: field.children.isEmpty ? field.type.rawValue : "",
      list: codeLists[field.number].map { ($0.name, $0.isVerified) },
      required: field.required?.source, relevant: field.relevant?.source,
      constraint: field.constraint?.source, calculate: field.calculate?.source)
  }
}
