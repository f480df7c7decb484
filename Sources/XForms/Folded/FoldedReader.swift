import Diagnostics
import XML

/// Turns a folded form into the ODK model.
struct FoldedReader {
  var builder: FormBuilder
  let blocks: (String) -> [UInt8]?
  let lists: (String) -> CodeList?
  private var openBlocks: [String] = []
  private var noteCount = 0
  private var keepsAll = true

  init(
    file: String, size: Int, blocks: @escaping (String) -> [UInt8]?,
    lists: @escaping (String) -> CodeList?
  ) {
    builder = FormBuilder(file: file, size: size)
    self.blocks = blocks
    self.lists = lists
  }

  mutating func read(_ root: Element) throws -> Form {
    guard root.name == "form", root.namespace == Folded.namespace else {
      throw Diagnostic("FORM135", ["element": root.name], at: root.location)
    }
    try readHead(root)
    let field = builder.addField(
      builder.id, below: nil, namespace: builder.namespace, at: root.location)
    builder.fields[field].constraint = expression(root, "constraint")
    builder.fields[field].alert = root.child("alert").map { text($0) }
    checkAttributes(root)
    readChildren(of: root, field: field, control: nil)
    builder.makeInstance()
    builder.problems += builder.followPaths(severity: .error)
    return try builder.form()
  }

  private mutating func readHead(_ root: Element) throws {
    builder.id = try root.attribute("id")
    builder.version = try root.attribute("version")
    if !Self.isName(builder.id, allowing: "-") { report("FORM122", ["name": builder.id], root) }
    let numbers = builder.version.split(separator: ".", omittingEmptySubsequences: false)
    if numbers.count != 2 || !numbers.allSatisfy({ Int($0) != nil }) {
      report("FORM134", ["version": builder.version], root)
    }
    builder.namespace = "urn:msec:form:\(builder.id):\(numbers.first ?? "")"
    for attribute in root.attributes where attribute.namespace == Folded.metadataNamespace {
      builder.metadata[attribute.name] = attribute.value
    }
    let title = try root.required("title")
    for attribute in title.attributes where attribute.namespace.isEmpty {
      builder.title[attribute.name] = attribute.value
      builder.languages.append(attribute.name)
    }
  }

  private mutating func readChildren(of element: Element, field: Int, control: Int?) {
    for case .element(let child) in element.children where child.namespace == Folded.namespace {
      guard !Folded.parts.contains(child.name) else { continue }
      checkAttributes(child)
      switch child.name {
      case "include": include(child, field: field, control: control)
      case "list": useList(child["name"] ?? "", at: child)
      case "group": readGroup(child, field: field, control: control)
      case "repeat": readRepeat(child, field: field, control: control)
      case "calculate": readCalculate(child, field: field, control: control)
      case "note": readNote(child, field: field, control: control)
      case "input", "select1", "select", "range", "trigger", "upload":
        readQuestion(child, field: field, control: control)
      default: report("FORM120", ["element": child.name], child)
      }
    }
  }

  // MARK: Containers

  private mutating func include(_ element: Element, field: Int, control: Int?) {
    let name = element["block"] ?? ""
    guard !openBlocks.contains(name) else { return report("FORM127", ["name": name], element) }
    guard let bytes = blocks(name) else { return report("FORM126", ["name": name], element) }
    do {
      let block = try Element(parsing: bytes, file: "Forms/blocks/\(name).xml")
      openBlocks.append(name)
      readChildren(of: block, field: field, control: control)
      openBlocks.removeLast()
    } catch let problem as Diagnostic {
      builder.problems.append(problem)
    } catch {
      report("FORM126", ["name": name], element)
    }
  }

  private mutating func readGroup(_ element: Element, field: Int, control: Int?) {
    var inner = field
    var own = Control(kind: .group)
    let texts = texts(of: element)
    own.take(texts)
    own.appearance = words(element["appearance"])
    own.location = element.location
    if element["name"] != nil {
      guard let added = addField(element, texts, below: field) else { return }
      inner = added
      own.field = added
      builder.fields[added].label = own.label
    } else if let attribute = ["relevant", "constraint", "readonly", "keep"].first(where: {
      element[$0] != nil
    }) {
      report("FORM130", ["attribute": attribute], element)
    }
    let number = builder.addControl(own, below: control)
    let outer = keepsAll
    keepsAll = keepsAll && element["keep"] != "no"
    readChildren(of: element, field: inner, control: number)
    keepsAll = outer
  }

  private mutating func readRepeat(_ element: Element, field: Int, control: Int?) {
    let texts = texts(of: element)
    guard let added = addField(element, texts, below: field) else { return }
    var rule = RowRule()
    rule.minimum = wholeNumber(element, "min") ?? 0
    rule.maximum = wholeNumber(element, "max")
    rule.count = expression(element, "count").map {
      XPathExpression(source: $0.source, term: $0.term.seenFromParent)
    }
    rule.isFixed = element["noAddRemove"] == "yes" || rule.count != nil
    if let maximum = rule.maximum, maximum < rule.minimum || maximum == 0 {
      report("FORM129", ["attribute": "max", "value": "\(maximum)"], element)
    }
    builder.fields[added].rows = rule
    var own = Control(kind: .rows)
    own.field = added
    own.take(texts)
    own.appearance = words(element["appearance"])
    own.location = element.location
    builder.fields[added].label = own.label
    let number = builder.addControl(own, below: control)
    readChildren(of: element, field: added, control: number)
  }

  // MARK: Values

  private mutating func readCalculate(_ element: Element, field: Int, control: Int?) {
    let texts = texts(of: element)
    guard let added = addField(element, texts, below: field) else { return }
    if let control, builder.controls[control].field == nil {
      builder.fields[added].heading = control
    }
    builder.fields[added].label = texts.label
    setType(of: added, element)
    if element["calculate"] == nil { report("FORM132", ["name": element["name"] ?? ""], element) }
    if element["keep"] == nil { report("FORM133", ["name": element["name"] ?? ""], element) }
    addDefault(element, field: added)
  }

  private mutating func readNote(_ element: Element, field: Int, control: Int?) {
    noteCount += 1
    var named = element
    if named["name"] == nil {
      named.attributes.append(Attribute("name", value: "note\(noteCount)"))
    }
    let texts = texts(of: element)
    guard let added = addField(named, texts, below: field) else { return }
    builder.fields[added].isKept = false
    builder.fields[added].readonly = try? XPathExpression(parsing: "true()")
    var own = Control(kind: .note)
    own.field = added
    own.label = texts.label
    own.hint = texts.hint
    own.location = element.location
    _ = builder.addControl(own, below: control)
  }

  private static let kinds: [String: Control.Kind] = [
    "input": .input, "select1": .select1, "select": .select, "range": .range,
    "trigger": .trigger, "upload": .upload,
  ]

  private mutating func readQuestion(_ element: Element, field: Int, control: Int?) {
    let texts = texts(of: element)
    guard let added = addField(element, texts, below: field) else { return }
    var own = Control(kind: Self.kinds[element.name] ?? .input)
    own.field = added
    own.take(texts)
    own.appearance = words(element["appearance"])
    own.mediaType = element["mediatype"] ?? ""
    own.location = element.location
    builder.fields[added].label = own.label
    setType(of: added, element)
    if own.appearance.contains("multiline") { builder.fields[added].maximumLength = 10_000 }
    switch own.kind {
    case .select1, .select: own.choices = choices(element, field: added)
    case .range: own.range = range(element)
    case .upload: builder.fields[added].type = .binary
    case .input, .trigger, .rank, .note, .group, .rows: break
    }
    builder.fields[added].selection =
      own.kind == .select1 ? .one : own.kind == .select ? .many : .none
    addDefault(element, field: added)
    _ = builder.addControl(own, below: control)
  }

  /// The field of an element with its bind; `nil` when its name cannot be used.
  private mutating func addField(_ element: Element, _ texts: Texts, below parent: Int) -> Int? {
    let name = element["name"] ?? ""
    guard Self.isName(name, allowing: "") else {
      report("FORM122", ["name": name], element)
      return nil
    }
    guard !builder.fields[parent].children.contains(where: { builder.fields[$0].name == name })
    else {
      report("FORM123", ["name": name], element)
      return nil
    }
    let keep = element["keep"]
    if let keep, keep != "yes", keep != "no" { report("FORM133", ["name": name], element) }
    return builder.addField(
      Field(
        number: builder.fields.count, name: name, namespace: builder.namespace, parent: parent,
        path: builder.path(of: name, below: parent), required: expression(element, "required"),
        relevant: expression(element, "relevant"), readonly: expression(element, "readonly"),
        constraint: expression(element, "constraint"),
        calculate: expression(element, "calculate"), alert: texts.alert,
        requiredMessage: texts.requiredMessage, isKept: keepsAll && keep != "no",
        location: element.location))
  }

  private mutating func setType(of field: Int, _ element: Element) {
    builder.fields[field].isTyped = true
    guard let name = element["type"] else { return }
    guard let type = FieldType(rawValue: name), type != .boolean else {
      return report("FORM124", ["type": name], element)
    }
    builder.fields[field].type = type
  }

  /// `value`: set once at the start and in each new row.
  private mutating func addDefault(_ element: Element, field: Int) {
    guard let value = expression(element, "value") else { return }
    builder.actions.append(
      Action(
        events: [.firstLoad, .newRepeat], target: field, value: value,
        owner: builder.innermostRepeat(of: field)))
  }
}

// MARK: Small parts

extension FoldedReader {
  mutating func report(_ code: String, _ arguments: [String: String], _ element: Element) {
    builder.problems.append(Diagnostic(code, arguments, at: element.location))
  }

  mutating func expression(_ element: Element, _ attribute: String) -> XPathExpression? {
    guard let source = element[attribute], !source.isEmpty else { return nil }
    return builder.expression(source, attribute, at: element.location)
  }

  func words(_ text: String?) -> Set<String> {
    text.map { Set(tokens($0).map(String.init)) } ?? []
  }

  mutating func wholeNumber(_ element: Element, _ attribute: String) -> Int? {
    guard let text = element[attribute] else { return nil }
    guard let number = Int(text), number >= 0, number <= 10_000 else {
      report("FORM129", ["attribute": attribute, "value": text], element)
      return nil
    }
    return number
  }

  private mutating func checkAttributes(_ element: Element) {
    guard let allowed = Folded.attributes[element.name] else { return }
    for attribute in element.attributes
    where attribute.namespace.isEmpty && !allowed.contains(attribute.name) {
      report("FORM121", ["attribute": attribute.name, "element": element.name], element)
    }
  }

  /// camelCase for FEEL; `extra` characters may stand inside.
  static func isName(_ name: String, allowing extra: String) -> Bool {
    guard let first = name.utf8.first, (97...122).contains(first), name.utf8.count <= 64 else {
      return false
    }
    return name.utf8.allSatisfy {
      (97...122).contains($0) || (65...90).contains($0) || (48...57).contains($0)
        || extra.utf8.contains($0)
    }
  }

  /// The texts that stand inside a container or a question.
  struct Texts {
    var label: FormText?
    var hint: FormText?
    var help: FormText?
    var alert: FormText?
    var requiredMessage: FormText?
  }

  /// The first of each kind, found in one pass.
  private mutating func texts(of element: Element) -> Texts {
    var texts = Texts()
    for case .element(let child) in element.children where child.namespace == element.namespace {
      switch child.name {
      case "label" where texts.label == nil: texts.label = text(child)
      case "hint" where texts.hint == nil: texts.hint = text(child)
      case "help" where texts.help == nil: texts.help = text(child)
      case "alert" where texts.alert == nil: texts.alert = text(child)
      case "requiredMessage" where texts.requiredMessage == nil: texts.requiredMessage = text(child)
      default: continue
      }
    }
    return texts
  }

  /// A text with its languages as attributes; `{xpath}` is computed, `{{` is a brace.
  mutating func text(_ element: Element) -> FormText {
    var versions: [FormText.Version] = []
    versions.reserveCapacity(element.attributes.count)
    for attribute in element.attributes where attribute.namespace.isEmpty {
      versions.append(version(attribute, element))
    }
    return FormText(versions)
  }

  private mutating func version(
    _ attribute: Attribute, _ element: Element
  ) -> FormText.Version {
    let text = attribute.value
    let hasBraces = text.utf8.contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }
    guard hasBraces else { return FormText.Version(language: attribute.name, text: text) }
    return FormText.Version(language: attribute.name, parts: textParts(text, element))
  }

  private mutating func textParts(_ source: String, _ element: Element) -> [FormText.Part] {
    var parts: [FormText.Part] = []
    var literal = ""
    var rest = source[...]
    while let character = rest.popFirst() {
      guard character == "{" || character == "}" else {
        literal.append(character)
        continue
      }
      if rest.first == character {
        rest.removeFirst()
        literal.append(character)
        continue
      }
      guard character == "{", let end = rest.firstIndex(of: "}") else {
        report("FORM136", ["text": source], element)
        break
      }
      let inner = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      if !literal.isEmpty { parts.append(.literal(literal)) }
      literal = ""
      if let value = builder.expression(inner, element.name, at: element.location) {
        parts.append(.value(value))
      }
    }
    return literal.isEmpty ? parts : parts + [.literal(literal)]
  }
}

extension Control {
  fileprivate mutating func take(_ texts: FoldedReader.Texts) {
    label = texts.label
    hint = texts.hint
    help = texts.help
  }
}
