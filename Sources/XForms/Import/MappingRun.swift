import Diagnostics
public import FEEL
public import XML

extension FormMapping {
  /// Whether `root` is a document of the format that this mapping reads.
  public func fits(_ root: Element) -> Bool {
    guard root.name == element, root.namespace == namespace else { return false }
    guard let condition else { return true }
    var run = MappingRun(self, root, answers: [:])
    return (try? run.isTrue(condition, at: run.root)) ?? false
  }

  /// The answers that the document gives, and what became of each part of it.
  ///
  /// - Parameters:
  ///   - forms: those of `forms`, by id.
  ///   - now: the one clock.
  /// - Throws: `MAP003` when one of the forms is not there; `FORM107` or `MAP019` when the expressions have too much to do.
  public func read(
    _ root: Element, into forms: [String: Form], now: DateTime, language: String
  ) throws -> MappedDocument {
    var answers: [String: Answers] = [:]
    for name in self.forms {
      guard let form = forms[name] else {
        throw Diagnostic("MAP003", ["what": "form", "name": name], at: SourceLocation(file: file))
      }
      answers[name] = Answers(form, now: now, language: language)
    }
    var run = MappingRun(self, root, answers: answers)
    return try run.run()
  }
}

/// One document being read by one mapping.
struct MappingRun {
  /// Lines of a report: a document may have more parts than anybody would read.
  private static let maximalLines = 1_000
  /// Nodes that all expressions together may look at.
  static let maximalVisits = 3_000_000

  let mapping: FormMapping
  let environment: XPathEnvironment
  var answers: [String: Answers]
  private var lines: [MappingLine] = []
  private var omitted = 0
  var visits = 0
  /// Only for places of problems.
  let file: String
  /// The number of each element among its neighbours of the same name; 0: there is no other.
  private(set) var ordinals: [Int32: Int] = [:]
  /// Elements whose own content has been used, and those that were used with everything in them.
  var used: Set<Int32> = []
  var usedWhole: Set<Int32> = []
  /// Rows that hold something, by form and path of the repeat.
  private var rows: [FormMapping.Place: Int] = [:]

  init(_ mapping: FormMapping, _ root: Element, answers: [String: Answers]) {
    self.mapping = mapping
    self.answers = answers
    file = root.location?.file ?? root.name
    var environment = XPathEnvironment(primary: DataTree(root, mixed: true))
    environment.plainNamespaces = [mapping.namespace]
    environment.namespaces = mapping.namespaces
    self.environment = environment
  }

  var tree: DataTree { environment.primary }
  var root: Int32 { tree.root }

  mutating func run() throws -> MappedDocument {
    ordinals = tree.ordinals()
    var sections: [Int32: String] = [:]
    for section in mapping.sections {
      let found = try nodes(section.select, at: root)
      for node in found { sections[node] = section.id }
      try checkCount(of: section, found)
      for node in found.prefix(section.maximum) {
        for rule in section.rules { try apply(rule, at: node, in: section) }
      }
    }
    try account(below: root, section: "", sections)
    checkRelevance()
    // a stable order: that of the document, what stands nowhere in it first
    let ordered = lines.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }
    lines = ordered.map(\.element)
    for form in mapping.forms { ask(form) }
    return MappedDocument(answers: answers, lines: lines, omitted: omitted)
  }

  /// There is no room for another line.
  var isFull: Bool { lines.count >= Self.maximalLines }

  mutating func omit() { omitted += 1 }

  mutating func add(_ line: MappingLine) {
    if isFull { omit() } else { lines.append(line) }
  }

  private mutating func checkCount(
    of section: FormMapping.Section, _ found: [Int32]
  ) throws {
    if found.count < section.minimum {
      var line = MappingLine(outcome: .missing)
      line.section = section.id
      line.problem = Diagnostic("MAP011", ["section": section.id], at: location(of: root))
      add(line)
    }
    for node in found.dropFirst(section.maximum) {
      let arguments = ["section": section.id, "maximum": "\(section.maximum)"]
      let problem = Diagnostic("MAP012", arguments, at: location(of: node))
      var line = try line(.refused, at: node, section, problem)
      line.form = section.form
      add(line)
      usedWhole.insert(node)
    }
  }

  // MARK: Rules

  private mutating func apply(
    _ rule: FormMapping.Rule, at node: Int32, in section: FormMapping.Section
  ) throws {
    switch rule {
    case .answer(let answer): try take(answer, at: node, path: answer.place.path, in: section)
    case .rows(let rows): try take(rows, at: node, in: section)
    case .leave(let select, let reason):
      for left in try nodes(select, at: node) where !usedWhole.contains(left) {
        guard use(left) else { continue }
        add(try line(.left, at: left, section, reason: reason))
      }
    }
  }

  private mutating func take(
    _ rule: FormMapping.RowsRule, at context: Int32, in section: FormMapping.Section
  ) throws {
    for node in try nodes(rule.select, at: context) {
      let path: String
      do {
        path = try newRow(rule.place)
      } catch let problem as Diagnostic {
        add(try line(.refused, at: node, section, problem, rule.place))
        usedWhole.insert(node)
        continue
      }
      var hasAnswer = false
      for answer in rule.answers {
        let question = "\(path)\(answer.place.path.dropFirst(rule.place.path.count))"
        hasAnswer = try take(answer, at: node, path: question, in: section) || hasAnswer
      }
      if hasAnswer {
        rows[rule.place, default: 0] += 1
      } else {
        try? answers[rule.place.form]?.removeRow(path)
      }
    }
  }

  /// The next row that holds nothing yet; forms begin with some.
  private mutating func newRow(_ place: FormMapping.Place) throws -> String {
    let used = rows[place] ?? 0
    let present = try answers[place.form]?.rows(at: place.path).count ?? 0
    if used < present { return "\(place.path)[\(used + 1)]" }
    return try answers[place.form]?.addRow(place.path) ?? place.path
  }

  /// Whether the document has something for the question.
  @discardableResult
  private mutating func take(
    _ rule: FormMapping.AnswerRule, at context: Int32, path: String,
    in section: FormMapping.Section
  ) throws -> Bool {
    let (texts, sources) = try values(rule, at: context)
    guard !texts.isEmpty else { return false }
    for source in sources { use(source) }
    let place = FormMapping.Place(form: rule.place.form, path: path)
    var answer: [String] = []
    for (index, text) in texts.enumerated() {
      let source = sources.indices.contains(index) ? sources[index] : nil
      do {
        let converted = try convert(text, rule.conversion, at: source)
        if !answer.contains(converted) { answer.append(converted) }
      } catch let problem as Diagnostic {
        try refuse(problem, at: source ?? sources.first, place, in: section)
      }
    }
    guard !answer.isEmpty else { return true }
    do {
      guard answer.count == 1 || rule.separator != nil else { throw Diagnostic("MAP016") }
      try answers[place.form]?.set(path, to: answer.joined(separator: rule.separator ?? ""))
      add(try line(.taken, at: sources.first, section, nil, place))
    } catch let problem as Diagnostic where problem.code != "MAP019" {
      try refuse(problem, at: sources.first, place, in: section)
    }
    return true
  }

  private mutating func refuse(
    _ problem: Diagnostic, at node: Int32?, _ place: FormMapping.Place,
    in section: FormMapping.Section
  ) throws {
    let location = node.flatMap { self.location(of: $0) }
    let placed = Diagnostic(problem.code, problem.arguments, at: location)
    add(try line(.refused, at: node, section, placed, place))
  }

  /// The texts that the rule finds, and the nodes that they come from.
  private mutating func values(
    _ rule: FormMapping.AnswerRule, at context: Int32
  ) throws -> (texts: [String], sources: [Int32]) {
    let value = try evaluate(rule.select, at: context)
    guard case .nodes(let nodes) = value else {
      let evaluator = XPathEvaluator(environment, current: NodeReference(node: context))
      let text = String(evaluator.string(value).trimmedSpaces)
      guard !text.isEmpty else { return ([], []) }
      return ([text], try sources(of: rule.select.term, at: context))
    }
    let found = nodes.map { ($0.node, String(tree.stringValue($0.node).trimmedSpaces)) }
      .filter { !$0.1.isEmpty }
    return (found.map(\.1), found.map(\.0))
  }

  /// - Throws: `MAP013` for no whole day, `MAP014` for a code that the mapping does not know, `MAP015` for a code of
  ///   another system.
  private func convert(
    _ text: String, _ conversion: FormMapping.Conversion, at node: Int32?
  ) throws -> String {
    switch conversion {
    case .text: return text
    case .date:
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      guard digits.count >= 8 else { throw Diagnostic("MAP013") }
      return "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.dropFirst(6).prefix(2))"
    case .phone:
      let number = text.hasPrefix("tel:") ? text.dropFirst(4) : text[...]
      return String(number.filter { !" -()".contains($0) })
    case .codes(let name): return try answer(to: text, in: name, at: node)
    }
  }

  private func answer(to code: String, in name: String, at node: Int32?) throws -> String {
    guard let codes = mapping.codes[name] else {
      throw Diagnostic("MAP003", ["what": "codes", "name": name])
    }
    let element = node.map { tree[$0].kind == .attribute ? tree[$0].parent : $0 }
    if !codes.systems.isEmpty, let element,
      let system = tree.attribute("codeSystem", of: element), !codes.systems.contains(system)
    {
      throw Diagnostic("MAP015", ["codes": name])
    }
    guard let answers = codes.answers else { return code }
    guard let answer = answers[code] else { throw Diagnostic("MAP014", ["codes": name]) }
    return answer
  }

  // MARK: What is open

  /// What was taken for a question that is then not asked would be lost without a word.
  private mutating func checkRelevance() {
    lines = lines.map { line in
      guard line.outcome == .taken, let form = line.form, let path = line.path,
        answers[form]?.value(at: path)?.isEmpty ?? true
      else { return line }
      var lost = line
      lost.outcome = .refused
      lost.problem = Diagnostic("MAP017", at: location(line: line.line))
      return lost
    }
  }

  private mutating func ask(_ form: String) {
    guard let answers = answers[form] else { return }
    for problem in answers.problems() where problem.severity == .error {
      // there are no more of these than questions; without them answers would pass for whole
      lines.append(MappingLine(asking: problem, in: form))
    }
  }
}
