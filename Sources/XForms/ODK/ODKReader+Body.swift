import Diagnostics
import XML

extension ODKReader {
  // MARK: Binds

  mutating func readBind(_ bind: Element) {
    guard let nodeset = bind["nodeset"] ?? bind["ref"], let number = plainField(nodeset, from: 0)
    else {
      if !isOwn { warn("FORM141", ["path": bind["nodeset"] ?? ""], bind) }  // ours: the meta block
      return
    }
    if let id = bind["id"] { bindPaths[id] = number }
    func parsed(_ attribute: String) -> XPathExpression? {
      let source = bind[attribute, in: Folded.metadataNamespace] ?? bind[attribute]
      return builder.expression(source, attribute, at: bind.location)
    }
    let calculate = parsed("calculate")
    let relevant = parsed("relevant")
    let (required, readonly, constraint) = (
      parsed("required"), parsed("readonly"), parsed("constraint")
    )
    let alert = message(
      bind["constraintMsg", in: ODK.javarosa] ?? bind["constraintMsg"], bind)
    let requiredMessage = message(bind["requiredMsg", in: ODK.javarosa], bind)
    var field = builder.fields[number]
    field.calculate = calculate ?? field.calculate
    field.relevant = relevant ?? field.relevant
    field.required = required ?? field.required
    field.readonly = readonly ?? field.readonly
    field.constraint = constraint ?? field.constraint
    field.alert = alert ?? field.alert
    field.requiredMessage = requiredMessage ?? field.requiredMessage
    if let type = bind["type"] {
      field.type = FieldType(odk: type)
      field.isTyped = true
    }
    if let kind = bind["preload", in: ODK.javarosa] {
      field.preload = Preload(
        kind: kind, parameter: bind["preloadParams", in: ODK.javarosa] ?? "")
    }
    if !isOwn { field.maximumLength = Int.max }
    field.location = bind.location
    builder.fields[number] = field
    if isOwn { readOwn(bind, of: number) }
  }

  /// What only our own attributes say.
  private mutating func readOwn(_ bind: Element, of field: Int) {
    let namespace = Folded.metadataNamespace
    if bind["keep", in: namespace] == "no" { builder.fields[field].isKept = false }
    if let label = bind["label", in: namespace] {
      builder.fields[field].label = text(reference: label, bind)
    }
    if let heading = bind["heading", in: namespace].flatMap({ Int($0) }) {
      headings[field] = heading
    }
  }

  /// The headings have their controls now.
  mutating func placeUnderHeadings() {
    let all = builder.controls.indices.filter {
      builder.controls[$0].kind == .group && builder.controls[$0].field == nil
    }
    for (field, number) in headings where all.indices.contains(number - 1) {
      builder.fields[field].heading = all[number - 1]
    }
  }

  // MARK: Controls

  mutating func readBody(of element: Element, field: Int, control: Int?) {
    for child in element.elements {
      switch child.name {
      case "group": readGroup(child, field: field, control: control)
      case "repeat": readRepeat(child, field: field, control: control)
      case "input", "secret", "select1", "select", "rank", "range", "trigger", "upload":
        readQuestion(child, field: field, control: control)
      case "label", "hint", "setvalue", "setgeopoint", "recordaudio": break
      default: warn("FORM120", ["element": child.name], child)
      }
    }
  }

  /// The field that a control is bound to by `ref`, `nodeset` or `bind`; `nil` when it has none of them.
  private mutating func boundField(_ element: Element, from context: Int) -> Int?? {
    if let id = element["bind"] { return .some(bindPaths[id]) }
    guard let source = element["ref"] ?? element["nodeset"] else { return nil }
    return .some(plainField(source, from: context))
  }

  private mutating func readGroup(_ element: Element, field: Int, control: Int?) {
    var own = Control(kind: .group)
    own.label = text(element.child("label", in: ODK.xforms))
    (own.hint, own.help) = hints(element["hint", in: Folded.metadataNamespace], element)
    own.appearance = Set(tokens(element["appearance"] ?? "").map(String.init))
    own.location = element.location
    if isOwn, let rows = element.child("repeat", in: ODK.xforms) {
      return readRepeat(rows, field: field, control: control, heading: own)
    }
    var inner = field
    switch boundField(element, from: field) {
    case .some(.some(let number)):
      inner = number
      // A group around its own repeat is only the heading of the table.
      if builder.fields[number].rows == nil { own.field = number }
      if isOwn { builder.fields[number].label = own.label }
    case .some(.none):
      return report("FORM141", ["path": element["ref"] ?? element["bind"] ?? ""], element)
    case .none: break
    }
    let number = builder.addControl(own, below: control)
    readBody(of: element, field: inner, control: number)
    readActions(in: element, owner: own.field, inRepeat: nil)
  }

  /// - Parameter heading: what the group around it says, when that is nothing but its heading.
  private mutating func readRepeat(
    _ element: Element, field: Int, control: Int?, heading: Control? = nil
  ) {
    guard let source = element["nodeset"] ?? element["ref"] ?? element["bind"] else {
      return report("FORM143", ["element": "repeat"], element)
    }
    let bound = element["bind"].map { bindPaths[$0] } ?? plainField(source, from: field)
    guard let number = bound, builder.fields[number].parent != nil else {
      return report("FORM141", ["path": source], element)
    }
    var rule = builder.fields[number].rows ?? RowRule()
    let namespace = Folded.metadataNamespace
    if let count = builder.expression(
      element["count", in: namespace] ?? element["count", in: ODK.javarosa], "count",
      at: element.location)
    {
      rule.count = XPathExpression(source: count.source, term: count.term.seenFromParent)
      rule.isFixed = true
    }
    if element["noAddRemove", in: ODK.javarosa] == "true()" { rule.isFixed = true }
    rule.minimum = element["min", in: namespace].flatMap { Int($0) } ?? rule.minimum
    rule.maximum = element["max", in: namespace].flatMap { Int($0) } ?? rule.maximum
    builder.fields[number].rows = rule
    var own = Control(kind: .rows)
    own.field = number
    (own.hint, own.help) = (heading?.hint, heading?.help)
    own.label = heading?.label ?? control.flatMap { builder.controls[$0].label }
    own.appearance = Set(tokens(element["appearance"] ?? "").map(String.init))
    own.location = element.location
    if isOwn { builder.fields[number].label = own.label }
    let control = builder.addControl(own, below: control)
    readBody(of: element, field: number, control: control)
    readActions(in: element, owner: nil, inRepeat: number)
  }

  private mutating func readQuestion(_ element: Element, field: Int, control: Int?) {
    guard case .some(.some(let number)) = boundField(element, from: field) else {
      return report("FORM141", ["path": element["ref"] ?? element["bind"] ?? ""], element)
    }
    let kinds: [String: Control.Kind] = [
      "select1": .select1, "select": .select, "rank": .rank, "range": .range,
      "trigger": .trigger, "upload": .upload,
    ]
    var own = Control(kind: kinds[element.name] ?? .input)
    own.field = number
    if element["note", in: Folded.metadataNamespace] == "yes" { own.kind = .note }
    own.label = text(element.child("label", in: ODK.xforms))
    (own.hint, own.help) = hints(element.child("hint", in: ODK.xforms)?["ref"], element)
    own.appearance = Set(tokens(element["appearance"] ?? "").map(String.init))
    if own.appearance.contains("search"), !isOwn { own.appearance.insert("autocomplete") }
    own.mediaType = element["mediatype"] ?? ""
    own.location = element.location
    switch own.kind {
    case .select1, .select, .rank:
      own.choices = choices(element, field: number)
      builder.fields[number].selection = own.kind == .select1 ? .one : .many
    case .range: own.range = range(element)
    case .input, .trigger, .upload, .note, .group, .rows: break
    }
    if own.kind != .note { builder.fields[number].label = own.label }
    if !isOwn { builder.fields[number].maximumLength = Int.max }
    if isOwn, own.appearance.contains("multiline") {
      builder.fields[number].maximumLength = 10_000
    }
    _ = builder.addControl(own, below: control)
    readActions(in: element, owner: number, inRepeat: builder.innermostRepeat(of: number))
  }

  private mutating func choices(_ element: Element, field: Int) -> ChoiceSource? {
    if let itemset = element.child("itemset", in: ODK.xforms) {
      if isOwn, let source = ownList(itemset, field: field) { return source }
      let value = itemset.child("value", in: ODK.xforms)?["ref"]
      let label = itemset.child("label", in: ODK.xforms)?["ref"]
      guard
        let nodeset = builder.expression(itemset["nodeset"], "nodeset", at: itemset.location),
        let value = builder.expression(value, "value", at: itemset.location),
        let label = builder.expression(label ?? value.source, "label", at: itemset.location)
      else {
        report("FORM128", ["name": element["ref"] ?? ""], element)
        return nil
      }
      return .nodes(nodeset, value: value, label: .expression(label))
    }
    let items = element.children("item", in: ODK.xforms)
    if isOwn { return ownItems(items, field: field) }
    if items.isEmpty { warn("FORM128", ["name": element["ref"] ?? ""], element) }
    return .items(
      items.map { item in
        let value = item.child("value", in: ODK.xforms)?.text ?? ""
        return ChoiceItem(
          value: value, label: text(item.child("label", in: ODK.xforms)) ?? FormText(value))
      })
  }

  private mutating func range(_ element: Element) -> RangeRule? {
    let numbers = ["start", "end", "step"].map { XPathNumber.parse(element[$0] ?? "") }
    guard numbers.allSatisfy(\.isFinite), numbers[2] != 0 else {
      report("FORM143", ["element": "range"], element)
      return nil
    }
    return RangeRule(start: numbers[0], end: numbers[1], step: abs(numbers[2]))
  }

  // MARK: Actions

  /// The `setvalue`s directly inside `element`; other actions are skipped with a warning.
  mutating func readActions(in element: Element, owner: Int?, inRepeat: Int?) {
    for action in element.elements
    where ["setvalue", "setgeopoint", "recordaudio"].contains(action.name) {
      var events: Set<Action.Event> = []
      for word in tokens(action["event"] ?? "") {
        guard let event = Action.Event(rawValue: String(word)) else {
          report("FORM142", ["event": String(word)], action)
          continue
        }
        events.insert(event)
      }
      guard action.name == "setvalue" else {
        warn("FORM120", ["element": action.name], action)
        continue
      }
      if events.contains(.newRepeat), inRepeat == nil {
        report("FORM148", [:], action)
        continue
      }
      addAction(action, events, owner: owner, inRepeat: inRepeat)
    }
  }

  private mutating func addAction(
    _ element: Element, _ events: Set<Action.Event>, owner: Int?, inRepeat: Int?
  ) {
    let source = element["ref"] ?? ""
    let context = owner ?? inRepeat ?? 0
    let target = element["bind"].map { bindPaths[$0] } ?? plainField(source, from: context)
    guard let target else { return report("FORM141", ["path": source], element) }
    let literal = XPathExpression(source: element.text, term: .literal(element.text))
    let written = element["value", in: Folded.metadataNamespace] ?? element["value"]
    let value = builder.expression(written, "value", at: element.location) ?? literal
    var path: XPathExpression?
    if source.contains("["), let parsed = try? XPathExpression(parsing: source) { path = parsed }
    builder.actions.append(
      Action(
        events: events, target: target, path: path, value: value,
        owner: events.contains(.newRepeat) ? inRepeat : owner))
  }
}

extension XPathTerm {
  /// A count is written as seen from the row, but must be known before there is one.
  var seenFromParent: XPathTerm {
    switch self {
    case .path(var path):
      guard path.start == .context, path.steps.first?.axis == .parent else { return self }
      path.steps.removeFirst()
      if path.steps.isEmpty { path.steps = [XPathStep(axis: .itself, test: .node)] }
      return .path(path)
    case .call(let function, let arguments):
      return .call(function, arguments.map(\.seenFromParent))
    case .calculate(let operation, let left, let right):
      return .calculate(operation, left.seenFromParent, right.seenFromParent)
    default: return self
    }
  }
}
