internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation

/// One command, one file, plain words: is it intact, and was the key good then.
struct DossierVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: help("dossier.verify"))

  @Argument(help: ArgumentHelp(help("dossier.paths"))) var paths: [String]
  @Option(help: ArgumentHelp(help("dossier.verify.keys"), valueName: "file")) var keys: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let directory = try await Keys.directory(in: keys, else: global)
    let inspector = try DossierInspector(
      envelopeSchema: Resources.bytes("Schemas/dossier-1.0.xsd") ?? [],
      sealSchema: Resources.bytes("Schemas/seal-1.0.xsd") ?? [], keys: directory)
    let output = Output(global)
    let files = try Files.some(below: paths, endings: [".xml", ".asice"])
    let now = try global.utcNow()
    var bad = 0
    try await output.series("dossier.verify", isList: !files.isOne) { series in
      func show(
        _ file: String, isGood: Bool, _ lines: [String], _ json: [(String, JSONValue)]
      ) throws {
        if !isGood { bad += 1 }
        try series.show(
          (files.paths.count > 1 ? [file] : []) + lines,
          json: [("file", .string(file)), ("good", .boolean(isGood))] + json)
      }
      for file in files.paths {
        let bytes = try Files.bytes(file)
        if bytes.starts(with: "PK".utf8) {
          let report = PackageReport(on: bytes, file: file, keys: directory, receivedAt: now)
          let page = PackagePage(report, output)
          try show(file, isGood: report.isGood, page.lines, page.json)
        } else {
          let report = try inspector.report(on: bytes, file: file, receivedAt: now)
          let page = VerificationPage(report, output)
          try show(file, isGood: report.isGood, page.lines, page.json)
        }
      }
    }
    if bad > 0 { throw ExitCode(files.paths.count == 1 ? ExitCodes.data : ExitCodes.findings) }
  }
}

/// A verification report in words, one statement a line.
private struct VerificationPage {
  private let report: VerificationReport
  private let output: Output

  init(_ report: VerificationReport, _ output: Output) {
    self.report = report
    self.output = output
  }

  var lines: [String] {
    if let problem = report.malformation {
      return [output.text("verify.malformed", ["problem": sentence(problem)])]
    }
    let first = output.text("verify.wellformed")
    guard report.schemaProblems.isEmpty else {
      return [first]
        + report.schemaProblems.map {
          output.text("verify.schema.bad", ["problem": sentence($0)])
        }
    }
    let kind = output.text("kind.\(report.kind)")
    return [first, output.text("verify.schema.good", ["kind": kind])] + seal + withheld + approvals
  }

  private var seal: [String] {
    let problem = report.sealProblem.map {
      [output.text("verify.seal.none", ["problem": sentence($0)])]
    }
    guard let found = report.seal else { return problem ?? [] }
    let words = [
      "key": found.seal.keyName, "sender": found.sender, "created": found.created.description,
    ]
    let integrity =
      problem == nil
      ? [output.text("verify.seal.\(found.integrity.rawValue)", words)] : problem ?? []
    return integrity + [
      output.text("verify.by", words),
      output.text(
        "verify.key",
        [
          "then": output.text("key.standing.\(found.keyThen.rawValue)"),
          "now": output.text("key.standing.\(found.keyAtReceipt.rawValue)"),
        ]),
    ]
  }

  private var withheld: [String] {
    guard !report.withheld.isEmpty else { return [] }
    let parts = report.withheld.joined(separator: ", ")
    return [
      output.text(
        "verify.withheld", ["count": "\(report.withheld.count)", "parts": parts])
    ]
  }

  private var approvals: [String] {
    report.approvals.map {
      output.text(
        $0.isIntact ? "verify.approval.good" : "verify.approval.bad",
        [
          "document": $0.document, "person": $0.approval.person, "role": $0.approval.role,
          "standing": output.text("key.standing.\($0.key.rawValue)"),
        ])
    }
  }

  private func sentence(_ problem: Diagnostic) -> String {
    let line = problem.location?.line.map { " (\(output.text("line")) \($0))" } ?? ""
    return output.messages.sentence(problem) + line
  }

  var json: [(String, JSONValue)] {
    [
      ("wellFormed", .boolean(report.malformation == nil)),
      ("schema", .boolean(report.malformation == nil && report.schemaProblems.isEmpty)),
      ("kind", report.kind.isEmpty ? .null : .string(report.kind)),
      ("integrity", JSONValue(report.seal?.integrity.rawValue)),
      ("key", JSONValue(report.seal?.seal.keyName)), ("sender", JSONValue(report.seal?.sender)),
      ("created", JSONValue(report.seal?.created.description)),
      ("keyThen", JSONValue(report.seal?.keyThen.rawValue)),
      ("keyNow", JSONValue(report.seal?.keyAtReceipt.rawValue)),
      ("withheld", JSONValue(report.withheld)),
      (
        "problems",
        JSONValue(
          ([report.malformation, report.sealProblem].compactMap { $0 } + report.schemaProblems)
            .map(\.code))
      ),
    ]
  }
}
