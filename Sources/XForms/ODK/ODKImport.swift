import Diagnostics
import XML

/// How an ODK XForm is said in the folded format: its names, paths, languages and lists.
struct ODKImport {
  /// One code list that the folded form reads.
  struct List {
    var name: String
    var text: String
    /// The column that an answer is taken from; it is called `code` now.
    var valueColumn: String
  }

  let form: Form
  let identifier: String
  let version: String
  /// By the name of the instance.
  private(set) var listOfInstance: [String: List] = [:]
  private(set) var warnings: [Diagnostic] = []
  private var names: [String: String] = [:]
  private var meta: Set<Int> = []

  init(_ form: Form) {
    self.form = form
    identifier = Self.identifier(form.id.isEmpty ? form.fields[0].name : form.id)
    version = Self.version(form.version)
    meta = Set(
      form.fields.filter { $0.name == "meta" && $0.parent == 0 }.flatMap {
        form.subtree($0.number)
      })
    makeNames()
    makeLists()
    collectWarnings()
  }

  var lists: [List] { listOfInstance.values.sorted { $0.name < $1.name } }

  /// The lists that some question offers.
  var offeredLists: Set<String> {
    Set(
      form.choiceSources.values.compactMap { source in
        instanceName(of: source).flatMap { listOfInstance[$0]?.name }
      })
  }

  // MARK: What goes where

  /// Identity of a submission, attributes: the folded format has its own.
  func isLeftOut(_ field: Int) -> Bool {
    meta.contains(field) || form.fields[field].isAttribute
  }

  /// Some value is left below a section.
  func hasContents(_ field: Int) -> Bool {
    form.fields[field].children.contains {
      !isLeftOut($0) && (form.fields[$0].children.isEmpty || hasContents($0))
    }
  }

  /// pyxform writes a note as a text nobody can answer.
  func isNote(_ field: Field) -> Bool {
    let isInput = field.control.map { form.controls[$0].kind == .input } ?? false
    return isInput && field.type == .string && field.calculate == nil
      && field.readonly?.term == .call(.alwaysTrue, []) && initialText(of: field).isEmpty
      && !form.actions.contains { $0.target == field.number }
  }

  /// What stands in the instance from the start.
  private func initialText(of field: Field) -> String {
    let trees = [form.instance] + form.templates.sorted { $0.key < $1.key }.map(\.value)
    return trees.lazy.compactMap { tree in
      tree.firstNode(of: field.number).map { tree.stringValue($0.node) }
    }.first { !$0.isEmpty } ?? ""
  }

  /// The expression of a hidden value that nothing computes.
  func constant(of field: Field) -> String { XPathTerm.literal(initialText(of: field)).text }

  func initialValue(of field: Field) -> String? {
    guard field.children.isEmpty, field.calculate == nil, field.control != nil else { return nil }
    if let preload = field.preload {
      switch (preload.kind, preload.parameter) {
      case ("date", "today"): return "today()"
      case ("timestamp", "start"): return "now()"
      default: break
      }
    }
    let text = initialText(of: field)
    guard !text.isEmpty else { return nil }
    return field.type == .int || field.type == .decimal ? text : XPathTerm.literal(text).text
  }

  // MARK: Names

  func name(of field: Int) -> String {
    field == 0 ? identifier : names[form.fields[field].name] ?? form.fields[field].name
  }

  /// Different names stay different.
  private mutating func makeNames() {
    var taken: Set<String> = []
    for field in form.fields.dropFirst() where names[field.name] == nil {
      let name = Self.camelCase(field.name)
      var candidate = name
      var number = 2
      while !taken.insert(candidate).inserted {
        candidate = "\(name)\(number)"
        number += 1
      }
      names[field.name] = candidate
    }
  }

  static func camelCase(_ name: String) -> String {
    let words = name.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    var result = ""
    for word in words {
      result += result.isEmpty ? word.prefix(1).lowercased() : word.prefix(1).uppercased()
      result += word.dropFirst()
    }
    guard let first = result.first, first.isLetter else { return "q" + result }
    return String(result.prefix(60))
  }

  /// Small letters, digits and hyphens, beginning with a letter.
  static func identifier(_ name: String) -> String {
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    let joined = String(words.joined(separator: "-").prefix(60))
    return joined.first?.isLetter == true ? joined : "form-\(joined)"
  }

  private static func version(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { Int($0) != nil }
    guard isNumber, let first = parts.first else { return "1.0" }
    return parts.count == 1 ? "\(first).0" : "\(first).\(parts[1])"
  }

  /// `Русский (ru)` is `ru`; a form without languages is taken for an English one.
  func languageCode(_ language: String) -> String {
    if let open = language.lastIndex(of: "("), language.hasSuffix(")") {
      let code = language[language.index(after: open)...].dropLast()
      if !code.isEmpty { return Self.identifier(String(code)) }
    }
    switch language {
    case "": return "en"
    case "English": return "en"
    case "Azərbaycan", "Azərbaycan dili", "Azerbaijani": return "az"
    case "Русский", "Russian": return "ru"
    default: return Self.identifier(language)
    }
  }

  // MARK: Lists

  func instanceName(of source: ChoiceSource) -> String? { Self.listPath(of: source)?.listName }

  /// The path to the offered entries; their order at random is left out.
  static func listPath(of source: ChoiceSource) -> XPathPath? {
    guard case .nodes(let nodeset, _, _) = source else { return nil }
    switch nodeset.term {
    case .path(let path): return path
    case .call(.randomize, let arguments):
      guard case .path(let path)? = arguments.first else { return nil }
      return path
    default: return nil
    }
  }

  private mutating func makeLists() {
    var taken: Set<String> = []
    for (name, node) in form.instances.sorted(by: { $0.key < $1.key }) where node.document > 0 {
      let source = form.choiceSources.sorted { $0.key < $1.key }.map(\.value)
        .first { instanceName(of: $0) == name }
      var listName = Self.identifier(name)
      while !taken.insert(listName).inserted { listName += "-2" }
      let table = ODKListTable(form, node, source, self)
      let head = "# system=\(identifier).\(listName) version=\(version) source=\"\(form.id)\" "
      listOfInstance[name] = List(
        name: listName, text: head + "verified=false\n" + table.csv,
        valueColumn: table.valueColumn)
    }
  }

  private mutating func collectWarnings() {
    func leftOut(_ path: String, _ what: String) {
      warnings.append(
        Diagnostic(
          "FORM160", ["path": path, "what": what], at: .init(file: form.file), severity: .warning))
    }
    for field in form.fields {
      if field.isAttribute { leftOut(field.path, "attribute") }
      if let preload = field.preload, !meta.contains(field.number),
        initialValue(of: field) == nil
      {
        leftOut(field.path, "jr:preload=\(preload.kind)")
      }
    }
    for (field, source) in form.choiceSources.sorted(by: { $0.key < $1.key }) {
      if instanceName(of: source) != nil, case .nodes(let nodeset, _, _) = source,
        case .call = nodeset.term
      {
        leftOut(form.fields[field].path, "randomize")
      }
    }
    for action in form.actions
    where action.path != nil || action.events.isDisjoint(with: [.firstLoad, .newRepeat]) {
      let events = action.events.map(\.rawValue).sorted().joined(separator: " ")
      leftOut(form.fields[action.target].path, "setvalue \(events)")
    }
  }
}
