internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

/// Takes files in, each as a whole or not at all. Stopped anywhere and started again it goes on: what is here already is
/// not taken twice.
struct DossierImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: help("dossier.import"))

  @Argument(help: ArgumentHelp(help("dossier.paths"))) var paths: [String]
  @Option(help: ArgumentHelp(help("dossier.import.report"), valueName: "file")) var report: String?
  @OptionGroup var seal: SealOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let output = Output(global)
    let files = try Files.all(below: paths, endings: [".xml"])
    let key = try seal.sealKey()
    if let key { try await office.check(key) }
    if files.count == 1, report == nil {
      let handling = try await office.handle(
        Files.bytes(files[0]), file: files[0], answeringWith: key)
      return try output.show(handling.taken(), file: files[0])
    }
    var batch = try ImportBatch(count: files.count, report: report, output: output)
    try await office.handle(all: files, answeringWith: key, read: Files.bytes) {
      try batch.note($0)
    }
    output.say(output.text("import.summary", batch.words))
    if batch.refused > 0 { throw ExitCode(ExitCodes.findings) }
  }
}

extension Office.Handling {
  /// What became of the file.
  ///
  /// - Throws: the refusal; `DOSS067` when it was refused when it first came.
  func taken() throws -> Office.Reception {
    if let refusal { throw refusal }
    guard let reception, reception.outcome != .rejected else { throw Diagnostic("DOSS067") }
    return reception
  }
}

/// How far an import is: what became of every file, told as it goes.
private struct ImportBatch {
  private let count: Int
  private let output: Output
  private let report: FileHandle?
  private var imported = 0
  private var already = 0
  private var held = 0
  private(set) var refused = 0

  /// - Throws: `USE002` when the report cannot be written.
  init(count: Int, report: String?, output: Output) throws {
    self.count = count
    self.output = output
    self.report = try report.map { path in
      if !FileManager.default.fileExists(atPath: path) { try Files.write([], to: path) }
      guard let handle = FileHandle(forWritingAtPath: path) else {
        throw Diagnostic("USE002", ["file": path])
      }
      _ = try handle.seekToEnd()
      return handle
    }
  }

  /// The placeholders of the summary.
  var words: [String: String] {
    [
      "files": "\(count)", "imported": "\(imported)", "already": "\(already)",
      "held": "\(held)", "refused": "\(refused)",
    ]
  }

  mutating func note(_ file: Office.HandledFile) throws {
    let reception: Office.Reception
    do {
      reception = try file.result.get().taken()
    } catch let problem as Diagnostic {
      return try refused(problem, file: file.file, bytes: file.bytes)
    }
    try taken(reception, file: file.file)
  }

  private mutating func taken(_ reception: Office.Reception, file: String) throws {
    switch reception.outcome {
    case .opened, .continued, .filed, .noted: imported += 1
    case .already: already += 1
    case .held: held += 1
    case .rejected: refused += 1
    }
    if report == nil { try output.show(reception, file: file) }
    try note([
      ("file", .string(file)), ("sha256", .string(reception.sha256)),
      ("kind", .string(reception.kind)), ("result", .string(reception.outcome.rawValue)),
      ("case", JSONValue(reception.number?.description)),
    ])
  }

  private mutating func refused(_ problem: Diagnostic, file: String, bytes: [UInt8]) throws {
    refused += 1
    if report == nil { ErrorOutput(arguments: CommandLine.arguments).show(problem) }
    let cause = problem.causes.first ?? problem
    try note([
      ("file", .string(file)), ("sha256", .string(Digest(of: bytes).description)),
      ("result", .string("refused")), ("code", .string(cause.code)),
      ("class", JSONValue(problem.arguments["class"])),
      ("line", JSONValue(cause.location?.line)),
      ("problems", JSONValue(max(1, problem.causes.count))),
      ("message", .string(output.messages.sentence(cause))),
      ("next", JSONValue(output.messages.next(cause))),
    ])
  }

  /// One line of the report; a word on the way at every tenth of a long import.
  private func note(_ entries: [(String, JSONValue)]) throws {
    let line = JSONValue.object(entries).text + "\n"
    do {
      try report?.write(contentsOf: Data(line.utf8))
    } catch {
      throw Diagnostic("USE002", ["file": "--report"])
    }
    let done = imported + already + held + refused
    guard count >= 100, done < count, done * 10 / count > (done - 1) * 10 / count else { return }
    output.say(
      output.text("import.progress", words.merging(["done": "\(done)"]) { $1 }))
  }
}
