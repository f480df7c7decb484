import Diagnostics

// Paths as people and programs name one answer: `person/birthDate`, `diagnoses[2]/icd`.

extension Answers {
  /// The node at `path`; rows are counted from 1, the first row when no number is given.
  func node(at path: String) -> Int32? {
    var parts = path.split(separator: "/")
    if path.hasPrefix("/") {
      guard let first = parts.first, first == form.fields[0].name[...] else { return nil }
      parts.removeFirst()
    }
    var node = rootNode
    for part in parts {
      guard let (name, number) = Self.segment(part) else { return nil }
      let matching = (environment.primary[node].children + environment.primary[node].attributes)
        .filter { field(of: $0)?.name == name }
      guard matching.indices.contains(number - 1) else { return nil }
      node = matching[number - 1]
    }
    return node
  }

  /// `name[3]` as a name and a number.
  private static func segment(_ part: Substring) -> (String, Int)? {
    guard let open = part.firstIndex(of: "[") else { return (String(part), 1) }
    guard part.last == "]", let number = Int(part[part.index(after: open)...].dropLast()),
      number >= 1
    else { return nil }
    return (String(part[..<open]), number)
  }

  /// The path of a node, below the root: `diagnoses[2]/icd`; empty for the root.
  func path(of node: Int32) -> String {
    var parts: [String] = []
    var next = node
    while next != rootNode, next > 0 {
      guard let field = field(of: next) else { break }
      var part = field.name
      let parent = environment.primary[next].parent
      if field.rows != nil {
        let number = rows(of: field.number, in: parent).firstIndex(of: next) ?? 0
        part += "[\(number + 1)]"
      }
      parts.append(part)
      next = parent
    }
    return parts.reversed().joined(separator: "/")
  }

  func repeatPlace(_ path: String) throws -> (parent: Int32, field: Field) {
    let parts = path.split(separator: "/")
    let parentPath = parts.dropLast().joined(separator: "/")
    let absolute = path.hasPrefix("/") ? "/" + parentPath : parentPath
    if let last = parts.last, let parent = node(at: absolute), let parentField = field(of: parent) {
      for child in parentField.children
      where form.fields[child].name == last[...] && form.fields[child].rows != nil {
        return (parent, form.fields[child])
      }
    }
    throw Diagnostic("FORM015", ["path": path])
  }

  func rowPlace(_ path: String) throws -> (row: Int32, field: Field) {
    guard path.hasSuffix("]"), let node = node(at: path), let field = field(of: node),
      field.rows != nil
    else { throw Diagnostic("FORM015", ["path": path]) }
    return (node, field)
  }
}
