internal import ArgumentParser
internal import Commission
internal import Diagnostics

struct Deploy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files", abstract: help("deploy"), shouldDisplay: false)

  @Argument(help: ArgumentHelp(help("deploy.paths"))) var paths: [String] = []
  @Flag(help: ArgumentHelp(help("deploy.dry-run"))) var dryRun = false
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let files = try DefinitionFiles.read(paths)
    let output = Output(global)
    if dryRun {
      let errors = try await global.office(passingTime: false).lint(files)
        .filter { $0.severity == .error }
      guard errors.isEmpty else {
        throw Diagnostic("CASE018", ["count": "\(errors.count)"], causes: errors)
      }
      return output.line(output.text("deploy.dry-run", ["count": "\(files.count)"]))
    }
    let deployment = try await global.office(passingTime: false).deploy(
      files, command: global.command)
    try output.show(
      [
        output.text(
          "deploy.done",
          [
            "added": "\(deployment.added.count)", "unchanged": "\(deployment.unchanged.count)",
            "warnings": "\(deployment.warnings.count)",
          ])
      ], schema: "deploy",
      json: [
        ("added", JSONValue(deployment.added)), ("unchanged", JSONValue(deployment.unchanged)),
        ("warnings", JSONValue(deployment.warnings.count)),
      ])
  }
}

/// Definitions from the named files and folders; without any, those that the binary carries.
enum DefinitionFiles {
  /// - Throws: `CASE018` with every file that cannot be read as what it is.
  static func read(_ paths: [String]) throws -> [DefinitionFile] {
    var contents: [(String, [UInt8])] = []
    if paths.isEmpty {
      for path in Resources.paths(below: "Workflows/") + Resources.paths(below: "Forms/") {
        contents.append((path, Resources.bytes(path) ?? []))
      }
    } else {
      for path in try Files.all(below: paths, endings: [".bpmn", ".dmn", ".xml", ".csv"]) {
        try contents.append((path, Files.bytes(path)))
      }
    }
    var problems: [Diagnostic] = []
    let files = contents.compactMap { path, bytes -> DefinitionFile? in
      do {
        return try DefinitionFile(path: path, bytes: bytes)
      } catch {
        guard let problem = error as? Diagnostic else { return nil }
        problems += problem.causes.isEmpty ? [problem] : problem.causes
        return nil
      }
    }
    guard problems.isEmpty else {
      throw Diagnostic("CASE018", ["count": "\(problems.count)"], causes: problems)
    }
    return files
  }
}
