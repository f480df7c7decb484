/// Which field stands below which, and what they are called: all that paths need to know.
struct FieldTree {
  private struct Node {
    let name: String
    let isAttribute: Bool
    let parent: Int?
    let children: [Int]
  }

  private let nodes: [Node]

  init(_ fields: [Field]) {
    nodes = fields.indices.map { number in
      let name = fields[number].name
      let isAttribute = fields[number].isAttribute
      return Node(
        name: isAttribute ? String(name.dropFirst()) : name, isAttribute: isAttribute,
        parent: fields[number].parent, children: fields[number].children)
    }
  }

  var all: Range<Int> { nodes.indices }

  func parent(of field: Int) -> Int? { nodes[field].parent }

  func children(of field: Int) -> [Int] { nodes[field].children }

  /// The field itself and all below it.
  func below(_ field: Int) -> [Int] { [field] + children(of: field).flatMap { below($0) } }

  func matches(_ field: Int, _ test: XPathTest, isAttribute: Bool = false) -> Bool {
    guard nodes[field].isAttribute == isAttribute else { return false }
    return switch test {
    case .name(_, let local): nodes[field].name == local
    case .anyName, .anyIn, .node: true
    case .text, .comment, .processingInstruction: false
    }
  }
}
