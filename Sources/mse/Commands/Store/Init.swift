internal import ArgumentParser
internal import Commission
internal import Crypto
internal import Diagnostics
internal import Foundation
internal import Store

struct Init: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "init", abstract: help("init"))

  @Argument(help: ArgumentHelp(help("init.file"))) var file: String?
  @Option(help: ArgumentHelp(help("init.commission"), valueName: "code")) var commission = "07"
  @Option(help: ArgumentHelp(help("init.office"), valueName: "folder")) var office: String?
  @Flag(help: ArgumentHelp(help("init.test"))) var test = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let location = StoreLocation(file ?? global.storePath)
    let newFiles = newFiles(of: location)
    do {
      try await found(location)
    } catch {
      // a refused office leaves no empty store behind, and no key of one
      for file in newFiles { try? FileManager.default.removeItem(atPath: file) }
      throw error
    }
    let output = Output(global)
    try output.show(
      [
        output.text("init.done", ["store": location.description, "commission": commission]),
        output.text("init.key", ["file": global.keyFile(of: location)]),
        output.text("init.next", ["command": deploy(to: location)]),
      ], schema: "init",
      json: [
        ("store", .string(location.description)), ("commission", .string(commission)),
        ("test", .boolean(test)), ("keyFile", .string(global.keyFile(of: location))),
      ]
    )
  }

  /// The next command, with the store where it would not be found without.
  private func deploy(to location: StoreLocation) -> String {
    let usual = ProcessInfo.processInfo.environment["MSE_STORE"] ?? "mse.sqlite"
    let command = "mse deploy"
    return StoreLocation(usual).description == location.description
      ? command : "\(command) --store \(location.description)"
  }

  private func found(_ location: StoreLocation) async throws {
    let tables = try tables()
    let now = try global.now.map { try Moment.parse($0) }
    let store = try await global.openStore(location, mayCreate: true)
    try await Office.found(
      in: store, commission: commission, isTest: test, drawSecret: secret(), tables: tables,
      by: global.userName, now: now, command: global.command)
  }

  /// The files that are not there yet and will be.
  private func newFiles(of location: StoreLocation) -> [String] {
    var files = [global.keyFile(of: location)]
    if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
      files += ["", "-wal", "-shm"].map { path + $0 }
    }
    return files.filter { !FileManager.default.fileExists(atPath: $0) }
  }

  /// A test store always draws alike; a real one keeps a secret that nobody has seen.
  private func secret() -> String {
    if test { return fingerprint(Array("test store".utf8)) }
    return SymmetricKey(size: .bits256).withUnsafeBytes { fingerprint(Array($0)) }
  }

  /// The tables of the office folder; without one, the account that sets up is the only user.
  private func tables() throws -> [String: CSV] {
    guard let office else {
      let rows =
        "user,name,roles,commission\n\(global.userName),\(global.userName),"
        + "secretary session-secretary irp-coordinator appeal-secretary head admin,\(commission)\n"
      return ["users.csv": try CSV(parsing: Array(rows.utf8), file: "users.csv")]
    }
    var tables: [String: CSV] = [:]
    for name in Authority.tableNames {
      let path = "\(office)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else { continue }
      tables[name] = try CSV(parsing: Files.bytes(path), file: path)
    }
    guard tables["users.csv"] != nil else {
      throw Diagnostic("USE001", ["file": "\(office)/users.csv"])
    }
    return tables
  }
}
