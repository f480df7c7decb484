import Diagnostics
import Dossier
import Foundation
import TestSupport
import Testing

/// `Cases/receiving`: what is changed in the referral of `SampleMessage`, one change per line, and what the receiver says.
///
/// `a -> b` replaces the first `a`, which must be there (`¶` is a line end); `cut a` drops all from `a` on;
/// `office 11` and `real office` say who receives.
@Test(arguments: try Examples.files(in: "Cases"))
func receiving(_ examples: Examples) throws {
  let message = String(decoding: try SampleMessage.referral().xml(), as: UTF8.self)
  try examples.check { input in
    let changed = try ChangedMessage(input, of: message)
    let receiver = try SampleMessage.receiver(changed.office, acceptsTest: !changed.isReal)
    do {
      let received = try receiver.receive(Array(changed.text.utf8), file: "message.xml")
      return ["= \(received.envelope.kind), \(received.documents.count) documents"]
    } catch let problem as Diagnostic {
      #expect(problem.code == "DOSS030")
      #expect(problem.location?.line != nil)
      for cause in problem.causes { #expect(cause.location?.line != nil, "\(cause)") }
      let kind = problem.arguments["class"] ?? ""
      return ["! \(problem.arguments["count"] ?? "?") \(kind.isEmpty ? "rules" : kind)"]
        + problem.causes.map { "! \($0.description.split(separator: "\n")[0])" }
    }
  }
}

/// Cut anywhere, a message is refused and never read in part.
@Test func everyPrefixIsRefused() throws {
  let bytes = try SampleMessage.referral().xml()
  let receiver = try SampleMessage.receiver()
  let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
  for length in stride(from: 0, to: end, by: 37) {
    let problem = #expect(throws: Diagnostic.self) {
      _ = try receiver.receive(Array(bytes[..<length]), file: "cut.xml")
    }
    #expect(problem?.code == "DOSS030", "cut after \(length) bytes")
  }
}

/// The case's changes, made to the text of a message.
private struct ChangedMessage {
  private(set) var text: String
  private(set) var office = "07"
  private(set) var isReal = false

  init(_ input: String, of message: String) throws {
    text = message
    for line in input.split(separator: "\n").map(String.init) where line != "unchanged" {
      if let range = line.range(of: " -> ") {
        let old = String(line[..<range.lowerBound].replacing("¶", with: "\n"))
        let new = line[range.upperBound...].replacing("¶", with: "\n")
        text.replaceSubrange(try place(of: old), with: String(new))
      } else if line.hasPrefix("cut ") {
        text = String(text[..<(try place(of: String(line.dropFirst(4)))).lowerBound])
      } else if line.hasPrefix("office ") {
        office = String(line.dropFirst(7))
      } else if line == "real office" {
        isReal = true
      } else {
        Issue.record("no change is written so: \(line)")
      }
    }
  }

  private func place(of old: String) throws -> Range<String.Index> {
    try #require(text.range(of: old), "not in the message: \(old)\n\(text)")
  }
}
