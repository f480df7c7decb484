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
    let move = StoreMove(global)
    try move.checkIsThere(file)
    // a backup that is not sound restores nothing
    try await move.verify(backup)
    try await move.copy(
      from: backup, to: StoreLocation(global.storePath), schema: "store.restore")
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
    let audit = try await move.audit(StoreLocation(file ?? global.storePath))
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
    let rows = try await StoreCopy.copy(from: source, to: target)
    let audit = try await verify(target)
    let output = Output(global)
    let words = [
      "rows": "\(rows)", "store": target.description, "records": "\(audit.records)",
      "streams": "\(audit.streams)",
    ]
    try output.show(
      [
        output.text("\(schema).done", words),
        output.text("store.key", ["file": global.keyFile(of: target)]),
      ], schema: schema,
      json: [("store", .string(target.description)), ("rows", JSONValue(rows))]
        + output.json(for: audit))
  }

  /// - Throws: `STORE019` with the number of broken chains.
  @discardableResult
  func verify(_ location: StoreLocation) async throws -> Office.Audit {
    let audit = try await audit(location)
    guard audit.breaks.isEmpty else {
      throw Diagnostic(
        "STORE019", ["store": location.description, "breaks": "\(audit.breaks.count)"])
    }
    return audit
  }

  func audit(_ location: StoreLocation) async throws -> Office.Audit {
    try await location.checkFile()
    let store = try await global.openStore(location)
    return try await global.office(of: store, passingTime: false).verifyAudit()
  }
}
