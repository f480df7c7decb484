internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL
internal import Foundation
internal import Simulation
internal import Store

/// Plays a commission with made-up people and cases, to see where work piles up and which clocks run out.
struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: help("simulate"))

  @Option(help: ArgumentHelp(help("simulate.cases"), valueName: "number")) var cases = 100
  @Option(help: ArgumentHelp(help("simulate.days"), valueName: "number")) var days = 90
  @Option(help: ArgumentHelp(help("simulate.experts"), valueName: "number")) var experts: Int?
  @Option(help: ArgumentHelp(help("simulate.seed"), valueName: "number")) var seed = 1
  @Option(help: ArgumentHelp(help("simulate.profile"), valueName: "profile"))
  var profile = "AZ-2022"
  @Option(help: ArgumentHelp(help("simulate.tables"), valueName: "folder")) var tables: String?
  @Option(help: ArgumentHelp(help("simulate.svg"), valueName: "file|folder")) var svg: String?
  @Argument(help: ArgumentHelp(help("simulate.definitions"))) var definitions: [String] = []
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let files = try DefinitionFiles.read(definitions)
    let profiles = Set(files.map(\.profile)).subtracting(["any"]).sorted()
    guard profiles.contains(profile) else {
      throw Diagnostic("USE003", ["field": profile, "known": profiles.joined(separator: ", ")])
    }
    let from = try global.now.map { try Moment.parse($0) }.flatMap {
      DateTime($0, in: .office)?.day
    }
    let plan = Simulation.Plan(
      cases: cases, days: days, experts: experts, seed: seed, profile: profile, from: from)
    var simulation = try await Simulation(
      plan, tables: readTables(), definitions: files, in: MemoryStore())
    let report = try await simulation.run()
    let output = Output(global)
    let words = SimulationWords(report: report, output: output)
    if let svg { try writePictures(of: report, words: words.picture, to: svg) }
    try output.show(
      words.sections, lead: words.lead, schema: "simulate", json: words.json)
  }

  /// The tables of the folder; those that are not there as shipped.
  ///
  /// - Throws: `USE001` when there is no such folder, or none of the tables in it.
  private func readTables() throws -> SimulationTables {
    guard let tables else { return try SimulationTables { _ in nil } }
    let names = SimulationTables.names.filter {
      FileManager.default.fileExists(atPath: "\(tables)/\($0)")
    }
    guard !names.isEmpty else { throw Diagnostic("USE001", ["file": tables]) }
    return try SimulationTables { name in
      names.contains(name) ? try Files.bytes("\(tables)/\(name)") : nil
    }
  }

  /// All charts in one file, or each in a file of the folder.
  private func writePictures(
    of report: SimulationReport, words: SimulationPicture.Words, to path: String
  ) throws {
    let picture = SimulationPicture(report, words: words)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return try Files.write(Array(picture.svg().utf8), to: path) }
    for chart in SimulationPicture.Chart.allCases {
      try Files.write(Array(picture.svg([chart]).utf8), to: "\(path)/\(chart.rawValue).svg")
    }
  }
}
