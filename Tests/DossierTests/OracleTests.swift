import Dossier
import Foundation
import TestSupport
import Testing
import XML

/// Our seal, `xmlsec1` and the JDK agree in both directions over random dossiers. `MSE_SEALS` says how many (20).
///
/// Both are oracles of this test only; what is not installed is skipped with a message.
@Suite(.serialized) struct OracleTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "mse-seals-\(UUID().uuidString)")
  private let count = ProcessInfo.processInfo.environment["MSE_SEALS"].flatMap { Int($0) } ?? 20

  @Test func othersAcceptOurSeals() throws {
    guard let tools = Tools() else { return }
    try lay()
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in 0..<count {
      let sealed = try SealSamples.key.sealing(
        dossier(number), profile: number % 2 == 0 ? .whole : .manifest, file: "random.xml")
      try write(sealed, "in/\(name(number))")
    }
    if let java = tools.java {
      let result = try tools.run(java, [oracle.path, "verify", path("key.pub.pem"), path("in")])
      #expect(result.output == "\(count)\n")
    }
    if let xmlsec = tools.xmlsec { try expectAccepted(by: xmlsec, tools) }
    print("seals: \(count) of ours compared")
  }

  private func expectAccepted(by xmlsec: String, _ tools: Tools) throws {
    var refused: [String] = []
    for start in stride(from: 0, to: count, by: 100) {
      let files = (start..<min(start + 100, count)).map { path("in/\(name($0))") }
      let result = try tools.run(
        xmlsec,
        [
          "--verify", "--id-attr:id", "urn:msec:dossier:1:Envelope", "--pubkey-pem",
          path("key.pub.pem"),
        ] + files)
      if result.code != 0 { refused += files }
    }
    #expect(refused.isEmpty)
  }

  @Test func weAcceptTheSealsOfOthers() throws {
    guard let tools = Tools() else { return }
    try lay()
    defer { try? FileManager.default.removeItem(at: folder) }
    for number in 0..<count { try write(dossier(number), "in/\(name(number))") }
    if let java = tools.java {
      let result = try tools.run(
        java,
        [oracle.path, "sign", path("key.pem"), SealSamples.key.name, path("in"), path("java")])
      #expect(result.code == 0)
    }
    for number in 0..<count {
      let profile: SealProfile = number % 2 == 0 ? .whole : .manifest
      if let xmlsec = tools.xmlsec { try sign(number, profile, by: xmlsec, tools) }
      for tool in [tools.java.map { _ in "java" }, tools.xmlsec.map { _ in "xmlsec" }] {
        guard let tool else { continue }
        let bytes = Array(try Data(contentsOf: folder.appending(path: "\(tool)/\(name(number))")))
        let report = try SealSamples.report(on: bytes)
        #expect(report.isGood && report.seal.profile == profile, "\(tool) \(number)")
      }
    }
    print("seals: \(count) of others compared")
  }

  private func sign(
    _ number: Int, _ profile: SealProfile, by xmlsec: String, _ tools: Tools
  ) throws {
    try write(template(dossier(number), profile), "template.xml")
    let result = try tools.run(
      xmlsec,
      [
        "--sign", "--id-attr:id", "urn:msec:dossier:1:Envelope", "--privkey-pem",
        path("key.pem"), "--output", path("xmlsec/\(name(number))"), path("template.xml"),
      ])
    #expect(result.code == 0)
  }

  private var oracle: URL {
    Corpus.checkout.appending(path: "Tests/DossierTests/Oracle/SealOracle.java")
  }

  private func dossier(_ number: Int) -> [UInt8] {
    var random = RandomDossier(seed: UInt64(number) &* 7_919)
    return random.bytes()
  }

  /// A seal of ours without its two values: what `xmlsec1` fills in.
  private func template(_ dossier: [UInt8], _ profile: SealProfile) throws -> [UInt8] {
    let sealed = try SealSamples.key.sealing(dossier, profile: profile, file: "a.xml")
    var text = String(decoding: sealed, as: UTF8.self)
    for element in ["ds:DigestValue", "ds:SignatureValue"] {
      let start = try #require(text.range(of: "<\(element)>")).upperBound
      let end = try #require(text.range(of: "</\(element)>")).lowerBound
      text.removeSubrange(start..<end)
    }
    return Array(text.utf8)
  }

  private func lay() throws {
    for name in ["in", "java", "xmlsec"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try write(Array(SealSamples.key.pem.utf8), "key.pem")
    let encoded = Base64.encode(SealSamples.key.publicKey.der)
    let pem = "-----BEGIN PUBLIC KEY-----\n\(encoded)\n-----END PUBLIC KEY-----\n"
    try write(Array(pem.utf8), "key.pub.pem")
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: folder.appending(path: name))
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func name(_ number: Int) -> String { "\(100_000 + number).xml" }
}

/// The programs that are asked.
private struct Tools {
  let xmlsec: String?
  let java: String?

  init?() {
    func find(_ name: String) -> String? {
      let found = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
      if found == nil { print("skipped: \(name) is not installed; seals are not compared with it") }
      return found
    }
    xmlsec = find("xmlsec1")
    java = find("java")
    if xmlsec == nil, java == nil { return nil }
  }

  func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}
