import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import Dossier

private let files = [
  CasePackage.File(
    path: "documents/001-referral.xml",
    bytes: Array("<referral xmlns=\"urn:msec:form:referral:1\">Ə</referral>".utf8)),
  CasePackage.File(
    path: "sent/001-decision.txt", bytes: Array("qərar\r\n".utf8)),
]

private func report(
  on bytes: [UInt8], keys: KeyDirectory = SealSamples.directory
) -> PackageReport {
  PackageReport(on: bytes, file: "case.asice", keys: keys, receivedAt: SealSamples.received)
}

@Test func aPackageVerifies() throws {
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  let good = report(on: package)
  #expect(good.isGood && good.changed.isEmpty)
  #expect(good.files.map(\.path) == files.map(\.path))
  #expect(good.files.map(\.bytes) == files.map(\.bytes))
  #expect(good.signer == "CLIN-12" && good.signedAt == SealSamples.created.description)
  let stranger = report(on: package, keys: KeyDirectory())
  #expect(!stranger.isGood && stranger.integrity == .undecided)
  let late = report(
    on: package, keys: KeyDirectory([SealSamples.entry(from: "2026-06-01T00:00:00Z")]))
  #expect(!late.isGood && late.integrity == .intact)
}

/// One bit anywhere: the container is refused, or says that it was changed.
@Test func noBitOfAPackageCanBeChanged() throws {
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  for place in package.indices {
    var changed = package
    changed[place] ^= 1 << UInt8(place % 8)
    let other = report(on: changed)
    #expect(!other.isGood, "byte \(place)")
  }
}

/// The files of one container with the signature of another: it says which file does not fit.
@Test func aPackageNamesWhatWasChanged() throws {
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  let others = [
    files[0],
    CasePackage.File(path: files[1].path, bytes: Array("qerar\r\n".utf8)),
  ]
  let found = report(on: try CasePackage(others).signatureReplaced(by: package))
  #expect(found.integrity == .changed && found.changed == [files[1].path])
}

/// Files of the container are changed, added or taken away with any ZIP program: it says which ones.
@Test func aPackageNamesWhatWasChangedByOtherPrograms() throws {
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  let text = try #require(package.firstRange(of: Array("qərar".utf8)))
  var inPlace = package
  inPlace.replaceSubrange(text, with: Array("qərax".utf8))
  #expect(report(on: inPlace).changed == [files[1].path])
  let entries = try ZIPArchive(reading: package, named: "own").entries
  func changed(_ entries: [ZIPArchive.Entry]) -> [String] {
    let found = report(on: ZIPArchive(entries).bytes)
    #expect(!found.isGood && found.malformation == nil && found.integrity == .changed)
    return found.changed
  }
  #expect(changed(entries.filter { $0.name != files[0].path }) == [files[0].path])
  #expect(
    changed(entries.filter { $0.name != CasePackage.manifestPath }) == ["META-INF/manifest.xml"])
  let added = ZIPArchive.Entry(name: "documents/999-more.txt", bytes: [0x41])
  #expect(changed(entries.dropLast() + [added] + entries.suffix(1)) == [added.name])
}

/// No file is changed, but the container is not as we write it: it says what is not.
@Test func aPackageNamesWhatIsUnusual() throws {
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  func what(_ bytes: [UInt8]) -> String? {
    let problem = report(on: bytes).malformation
    #expect(problem?.code == "DOSS082")
    return problem?.arguments["what"]
  }
  let entries = try ZIPArchive(reading: package, named: "own").entries
  #expect(what(ZIPArchive(entries.reversed()).bytes) == CasePackage.signaturePath)
  #expect(what(ZIPArchive(entries.dropLast()).bytes) == CasePackage.signaturePath)
  #expect(what(package + [0]) == "directory")
  #expect(what(Array(package.prefix(100))) == "entry 2")
  var dated = package
  dated[12] ^= 1  // the day in the first header
  #expect(what(dated) == "mimetype")
}

/// Other programs open the container and verify its signature.
@Test func otherProgramsReadAPackage() throws {
  let tools = ["/usr/bin/unzip", "/usr/bin/xmlsec1"]
  guard tools.allSatisfy({ FileManager.default.isExecutableFile(atPath: $0) }) else {
    print("skipped: no unzip and xmlsec1 for containers")
    return
  }
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "package-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let package = try CasePackage(files).signed(with: SealSamples.key, at: SealSamples.created)
  try Data(package).write(to: folder.appending(path: "case.asice"))
  let der = Data(SealSamples.key.publicKey.der).base64EncodedString()
  let pem = "-----BEGIN PUBLIC KEY-----\n\(der)\n-----END PUBLIC KEY-----\n"
  try pem.write(to: folder.appending(path: "key.pem"), atomically: true, encoding: .utf8)
  #expect(try run("unzip", ["-q", "case.asice"], in: folder) == 0)
  let verify = [
    "--verify", "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
    "--pubkey-pem", "key.pem", "META-INF/signatures001.xml",
  ]
  #expect(try run("xmlsec1", verify, in: folder) == 0)
  try Data("başqa".utf8).write(to: folder.appending(path: files[1].path))
  #expect(try run("xmlsec1", verify, in: folder) != 0)
}

private func run(_ tool: String, _ arguments: [String], in folder: URL) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/\(tool)")
  process.arguments = arguments
  process.currentDirectoryURL = folder
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}

extension CasePackage {
  /// These files with the signature of another container.
  fileprivate func signatureReplaced(by other: [UInt8]) throws -> [UInt8] {
    let own = try ZIPArchive(
      reading: signed(with: SealSamples.key, at: SealSamples.created), named: "own")
    let foreign = try ZIPArchive(reading: other, named: "other")
    return ZIPArchive(own.entries.dropLast() + foreign.entries.suffix(1)).bytes
  }
}
