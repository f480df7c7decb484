internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Dossier
internal import Foundation

/// Takes what is new into the Merkle tree and prints its head, for the minutes or for whoever keeps one.
struct AuditCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: help("audit.checkpoint"))

  @Option(help: ArgumentHelp(help("audit.checkpoint.keep"), valueName: "file")) var keep: String?
  @Option(help: ArgumentHelp(help("audit.checkpoint.export"), valueName: "folder"))
  var export: String?
  @OptionGroup var seal: SealOptions
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    let key = try seal.sealKey()
    let checkpoint = try await office.checkpoint(signingWith: key)
    let signed = key == nil && export == nil ? nil : try await office.signedCheckpoint()
    let text = signed?.note.description ?? checkpoint.description
    if let keep { try Files.write(Array(text.utf8), to: keep) }
    let output = Output(global)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.removeLast()
    if let export, let signed {
      lines += ["", output.text("audit.exported", ["command": try write(signed, to: export)])]
    }
    try output.show(
      lines, schema: "audit.checkpoint",
      json: checkpoint.json + [("key", JSONValue(signed?.note.signatures.first?.name))])
  }

  /// Everything that somebody without `mse` needs.
  ///
  /// - Returns: the command that checks it in that folder.
  private func write(
    _ signed: (note: SignedNote, key: PublicSealKey), to folder: String
  ) throws -> String {
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let files = [
      ("checkpoint.txt", Array(signed.note.text.utf8)),
      ("checkpoint.note", Array(signed.note.description.utf8)),
      ("checkpoint.sig", signed.note.signatures.first?.value ?? []),
      ("key.pem", Array((signed.key.pem + "\n").utf8)),
    ]
    for (name, bytes) in files { try Files.write(bytes, to: "\(folder)/\(name)") }
    return "openssl dgst -sha256 -verify key.pem -signature checkpoint.sig checkpoint.txt"
  }
}

/// Proofs that anybody can check with the tools of RFC 6962: one case in the tree, or an older tree in the newest.
struct AuditProof: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proof", abstract: help("audit.proof"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String?
  @Option(help: ArgumentHelp(help("audit.proof.from"), valueName: "size")) var from: Int?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    switch (number, from) {
    case (let number?, nil): try await show(global.number(number, in: office), office)
    case (nil, let size?): try await show(growthSince: size, office)
    case (nil, nil), (_?, _?): throw Diagnostic("USE012")
    }
  }

  private func show(_ number: CaseNumber, _ office: Office) async throws {
    let proof = try await office.proof(of: number)
    let output = Output(global)
    let words = [
      "stream": proof.head.stream.description, "sequence": "\(proof.head.version)",
      "leaf": "\(proof.inclusion.index + 1)", "size": "\(proof.inclusion.size)",
    ]
    try output.show(
      [output.text("audit.proof.case", words)] + proof.inclusion.path.map(\.description)
        + [output.text("audit.proof.root", ["root": proof.checkpoint.root.description])],
      schema: "audit.proof",
      json: [
        ("stream", .string(proof.head.stream.description)),
        ("record", JSONValue(proof.head.version)), ("hash", .string(proof.head.hash)),
        ("leaf", .string(proof.leaf.description)), ("index", JSONValue(proof.inclusion.index)),
        ("path", JSONValue(proof.inclusion.path.map(\.description))),
        ("checkpoint", .object(proof.checkpoint.json)),
      ])
  }

  private func show(growthSince size: Int, _ office: Office) async throws {
    let growth = try await office.growth(since: size)
    let output = Output(global)
    let words = ["from": "\(growth.from.size)", "to": "\(growth.to.size)"]
    try output.show(
      [output.text("audit.proof.growth", words)] + growth.proof.path.map(\.description)
        + [output.text("audit.proof.root", ["root": growth.to.root.description])],
      schema: "audit.growth",
      json: [
        ("from", .object(growth.from.json)), ("to", .object(growth.to.json)),
        ("path", JSONValue(growth.proof.path.map(\.description))),
      ])
  }
}

extension Checkpoint {
  var json: [(String, JSONValue)] {
    [
      ("origin", .string(origin)), ("size", JSONValue(size)), ("root", .string(root.description)),
    ]
  }
}
