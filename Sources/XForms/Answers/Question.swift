public import Diagnostics

/// One line of a form as it stands now: a question, a heading, a table of rows, a note or a computed value.
public struct Question: Sendable {
  public enum Kind: Hashable, Sendable {
    case heading
    /// A repeat; its rows follow, each beginning with `row`.
    case rows(count: Int, mayChange: Bool, minimum: Int, maximum: Int?)
    case row(number: Int)
    case note
    case text(isLong: Bool)
    case number(isWhole: Bool)
    case date, time, dateTime
    case one, many
    case range(start: Double, end: Double, step: Double)
    /// Answered by `OK`.
    case acknowledgement
    case file(mediaType: String)
  }

  /// Where the answer is kept: `diagnoses[2]/icd`; empty for a heading without a section of its own.
  public let path: String
  public let kind: Kind
  public let label: String
  public let hint: String?
  /// Longer help, shown on demand.
  public let help: String?
  /// How deep it stands: 0 at the top of the form.
  public let level: Int
  public let isRequired: Bool
  public let isReadonly: Bool
  /// Filled in from the dossier before the form was opened, and not changed since.
  public let isPrefilled: Bool
  /// As it is stored.
  public let value: String
  /// As people read it: labels of codes, dates as 17.05.2024.
  public let display: String
  /// Offered by `Answers.choices(at:)`; long lists are better searched.
  public let hasLongList: Bool
  public let appearance: Set<String>
  public let problem: Diagnostic?
}

extension Answers {
  /// The form from top to bottom in its present state: only what is relevant.
  public func questions() -> [Question] {
    var result: [Question] = []
    for control in form.body { append(control, at: rootNode, level: 0, &result) }
    return result
  }

  /// The question at `path`; `nil` when there is none or it is not relevant now.
  public func question(at path: String) -> Question? {
    guard let node = node(at: path), isRelevant(node), let field = field(of: node),
      let control = field.control
    else { return nil }
    return question(form.controls[control], node, level: 0)
  }

  /// The choices of a question now, filtered and in its language.
  ///
  /// - Throws: `FORM015` when there is no question at `path`.
  public func choices(at path: String) throws -> [Choice] {
    guard let node = node(at: path), let field = field(of: node) else {
      throw Diagnostic("FORM015", ["path": path])
    }
    guard let source = form.choiceSources[field.number] else { return [] }
    return try XPathEvaluator.choices(
      source, in: language, at: NodeReference(node: node), environment)
  }

  private func append(
    _ number: Int, at context: Int32, level: Int, _ result: inout [Question]
  ) {
    let control = form.controls[number]
    guard let field = control.field else {
      result.append(heading(control, context, level: level))
      for child in control.children { append(child, at: context, level: level + 1, &result) }
      return
    }
    let nodes = nodes(of: field, near: context)
    if control.kind == .rows {
      appendRows(control, nodes, parent: context, level: level, &result)
      return
    }
    guard let node = nodes.first, isRelevant(node) else { return }
    result.append(question(control, node, level: level))
    for child in control.children { append(child, at: node, level: level + 1, &result) }
  }

  private func appendRows(
    _ control: Control, _ nodes: [Int32], parent: Int32, level: Int, _ result: inout [Question]
  ) {
    guard let field = control.field.map({ form.fields[$0] }), let rule = field.rows else { return }
    let rows = nodes.filter(isRelevant)
    let container = ancestor(of: parent, field: field.parent ?? 0) ?? parent
    guard isRelevant(container), rows.count == nodes.count || !rows.isEmpty else { return }
    let prefix = path(of: container)
    let kind = Question.Kind.rows(
      count: rows.count, mayChange: !rule.isFixed, minimum: rule.minimum, maximum: rule.maximum)
    let path = prefix.isEmpty ? field.name : "\(prefix)/\(field.name)"
    result.append(line(control, kind, path: path, at: container, level: level))
    for (index, row) in rows.enumerated() {
      let kind = Question.Kind.row(number: index + 1)
      result.append(line(control, kind, path: self.path(of: row), at: row, level: level + 1))
      for child in control.children { append(child, at: row, level: level + 2, &result) }
    }
  }

  /// The nodes of a field that belong to the row (or the form) that `context` is in.
  private func nodes(of field: Int, near context: Int32) -> [Int32] {
    var top = context
    while top != rootNode, top > 0 {
      let found = nodes(of: field, in: top)
      if !found.isEmpty || form.subtree(Int(environment.primary[top].field)).contains(field) {
        return found
      }
      top = environment.primary[top].parent
    }
    return nodes(of: field, in: rootNode)
  }

  private func heading(_ control: Control, _ context: Int32, level: Int) -> Question {
    line(control, .heading, path: "", at: context, level: level)
  }

  /// A line without an answer.
  private func line(
    _ control: Control, _ kind: Question.Kind, path: String, at node: Int32, level: Int
  ) -> Question {
    let problem = path.isEmpty || kind.isRows ? nil : problem(at: path)
    return Question(
      path: path, kind: kind, label: control.label.map { render($0, at: node) } ?? "",
      hint: control.hint.map { render($0, at: node) },
      help: control.help.map { render($0, at: node) },
      level: level, isRequired: false, isReadonly: isReadonly(node), isPrefilled: false, value: "",
      display: "", hasLongList: false, appearance: control.appearance, problem: problem)
  }

  private func question(_ control: Control, _ node: Int32, level: Int) -> Question {
    guard let field = field(of: node), field.children.isEmpty, control.kind != .group else {
      return line(control, .heading, path: path(of: node), at: node, level: level)
    }
    let path = path(of: node)
    return Question(
      path: path, kind: kind(control, field), label: label(of: field, at: node),
      hint: control.hint.map { render($0, at: node) },
      help: control.help.map { render($0, at: node) },
      level: level, isRequired: isRequired(node), isReadonly: isReadonly(node),
      isPrefilled: prefilled.contains(node), value: text(of: node), display: display(node, field),
      hasLongList: (form.codeLists[field.number]?.table.rowCount ?? 0) > 30,
      appearance: control.appearance, problem: problem(at: path))
  }

  private func kind(_ control: Control, _ field: Field) -> Question.Kind {
    switch control.kind {
    case .select1: return .one
    case .select, .rank: return .many
    case .trigger: return .acknowledgement
    case .upload: return .file(mediaType: control.mediaType)
    case .note: return .note
    case .group, .rows: return .heading
    case .range:
      let rule = control.range ?? RangeRule(start: 0, end: 0, step: 1)
      return .range(start: rule.start, end: rule.end, step: rule.step)
    case .input: break
    }
    switch field.type {
    case .int: return .number(isWhole: true)
    case .decimal: return .number(isWhole: false)
    case .date: return .date
    case .time: return .time
    case .dateTime: return .dateTime
    case .string, .boolean, .binary:
      return .text(isLong: control.appearance.contains("multiline"))
    }
  }

  /// The value as people read it.
  private func display(_ node: Int32, _ field: Field) -> String {
    let text = text(of: node)
    guard !text.isEmpty else { return "" }
    if field.selection != .none {
      let codes = field.selection == .one ? [text] : tokens(text).map(String.init)
      return codes.map { choiceLabel($0, field, at: node) }.joined(separator: "; ")
    }
    switch field.type {
    case .date: return DateText.spoken(text)
    case .dateTime:
      let parts = text.split(separator: "T")
      return parts.count == 2 ? "\(DateText.spoken(String(parts[0]))) \(parts[1].prefix(5))" : text
    case .time: return String(text.prefix(5))
    case .string, .int, .decimal, .boolean, .binary: return text
    }
  }

  /// What a stored code is called: also when it is no longer offered.
  func choiceLabel(_ code: String, _ field: Field, at node: Int32) -> String {
    if let label = form.codeLists[field.number]?.label(of: code, in: language) { return label }
    guard let source = form.choiceSources[field.number] else { return code }
    return XPathEvaluator.choiceLabel(
      code, of: source, in: language, at: NodeReference(node: node), environment) ?? code
  }
}

extension Question.Kind {
  var isRows: Bool { if case .rows = self { true } else { false } }
}

extension DateText {
  /// `2024-05-17` as 17.05.2024.
  static func spoken(_ text: String) -> String {
    let parts = text.split(separator: "-")
    return parts.count == 3 ? "\(parts[2]).\(parts[1]).\(parts[0])" : text
  }
}
