import TestSupport
import Testing
import XML

/// What is looked up in an element is the same before and after it has been opened, whatever stands in the document.
@Test(arguments: 0..<32)
func lookedUpIsWhatIsThere(_ seed: UInt64) throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: seed))
  for _ in 0..<50 {
    let bytes = Array(trees.tree().xml(indented: false).utf8)
    let parsed = try Element(parsing: bytes, file: "parsed")
    compare(parsed, with: try Element(parsing: bytes, file: "opened"))
  }
}

/// - Parameter parsed: nobody has looked into it.
private func compare(_ parsed: Element, with opened: Element) {
  let elements = opened.children.compactMap { node -> Element? in
    if case .element(let element) = node { element } else { nil }
  }
  for attribute in opened.attributes {
    #expect(parsed[attribute.name, in: attribute.namespace] == attribute.value)
  }
  #expect(parsed["nobody's"] == nil)
  for element in elements {
    let same = elements.filter { $0.name == element.name && $0.namespace == element.namespace }
    #expect(parsed.child(element.name, in: element.namespace) == same.first)
    #expect(parsed.children(element.name, in: element.namespace) == same)
  }
  #expect(parsed.child("nobody's") == nil)
  #expect(parsed.text == opened.text)
  #expect(parsed.elements.count == elements.count)
  for (parsed, opened) in zip(parsed.elements, elements) { compare(parsed, with: opened) }
}

/// An element that several threads look into at once is opened once, and whole.
@Test func manyThreadsOpenAnElement() async throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: 1))
  for _ in 0..<50 {
    let bytes = Array(trees.tree().xml(indented: false).utf8)
    let shared = try Element(parsing: bytes, file: "shared")
    let alone = try Element(parsing: bytes, file: "alone")
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { shared == alone && shared.text == alone.text } }
      for await isSame in group { #expect(isSame) }
    }
  }
}

/// What is changed, or put together from several documents, has the canonical form of what is written; the documents stay
/// as they were parsed.
@Test(arguments: 0..<32)
func changedElementsLeaveWhatWasParsed(_ seed: UInt64) throws {
  var trees = RandomTrees(numbers: SeededNumbers(seed: seed))
  for _ in 0..<20 {
    let written = (0..<2).map { _ in Array(trees.tree().xml(indented: false).utf8) }
    let parsed = try written.map { try Element(parsing: $0, file: "parsed") }
    var changed = parsed[0]
    changed.children.append(.element(parsed[1]))
    changed.attributes.append(Attribute("added", value: "ə & \"ğ\""))
    if let first = changed.children.firstIndex(where: \.isElement) {
      changed.children.append(changed.children[first])
    }
    let text = changed.xml(indented: false)
    let again = try Element(parsing: Array(text.utf8), file: "written")
    #expect(try changed.canonical() == again.canonical(), "\(text)")
    #expect(try changed.read(canonical: changed.canonical()).text == changed.text)
    for (bytes, element) in zip(written, parsed) {
      #expect(try element == Element(parsing: bytes, file: "parsed"))
    }
  }
}

extension Node {
  fileprivate var isElement: Bool { if case .element = self { true } else { false } }
}
