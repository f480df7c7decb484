internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation
internal import Store

struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: help("store"),
    subcommands: [
      StoreCopyTo.self, StoreBackup.self, StoreRestore.self, StoreVerify.self, StoreRotateKey.self,
    ])
}

struct StoreCopyTo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy", abstract: help("store.copy"))

  @Argument(help: ArgumentHelp(help("store.copy.target"))) var target: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office(passingTime: false).checkMayKeepStore()
    try await StoreMove(global).copy(
      from: StoreLocation(global.storePath), to: StoreLocation(target), schema: "store.copy")
  }
}

struct StoreBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: help("store.backup"))

  @Argument(help: ArgumentHelp(help("store.backup.file"))) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office(passingTime: false).checkMayKeepStore()
    try await StoreMove(global).copy(
      from: StoreLocation(global.storePath), to: .sqlite(path: file), schema: "store.backup")
  }
}

struct StoreRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: help("store.restore"))

  @Argument(help: ArgumentHelp(help("store.backup.file"))) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let backup = StoreLocation.sqlite(path: file)
    let target = StoreLocation(global.storePath)
    let move = StoreMove(global)
    try move.checkIsThere(file)
    // a backup that is not sound restores nothing
    try await move.verify(backup, with: move.keyFile(of: target, or: backup))
    try await move.copy(from: backup, to: target, schema: "store.restore")
  }
}

struct StoreVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: help("store.verify"))

  @Argument(help: ArgumentHelp(help("store.verify.file"))) var file: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let move = StoreMove(global)
    if let file { try move.checkIsThere(file) }
    let location = StoreLocation(file ?? global.storePath)
    // a backup elsewhere opens with the key file of the store it is a backup of
    let keyFile = move.keyFile(of: location, or: StoreLocation(global.storePath))
    let audit = try await move.audit(location, with: keyFile)
    let output = Output(global)
    try output.show(
      output.lines(for: audit), schema: "store.verify", json: output.json(for: audit))
    if !audit.breaks.isEmpty { throw ExitCode(ExitCodes.data) }
  }
}

struct StoreRotateKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rotate-key", abstract: help("store.rotate-key"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await global.office(passingTime: false).checkMayKeepStore()
    let location = StoreLocation(global.storePath)
    let file = global.keyFile(of: location)
    let keys = try await location.rotateKey(keyFile: file)
    let output = Output(global)
    try output.show(
      [
        output.text("store.rotate-key.done", ["keys": "\(keys)", "file": file]),
        output.text("store.rotate-key.former", ["file": file]),
      ], schema: "store.rotate-key", json: [("keys", JSONValue(keys)), ("file", .string(file))])
  }
}

/// What copies, backups and checks share: a copy counts only when every chain in it is whole.
private struct StoreMove {
  let global: GlobalOptions

  init(_ global: GlobalOptions) {
    self.global = global
  }

  /// - Throws: `USE001` when the file that was named is not there.
  func checkIsThere(_ file: String) throws {
    guard case .sqlite(let path) = StoreLocation(file) else { return }
    guard FileManager.default.fileExists(atPath: path) else {
      throw Diagnostic("USE001", ["file": file])
    }
  }

  func copy(from source: StoreLocation, to target: StoreLocation, schema: String) async throws {
    let keyFile = keyFile(of: target, or: source)
    let rows = try await StoreCopy.copy(from: source, to: target)
    let audit = try await verify(target, with: keyFile)
    let output = Output(global)
    let words = [
      "rows": "\(rows)", "store": target.description, "records": "\(audit.records)",
      "streams": "\(audit.streams)",
    ]
    try output.show(
      [
        output.text("\(schema).done", words),
        output.text("store.key", ["file": keyFile]),
      ], schema: schema,
      json: [("store", .string(target.description)), ("rows", JSONValue(rows))]
        + output.json(for: audit))
  }

  /// A copy opens with the key file of its source, which need not lie beside it: the first of the two that is there.
  func keyFile(of target: StoreLocation, or source: StoreLocation) -> String {
    let files = [target, source].map(global.keyFile)
    return files.first { FileManager.default.fileExists(atPath: $0) } ?? files[1]
  }

  /// - Throws: `STORE019` with the number of broken chains.
  @discardableResult
  func verify(_ location: StoreLocation, with keyFile: String) async throws -> Office.Audit {
    let audit = try await audit(location, with: keyFile)
    guard audit.breaks.isEmpty else {
      throw Diagnostic(
        "STORE019", ["store": location.description, "breaks": "\(audit.breaks.count)"])
    }
    return audit
  }

  func audit(_ location: StoreLocation, with keyFile: String) async throws -> Office.Audit {
    try await location.checkFile()
    let store = try await location.open(keyFile: keyFile)
    return try await global.office(of: store, passingTime: false).verifyAudit()
  }
}
