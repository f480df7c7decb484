import Dossier
import TestSupport
import XML

/// Dossiers that are hard to canonicalise: nested and rebound namespaces, CDATA, carriage returns, characters outside the
/// basic plane, attributes in every order. Only their seal is looked at.
struct RandomDossier {
  var numbers: SeededNumbers
  private static let prefixes = ["", "a", "b", "d", "ə"]
  private static let namespaces = [
    "urn:x", "urn:y?a=1", "http://example.org/%C5%9F", "urn:msec:dossier:1",
  ]

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func bytes() -> [UInt8] {
    let part = Element(
      "Part", namespace: DossierMessage.namespace, prefix: "d",
      attributes: [Attribute("ref", value: "doc1")])
    let envelope = Element(
      "Envelope", namespace: DossierMessage.namespace, prefix: "d",
      attributes: [Attribute("id", value: "envelope")],
      children: [
        .text("\n "), .element(any(depth: 2)),
        .element(
          Element(
            "Manifest", namespace: DossierMessage.namespace, prefix: "d",
            children: [.element(part)])),
      ])
    let document = Element(
      "Document", namespace: DossierMessage.namespace, prefix: "d",
      attributes: [Attribute("id", value: "doc1")], children: [.element(any(depth: 4))])
    let documents = Element(
      "Documents", namespace: DossierMessage.namespace, prefix: "d",
      children: [.element(document), .text("\r\n")])
    let root = Element(
      "Dossier", namespace: DossierMessage.namespace, prefix: "d",
      attributes: [Attribute("version", value: "1.0")],
      declarations: Bool.random(using: &numbers)
        ? [NamespaceDeclaration(prefix: "unused", uri: "urn:unused")] : [],
      children: [.element(envelope), .text("\n\t"), .element(documents)])
    return Array(root.xml(indented: false).utf8)
  }

  private mutating func any(depth: Int) -> Element {
    let prefix = pick(Self.prefixes)
    let namespace = pick(Self.namespaces)
    var children: [Node] = []
    for _ in 0..<Int.random(in: 0...4, using: &numbers) {
      switch Int.random(in: 0...3, using: &numbers) {
      case 0 where depth > 0: children.append(.element(any(depth: depth - 1)))
      case 1: children.append(.cdata(text()))
      default: children.append(.text(text()))
      }
    }
    var attributes: [Attribute] = []
    for name in ["z", "b", "ç", "a"].shuffled(using: &numbers)
      .prefix(Int.random(in: 0...3, using: &numbers))
    {
      attributes.append(
        Bool.random(using: &numbers)
          ? Attribute(name, value: text())
          : Attribute(name, namespace: "urn:attribute", prefix: pick(["p", "q"]), value: text()))
    }
    return Element(
      pick(["e", "Şəxs", "f-1"]), namespace: namespace, prefix: prefix, attributes: attributes,
      declarations: [NamespaceDeclaration(prefix: prefix, uri: namespace)], children: children)
  }

  private mutating func pick(_ words: [String]) -> String {
    words.randomElement(using: &numbers) ?? words[0]
  }

  private mutating func text() -> String {
    let letters = "aƏğ <&>\"'\n\t\r]№я🦽𐐷中"
    return String(
      (0..<Int.random(in: 0...24, using: &numbers)).map { _ in
        letters.randomElement(using: &numbers) ?? "a"
      })
  }
}
