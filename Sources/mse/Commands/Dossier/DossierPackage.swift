internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

struct DossierPackage: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "package", abstract: help("dossier.package"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("dossier.seal.key"), valueName: "file")) var key: String
  @Option(help: ArgumentHelp(help("key.name"), valueName: "name")) var name: String
  @Option(help: ArgumentHelp(help("dossier.package.to"), valueName: "file")) var to: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let key = try SealKey(name: name, pem: String(decoding: Files.bytes(key), as: UTF8.self))
    let number = try global.number(number, in: office)
    let bytes = try await office.package(number, with: key)
    try Files.write(bytes, to: to)
    let output = Output(global)
    try output.show(
      [output.text("package.done", ["number": number.description, "file": to])],
      schema: "dossier.package",
      json: [
        ("case", .string(number.description)), ("file", .string(to)),
        ("sha256", .string(Digest(of: bytes).description)),
      ])
  }
}

/// A report on a container in words, one statement a line.
struct PackagePage {
  private let report: PackageReport
  private let output: Output

  init(_ report: PackageReport, _ output: Output) {
    self.report = report
    self.output = output
  }

  var lines: [String] {
    if let problem = report.malformation {
      return [output.text("verify.malformed", ["problem": output.messages.sentence(problem)])]
    }
    let words = [
      "key": report.keyName, "sender": report.signer.isEmpty ? "?" : report.signer,
      "created": report.signedAt,
    ]
    let changed = report.changed.map { output.text("verify.package.changed", ["file": $0]) }
    return [
      output.text("verify.package.files", ["count": "\(report.files.count)"]),
      output.text("verify.seal.\(report.integrity.rawValue)", words),
    ] + changed + [
      output.text("verify.by", words),
      output.text(
        "verify.key",
        [
          "then": output.text("key.standing.\(report.keyThen.rawValue)"),
          "now": output.text("key.standing.\(report.keyNow.rawValue)"),
        ]),
    ]
  }

  var json: [(String, JSONValue)] {
    [
      ("wellFormed", .boolean(report.malformation == nil)),
      ("files", JSONValue(report.files.map(\.path))), ("changed", JSONValue(report.changed)),
      ("integrity", .string(report.integrity.rawValue)), ("key", .string(report.keyName)),
      ("signer", .string(report.signer)), ("signedAt", .string(report.signedAt)),
      ("keyThen", .string(report.keyThen.rawValue)), ("keyNow", .string(report.keyNow.rawValue)),
    ]
  }
}
