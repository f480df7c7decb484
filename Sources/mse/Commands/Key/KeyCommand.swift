internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation

/// `mse key`: the keys that dossiers are sealed and verified with.
struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: help("key"),
    subcommands: [
      KeyNew.self, KeyList.self, KeyAdd.self, KeyRevoke.self, KeyExport.self,
    ])
}

struct KeyNew: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "new", abstract: help("key.new"))

  @Argument(help: ArgumentHelp(help("key.name"))) var name: String
  @Option(help: ArgumentHelp(help("key.owner"), valueName: "code")) var owner: String?
  @Option(help: ArgumentHelp(help("key.use"), valueName: "seal|approval")) var use = "seal"
  @Option(help: ArgumentHelp(help("key.days"), valueName: "number")) var days = 730
  @Option(help: ArgumentHelp(help("key.to"), valueName: "file")) var to: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let use: KeyEntry.Use = try OptionWord.value(use)
    guard days > 0 else { throw Diagnostic("USE014", ["days": "\(days)"]) }
    let office = try await global.office(passingTime: false)
    let key = SealKey(name: name)
    let until = Instant(seconds: office.now.seconds + days * 86_400)
    guard let from = UTCTime(office.now.description), let end = UTCTime(until.description) else {
      throw Diagnostic("USE004", ["time": office.now.description])
    }
    let entry = KeyEntry(
      name: name, owner: owner ?? office.authority.commission, use: use, from: from, until: end,
      publicKey: key.publicKey)
    try PrivateFile.create(key.pem, at: to)
    do {
      try await office.addKeys([entry], command: global.command)
    } catch {
      try? FileManager.default.removeItem(atPath: to)
      throw error
    }
    let output = Output(global)
    try output.show(
      [
        output.text("key.made", ["key": name, "owner": entry.owner, "file": to]),
        output.text("key.made.next"),
      ], schema: "key.new",
      json: [
        ("key", .string(name)), ("owner", .string(entry.owner)), ("use", .string(use.rawValue)),
        ("from", .string(from.description)), ("until", .string(end.description)),
        ("file", .string(to)),
      ])
  }
}

struct KeyList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: help("key.list"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let keys = try await office.keys()
    let output = Output(global)
    guard let now = UTCTime(office.now.description) else { return }
    var table = Table(
      headings: ["key", "owner", "use", "from", "until", "standing"].map {
        output.text("column.\($0)")
      })
    var items: [[(String, JSONValue)]] = []
    for entry in keys.entries {
      let standing = keys.standing(
        of: entry.name, owner: entry.owner, use: entry.use, created: now, receivedAt: now)
      table.rows.append([
        entry.name, entry.owner, output.text("key.use.\(entry.use.rawValue)"),
        String(entry.from.description.prefix(10)), String(entry.until.description.prefix(10)),
        output.text("key.standing.\(standing.rawValue)"),
      ])
      items.append([
        ("key", .string(entry.name)), ("owner", .string(entry.owner)),
        ("use", .string(entry.use.rawValue)), ("from", .string(entry.from.description)),
        ("until", .string(entry.until.description)), ("standing", .string(standing.rawValue)),
        ("revoked", JSONValue(entry.revocation?.at.description)),
        ("reason", JSONValue(entry.revocation?.reason.rawValue)),
      ])
    }
    try output.show(
      table, summary: output.text("key.count", ["count": "\(keys.entries.count)"]),
      schema: "key.list", items: items)
  }
}

struct KeyAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: help("key.add"))

  @Argument(help: ArgumentHelp(help("key.file"))) var file: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let directory = try Keys.directory(in: file)
    try await office.addKeys(directory.entries, command: global.command)
    let output = Output(global)
    try output.show(
      [output.text("key.added", ["count": "\(directory.entries.count)"])], schema: "key.add",
      json: [("keys", JSONValue(directory.entries.map(\.name)))])
  }
}

struct KeyRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: help("key.revoke"))

  @Argument(help: ArgumentHelp(help("key.name"))) var name: String
  @Option(
    help: ArgumentHelp(help("key.reason"), valueName: "compromised|replaced|left")) var reason:
    String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let reason: KeyEntry.RevocationReason = try OptionWord.value(reason)
    let office = try await global.office(passingTime: false)
    try await office.revokeKey(name, reason: reason, command: global.command)
    let output = Output(global)
    try output.show(
      [output.text("key.revoked.\(reason.rawValue)", ["key": name])], schema: "key.revoke",
      json: [("key", .string(name)), ("reason", .string(reason.rawValue))])
  }
}

struct KeyExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: help("key.export"))

  @Option(help: ArgumentHelp(help("key.export.to"), valueName: "file")) var to: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let keys = try await global.office(passingTime: false).keys()
    try Files.write(keys.xml(), to: to)
    let output = Output(global)
    try output.show(
      [output.text("key.exported", ["count": "\(keys.entries.count)", "file": to])],
      schema: "key.export",
      json: [("keys", JSONValue(keys.entries.map(\.name))), ("file", .string(to))])
  }
}

/// Files that hold keys.
enum Keys {
  /// The directory in a file.
  ///
  /// - Throws: `USE001` when it cannot be read; what `KeyDirectory` throws.
  static func directory(in file: String) throws -> KeyDirectory {
    try KeyDirectory(
      parsing: Files.bytes(file), file: file,
      schema: Resources.bytes("Schemas/keys-1.0.xsd") ?? [])
  }

  /// The directory in a file, else the one of the office.
  static func directory(
    in file: String?, else global: GlobalOptions
  ) async throws -> KeyDirectory {
    if let file { return try directory(in: file) }
    return try await global.office(passingTime: false).keys()
  }
}

/// A file that only its owner may read.
enum PrivateFile {
  /// Writes `text` to a new file; one that is there is never overwritten.
  ///
  /// - Throws: `USE002` when it is there or cannot be written.
  static func create(_ text: String, at path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else { throw Diagnostic("USE002", ["file": path]) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text.utf8))
      try handle.synchronize()
    } catch {
      throw Diagnostic("USE002", ["file": path])
    }
  }
}
