import Diagnostics
import Foundation
import TestSupport
import Testing

@testable import XML

private func data(_ name: String) throws -> [UInt8] {
  let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases/schema")
  return Array(try Data(contentsOf: url.appending(path: name)))
}

/// `Cases/schema`: a document and what `person.xsd` says about it.
@Test(arguments: try Examples.files(in: "Cases/schema"))
func validation(_ examples: Examples) throws {
  let schema = try XMLSchema(
    compiling: data("person.xsd"), file: "person.xsd", others: ["codes.xsd": data("codes.xsd")])
  try examples.check { input in
    let declarations = " xmlns='urn:test:person' xmlns:c='urn:test:codes'"
    var document = input
    document.insert(
      contentsOf: declarations, at: input.firstIndex { " />".contains($0) } ?? input.endIndex)
    let tree = try XMLTree(parsing: Array(document.utf8), file: "case", limits: .definition)
    let problems = schema.problems(in: tree)
    #expect(problems == onePass(document, schema), "\(document)")
    return problems.isEmpty ? ["= valid"] : problems.map { "! \($0)" }
  }
}

/// What parsing and validating at once finds, which must be the same.
private func onePass(_ document: String, _ schema: XMLSchema) -> [Diagnostic] {
  do {
    _ = try Element(
      parsing: Array(document.utf8), file: "case", limits: .definition, schema: schema)
    return []
  } catch let problem as Diagnostic {
    return problem.code == "XML033" ? problem.causes : [problem]
  } catch {
    return []
  }
}

@Test func onlyGivenFilesAreImported() throws {
  let schema = try data("person.xsd")
  let missing = #expect(throws: Diagnostic.self) {
    try XMLSchema(compiling: schema, file: "person.xsd")
  }
  #expect(missing?.code == "XML060")
  let other = #expect(throws: Diagnostic.self) {
    try XMLSchema(
      compiling: schema, file: "person.xsd", others: ["/etc/passwd": [], "codes.xsd": []])
  }
  #expect(other?.code == "XML027")
}

@Test(arguments: ["http://127.0.0.1:48765/x.xsd", "file:///etc/passwd", "/etc/passwd", "../x.xsd"])
func nothingElseIsOpened(_ place: String) throws {
  let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a">
      <xs:import namespace="urn:b" schemaLocation="\(place)"/>
      <xs:element name="a"/>
    </xs:schema>
    """
  let problem = #expect(throws: Diagnostic.self) {
    try XMLSchema(compiling: Array(schema.utf8), file: "a.xsd")
  }
  #expect(problem?.code == "XML060")
}

@Test func manyProblemsAreCapped() throws {
  let schema = try XMLSchema(
    compiling: data("person.xsd"), file: "person.xsd", others: ["codes.xsd": data("codes.xsd")])
  let document = "<P xmlns='urn:test:person'>" + String(repeating: "\n<X/>", count: 5_000) + "</P>"
  let tree = try XMLTree(parsing: Array(document.utf8), file: "case")
  #expect(schema.problems(in: tree).count <= 20)
}

/// Lines beyond 65,535, where libxml2 stops counting unless told, and then guesses for elements.
@Test func lineNumbersAreTrue() throws {
  let schema = try XMLSchema(
    compiling: data("person.xsd"), file: "person.xsd", others: ["codes.xsd": data("codes.xsd")])
  let document =
    "<P xmlns='urn:test:person' id='p'>" + String(repeating: "\n", count: 100_000)
    + "<X\n\n/>\n\n<Y/></P>"
  let tree = try XMLTree(parsing: Array(document.utf8), file: "case")
  #expect(schema.problems(in: tree).first?.location?.line == 100_001)
  #expect(tree.root().elements.map { $0.location?.line } == [100_001, 100_005])
}

@Test func oneSchemaServesManyTasks() async throws {
  let schema = try XMLSchema(
    compiling: data("person.xsd"), file: "person.xsd", others: ["codes.xsd": data("codes.xsd")])
  let counts = await withTaskGroup(of: Int.self) { group in
    for task in 0..<16 {
      group.addTask {
        var count = 0
        for round in 0..<50 {
          let text =
            "<P xmlns='urn:test:person' id='p\(task)'><Born>2026-02-3\(round % 3)</Born></P>"
          guard let tree = try? XMLTree(parsing: Array(text.utf8), file: "case") else { continue }
          count += schema.problems(in: tree).count
        }
        return count
      }
    }
    return await group.reduce(into: []) { $0.append($1) }
  }
  #expect(counts.count == 16)
  #expect(Set(counts).count == 1)
}

/// `Cases/lint`: a schema and what is dangerous in it.
@Test(arguments: try Examples.files(in: "Cases/lint"))
func lint(_ examples: Examples) throws {
  try examples.check { input in
    let problems = try XMLSchema.lint(Array(input.utf8), file: "case.xsd")
    return problems.isEmpty ? ["= nothing"] : problems.map { "! \($0)" }
  }
}

/// `Cases/patterns`: a pattern and what it may cost. A deterministic one is matched quickly, whatever the text.
@Test(arguments: try Examples.files(in: "Cases/patterns"))
func patterns(_ examples: Examples) throws {
  try examples.check { input in
    guard let pattern = SchemaPattern(input) else { return ["! not a pattern"] }
    if pattern.isDeterministic {
      let time = try matchingTime(input)
      #expect(time < .milliseconds(250), "\(input)")
    }
    return [
      "= \(pattern.isDeterministic ? "deterministic" : "ambiguous"), "
        + (pattern.isBounded ? "bounded" : "unbounded")
    ]
  }
}

private func matchingTime(_ pattern: String) throws -> Duration {
  let facet = Element(
    "pattern", namespace: "http://www.w3.org/2001/XMLSchema",
    attributes: [Attribute("value", value: pattern)])
  let schema = """
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>
    <xs:restriction base="xs:string">\(facet.xml(declaration: false))</xs:restriction>
    </xs:simpleType></xs:element></xs:schema>
    """
  let compiled = try XMLSchema(compiling: Array(schema.utf8), file: "pattern.xsd")
  return try ["a", "1", "A", "a1", " ", "aa "].map { letters in
    let text = String(repeating: letters, count: 10_000 / letters.count) + "\u{2603}"
    let tree = try XMLTree(parsing: Array("<a>\(text)</a>".utf8), file: "text")
    return ContinuousClock().measure { _ = compiled.problems(in: tree) }
  }.max() ?? .zero
}
