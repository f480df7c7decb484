internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

struct DossierSeal: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: help("dossier.seal"))

  @Argument(help: ArgumentHelp(help("dossier.paths"))) var paths: [String]
  @Option(help: ArgumentHelp(help("dossier.seal.key"), valueName: "file")) var key: String
  @Option(help: ArgumentHelp(help("key.name"), valueName: "name")) var name: String
  @Option(help: ArgumentHelp(help("dossier.seal.profile"), valueName: "whole|manifest"))
  var profile = "whole"
  @Option(help: ArgumentHelp(help("dossier.seal.to"), valueName: "path")) var to: String
  @Option(help: ArgumentHelp(help("dossier.verify.keys"), valueName: "file")) var keys: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let profile: SealProfile = try OptionWord.value(profile)
    let key = try SealKey(name: name, pem: String(decoding: Files.bytes(key), as: UTF8.self))
    let files = try Files.some(below: paths, endings: [".xml"])
    let targets = try targets(of: files)
    let directory = try await directory()
    let now = try global.utcNow()
    let output = Output(global)
    try await output.series("dossier.seal", isList: !files.isOne) { series in
      for (file, target) in targets {
        let message = try Files.bytes(file)
        try directory?.check(key, sealing: message, file: file, now: now)
        let sealed = try key.sealing(message, profile: profile, file: file)
        try Files.write(sealed, to: target)
        try series.show(
          [output.text("seal.done", ["file": target, "key": name])],
          json: [
            ("file", .string(target)), ("key", .string(name)),
            ("profile", .string(profile.rawValue)),
            ("sha256", .string(Digest(of: sealed).description)),
          ])
      }
    }
  }

  /// The keys of the file, else those the office knows; `nil`: there is no office here either.
  private func directory() async throws -> KeyDirectory? {
    do {
      return try await Keys.directory(in: keys, else: global)
    } catch let problem as Diagnostic where problem.code == "STORE005" {
      return nil
    }
  }

  /// Each file and where it goes: one file to the named one, several into the named folder.
  ///
  /// - Throws: `USE002` when two of them have the same name.
  private func targets(of files: NamedFiles) throws -> [(file: String, target: String)] {
    if files.isOne { return [(files.paths[0], to)] }
    try? FileManager.default.createDirectory(atPath: to, withIntermediateDirectories: true)
    var taken: Set<String> = []
    return try files.paths.map { file in
      let target = "\(to)/\(URL(filePath: file).lastPathComponent)"
      guard taken.insert(target).inserted else { throw Diagnostic("USE002", ["file": target]) }
      return (file, target)
    }
  }
}

struct DossierRedact: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact", abstract: help("dossier.redact"))

  @Argument(help: ArgumentHelp(help("dossier.file"))) var file: String
  @Option(help: ArgumentHelp(help("dossier.redact.keep"), valueName: "ids")) var keep: String
  @Option(help: ArgumentHelp(help("dossier.to"), valueName: "file")) var to: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let kept = Set(keep.split(separator: ",").map(String.init))
    let copy = try Redaction.copy(of: Files.bytes(file), keeping: kept, file: file)
    try Files.write(copy, to: to)
    let output = Output(global)
    try output.show(
      [output.text("redact.done", ["file": to])], schema: "dossier.redact",
      json: [("file", .string(to)), ("kept", JSONValue(kept.sorted()))])
  }
}

struct DossierDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: help("dossier.diff"))

  @Argument(help: ArgumentHelp(help("dossier.file"))) var first: String
  @Argument(help: ArgumentHelp(help("dossier.file"))) var second: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let differences = try DossierDifference.all(
      between: Files.bytes(first), first, and: Files.bytes(second), second)
    let output = Output(global)
    var table = Table(
      headings: ["field", "before", "after"].map { output.text("column.\($0)") })
    table.rows = differences.map { [$0.path, $0.before ?? "–", $0.after ?? "–"] }
    try output.show(
      table, summary: output.text("diff.count", ["count": "\(differences.count)"]),
      schema: "dossier.diff",
      items: differences.map {
        [
          ("field", .string($0.path)), ("before", JSONValue($0.before)),
          ("after", JSONValue($0.after)),
        ]
      })
  }
}
