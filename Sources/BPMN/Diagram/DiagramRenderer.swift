import XML

/// Draws one picture: containers first, then lines, nodes, labels and marks on top.
struct DiagramRenderer {
  let model: ProcessModel
  let marks: [String: DiagramMark]
  let words: DiagramWords
  var canvas = SVGCanvas()

  /// What each id is, over all processes and pools of the file.
  let nodes: [String: FlowNode]
  let flows: [String: SequenceFlow]
  let artifacts: [String: Artifact]
  let lanes: [String: Lane]
  let participants: [String: Participant]
  let messageFlows: [String: MessageFlow]

  static let textSize = 12.0
  static let labelSize = 11.0

  init(_ model: ProcessModel, marks: [String: DiagramMark], words: DiagramWords) {
    self.model = model
    self.marks = marks
    self.words = words
    func table<Value>(_ list: [Value], _ id: (Value) -> String) -> [String: Value] {
      Dictionary(list.map { (id($0), $0) }) { first, _ in first }
    }
    let contents = model.processes.flatMap(\.content.allContents)
    nodes = table(model.processes.flatMap(\.allNodes), \.id)
    flows = table(contents.flatMap(\.flows), \.id)
    artifacts = table(
      contents.flatMap(\.artifacts) + model.collaborations.flatMap(\.artifacts), \.id)
    lanes = table(contents.flatMap(\.allLanes), \.id)
    participants = table(model.collaborations.flatMap(\.participants), \.id)
    messageFlows = table(model.collaborations.flatMap(\.messageFlows), \.id)
  }

  mutating func svg(_ plane: DiagramPlane?) -> String {
    if let plane { draw(plane) }
    let missing = notDrawn(in: plane)
    let box = frame(of: plane)
    let below = list(missing, below: box)
    return canvas.svg(
      in: Bounds(x: box.x, y: box.y, width: max(box.width, 200), height: box.height + below),
      title: words.title, description: words.description)
  }

  private mutating func draw(_ plane: DiagramPlane) {
    for shape in plane.shapes where isPool(shape) { drawPool(shape) }
    for shape in plane.shapes where isOpenContainer(shape) { drawNode(shape) }
    for shape in plane.shapes where artifacts[shape.element]?.tag == "group" { drawArtifact(shape) }
    for edge in plane.edges { drawEdge(edge) }
    for shape in plane.shapes where !isPool(shape) && !isOpenContainer(shape) {
      if nodes[shape.element] != nil {
        drawNode(shape)
      } else if artifacts[shape.element].map({ $0.tag != "group" }) == true {
        drawArtifact(shape)
      }
    }
  }

  private func isPool(_ shape: DiagramShape) -> Bool {
    participants[shape.element] != nil || lanes[shape.element] != nil
  }

  private func isOpenContainer(_ shape: DiagramShape) -> Bool {
    shape.isExpanded && nodes[shape.element]?.kind.isContainer == true
  }

  private mutating func drawNode(_ shape: DiagramShape) {
    guard let node = nodes[shape.element] else { return }
    let mark = marks[node.id] ?? DiagramMark()
    var inner = self
    inner.canvas = SVGCanvas()
    switch node.kind {
    case _ where node.kind.isEvent: inner.drawEvent(node, shape, mark)
    case _ where node.kind.isGateway: inner.drawGateway(node, shape, mark)
    default: inner.drawActivity(node, shape, mark)
    }
    inner.drawBadge(mark, on: shape)
    let drawn = inner.canvas
    canvas.group(node.id, title: tooltip(node, mark)) { canvas in
      for case .element(let element) in drawn.nodes {
        canvas.add(
          element.name, element.attributes.map { ($0.name, $0.value) }, children: element.children)
      }
    }
  }

  /// Name and mark, for a pointer that rests on the shape and for a screen reader.
  private func tooltip(_ node: FlowNode, _ mark: DiagramMark) -> String {
    var parts = [node.title]
    switch mark.position {
    case .none: break
    case .now: parts.append(words.now)
    case .waiting: parts.append(words.waiting)
    case .incident: parts.append(words.incident)
    }
    if mark.completed > 0 {
      parts.append(words.done + (mark.completed > 1 ? " ×\(mark.completed)" : ""))
    }
    return parts.joined(separator: ", ")
  }

  // MARK: The whole

  /// Everything that is drawn, with a margin.
  private func frame(of plane: DiagramPlane?) -> Bounds {
    guard let plane else { return Bounds(x: 0, y: 0, width: 200, height: 0) }
    let boxes =
      plane.shapes.flatMap { [$0.bounds] + [$0.label].compactMap { $0 } }
      + plane.edges.compactMap(\.label)
    let points = plane.edges.flatMap(\.waypoints)
    guard
      let left = (boxes.map(\.x) + points.map(\.x)).min(),
      let top = (boxes.map(\.y) + points.map(\.y)).min(),
      let right = (boxes.map(\.right) + points.map(\.x)).max(),
      let bottom = (boxes.map(\.bottom) + points.map(\.y)).max()
    else { return Bounds(x: 0, y: 0, width: 200, height: 0) }
    let margin = 24.0
    return Bounds(
      x: left - margin, y: top - margin, width: right - left + 2 * margin,
      height: bottom - top + 2 * margin)
  }

  /// What the processes of the picture have but the picture does not show.
  private func notDrawn(in plane: DiagramPlane?) -> [String] {
    let drawn = Set(plane?.shapes.map(\.element) ?? [])
    let shown = model.processes.filter { process in
      guard let plane else { return true }
      return plane.element == process.id || process.allNodes.contains { drawn.contains($0.id) }
    }
    return shown.flatMap(\.allNodes).filter { !drawn.contains($0.id) }.map(\.title)
  }

  /// Writes a list under the picture; the height it takes.
  private mutating func list(_ titles: [String], below box: Bounds) -> Double {
    guard !titles.isEmpty else { return 0 }
    let lines = TextWidths.wrap(
      words.notDrawn + " " + titles.joined(separator: ", "), to: max(box.width, 200) - 20,
      size: Self.textSize)
    canvas.text(
      lines, at: Point(x: box.x + 10, y: box.bottom + Self.textSize), size: Self.textSize,
      anchor: .start)
    return Double(lines.count + 1) * Self.textSize * SVGCanvas.leading
  }
}
