import BPMN
import FEEL
import Foundation
import TestSupport
import Testing

/// The picture and the outline of a case on its way: golden files, to be looked at before they are committed.
@Test func pictureOfACase() throws {
  let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Cases/diagrams/intake.bpmn")
  let model = try ProcessModel(parsing: [UInt8](Data(contentsOf: file)), file: "intake.bpmn")
  let definitions = Definitions(processes: try model.compiled())
  let now = Instant("2025-03-03T09:00:00Z")!
  var state = ProcessState()
  var events = try state.perform(
    .start(process: "intake", variables: ["number": "7"]), in: definitions, now: now)
  let task = try #require(state.taskRecords.keys.first)
  events += try state.perform(
    .complete(task: task, variables: ["complete": true], outcome: nil), in: definitions, now: now)
  let marks = state.marks(of: "intake", history: ProcessHistory(events))
  let words = DiagramWords(
    title: "07-2026-000123", description: "At: Komissiyanın iclası", now: "indi",
    waiting: "gözləyir", incident: "problem", done: "tamamlandı", notDrawn: "Şəkildə yoxdur:")
  try Golden.check(
    model.svg(of: "intake", marks: marks, words: words), against: "intake.svg",
    in: "Cases/diagrams")
  let outline = model.outline(of: "intake", marks: marks, words: words)
  try Golden.check(
    outline.map(\.description).joined(separator: "\n") + "\n", against: "intake-outline.txt",
    in: "Cases/diagrams")
}

@Test func textIsWrappedByItsWidth() throws {
  let bytes = [UInt8](
    try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Cases/diagrams/intake.bpmn")))
  let svg = try ProcessModel(parsing: bytes, file: "intake.bpmn")
    .svg(words: DiagramWords(title: "x"))
  #expect(svg.contains(">Sənədlərin<"))
  #expect(!svg.contains("<script"))
}
