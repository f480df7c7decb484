internal import Diagnostics
internal import XML

/// ClaML 2 and 3 (ISO 13120), in which WHO publishes ICD-10.
///
/// Codes that the file makes out of a category and a modifier (`E10` and `.0`) are written out.
extension Classification {
  init(claML bytes: [UInt8], file: String, language: Language) throws {
    let root = try Element(parsing: Classification.withoutDocumentType(bytes), file: file)
    guard root.name == "ClaML" else { throw Diagnostic("LIST007", at: root.location) }
    let reader = ClaMLReader(root, language: language)
    try self.init(version: root.child("Title")?["version"], reader.classes(), file: file)
  }

  /// WHO's files name their DTD. It is never read: a name alone is blanked out, line breaks kept; one with declarations of
  /// its own stays and is refused.
  private static func withoutDocumentType(_ bytes: [UInt8]) -> [UInt8] {
    let mark = Array("<!DOCTYPE".utf8)
    let head = bytes.prefix(4096)
    guard
      let start = head.indices.first(where: { bytes[$0...].starts(with: mark) }),
      let end = bytes[start...].firstIndex(of: UInt8(ascii: ">")),
      !bytes[start..<end].contains(UInt8(ascii: "["))
    else { return bytes }
    var result = bytes
    for index in start...end where bytes[index] != UInt8(ascii: "\n") {
      result[index] = UInt8(ascii: " ")
    }
    return result
  }
}

/// Reads the classes of one ClaML file.
private struct ClaMLReader {
  private typealias Class = Classification.Class

  private let elements: [Element]
  private let byCode: [String: Element]
  /// The classes of each modifier, in their order.
  private let modifiers: [String: [Element]]
  private let language: Language
  private let file: String

  init(_ root: Element, language: Language) {
    elements = root.children("Class")
    byCode = Dictionary(elements.map { ($0["code"] ?? "", $0) }) { first, _ in first }
    modifiers = Dictionary(grouping: root.children("ModifierClass")) { $0["modifier"] ?? "" }
    self.language = language
    file = root.location?.file ?? ""
  }

  /// - Throws: `LIST001` with everything that is no class.
  func classes() throws -> [Classification.Class] {
    var problems: [Diagnostic] = []
    var classes: [Class] = []
    for element in elements {
      let place = element.location ?? SourceLocation(file: file)
      let code = element["code"] ?? ""
      guard let kind = element["kind"].flatMap(Classification.Kind.init) else {
        problems.append(
          Diagnostic("LIST009", ["code": code, "kind": element["kind"] ?? ""], at: place))
        continue
      }
      let own = Class(
        code: code, kind: kind, parent: element.child("SuperClass")?["code"],
        titles: titles(of: element), location: place)
      classes.append(own)
      guard kind == .category, !hasSubcategories(element) else { continue }
      let modifications = modifications(of: element)
      for modification in modifications where modifiers[modification.modifier] == nil {
        problems.append(
          Diagnostic(
            "LIST010", ["code": code, "modifier": modification.modifier], at: place))
      }
      classes += made(from: own, by: modifications)
    }
    guard problems.isEmpty else {
      throw Diagnostic(
        "LIST001", ["count": "\(problems.count)"], at: SourceLocation(file: file), causes: problems)
    }
    return classes
  }

  private func hasSubcategories(_ element: Element) -> Bool {
    element.children("SubClass").contains {
      byCode[$0["code"] ?? ""]?["kind"] == Classification.Kind.category.rawValue
    }
  }

  // MARK: Titles

  private func titles(of element: Element) -> [Language: String] {
    var titles: [Language: String] = [:]
    let rubrics = element.children("Rubric")
    let rubric =
      rubrics.first { $0["kind"] == "preferredLong" } ?? rubrics.first { $0["kind"] == "preferred" }
    for label in rubric?.children("Label") ?? [] {
      let stated = label["lang", in: "http://www.w3.org/XML/1998/namespace"] ?? ""
      let written =
        Language(rawValue: String(stated.prefix(2))) ?? (stated.isEmpty ? language : nil)
      let text = words(of: label).split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if let written, !text.isEmpty { titles[written] = text }
    }
    return titles
  }

  /// The text of a label, that of its fragments and references included.
  private func words(of element: Element) -> String {
    element.children.map { node in
      switch node {
      case .text(let text): text
      case .element(let inner): inner.name == "Reference" ? "" : words(of: inner)
      default: ""
      }
    }.joined()
  }

  // MARK: Modifiers

  /// A modifier of a class, and which of its classes are allowed; `nil`: all.
  private struct Modification {
    let modifier: String
    let allowed: Set<String>?
  }

  /// The modifiers of a class: its own and those of what it belongs to, unless they are excluded on the way.
  private func modifications(of element: Element) -> [Modification] {
    var found: [Modification] = []
    var excluded: Set<String> = []
    var current: Element? = element
    var steps = 0
    while let item = current, steps < 20 {
      for modified in item.children("ModifiedBy") {
        guard let code = modified["code"], !excluded.contains(code),
          !found.contains(where: { $0.modifier == code })
        else { continue }
        let allowed = modified.children("ValidModifierClass").compactMap { $0["code"] }
        found.append(
          Modification(modifier: code, allowed: allowed.isEmpty ? nil : Set(allowed)))
      }
      excluded.formUnion(item.children("ExcludeModifier").compactMap { $0["code"] })
      current = item.child("SuperClass")?["code"].flatMap { byCode[$0] }
      steps += 1
    }
    // the fourth character comes before the fifth
    return found.sorted { isFourth($0) && !isFourth($1) }
  }

  private func isFourth(_ modification: Modification) -> Bool {
    modifiers[modification.modifier]?.first?["code"]?.hasPrefix(".") ?? false
  }

  /// The codes that a category and its modifiers make.
  private func made(from category: Class, by modifications: [Modification]) -> [Class] {
    guard let first = modifications.first else { return [] }
    return (modifiers[first.modifier] ?? []).flatMap { modifier -> [Class] in
      guard let suffix = modifier["code"], first.allowed?.contains(suffix) ?? true else {
        return []
      }
      let ending = titles(of: modifier)
      let item = Class(
        code: category.code + suffix, kind: .category, parent: category.code,
        titles: category.titles.merging(ending) { "\($0): \($1)" }, location: category.location)
      return [item] + made(from: item, by: Array(modifications.dropFirst()))
    }
  }
}
