import DMN
import FEEL
import Foundation
import TestSupport
import Testing
import XML

/// What a decision says about itself: nested traces, near misses, JSON and XML.
@Suite struct TraceTests {
  private let model: DecisionModel

  init() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/group.dmn")
    model = try DecisionModel(parsing: Array(Data(contentsOf: url)), file: "group.dmn")
  }

  private func result() throws -> DecisionResult {
    try model.evaluate("Group", inputs: ["Percent": 78, "Age": 17, "Permanent": false])
  }

  @Test func metadata() {
    #expect(model.metadata.profile == "AZ-2022")
    #expect(model.metadata.effectiveFrom == Day("2022-06-01"))
    #expect(model.metadata.effectiveTo == nil)
    #expect(model.metadata.verified == false)
  }

  @Test func inputsOfDecisions() {
    #expect(model.decisions.map(\.name) == ["Band", "Group"])
    #expect(model.decisions[1].inputs.map(\.name) == ["Permanent", "Age", "Percent"])
    #expect(model.decisions[1].inputs.map(\.type) == ["boolean", "number", "tPercent"])
    #expect(model.decisions[1].inputs.map(\.allowed) == [nil, nil, "[0..100]"])
  }

  @Test func nearestRules() throws {
    let trace = try result().trace
    #expect(trace.matched.map(\.number) == [4])
    #expect(trace.matched.map(\.annotation) == ["[CM 187/2022 via [1]] 3.4; child"])
    let band = try #require(trace.required.first)
    let miss = try #require(band.nearest.first)
    #expect(miss.number == 3)
    #expect(miss.needs == "> 80")
    #expect(miss.has == 78)
    #expect(miss.distance == 2)
    #expect(band.nearest.count == 1)
  }

  @Test func json() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let trace = try result().trace
    let data = try encoder.encode(trace)
    try Golden.check(
      String(decoding: data, as: UTF8.self) + "\n", against: "trace.json", in: "Cases")
    #expect(try JSONDecoder().decode(DecisionTrace.self, from: data) == trace)
  }

  @Test func xml() throws {
    let xml = try result().trace.xml().xml()
    try Golden.check(xml, against: "trace.xml", in: "Cases")
    let read = try Element(parsing: Array(xml.utf8), file: "trace.xml")
    #expect(read.namespace == DecisionTrace.namespace)
  }

  /// Tables in functions show in the trace, whether FEEL or a boxed invocation calls them.
  @Test(arguments: ["By FEEL", "By box", "In an output"])
  func tablesInFunctions(_ decision: String) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Cases/functions.dmn")
    let model = try DecisionModel(parsing: Array(Data(contentsOf: url)), file: "functions.dmn")
    let trace = try model.evaluate(decision, inputs: ["n": 7]).trace
    #expect(trace.value == "high")
    #expect(trace.required.map(\.decision.name) == ["Level"])
    #expect(trace.required[0].matched.map(\.number) == [2])
    #expect(trace.required[0].nearest.map(\.distance) == [2])
  }
}
