internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import Store
internal import Synchronization

/// What every command understands.
struct GlobalOptions: ParsableArguments {
  @Option(help: ArgumentHelp(help("option.store"), valueName: "file")) var store: String?
  @Option(help: ArgumentHelp(help("option.user"), valueName: "name")) var user: String?
  @Option(help: ArgumentHelp(help("option.lang"), valueName: "az|en|ru")) var lang: String?
  @Option(help: ArgumentHelp(help("option.now"), valueName: "time")) var now: String?
  @Option(
    name: .long, defaultAsFlag: "", help: ArgumentHelp(help("option.json"), valueName: "fields"))
  var json: String?
  @Flag(help: ArgumentHelp(help("option.plain"))) var plain = false
  @Flag(help: ArgumentHelp(help("option.human"))) var human = false
  @Flag(help: ArgumentHelp(help("option.accessible"))) var accessible = false
  @Option(help: ArgumentHelp(help("option.command-id"), valueName: "id")) var commandId: String?

  /// `--store`, `MSE_STORE`, else `mse.sqlite` in this folder.
  var storePath: String {
    store ?? ProcessInfo.processInfo.environment["MSE_STORE"] ?? "mse.sqlite"
  }

  /// `--user`, `MSE_USER`, else the account.
  var userName: String {
    user ?? ProcessInfo.processInfo.environment["MSE_USER"] ?? NSUserName()
  }

  /// Compiled once for all commands of this process.
  private static let definitions = DefinitionCache()

  var command: CommandID? { commandId.map { CommandID($0) } }

  /// The office of the store; timers that are due have fired.
  ///
  /// - Throws: `STORE005` when there is no store; `USER001` when the user is not known in it; `USER003` when somebody
  ///   else than the account is named in a store that is in real use.
  func office(passingTime: Bool = true) async throws -> Office {
    try await office(
      of: openStore(StoreLocation(storePath)), passingTime: passingTime)
  }

  /// The store at `location`; a new one is encrypted.
  func openStore(
    _ location: StoreLocation, mayCreate: Bool = false
  ) async throws -> any CaseStore {
    try await location.open(
      mayCreate: mayCreate, keyFile: keyFile(of: location), watch: TransactionWatch.shared)
  }

  /// `MSE_KEY_FILE`, else the usual one of that store.
  func keyFile(of location: StoreLocation) -> String {
    ProcessInfo.processInfo.environment["MSE_KEY_FILE"] ?? location.usualKeyFile
  }

  /// The office of another store than the one that is set.
  func office(of store: any CaseStore, passingTime: Bool) async throws -> Office {
    let office = try await Office(
      store: store, user: userName,
      now: now.map { try Moment.parse($0) }, language: Settings.language,
      definitions: GlobalOptions.definitions)
    guard office.authority.isTest || office.user.name == NSUserName() else {
      throw Diagnostic("USER003", ["account": NSUserName()])
    }
    if passingTime { try await office.passTime() }
    let texts = try await office.modelTexts()
    Settings.texts.withLock { $0 = texts }
    return office
  }

  /// `--now`, else the clock, as dossiers write it.
  ///
  /// - Throws: `USE004` when it is no time.
  func utcNow() throws -> UTCTime {
    let seconds = Int(Date().timeIntervalSince1970)
    let instant = try now.map { try Moment.parse($0) } ?? Instant(seconds: seconds)
    guard let time = UTCTime(instant.description) else {
      throw Diagnostic("USE004", ["time": instant.description])
    }
    return time
  }

  /// Reads a case number, long or short.
  func number(_ text: String, in office: Office) throws -> CaseNumber {
    let year = DateTime(office.now, in: .office)?.day.year ?? 0
    return try CaseNumber(
      abbreviated: text, commission: office.authority.commission, year: year)
  }
}

/// Tells a fault test where each transaction stands: `MSE_ACKNOWLEDGE` is the number of an open pipe.
enum TransactionWatch {
  private static let descriptor = ProcessInfo.processInfo.environment["MSE_ACKNOWLEDGE"]
    .flatMap { Int32($0) }

  /// `b` when a transaction has begun, `c` when it is committed, `x` when it was taken back.
  static let shared: (@Sendable (TransactionPhase) -> Void)? = {
    guard descriptor != nil else { return nil }
    return { phase in
      switch phase {
      case .begun: tell("b")
      case .committed: tell("c")
      case .rolledBack: tell("x")
      }
    }
  }()

  static func tell(_ text: String) {
    guard let descriptor else { return }
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      .write(contentsOf: Data(text.utf8))
  }
}

/// Times as people type them, in the commission's zone.
enum Moment {
  /// `2026-03-02T09:00`, or with seconds, or a whole instant with `Z`.
  ///
  /// - Throws: `USE004` when it is no time.
  static func parse(_ text: String) throws -> Instant {
    if let instant = Instant(text) { return instant }
    let full = text.count == 16 ? text + ":00" : text
    guard let local = DateTime(full),
      let instant = DateTime(local.day, local.time.with(zone: .office)).instant
    else { throw Diagnostic("USE004", ["time": String(text.prefix(40))]) }
    return instant
  }
}

/// Files named on the command line.
enum Files {
  /// - Throws: `USE001` when the file cannot be read.
  static func bytes(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Diagnostic("USE001", ["file": path])
    }
    return Array(data)
  }

  /// Writes a file, whole or not at all.
  ///
  /// - Throws: `USE002` when it cannot be written.
  static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Diagnostic("USE002", ["file": path])
    }
  }

  /// The files below the named files and folders with one of these endings, in order.
  ///
  /// - Throws: `USE001` when one of them is not there.
  static func all(below paths: [String], endings: [String]) throws -> [String] {
    var result: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Diagnostic("USE001", ["file": path])
      }
      guard isFolder.boolValue else {
        result.append(path)
        continue
      }
      let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      result += names.filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
        .map { path.hasSuffix("/") ? path + $0 : path + "/" + $0 }
    }
    return result
  }

  /// The same, for a command that has nothing to do without any.
  ///
  /// - Throws: `USE026` when there is none.
  static func some(below paths: [String], endings: [String]) throws -> NamedFiles {
    let files = try all(below: paths, endings: endings)
    guard !files.isEmpty else {
      throw Diagnostic(
        "USE026",
        ["folder": paths.joined(separator: ", "), "endings": endings.joined(separator: ", ")])
    }
    return NamedFiles(paths: files, isOne: files == paths && files.count == 1)
  }
}

/// The files that a command works on, at least one.
struct NamedFiles {
  let paths: [String]
  /// Exactly one was named, and not by its folder.
  let isOne: Bool
}
