import Diagnostics

extension FormBuilder {
  func innermostRepeat(of field: Int) -> Int? {
    var next: Int? = field
    while let number = next {
      if fields[number].rows != nil { return number }
      next = fields[number].parent
    }
    return nil
  }

  /// The empty instance and the template of every repeat, made from the fields.
  mutating func makeInstance() {
    guard instanceSize(0) <= Answers.maximalNodes / 10 else {
      problems.append(Diagnostic("FORM115", at: fields[0].location))
      return
    }
    var tree = DataTree()
    addNode(0, to: 0, in: &tree)
    instance = tree
    for number in fields.indices where fields[number].rows != nil {
      var template = DataTree()
      addNode(number, to: 0, in: &template)
      template.renumber()
      templates[number] = template
    }
  }

  /// The nodes that a field begins with; rows in rows multiply.
  private func instanceSize(_ number: Int) -> Int {
    fields[number].children.reduce(1) { size, child in
      let rows = max(1, fields[child].rows?.minimum ?? 1)
      return size + min(Answers.maximalNodes, rows * instanceSize(child))
    }
  }

  private func addNode(_ number: Int, to parent: Int32, in tree: inout DataTree) {
    var record = DataTree.Node(.element, name: fields[number].name, parent: parent)
    record.namespace = fields[number].namespace
    record.field = Int32(clamping: number)
    let node = tree.add(record)
    for child in fields[number].children {
      let count = fields[child].rows.map(\.minimum) ?? 1
      for _ in 0..<count { addNode(child, to: node, in: &tree) }
    }
  }
}
