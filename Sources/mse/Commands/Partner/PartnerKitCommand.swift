internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation

/// Writes what a partner needs to exchange messages with us without our program.
struct PartnerKitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "partner-kit", abstract: help("partner-kit"))

  @Argument(help: ArgumentHelp(help("partner-kit.folder"))) var folder: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let kit = try PartnerKit()
    for (path, bytes) in kit.files {
      let target = "\(folder)/\(path)"
      do {
        try FileManager.default.createDirectory(
          atPath: URL(filePath: target).deletingLastPathComponent().path,
          withIntermediateDirectories: true)
      } catch {
        throw Diagnostic("USE002", ["file": target])
      }
      try Files.write(bytes, to: target)
    }
    let output = Output(global)
    let words = ["count": "\(kit.files.count)", "folder": folder]
    try output.show(
      [output.text("kit.done", words), output.text("kit.next", words)], schema: "partner-kit",
      json: [("folder", .string(folder)), ("files", JSONValue(kit.files.map(\.path)))])
  }
}
