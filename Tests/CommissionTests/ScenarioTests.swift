import Foundation
import TestSupport
import Testing

/// Every scenario comes out as it is written down.
struct ScenarioTests {
  @Test(arguments: try Scenario.all())
  func scenario(_ scenario: Scenario) async throws {
    try await Golden.check(
      scenario.played(), against: scenario.url.lastPathComponent, in: "Scenarios")
  }
}
