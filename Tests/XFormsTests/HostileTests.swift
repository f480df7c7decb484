import Diagnostics
import FEEL
import TestSupport
import Testing
import XML

@testable import XForms

// Hostile forms, answers and expressions are refused, or stop, within limits.

@Test func hostileExpressionsAreRefused() throws {
  #expect(throws: Diagnostic.self) {
    try XPathExpression(parsing: String(repeating: "(", count: 5000) + "1")
  }
  #expect(throws: Diagnostic.self) {
    try XPathExpression(parsing: String(repeating: "-", count: 30_000) + "1")
  }
  #expect(throws: Diagnostic.self) {
    try XPathExpression(parsing: String(repeating: "a[", count: 500) + "1")
  }
  #expect(throws: Diagnostic.self) { try Pattern(parsing: "((a{1000}){1000}){1000}") }
  let rows = String(repeating: "<a/>", count: 200)
  let root = try Element(parsing: Array("<r>\(rows)</r>".utf8), file: "r.xml")
  let environment = XPathEnvironment(primary: DataTree(root, mixed: false))
  for source in [
    "count(//*[count(//*[count(//*[count(//*) > 0]) > 0]) > 0])",
    "count(/r/a[/r/a[/r/a[. != 'x'] != 'x'] != 'x'])",
    "string-length(" + String(repeating: "concat(", count: 30) + "'aaaaaaaaaa'"
      + String(repeating: ", //a)", count: 30) + ") > count(//*[//*[//*[//*]]])",
  ] {
    let expression = try XPathExpression(parsing: source)
    #expect(throws: Diagnostic.self) {
      try XPathEvaluator.evaluate(expression, at: NodeReference(node: 1), in: environment)
    }
  }
}

/// Texts that double from field to field end with a problem, not with the memory.
@Test func doublingTextsStop() throws {
  let fields = (1...60).map { number in
    "<calculate name=\"c\(number)\" keep=\"yes\" calculate=\"concat(../c\(number - 1), ../c\(number - 1))\"/>"
  }
  let answers = try Answers(
    form("<calculate name=\"c0\" keep=\"yes\" calculate=\"'0123456789'\"/>" + fields.joined()),
    now: Demo.now)
  #expect(answers.problems().contains { $0.code == "FORM107" })
}

/// Rows in rows multiply: a form cannot begin with more than fit.
@Test func rowsInRowsAreRefused() throws {
  let inner = "<input name=\"a\"/>"
  let nested = (1...4).reduce(inner) { "<repeat name=\"r\($1)\" min=\"10000\">\($0)</repeat>" }
  let problem = #expect(throws: Diagnostic.self) { try form(nested) }
  #expect(problem?.causes.contains { $0.code == "FORM115" } == true)
}

/// A count that asks for rows in rows stops at the limit.
@Test func countedRowsStop() throws {
  let answers = try Answers(
    form(
      """
      <repeat name="r" count="10000"><repeat name="s" count="10000"><input name="a"/></repeat></repeat>
      """), now: Demo.now)
  #expect(answers.tree.nodes.count < Answers.maximalNodes + 100_000)
}

@Test func tooManyRowsAreRefused() throws {
  let small = try form("<repeat name=\"r\"><input name=\"a\"/></repeat>")
  let rows = String(repeating: "<r/>", count: 50_000)
  let text = "<hostile xmlns=\"\(small.namespace)\" version=\"1.0\">\(rows)</hostile>"
  let (answers, problems) = try Answers.read(
    Element(parsing: Array(text.utf8), file: "rows.xml"), of: small, now: Demo.now)
  #expect(problems.contains { $0.code == "FORM014" })
  #expect(try answers.rows(at: "r").count == Answers.maximalRows)
}

@Test func hugeTextsAreRefused() throws {
  let form = try form(
    "<input name=\"a\"/><input name=\"b\" constraint=\"regex(., '^(a|b)*c$')\"><alert az=\"a\" en=\"b\" ru=\"c\"/></input>"
  )
  var answers = Answers(form, now: Demo.now)
  #expect(throws: Diagnostic.self) {
    try answers.set("a", to: String(repeating: "x", count: 1_000_000))
  }
  #expect(throws: Diagnostic.self) {
    try answers.set("b", to: String(repeating: "ab", count: 1_000_000))
  }
}

/// Deep documents are refused by the reader of XML, deep forms by nothing else.
@Test func deepNestingIsRefused() throws {
  let deep = String(repeating: "<group name=\"g\">", count: 3000)
  let end = String(repeating: "</group>", count: 3000)
  #expect(throws: Diagnostic.self) { try form(deep + end) }
}

@Test func damagedTextsNeverStopTheProgram() throws {
  var random = UInt64(20_260_301)
  func next(_ limit: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % max(1, limit)
  }
  let seeds = [
    Demo.bytes("demo.xml") ?? [], Demo.bytes("demo.odk.xml") ?? [],
    Array(Answers(try Demo.form(), now: Demo.now).xml().xml().utf8),
    Array("instance('icd')/root/item[code = current()/../x][1]/az | ../a[position() = 2]".utf8),
    Array("concat(if(a > 1, 'x', \"y\"), format-date(today(), '%d.%m'), -2 div 3)".utf8),
  ]
  for round in 0..<400 {
    var bytes = seeds[round % seeds.count]
    for _ in 0...next(4) {
      let place = next(bytes.count)
      switch next(4) {
      case 0: bytes.remove(at: place)
      case 1: bytes[place] = UInt8(next(128))
      case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + next(60))], at: place)
      default: bytes.replaceSubrange(place..<min(bytes.count, place + next(20)), with: [])
      }
      if bytes.isEmpty { bytes = [32] }
    }
    FormFuzzTarget.run(bytes)
  }
}

private func form(_ body: String) throws -> Form {
  let text = """
    <form xmlns="urn:msec:form-definition:1" id="hostile" version="1.0">
    <title az="a" en="b" ru="c"/>\(body)</form>
    """
  return try Form(
    folded: Array(text.utf8), file: "f.xml", blocks: { _ in nil }, lists: { _ in nil })
}
