import TestSupport
import Testing

/// Each block of a scenario is a model or a command; the results are the events, checked against the invariants.
@Test(arguments: try Examples.files(in: "Cases/scenarios"))
func scenario(_ examples: Examples) throws {
  let scenario = Scenario()
  try examples.check { try scenario.perform($0) }
}
