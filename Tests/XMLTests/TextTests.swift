import Diagnostics
import Testing
import XML

@Test(arguments: [
  ("", ""), (" ", ""), ("a", "a"), (" a\n\t b ", "a b"), ("a b", "a b"), ("a\u{A0}b", "a\u{A0}b"),
])
func whiteSpaceCollapses(_ text: String, _ expected: String) {
  #expect(text.whiteSpaceCollapsed == expected)
}

@Test func quotationsAreShortAndVisible() {
  #expect("plain əЖ".quotedForMessage == "plain əЖ")
  #expect("a\n\u{202E}b\u{0}".quotedForMessage == "a\\u{a}\\u{202e}b\\u{0}")
  #expect(String(repeating: "x", count: 81).quotedForMessage.count == 81)
  #expect(String(repeating: "x", count: 80).quotedForMessage.hasSuffix("x"))
}

/// Text is always whole: comments, sections and instructions never hide a part of it.
@Test func textIsConcatenated() throws {
  let document = "<a>Иванова <!-- x -->Мария<?p i?> <b><![CDATA[Петровна]]></b></a>"
  let element = try Element(parsing: Array(document.utf8), file: "a")
  #expect(element.text == "Иванова Мария Петровна")
}

@Test func whatIsMissingIsNamed() throws {
  let element = try Element(
    parsing: Array("<a xmlns='urn:a' x='1'>\n<b y='2'/><c xmlns='urn:c'/></a>".utf8), file: "f")
  #expect(try element.attribute("x") == "1")
  #expect(try element.required("b").attribute("y") == "2")
  #expect(element.child("c") == nil)
  #expect(element.child("c", in: "urn:c") != nil)
  #expect(element.elements.map(\.name) == ["b", "c"])
  #expect(throws: Diagnostic.self) { try element.attribute("y") }
  #expect(throws: Diagnostic.self) { try element.required("c") }
}
