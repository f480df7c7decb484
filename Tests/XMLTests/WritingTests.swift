import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

@Test(arguments: 0..<64)
func writtenTreesParseBack(_ seed: UInt64) throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: seed))
  for _ in 0..<50 {
    let tree = trees.tree()
    let text = tree.xml(indented: false)
    let parsed = try Element(parsing: Array(text.utf8), file: "tree")
    try #require(parsed == tree, "\(text)")
  }
}

@Test(arguments: 0..<16)
func treesWithoutDeclarationsMeanTheSame(_ seed: UInt64) throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: seed))
  for _ in 0..<50 {
    let tree = trees.tree()
    let text = tree.withoutPrefixes.xml(indented: false)
    let parsed = try Element(parsing: Array(text.utf8), file: "tree")
    #expect(parsed.withoutPrefixes == tree.withoutPrefixes, "\(text)")
  }
}

/// Files of editors: the same tree and the same canonical form after reading and writing.
@Test func modelsSurvive() throws {
  guard let corpus = try Corpus.url("bpmn-corpus") else { return }
  var count = 0
  for case let url as URL in try #require(
    FileManager.default.enumerator(at: corpus, includingPropertiesForKeys: nil))
  where ["bpmn", "xml", "dmn"].contains(url.pathExtension) && !url.path.contains("must-reject") {
    let bytes = Array(try Data(contentsOf: url))
    guard let element = try? Element(parsing: bytes, file: url.lastPathComponent) else { continue }
    let text = Array(element.xml().utf8)
    #expect(try Element(parsing: text, file: "written") == element, "\(url.path)")
    let written = try XMLTree(parsing: text, file: "written", limits: .definition)
    let original = try XMLTree(parsing: bytes, file: "original", limits: .definition)
    if let form = try? original.canonical() {  // a relative namespace name has none
      let same = try written.canonical() == form
      #expect(same, "\(url.path)")
      #expect(try element.canonical() == original.canonical(of: []), "\(url.path)")
    }
    count += 1
  }
  print("\(count) models written back")
  #expect(count > 300)
}

/// `Cases/writing`: an element as it comes out indented and on one line.
@Test(arguments: try Examples.files(in: "Cases/writing"))
func writing(_ examples: Examples) throws {
  try examples.check { input in
    let element = try Element(parsing: Array(input.utf8), file: "case")
    return ["= " + element.xml(declaration: false).debugDescription]
      + ["= " + element.xml(indented: false, declaration: false).debugDescription]
  }
}

@Test func namespacesAreDeclaredWhereNeeded() {
  let inner = Element(
    "b", namespace: "urn:b", prefix: "p",
    attributes: [
      Attribute("x", namespace: "urn:x", value: "1"),
      Attribute("y", namespace: "urn:b", value: "2"),
      Attribute("lang", namespace: "http://www.w3.org/XML/1998/namespace", value: "az"),
    ])
  let plain = Element("c")
  let outer = Element(
    "a", namespace: "urn:a", declarations: [NamespaceDeclaration(prefix: "p", uri: "urn:other")],
    children: [.element(inner), .element(plain)])
  #expect(
    outer.xml(declaration: false) == """
      <a xmlns:p="urn:other" xmlns="urn:a">
        <p:b xmlns:p="urn:b" xmlns:ns1="urn:x" ns1:x="1" p:y="2" xml:lang="az"/>
        <c xmlns=""/>
      </a>

      """)
}

@Test func whatXMLCannotHoldIsReplaced() throws {
  let element = Element(
    "a", attributes: [Attribute("x", value: "\u{0}\u{1F}")],
    children: [
      .text("a\u{B}b\u{FFFE}c\u{FFFD}"), .comment("--a---"), .cdata("]]>]]]>"),
      .processingInstruction(target: "t", data: "a?>b"),
    ])
  let text = element.xml(declaration: false)
  #expect(
    text
      == "<a x=\"\u{FFFD}\u{FFFD}\">a\u{FFFD}b\u{FFFD}c\u{FFFD}<!--- -a- - - --><![CDATA[]]]]><![CDATA[>]]]]]><![CDATA[>]]><?t a? >b?></a>\n"
  )
  #expect(throws: Never.self) { try Element(parsing: Array(text.utf8), file: "a") }
}

@Test func writerStreams() throws {
  var writer = XMLWriter()
  writer.open("svg", namespace: "http://www.w3.org/2000/svg", ["width": "10", "height": "20"])
  writer.element("title", text: "Şikayət & cavab")
  var pieces = writer.take()
  writer.open("g")
  writer.comment("nothing here")
  writer.close()
  writer.open("text", ["x": "1"])
  writer.text("a<b")
  writer.element("tspan", ["dy": "\"1\""], text: "c")
  writer.close()
  pieces += writer.finish().utf8
  #expect(
    String(decoding: pieces, as: UTF8.self) == """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="10" height="20">
        <title>Şikayət &amp; cavab</title>
        <g>
          <!--nothing here-->
        </g>
        <text x="1">a&lt;b<tspan dy="&quot;1&quot;">c</tspan></text>
      </svg>

      """)
  #expect(throws: Never.self) { try Element(parsing: pieces, file: "svg") }
}

extension Element {
  /// The same meaning without what only says how it is written.
  var withoutPrefixes: Element {
    var copy = self
    copy.prefix = ""
    copy.declarations = []
    copy.attributes = attributes.map {
      Attribute($0.name, namespace: $0.namespace, value: $0.value)
    }
    copy.children = children.map {
      if case .element(let child) = $0 { .element(child.withoutPrefixes) } else { $0 }
    }
    return copy
  }
}
