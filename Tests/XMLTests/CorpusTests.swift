import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

private func files(below path: String) throws -> [(name: String, bytes: [UInt8])] {
  guard let folder = try Corpus.url(path) else { return [] }
  return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    .sorted { $0.path < $1.path }
    .map { ($0.lastPathComponent, Array(try Data(contentsOf: $0))) }
}

/// What the W3C calls not well formed, both kinds of limits refuse.
@Test(arguments: [XMLLimits.message, .definition])
func notWellFormedIsRefused(_ limits: XMLLimits) throws {
  for (name, bytes) in try files(below: "bad-xml/third-party/w3c-xmlconf-notwf")
  where name.hasSuffix(".xml") {
    #expect(throws: Diagnostic.self, "\(name)") {
      _ = try XMLTree(parsing: bytes, file: name, limits: limits)
    }
    #expect(throws: Diagnostic.self, "\(name)") {
      try Element(parsing: bytes, file: name, limits: limits)
    }
  }
}

/// Attacks by external entities, one a line or a file: refused; what has no DOCTYPE may be read, but opens nothing.
@Test func payloadsAreRefusedAndNothingLeaks() throws {
  for (name, bytes) in try files(below: "bad-xml/third-party/xxe-payloads") {
    let payloads = name.hasSuffix(".txt") ? bytes.split(separator: 0x0A).map(Array.init) : [bytes]
    for payload in payloads {
      let result = Result { try Element(parsing: payload, file: name) }
      let text = String(decoding: payload, as: UTF8.self)
      if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        #expect(throws: Diagnostic.self, "\(text)") { try result.get() }
      }
      #expect(!described(result).contains("root:"))
    }
  }
}

/// No crash, and tree and one-pass reading agree, on whatever others wrote.
@Test(arguments: ["bad", "ok", "third-party/saml", "third-party/xmldsig-foreign"])
func bothWaysOfReadingAgree(_ folder: String) throws {
  for (name, bytes) in try files(below: "bad-xml/\(folder)") where name.hasSuffix(".xml") {
    let one = Result { try Element(parsing: bytes, file: name, limits: .message) }
    let other = Result { try XMLTree(parsing: bytes, file: name).root() }
    #expect(described(one) == described(other), "\(name)")
  }
}

private func described(_ result: Result<Element, any Error>) -> String {
  switch result {
  case .success(let element): element.outline
  case .failure(let error): "\(error)"
  }
}

/// Cut anywhere, a document is no document.
@Test func cutFilesAreRefused() throws {
  for (name, bytes) in try files(below: "bad-xml/ok") where name == "ok-05-sealed.xml" {
    let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
    for length in 0..<end {
      #expect(throws: Diagnostic.self, "\(length)") {
        try Element(parsing: Array(bytes[..<length]), file: name, limits: .message)
      }
    }
  }
}

/// The recipes of the corpus that are too big to keep: refused by the scan, before libxml2 takes its time.
@Test(arguments: [
  ("XML011", String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)),
  ("XML012", "<a " + (0..<50_000).map { "a\($0)=\"1\"" }.joined(separator: " ") + "/>"),
  ("XML014", "<a " + (0..<50_000).map { "xmlns:n\($0)=\"u\"" }.joined(separator: " ") + "/>"),
  ("XML016", "<a>" + String(repeating: "x", count: 11_000_000) + "</a>"),
  ("XML016", "<a><![CDATA[" + String(repeating: "x", count: 11_000_000) + "]]></a>"),
  ("XML012", "<a x='" + String(repeating: "x", count: 11_000_000) + "'/>"),
  ("XML016", "<a><!--" + String(repeating: "x", count: 11_000_000) + "--></a>"),
  ("XML017", "<a>" + String(repeating: "<b/>", count: 1_000_000) + "</a>"),
  ("XML010", "<a " + String(repeating: "x", count: 20_000_000)),
])
func recipesAreRefused(_ code: String, _ document: String) {
  let problem = #expect(throws: Diagnostic.self) {
    try Element(parsing: Array(document.utf8), file: "recipe", limits: .message)
  }
  let isLimit = problem?.code == code || (code == "XML012" && problem?.code == "XML013")
  #expect(isLimit, "\(problem?.description ?? "")")
}
