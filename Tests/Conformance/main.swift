import Foundation

/// The outside suites by the name that is typed; each reads a folder in the layout in which it was published.
let suites: [Suite] = [
  Suite("dmn-tck", DMNTCKSuite.run),
  Suite("bpmn-read", BPMNReadSuite.run),
  Suite("round-trip", RoundTripSuite.run),
  Suite("xpath", XPathSuite.run),
  Suite("xforms", XFormsSuite.run),
  Suite("bad-xml", BadXMLSuite.run),
  Suite("bad-xml-others", BadXMLOthersSuite.run),
  Suite("betsy", BetsySuite.run),
  Suite("must-reject", MustRejectSuite.run),
  Suite("merkle", MerkleSuite.run),
]

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let name = arguments.first, let path = arguments.last,
  let suite = suites.first(where: { $0.name == name })
else {
  print("usage: conformance \(suites.map(\.name).joined(separator: "|")) PATH")
  exit(64)
}
do {
  let report = try suite.run(path)
  for failure in report.failures { print("FAIL \(failure)") }
  print("\(suite.name): \(report.summary)")
} catch {
  print("\(suite.name): cannot read \(path): \(error)")
  exit(1)
}
