extension DiagramRenderer {
  // MARK: Pools and lanes

  mutating func drawPool(_ shape: DiagramShape) {
    let name = participants[shape.element]?.name ?? lanes[shape.element]?.name ?? ""
    canvas.rectangle(
      shape.bounds,
      Pen(stroke: shape.stroke ?? "#000000", width: 1.5, fill: shape.fill ?? "#ffffff"))
    let hasContent = lanes[shape.element] != nil || participants[shape.element]?.process != nil
    guard hasContent else {
      drawCentered(name, in: shape.bounds.inset(6))
      return
    }
    let size = Self.textSize
    if shape.isHorizontal {
      if participants[shape.element] != nil {
        let x = shape.bounds.x + 30
        canvas.line(
          [Point(x: x, y: shape.bounds.y), Point(x: x, y: shape.bounds.bottom)], .hair)
      }
      let lines = TextWidths.wrap(name, to: shape.bounds.height - 10, size: size, limit: 1)
      canvas.text(
        lines, at: Point(x: shape.bounds.x + 19, y: shape.bounds.center.y), size: size,
        rotation: -90)
    } else {
      if participants[shape.element] != nil {
        let y = shape.bounds.y + 30
        canvas.line(
          [Point(x: shape.bounds.x, y: y), Point(x: shape.bounds.right, y: y)], .hair)
      }
      let lines = TextWidths.wrap(name, to: shape.bounds.width - 10, size: size, limit: 1)
      canvas.text(
        lines, at: Point(x: shape.bounds.center.x, y: shape.bounds.y + 19), size: size)
    }
  }

  // MARK: Lines

  mutating func drawEdge(_ edge: DiagramEdge) {
    let stroke = edge.stroke ?? "#000000"
    if let flow = flows[edge.element] {
      drawSequenceFlow(flow, edge, stroke)
    } else if let flow = messageFlows[edge.element] {
      canvas.line(edge.waypoints, Pen(stroke: stroke, width: 1, dash: "6 4"))
      drawArrow(edge.waypoints, Pen(stroke: stroke, width: 1, fill: "#ffffff"))
      canvas.circle(edge.waypoints[0], radius: 3.5, Pen(stroke: stroke, width: 1, fill: "#ffffff"))
      drawEdgeLabel(flow.name, edge)
    } else {
      canvas.line(edge.waypoints, Pen(stroke: stroke, width: 1, dash: "1 4"))
    }
  }

  private mutating func drawSequenceFlow(
    _ flow: SequenceFlow, _ edge: DiagramEdge, _ stroke: String
  ) {
    let taken = (marks[flow.id]?.completed ?? 0) > 0
    canvas.line(edge.waypoints, Pen(stroke: stroke, width: taken ? 2.5 : 1))
    drawArrow(edge.waypoints, Pen(stroke: stroke, width: 1, fill: stroke))
    let first = edge.waypoints[0]
    let direction = first.direction(to: edge.waypoints[1])
    if nodes[flow.source]?.defaultFlow == flow.id {
      let middle = first.moved(9, along: direction)
      let slant = Point(x: direction.x * 4, y: direction.y * 4)
      canvas.line(
        [
          Point(x: middle.x - slant.x - slant.y, y: middle.y - slant.y + slant.x),
          Point(x: middle.x + slant.x + slant.y, y: middle.y + slant.y - slant.x),
        ], Pen(stroke: stroke, width: 1.5))
    } else if flow.condition != nil, nodes[flow.source]?.kind.isGateway == false {
      let middle = first.moved(8, along: direction)
      let box = Bounds(x: middle.x - 8, y: middle.y - 5, width: 16, height: 10)
      canvas.polygon(box.diamond, Pen(stroke: stroke, width: 1, fill: "#ffffff"))
    }
    drawEdgeLabel(flow.name, edge)
  }

  private mutating func drawArrow(_ points: [Point], _ pen: Pen) {
    guard points.count > 1 else { return }
    let tip = points[points.count - 1]
    let direction = points[points.count - 2].direction(to: tip)
    let base = tip.moved(-10, along: direction)
    let side = Point(x: -direction.y * 4.5, y: direction.x * 4.5)
    canvas.polygon(
      [
        tip, Point(x: base.x + side.x, y: base.y + side.y),
        Point(x: base.x - side.x, y: base.y - side.y),
      ], pen)
  }

  private mutating func drawEdgeLabel(_ name: String, _ edge: DiagramEdge) {
    guard !name.isEmpty else { return }
    let middle = edge.waypoints[(edge.waypoints.count - 1) / 2].middle(
      to: edge.waypoints[(edge.waypoints.count + 1) / 2])
    let point = edge.label.map { Point(x: $0.center.x, y: $0.y + Self.labelSize) }
    canvas.text(
      TextWidths.wrap(name, to: max(edge.label?.width ?? 0, 90), size: Self.labelSize, limit: 3),
      at: point ?? Point(x: middle.x, y: middle.y - 5), size: Self.labelSize)
  }

  // MARK: Data and notes

  mutating func drawArtifact(_ shape: DiagramShape) {
    guard let artifact = artifacts[shape.element] else { return }
    let box = shape.bounds
    switch artifact.tag {
    case "textAnnotation":
      canvas.line(
        [
          Point(x: box.x + 10, y: box.y), Point(x: box.x, y: box.y), Point(x: box.x, y: box.bottom),
          Point(x: box.x + 10, y: box.bottom),
        ], .hair)
      canvas.text(
        TextWidths.wrap(artifact.text, to: box.width - 10, size: Self.labelSize),
        at: Point(x: box.x + 6, y: box.y + 14), size: Self.labelSize, anchor: .start)
    case "group":
      canvas.rectangle(box, radius: 10, Pen(width: 1, dash: "8 3 2 3"))
    case "dataStoreReference":
      drawStore(box)
      drawLabel(artifact.text, shape.label, below: box)
    default:
      let fold = min(box.width, box.height) / 4
      canvas.polygon(
        [
          Point(x: box.x, y: box.y), Point(x: box.right - fold, y: box.y),
          Point(x: box.right, y: box.y + fold), Point(x: box.right, y: box.bottom),
          Point(x: box.x, y: box.bottom),
        ], Pen(width: 1, fill: "#ffffff"))
      drawLabel(artifact.text, shape.label, below: box)
    }
  }

  private mutating func drawStore(_ box: Bounds) {
    let curve = number(box.height / 5)
    let width = number(box.width)
    let data =
      "M0 \(curve)q0 -\(curve) \(number(box.width / 2)) -\(curve)q\(number(box.width / 2)) 0 \(number(box.width / 2)) \(curve)v\(number(box.height * 3 / 5))q0 \(curve) -\(number(box.width / 2)) \(curve)q-\(number(box.width / 2)) 0 -\(number(box.width / 2)) -\(curve)zM0 \(curve)q0 \(curve) \(number(box.width / 2)) \(curve)q\(number(box.width / 2)) 0 \(number(box.width / 2)) -\(curve)h-\(width)"
    canvas.path(data, at: Point(x: box.x, y: box.y), Pen(width: 1, fill: "#ffffff"))
  }
}

extension Point {
  func middle(to other: Point) -> Point { Point(x: (x + other.x) / 2, y: (y + other.y) / 2) }

  /// The unit vector towards `other`; to the right when both are the same.
  func direction(to other: Point) -> Point {
    let dx = other.x - x
    let dy = other.y - y
    let length = (dx * dx + dy * dy).squareRoot()
    return length > 0 ? Point(x: dx / length, y: dy / length) : Point(x: 1, y: 0)
  }

  func moved(_ distance: Double, along direction: Point) -> Point {
    Point(x: x + direction.x * distance, y: y + direction.y * distance)
  }
}
