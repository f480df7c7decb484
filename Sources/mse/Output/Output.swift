internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import Synchronization

/// Results to standard output: for people, as JSON, or as plain lines in a pipe.
struct Output {
  let messages: Messages
  private let json: String?
  private let isPlain: Bool
  private let isAccessible: Bool

  init(_ options: GlobalOptions) {
    messages = Messages(Settings.language)
    json = options.json
    isAccessible =
      options.accessible || ProcessInfo.processInfo.environment["ACCESSIBLE"] == "1"
    isPlain = options.plain || (isatty(STDOUT_FILENO) == 0 && options.human == false)
  }

  var isJSON: Bool { json != nil }

  /// One thing: sentences for people, an object for programs.
  func show(_ lines: [String], schema: String, json object: [(String, JSONValue)]) throws {
    if json != nil {
      let all: [(String, JSONValue)] = [("schema", .string("mse/\(schema)/1"))]
      try line(JSONValue.object(all + selected(object)).text)
    } else {
      for text in lines { line(text) }
    }
  }

  /// One thing after another, each in words as soon as `body` has it; for programs the objects of all of them in one list,
  /// also when the last one is refused.
  ///
  /// - Parameter isList: false when there is one thing only, whose object is no list.
  func series(
    _ schema: String, isList: Bool, _ body: (inout Series) async throws -> Void
  ) async throws {
    var series = Series(output: self, schema: schema, isList: isList && isJSON)
    do {
      try await body(&series)
    } catch {
      if !series.objects.isEmpty { list(series.objects, schema: schema) }
      throw error
    }
    if series.isList { list(series.objects, schema: schema) }
  }

  /// What `series` has shown so far.
  struct Series {
    private let output: Output
    private let schema: String
    fileprivate let isList: Bool
    fileprivate private(set) var objects: [JSONValue] = []

    fileprivate init(output: Output, schema: String, isList: Bool) {
      self.output = output
      self.schema = schema
      self.isList = isList
    }

    mutating func show(_ lines: [String], json object: [(String, JSONValue)]) throws {
      guard isList else { return try output.show(lines, schema: schema, json: object) }
      objects.append(.object(try output.selected(object)))
    }
  }

  private func list(_ objects: [JSONValue], schema: String) {
    line(
      JSONValue.object([("schema", .string("mse/\(schema)/1")), ("items", .list(objects))]).text)
  }

  /// Many things: a table for people, lines for a pipe, objects for programs.
  func show(
    _ table: Table, summary: String, schema: String, items: [[(String, JSONValue)]]
  ) throws {
    if json != nil {
      list(try items.map { JSONValue.object(try selected($0)) }, schema: schema)
    } else if isPlain {
      for text in table.plainLines { line(text) }
    } else if isAccessible {
      for row in table.rows { line(table.spoken(row)) }
      line(summary)
    } else {
      if !table.rows.isEmpty { for text in table.lines(width: Terminal.width) { line(text) } }
      line(summary)
    }
  }

  /// A paper or a register as it is printed: to standard output, to a file, or inside an object for programs.
  func write(
    _ text: String, to file: String?, schema: String, json object: [(String, JSONValue)]
  ) throws {
    if let file {
      try Files.write(Array(text.utf8), to: file)
      try show(
        [self.text("file.written", ["file": file])], schema: schema,
        json: [("file", .string(file))] + object)
    } else if isJSON {
      try show([], schema: schema, json: object + [("text", .string(text))])
    } else {
      FileHandle(forWriting: .standardOutput).write(text)
    }
  }

  /// Findings and what they come to: paragraphs for people, lines for a pipe, an object for programs.
  func show(
    _ paragraphs: [String], else table: Table, summary: [String], schema: String,
    json object: [(String, JSONValue)]
  ) throws {
    if json == nil, isPlain {
      for text in table.plainLines { line(text) }
    } else {
      try show(paragraphs + summary, schema: schema, json: object)
    }
  }

  /// A table with a heading; `name` tells it apart in plain lines.
  struct Section {
    let name: String
    let title: String
    let table: Table
  }

  /// Several tables below a first line for people, their rows after the name of the table in a pipe, an object for
  /// programs.
  func show(
    _ sections: [Section], lead: String, schema: String, json object: [(String, JSONValue)]
  ) throws {
    if json != nil { return try show([], schema: schema, json: object) }
    if isPlain {
      for section in sections {
        for text in section.table.plainLines { line("\(section.name)\t\(text)") }
      }
      return
    }
    line(lead)
    for section in sections {
      line("")
      line(section.title)
      for text in isAccessible
        ? section.table.rows.map(section.table.spoken) : section.table.lines(width: Terminal.width)
      {
        line(text)
      }
    }
  }

  /// The fields that `--json a,b` asks for.
  ///
  /// - Throws: `USE003` listing the fields when one is unknown.
  private func selected(_ object: [(String, JSONValue)]) throws -> [(String, JSONValue)] {
    guard let json, !json.isEmpty else { return object }
    return try json.split(separator: ",").map { field in
      guard let entry = object.first(where: { $0.0 == field }) else {
        let known = object.map(\.0).joined(separator: ", ")
        throw Diagnostic("USE003", ["field": String(field), "known": known])
      }
      return entry
    }
  }

  func line(_ text: String) {
    FileHandle(forWriting: .standardOutput).write(text + "\n")
  }

  /// Talk goes to standard error, so that results can be piped; silent for programs.
  func say(_ text: String) {
    if json == nil { FileHandle(forWriting: .standardError).write(text + "\n") }
  }

  // MARK: Words

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    messages.text(key, arguments)
  }

  /// A text of a process or a decision in the user's language.
  func model(_ text: String) -> String {
    Settings.texts.withLock { $0.text(text, in: Settings.language) }
  }

  /// `17.05.2024`.
  func date(_ day: Day) -> String { day.onPaper }

  /// `17.05.2024 18:00`, in the commission's zone.
  func moment(_ instant: Instant) -> String {
    guard let local = DateTime(instant, in: .office) else { return instant.description }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date(local.day)) \(two(local.time.hour)):\(two(local.time.minute))"
  }

  /// When something is due, with a word and a sign when it is late; nothing when it never is.
  func due(_ instant: Instant?, now: Instant) -> String {
    guard let instant, let local = DateTime(instant, in: .office) else { return "–" }
    return instant < now ? text("due.late", ["date": date(local.day)]) : date(local.day)
  }
}

/// What is known of the terminal.
enum Terminal {
  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 {
      return Int(size.ws_col)
    }
    return ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 110
  }
}

/// Refusals to standard error: what is wrong, each cause, and the next step.
struct ErrorOutput {
  private let isJSON: Bool
  private let messages = Messages(Settings.language)

  init(arguments: [String]) {
    isJSON = arguments.contains { $0 == "--json" || $0.hasPrefix("--json=") }
  }

  func show(_ problem: Diagnostic) {
    let handle = FileHandle(forWriting: .standardError)
    if isJSON {
      handle.write(JSONValue.object([("error", json(problem))]).text + "\n")
      return
    }
    handle.write("\(messages.text("error")): \(problem.code) \(line(problem))\n")
    for cause in problem.causes.prefix(20) {
      let code = cause.arguments["violation"] ?? cause.code
      handle.write("  \(code) \(line(cause))\n")
      if let next = messages.next(cause), !next.isEmpty {
        handle.write("    \(messages.text("next")): \(next)\n")
      }
    }
    if let next = messages.next(problem) { handle.write("  \(messages.text("next")): \(next)\n") }
  }

  private func line(_ problem: Diagnostic) -> String {
    let place = problem.location.map { "\($0): " } ?? ""
    let language = Settings.language.rawValue
    let own = problem.arguments["message_\(language)"].map { message in
      message + (problem.arguments["basis"].map { " [\($0)]" } ?? "")
    }
    return place + (own ?? messages.sentence(problem))
  }

  private func json(_ problem: Diagnostic) -> JSONValue {
    var entries: [(String, JSONValue)] = [
      ("code", .string(problem.code)), ("message", .string(line(problem))),
      ("location", JSONValue(problem.location?.description)),
      ("next", JSONValue(messages.next(problem))),
    ]
    if !problem.causes.isEmpty { entries.append(("causes", .list(problem.causes.map(json)))) }
    return .object(entries)
  }
}
