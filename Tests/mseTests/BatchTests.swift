import Foundation
import TestSupport
import Testing

/// A folder of sealed dossiers whose import is killed twice and goes on: each is there once, in little memory. `make seals`
/// does the same with 10,000; `MSE_BATCH` names another number.
@Test func aBatchIsKilledAndGoesOn() throws {
  let count = ProcessInfo.processInfo.environment["MSE_BATCH"] ?? "60"
  let script = Process()
  script.executableURL = URL(filePath: "/usr/bin/env")
  script.arguments = [
    "python3", Corpus.checkout.appending(path: "Tests/Scripts/batch.py").path, Program.url.path,
    count,
  ]
  script.environment = Program.environment
  let said = Pipe()
  script.standardOutput = said
  script.standardError = said
  try script.run()
  let text = String(
    decoding: try said.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  script.waitUntilExit()
  #expect(script.terminationStatus == 0, "\(text)")
}
