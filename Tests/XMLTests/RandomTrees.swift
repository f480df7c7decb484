import XML
import TestSupport

/// Trees that a parser can give: every prefix declared, no two texts or two sections side by side, no empty text.
struct RandomTrees {
  var numbers: SeededNumbers

  mutating func tree() -> Element {
    element(depth: 0, scope: [""], uris: ["": ""])
  }

  private mutating func element(
    depth: Int, scope: [String], uris: [String: String]
  ) -> Element {
    var scope = scope
    var uris = uris
    let declarations = declarations()
    for declaration in declarations {
      if !scope.contains(declaration.prefix) { scope.append(declaration.prefix) }
      uris[declaration.prefix] = declaration.uri
    }
    let prefix = pick(scope)
    var element = Element(
      name(), namespace: uris[prefix] ?? "", prefix: prefix, declarations: declarations)
    for name in Set((0..<count(3)).map { _ in name() }).sorted() {
      let prefix = pick(scope)
      element.attributes.append(
        Attribute(
          name, namespace: prefix.isEmpty ? "" : uris[prefix] ?? "", prefix: prefix,
          value: text(atLeast: 0)))
    }
    if depth < 5 {
      for _ in 0..<count(5) { append(depth: depth, scope: scope, uris: uris, to: &element) }
    }
    return element
  }

  private mutating func append(
    depth: Int, scope: [String], uris: [String: String], to element: inout Element
  ) {
    switch count(8) {
    case 0...3:
      element.children.append(.element(self.element(depth: depth + 1, scope: scope, uris: uris)))
    case 4, 5:
      if case .text = element.children.last { return }
      element.children.append(.text(text(atLeast: 1)))
    case 6:
      if case .cdata = element.children.last { return }
      element.children.append(.cdata(plain("cdata")))
    case 7: element.children.append(.comment(plain("comment")))
    default:
      element.children.append(.processingInstruction(target: "target", data: plain("data")))
    }
  }

  private mutating func declarations() -> [NamespaceDeclaration] {
    guard count(4) == 0 else { return [] }
    var result = [
      NamespaceDeclaration(prefix: pick(["", "p", "q"]), uri: pick(["urn:a", "urn:b"]))
    ]
    if count(2) == 0, result[0].prefix != "r" {
      result.append(NamespaceDeclaration(prefix: "r", uri: "urn:r?a=1&b=2"))
    }
    return result
  }

  private mutating func name() -> String {
    pick(["a", "ə", "B-1", "_x", "имя", "long.name.of.an.element"])
  }

  private static let characters: [Character] = [
    "a", "ə", "Ж", "𐍈", "<", ">", "&", "\"", "'", "]", "-", " ", "\t", "\n", "\r", "\u{85}",
    "\u{A0}",
    "\u{2028}",
  ]

  private mutating func text(atLeast least: Int) -> String {
    String(
      (0..<(least + count(12))).map { _ in Self.characters.randomElement(using: &numbers) ?? "a" })
  }

  /// Without what a comment, a section or an instruction cannot hold.
  private mutating func plain(_ word: String) -> String {
    word + pick([" & <", " ə", " > ]", " '\""])
  }

  private mutating func pick(_ list: [String]) -> String {
    list.randomElement(using: &numbers) ?? ""
  }

  private mutating func count(_ most: Int) -> Int { Int.random(in: 0...most, using: &numbers) }
}
