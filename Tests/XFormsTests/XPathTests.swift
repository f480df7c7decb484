import Diagnostics
import TestSupport
import Testing
import XML

@testable import XForms

@Test(arguments: try Examples.files(in: "Cases/xpath"))
func xpath(_ examples: Examples) throws {
  let root = try Element(
    parsing: Array(
      """
      <demo><name/><rows><kind>main</kind><percent>40</percent></rows>
      <rows><kind>other</kind><percent/></rows></demo>
      """.utf8), file: "demo.xml")
  var environment = XPathEnvironment(primary: DataTree(root, mixed: false))
  environment.offset = 4 * 3600
  environment.now = XPathDate("2024-05-15T01:30:00+04:00", offset: 0)!
  let node = NodeReference(node: 1)
  try examples.check { input in
    do {
      let expression = try XPathExpression(parsing: input)
      let value = try XPathEvaluator.evaluate(expression, at: node, in: environment)
      return ["= " + XPathEvaluator(environment, current: node).string(value)]
    } catch let problem as Diagnostic {
      return ["! \(problem)"]
    }
  }
}
