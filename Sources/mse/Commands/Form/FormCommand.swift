internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

struct FormCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: help("form"),
    subcommands: [
      FormShow.self, FormFill.self, FormCheck.self, FormImport.self, FormExport.self,
    ])
}

/// Forms outside of a case: those that the binary carries by name, others by file.
enum FormFiles {
  /// - Throws: `FORM162` when there is no form of that name; what reading it throws.
  static func form(_ name: String) throws -> Form {
    guard name.hasSuffix(".xml") || name.contains("/") else {
      let folder = "Forms/"
      let ending = ".xml"
      let path = folder + name + ending
      guard let bytes = Resources.bytes(path) else {
        let names = Resources.paths(below: folder).map { $0.dropFirst(folder.count) }
          .filter { $0.hasSuffix(ending) && !$0.contains("/") }
          .map { $0.dropLast(ending.count) }.joined(separator: ", ")
        throw Diagnostic("FORM162", ["form": String(name.prefix(60)), "known": names])
      }
      return try form(bytes, path, folder: nil)
    }
    let folder = URL(filePath: name).deletingLastPathComponent()
    return try form(Files.bytes(name), name, folder: folder)
  }

  /// Blocks and lists from beside the file; those that the binary carries where there are none.
  private static func form(_ bytes: [UInt8], _ file: String, folder: URL?) throws -> Form {
    func resource(_ path: String) -> [UInt8]? {
      let beside = folder.flatMap {
        FileManager.default.contents(atPath: $0.appending(path: path).path)
      }
      return beside.map { Array($0) } ?? Resources.bytes("Forms/\(path)")
    }
    return try Form(
      folded: bytes, file: file, blocks: { resource("blocks/\($0).xml") },
      lists: { name in
        resource("lists/\(name).csv").flatMap {
          try? CodeList(parsing: $0, file: "lists/\(name).csv")
        }
      })
  }

  /// The time in the commission's zone.
  static func now(_ options: GlobalOptions) throws -> DateTime {
    let instant =
      try options.now.map { try Moment.parse($0) }
      ?? Instant(seconds: Int(Date().timeIntervalSince1970))
    guard let now = DateTime(instant, in: .office) else { throw Diagnostic("USE004") }
    return now
  }

  /// Answers from an XML file: handed in, or the draft of such.
  static func answers(_ file: String, of form: Form, _ now: DateTime) throws -> (
    answers: Answers, problems: [Diagnostic]
  ) {
    let xml = try Element(parsing: Files.bytes(file), file: file)
    let language = Settings.language.rawValue
    guard xml["draft"] == nil else {
      let answers = try Answers(form, draft: xml, now: now, language: language)
      return (answers, answers.problems())
    }
    return try Answers.read(xml, of: form, now: now, language: language)
  }
}

struct FormShow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: help("form.show"))

  @Argument(help: ArgumentHelp(help("form.name"))) var form: String
  @Flag(help: ArgumentHelp(help("form.show.html"))) var html = false
  @Flag(help: ArgumentHelp(help("form.show.paper"))) var paper = false
  @Option(help: ArgumentHelp(help("form.answers"), valueName: "file")) var answers: String?
  @Flag(help: ArgumentHelp(help("form.show.check"))) var check = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let form = try FormFiles.form(self.form)
    let output = Output(global)
    guard html || paper else { return try outline(form, output) }
    let now = try FormFiles.now(global)
    let language = Settings.language.rawValue
    let filled =
      try answers.map { try FormFiles.answers($0, of: form, now).answers }
      ?? Answers(form, now: now, language: language)
    let purpose: FormPage.Purpose =
      paper ? .paper : answers != nil && !check ? .reading : .filling(showsProblems: check)
    let page = FormPage(filled, words: .init(output.messages), purpose: purpose)
    FileHandle(forWriting: .standardOutput).write(page.document())
  }

  private func outline(_ form: Form, _ output: Output) throws {
    let language = Settings.language.rawValue
    let lines = form.outline(in: language)
    let title = "\(form.title[language] ?? form.id) · \(form.id) \(form.version)"
    var text = [title]
    if !form.isVerified {
      text.append(output.text("page.unverified", ["source": form.metadata["source"] ?? "–"]))
      let lists = form.unverifiedLists.joined(separator: ", ")
      if !lists.isEmpty { text.append(output.text("page.unverified-lists", ["lists": lists])) }
    }
    text += lines.flatMap { self.lines($0, output) }
    try output.show(
      text, schema: "form.show",
      json: [
        ("form", .string(form.id)), ("version", .string(form.version)),
        ("verified", .boolean(form.isVerified)),
        ("unverifiedLists", JSONValue(form.unverifiedLists)),
        ("questions", .list(lines.map(json))),
      ])
  }

  private func lines(_ line: FormOutlineLine, _ output: Output) -> [String] {
    let indent = String(repeating: "  ", count: line.level)
    let name = line.path.split(separator: "/").last.map(String.init) ?? "–"
    let mark = line.list.map { " \($0.name)\($0.isVerified ? "" : " (!)")" } ?? ""
    let type = line.type.isEmpty || line.type == "string" ? "" : " \(line.type)"
    let rules = [
      ("form.required", line.required), ("form.relevant", line.relevant),
      ("form.constraint", line.constraint), ("form.calculate", line.calculate),
    ].compactMap { key, rule in rule.map { "\(indent)    \(output.text(key)) \($0)" } }
    return ["\(indent)\(name) [\(line.element)\(type)\(mark)] \(line.label)"] + rules
  }

  private func json(_ line: FormOutlineLine) -> JSONValue {
    .object([
      ("path", .string(line.path)), ("element", .string(line.element)),
      ("type", .string(line.type)), ("label", .string(line.label)),
      ("list", JSONValue(line.list?.name)), ("required", JSONValue(line.required)),
      ("relevant", JSONValue(line.relevant)), ("constraint", JSONValue(line.constraint)),
      ("calculate", JSONValue(line.calculate)),
    ])
  }
}

extension FormWords {
  /// The words of this run's language.
  init(_ messages: Messages) {
    self.init(
      text: { messages.text($0, $1) }, sentence: { messages.sentence($0) })
  }
}

struct FormFill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: help("form.fill"))

  @Argument(help: ArgumentHelp(help("form.name"))) var form: String
  @Option(help: ArgumentHelp(help("form.fill.draft"), valueName: "file")) var draft: String
  @Option(help: ArgumentHelp(help("form.fill.output"), valueName: "file")) var out: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let form = try FormFiles.form(self.form)
    let output = Output(global)
    let now = try FormFiles.now(global)
    let language = Settings.language.rawValue
    output.say(form.title[language] ?? form.id)
    let begun = Answers(form, now: now, language: language)
    var answers = begun
    let goesOn = FileManager.default.fileExists(atPath: draft)
    if goesOn {
      answers = try FormFiles.answers(draft, of: form, now).answers
      output.say(output.text("form.fill.goes-on", ["file": draft]))
    }
    let file = draft
    var dialogue = FormDialogue(answers, output: output, begun: goesOn ? begun : nil) { answers in
      try Files.write(Array(answers.draft().xml().utf8), to: file)
    }
    switch try await dialogue.run() {
    case .handedIn:
      try Files.write(Array(dialogue.answers.xml().xml().utf8), to: out)
      try? FileManager.default.removeItem(atPath: draft)
      output.line(output.text("form.fill.done", ["file": out]))
    case .left: output.line(output.text("form.fill.saved", ["file": draft]))
    }
  }
}

struct FormCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: help("form.check"))

  @Argument(help: ArgumentHelp(help("form.name"))) var form: String
  @Option(help: ArgumentHelp(help("form.answers"), valueName: "file")) var answers: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let form = try FormFiles.form(self.form)
    let (_, problems) = try FormFiles.answers(answers, of: form, FormFiles.now(global))
    try Output(global).showProblems(problems, schema: "form.check")
    if problems.contains(where: { $0.severity == .error }) {
      throw ExitCode(ExitCodes.findings)
    }
  }
}

extension Output {
  /// Problems of answers, each with its place and the next step.
  func showProblems(_ problems: [Diagnostic], schema: String) throws {
    let count = problems.count { $0.severity == .error }
    let summary = text("form.check.count", ["count": "\(count)"])
    let lines = problems.flatMap { problem -> [String] in
      let place = problem.location.flatMap(\.line).map { "\($0): " } ?? ""
      let path = problem.arguments["path"].map { "\($0)  " } ?? ""
      let next = messages.next(problem).map { ["    \(text("next")): \($0)"] } ?? []
      return ["\(place)\(path)\(problem.code)  \(messages.sentence(problem))"] + next
    }
    let items = problems.map { problem in
      JSONValue.object([
        ("code", .string(problem.code)), ("path", JSONValue(problem.arguments["path"])),
        ("line", JSONValue(problem.location?.line)),
        ("message", .string(messages.sentence(problem))),
        ("severity", .string(problem.severity.rawValue)),
      ])
    }
    try show(
      lines + [summary], schema: schema,
      json: [("problems", .list(items)), ("errors", JSONValue(count))])
  }
}

struct FormImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: help("form.import"))

  @Argument(help: ArgumentHelp(help("form.import.file"), valueName: "file")) var file: String
  @Option(help: ArgumentHelp(help("form.import.into"), valueName: "folder")) var into = "."
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let folder = URL(filePath: file).deletingLastPathComponent()
    let form = try Form(odk: Files.bytes(file), file: file) { address in
      let name = address.split(separator: "/").last.map(String.init) ?? address
      return FileManager.default.contents(atPath: folder.appending(path: name).path)
        .map { Array($0) }
    }
    let imported = try form.importedAsFolded()
    let output = Output(global)
    for warning in imported.warnings {
      output.say("\(output.text("severity.warning"))  \(output.messages.sentence(warning))")
    }
    var files = ["\(into)/\(imported.form["id"] ?? form.id).xml"]
    try? FileManager.default.createDirectory(
      atPath: imported.lists.isEmpty ? into : "\(into)/lists", withIntermediateDirectories: true)
    try Files.write(Array(imported.form.xml().utf8), to: files[0])
    for list in imported.lists {
      files.append("\(into)/lists/\(list.name).csv")
      try Files.write(Array(list.text.utf8), to: files[files.count - 1])
    }
    try output.show(
      files + [output.text("form.import.next", ["file": files.joined(separator: " ")])],
      schema: "form.import",
      json: [("files", JSONValue(files)), ("warnings", JSONValue(imported.warnings.count))])
  }
}

struct FormExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: help("form.export"))

  @Argument(help: ArgumentHelp(help("form.name"))) var form: String
  @Flag(help: ArgumentHelp(help("form.export.odk"))) var odk = false
  @Flag(help: ArgumentHelp(help("form.export.schema"))) var schema = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    // what the system writes has a schema and no form
    if schema, let record = Resources.bytes("Schemas/records/\(form).xsd") {
      return FileHandle(forWriting: .standardOutput).write(String(decoding: record, as: UTF8.self))
    }
    let form = try FormFiles.form(self.form)
    let output = Output(global)
    if schema {
      FileHandle(forWriting: .standardOutput).write(String(decoding: form.schema(), as: UTF8.self))
    } else if odk {
      for warning in form.odkWarnings() {
        output.say("\(output.text("severity.warning"))  \(output.messages.sentence(warning))")
      }
      FileHandle(forWriting: .standardOutput).write(form.odk().xml())
    } else {
      FileHandle(forWriting: .standardOutput).write(form.folded().xml())
    }
  }
}
