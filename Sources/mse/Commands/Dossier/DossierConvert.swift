internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Makes a message of a document of another format, with a report on every part of it.
///
/// What the document lacks is asked in drafts; filled beside them, they are taken at the next run.
struct DossierConvert: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert", abstract: help("dossier.convert"))

  @Argument(help: ArgumentHelp(help("dossier.convert.file"))) var file: String
  @Option(help: ArgumentHelp(help("dossier.convert.into"), valueName: "folder")) var into: String
  @Option(help: ArgumentHelp(help("dossier.convert.receiver"), valueName: "agency"))
  var receiver: String
  @Option(help: ArgumentHelp(help("dossier.convert.mapping"), valueName: "file"))
  var mapping: String?
  @Option(help: ArgumentHelp(help("dossier.convert.profile"), valueName: "profile"))
  var profile = "AZ-2022"
  @Flag(help: ArgumentHelp(help("dossier.convert.test"))) var test = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let bytes = try Files.bytes(file)
    let root = try Element(parsing: bytes, file: file, limits: .foreignMessage)
    let mapping = try mapping(for: root)
    let now = try FormFiles.now(global)
    var forms: [String: Form] = [:]
    for name in mapping.forms { forms[name] = try FormFiles.form(name) }
    var document = try mapping.read(
      root, into: forms, now: now, language: Settings.language.rawValue)
    // a name that tells files of different people apart, and none of them from another
    let stem = "\(into)/\(Digest(of: bytes).description.prefix(12))"
    for name in mapping.forms {
      guard let form = forms[name], let given = try filled("\(stem)-\(name).xml", form, now)
      else { continue }
      document.replace(given.answers, problems: given.problems)
    }
    try FileManager.default.createDirectory(atPath: into, withIntermediateDirectories: true)
    let files =
      try document.isComplete
      ? [write(document, mapping, "\(stem).xml")] : writeDrafts(document, mapping, stem)
    try MappingReport(document, mapping, Output(global)).show(file, files)
    if !document.isComplete { throw ExitCode(ExitCodes.findings) }
  }

  /// The mapping that is named, else the one of ours that reads such documents.
  ///
  /// - Throws: `MAP010` when there is none.
  private func mapping(for root: Element) throws -> FormMapping {
    let mappings =
      try mapping.map { [try FormMapping(parsing: Files.bytes($0), file: $0)] }
      ?? Resources.paths(below: "Forms/mappings/").map {
        try FormMapping(parsing: Resources.bytes($0) ?? [], file: $0)
      }
    guard let fitting = mappings.first(where: { $0.fits(root) }) else {
      let known = mappings.map { $0.title[Settings.language.rawValue] ?? $0.id }
      throw Diagnostic("MAP010", ["known": known.joined(separator: ", ")], at: root.location)
    }
    return fitting
  }

  /// The answers that a person has given.
  private func filled(
    _ path: String, _ form: Form, _ now: DateTime
  ) throws -> (answers: Answers, problems: [Diagnostic])? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return try FormFiles.answers(path, of: form, now)
  }

  private func write(
    _ document: MappedDocument, _ mapping: FormMapping, _ path: String
  ) throws -> String {
    let now = try global.now.map { try Moment.parse($0) }
    let message = try DossierMessage(
      mapping.forms.compactMap { document.answers[$0] }, by: mapping, to: receiver,
      profile: profile, isTest: test,
      at: now ?? Instant(seconds: Int(Date().timeIntervalSince1970)))
    try Files.write(message.xml(), to: path)
    return path
  }

  /// Drafts of the forms in which something is asked; one that is there already is being filled and stays.
  private func writeDrafts(
    _ document: MappedDocument, _ mapping: FormMapping, _ stem: String
  ) throws -> [String] {
    try mapping.forms.filter { document.isOpen($0) }.map { name in
      let path = "\(stem)-\(name).draft.xml"
      if let answers = document.answers[name], !FileManager.default.fileExists(atPath: path) {
        try Files.write(Array(answers.draft().xml().utf8), to: path)
      }
      return path
    }
  }
}

/// The report on a converted document: a table, how much of each, and the next step.
private struct MappingReport {
  private let document: MappedDocument
  private let mapping: FormMapping
  private let output: Output

  init(_ document: MappedDocument, _ mapping: FormMapping, _ output: Output) {
    self.document = document
    self.mapping = mapping
    self.output = output
  }

  /// - Parameter files: the message, or the drafts that are to be filled.
  func show(_ file: String, _ files: [String]) throws {
    var table = Table(
      headings: ["outcome", "line", "section", "part", "question", "why"].map {
        output.text("column.\($0)")
      })
    table.rows = document.lines.map(row)
    let counts = MappingLine.Outcome.allCases.map { ($0.rawValue, JSONValue(count($0))) }
    try output.show(
      paragraphs, else: table, summary: [summary], schema: "dossier.convert",
      json: [
        ("file", .string(file)), ("mapping", .string(mapping.id)),
        ("complete", .boolean(document.isComplete)), ("files", JSONValue(files)),
        ("counts", .object(counts)), ("omitted", JSONValue(document.omitted)),
        ("lines", .list(document.lines.map(json))),
      ])
    for line in next(files) { output.say(line) }
  }

  // MARK: For people

  /// Section by section: what was taken in one line, everything else with its place and the next step.
  private var paragraphs: [String] {
    let asked = mapping.forms.flatMap { form -> [String] in
      let lines = document.asked(of: form)
      guard !lines.isEmpty else { return [] }
      return ["\(output.text("mapping.asked")): \(form)"] + lines.flatMap(other)
    }
    return mapping.sectionIDs.flatMap(paragraph) + paragraph("") + asked
  }

  private func paragraph(_ section: String) -> [String] {
    let lines = document.lines.filter { $0.section == section && $0.outcome != .asked }
    guard !lines.isEmpty else { return [] }
    let taken = lines.filter { $0.outcome == .taken }.map { $0.label ?? "" }
    var labels: [String] = []
    for label in taken where !labels.contains(label) { labels.append(label) }
    let first =
      labels.isEmpty
      ? [] : ["  \(output.text("mapping.taken")): \(labels.joined(separator: "; "))"]
    return [title(section)] + first
      + lines.filter { $0.outcome != .taken }.flatMap(other)
  }

  private func title(_ section: String) -> String {
    let language = output.messages.language.rawValue
    return mapping.title(ofSection: section, in: language).map { "\($0) (\(section))" } ?? "–"
  }

  private func other(_ line: MappingLine) -> [String] {
    let words = [
      line.outcome == .asked ? nil : output.text("mapping.\(line.outcome.rawValue)"),
      line.line.map { "\($0)" }, line.source, line.path,
    ].compactMap { $0 }.joined(separator: "  ")
    guard let problem = line.problem else {
      return ["  \(words)\(line.reason.isEmpty ? "" : ": \(reason(line))")"]
    }
    let next = output.messages.next(problem).map { ["      \(output.text("next")): \($0)"] } ?? []
    return ["  \(words)", "      \(reason(line))"] + next
  }

  private func count(_ outcome: MappingLine.Outcome) -> Int {
    document.lines.count { $0.outcome == outcome }
  }

  private var summary: String {
    let counts = MappingLine.Outcome.allCases.filter { count($0) > 0 }.map {
      "\(output.text("mapping.\($0.rawValue)")) \(count($0))"
    }
    let more =
      document.omitted == 0
      ? [] : [output.text("convert.omitted", ["count": "\(document.omitted)"])]
    return (counts + more).joined(separator: " · ")
  }

  private func next(_ files: [String]) -> [String] {
    guard !document.isComplete else {
      return [output.text("convert.done", ["file": files.joined(separator: " ")])]
    }
    return files.map { draft in
      let filled = draft.replacing(".draft.xml", with: ".xml")
      let form = mapping.forms.first { draft.hasSuffix("-\($0).draft.xml") } ?? ""
      return output.text("convert.next", ["form": form, "draft": draft, "filled": filled])
    } + [output.text("convert.again")]
  }

  private func row(_ line: MappingLine) -> [String] {
    [
      output.text("mapping.\(line.outcome.rawValue)"), line.line.map { "\($0)" } ?? "–",
      line.section.isEmpty ? "–" : line.section, line.source ?? "–",
      [line.form, line.path].compactMap { $0 }.joined(separator: "/"), reason(line),
    ]
  }

  private func reason(_ line: MappingLine) -> String {
    if let problem = line.problem { return "\(problem.code) \(output.messages.sentence(problem))" }
    return line.reason[output.messages.language.rawValue] ?? line.label ?? "–"
  }

  private func json(_ line: MappingLine) -> JSONValue {
    .object([
      ("outcome", .string(line.outcome.rawValue)), ("section", .string(line.section)),
      ("line", JSONValue(line.line)), ("source", JSONValue(line.source)),
      ("form", JSONValue(line.form)), ("answer", JSONValue(line.path)),
      ("label", JSONValue(line.label)), ("code", JSONValue(line.problem?.code)),
      ("message", JSONValue(line.problem.map { output.messages.sentence($0) })),
      ("next", JSONValue(line.problem.flatMap { output.messages.next($0) })),
      ("reason", JSONValue(line.reason[output.messages.language.rawValue])),
    ])
  }
}
