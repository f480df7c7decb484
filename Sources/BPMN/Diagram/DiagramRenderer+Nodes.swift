extension DiagramRenderer {
  /// The border tells the mark: done and idle solid, now double, waiting dashed, incident thick.
  private func pen(_ mark: DiagramMark, _ shape: DiagramShape, width: Double) -> Pen {
    var pen = Pen(
      stroke: shape.stroke ?? "#000000", width: width, fill: shape.fill ?? "#ffffff")
    switch mark.position {
    case .none: pen.width += mark.completed > 0 ? 0.5 : 0
    case .now, .incident: pen.width += 1.5
    case .waiting: pen.dash = "5 3"
    }
    return pen
  }

  // MARK: Activities

  mutating func drawActivity(_ node: FlowNode, _ shape: DiagramShape, _ mark: DiagramMark) {
    var pen = pen(mark, shape, width: isCall(node) ? 4 : 1.5)
    if node.kind.isEventSubProcess, mark.position != .waiting { pen.dash = "2 3" }
    canvas.rectangle(shape.bounds, radius: 10, pen)
    if mark.position == .now || node.kind == .transaction {
      canvas.rectangle(shape.bounds.inset(4), radius: 7, Pen(stroke: pen.stroke, width: 1))
    }
    drawTypeIcon(node, at: Point(x: shape.bounds.x + 6, y: shape.bounds.y + 6))
    drawMarkers(node, shape)
    let inner = shape.bounds.inset(8)
    if node.kind.isContainer && shape.isExpanded {
      let lines = TextWidths.wrap(node.name, to: inner.width, size: Self.textSize, limit: 2)
      canvas.text(
        lines, at: Point(x: shape.bounds.center.x, y: shape.bounds.y + 20), size: Self.textSize)
    } else {
      drawCentered(node.name, in: inner)
    }
  }

  private func isCall(_ node: FlowNode) -> Bool {
    if case .callActivity = node.kind { true } else { false }
  }

  mutating func drawCentered(_ text: String, in box: Bounds) {
    let leading = Self.textSize * SVGCanvas.leading
    let lines = TextWidths.wrap(
      text, to: box.width, size: Self.textSize, limit: max(1, Int(box.height / leading)))
    let height = Double(lines.count - 1) * leading
    canvas.text(
      lines,
      at: Point(x: box.center.x, y: box.center.y - height / 2 + Self.textSize * 0.35),
      size: Self.textSize)
  }

  private mutating func drawTypeIcon(_ node: FlowNode, at origin: Point) {
    guard let icon = Icon.of(node.kind) else { return }
    var pen = Pen.hair
    if case .sendTask = node.kind { pen.fill = "#b0b0b0" }
    canvas.path(icon, at: origin, scale: 0.8, pen)
  }

  /// The signs at the lower edge: repeated, collapsed, ad-hoc, for compensation.
  private mutating func drawMarkers(_ node: FlowNode, _ shape: DiagramShape) {
    var icons: [String] = []
    switch node.loop {
    case .multiInstance(let loop): icons.append(loop.isSequential ? Icon.rows : Icon.columns)
    case .standard: icons.append(Icon.circle)
    case nil: break
    }
    if node.kind.isContainer && !shape.isExpanded { icons.append(Icon.plus) }
    if case .adHocSubProcess = node.kind { icons.append(Icon.wave) }
    if node.isForCompensation { icons.append(Icon.back) }
    let left = shape.bounds.center.x - Double(icons.count) * 9
    for (index, icon) in icons.enumerated() {
      canvas.path(
        icon, at: Point(x: left + Double(index) * 18 + 2, y: shape.bounds.bottom - 17), .hair)
    }
  }

  // MARK: Events

  mutating func drawEvent(_ node: FlowNode, _ shape: DiagramShape, _ mark: DiagramMark) {
    let radius = min(shape.bounds.width, shape.bounds.height) / 2
    var pen = pen(mark, shape, width: node.kind == .endEvent ? 3 : 1.5)
    if !interrupts(node) { pen.dash = "4 2" }
    canvas.circle(shape.bounds.center, radius: radius, pen)
    if isDouble(node) {
      let inner = Pen(stroke: pen.stroke, width: 1, dash: interrupts(node) ? nil : "4 2")
      canvas.circle(shape.bounds.center, radius: radius - 3.5, inner)
    } else if mark.position == .now {
      canvas.circle(shape.bounds.center, radius: radius + 3, Pen(stroke: pen.stroke, width: 1))
    }
    drawEventIcon(node, center: shape.bounds.center, radius: radius)
    drawLabel(node.name, shape.label, below: shape.bounds)
  }

  private func interrupts(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .startEvent(let interrupting), .boundaryEvent(_, let interrupting): interrupting
    default: true
    }
  }

  private func isDouble(_ node: FlowNode) -> Bool {
    switch node.kind {
    case .intermediateCatchEvent, .intermediateThrowEvent, .boundaryEvent: true
    default: false
    }
  }

  private mutating func drawEventIcon(_ node: FlowNode, center: Point, radius: Double) {
    guard let event = node.events.first else { return }
    let throwing = node.kind == .endEvent || node.kind == .intermediateThrowEvent
    let scale = radius / 18
    let origin = Point(x: center.x - 9 * scale, y: center.y - 9 * scale)
    let icon = node.events.count > 1 ? Icon.pentagon : Icon.of(event)
    canvas.path(icon, at: origin, scale: scale, throwing ? .filled : .hair)
  }

  // MARK: Gateways

  mutating func drawGateway(_ node: FlowNode, _ shape: DiagramShape, _ mark: DiagramMark) {
    let pen = pen(mark, shape, width: 1.5)
    canvas.polygon(shape.bounds.diamond, pen)
    if mark.position == .now { canvas.polygon(shape.bounds.inset(5).diamond, Pen(width: 1)) }
    let center = shape.bounds.center
    let scale = min(shape.bounds.width, shape.bounds.height) / 50
    let origin = Point(x: center.x - 9 * scale, y: center.y - 9 * scale)
    switch node.kind {
    case .exclusiveGateway: canvas.path(Icon.cross, at: origin, scale: scale, Pen(width: 3))
    case .parallelGateway: canvas.path(Icon.bigPlus, at: origin, scale: scale, Pen(width: 3))
    case .inclusiveGateway: canvas.circle(center, radius: 10 * scale, Pen(width: 2.5))
    case .eventBasedGateway:
      canvas.circle(center, radius: 12 * scale, .hair)
      canvas.path(Icon.pentagon, at: origin, scale: scale, .hair)
    case .complexGateway: canvas.path(Icon.star, at: origin, scale: scale, Pen(width: 3))
    default: break
    }
    drawLabel(node.name, shape.label, below: shape.bounds)
  }

  // MARK: Labels and marks

  /// A name beside a small shape: where the picture says, else below it.
  mutating func drawLabel(_ name: String, _ label: Bounds?, below shape: Bounds) {
    guard !name.isEmpty else { return }
    let width = max(label?.width ?? 0, 90)
    let center = label?.center.x ?? shape.center.x
    let top = label?.y ?? shape.bottom + 4
    canvas.text(
      TextWidths.wrap(name, to: width, size: Self.labelSize, limit: 4),
      at: Point(x: center, y: top + Self.labelSize), size: Self.labelSize)
  }

  /// ✓ with a count for done at the upper right; above the shape and its name ● and the word for now, a clock for
  /// waiting, ⚠ for an incident.
  mutating func drawBadge(_ mark: DiagramMark, on shape: DiagramShape) {
    let bounds = shape.bounds
    let label = shape.label.flatMap { $0.bottom <= bounds.y ? $0 : nil }
    let place = Point(x: bounds.x, y: label?.y ?? bounds.y)
    switch mark.position {
    case .none: break
    case .now:
      canvas.circle(
        Point(x: place.x + 6, y: place.y - 8), radius: 4, Pen(width: 1, fill: "#000000"))
      drawBadgeText(words.now, at: place)
    case .waiting:
      canvas.path(Icon.clock, at: Point(x: place.x, y: place.y - 17), scale: 0.8, .hair)
      drawBadgeText(words.waiting, at: place)
    case .incident:
      canvas.path(
        Icon.warning, at: Point(x: place.x - 2, y: place.y - 18), Pen(width: 1.5, fill: "#ffffff"))
      drawBadgeText(words.incident, at: place)
    }
    guard mark.completed > 0 else { return }
    let corner = Point(x: bounds.right - 8, y: bounds.y - 8)
    canvas.circle(
      Point(x: corner.x + 8, y: corner.y + 8), radius: 8, Pen(width: 1, fill: "#ffffff"))
    canvas.path(Icon.check, at: corner, Pen(width: 2))
    if mark.completed > 1 {
      canvas.text(
        ["×\(mark.completed)"], at: Point(x: corner.x + 18, y: corner.y + 12), size: Self.labelSize,
        anchor: .start, bold: true)
    }
  }

  private mutating func drawBadgeText(_ word: String, at place: Point) {
    canvas.text(
      [word], at: Point(x: place.x + 16, y: place.y - 4), size: Self.labelSize, anchor: .start,
      bold: true)
  }
}

extension Bounds {
  func inset(_ distance: Double) -> Bounds {
    Bounds(
      x: x + distance, y: y + distance, width: max(0, width - 2 * distance),
      height: max(0, height - 2 * distance))
  }

  var diamond: [Point] {
    [
      Point(x: center.x, y: y), Point(x: right, y: center.y), Point(x: center.x, y: bottom),
      Point(x: x, y: center.y),
    ]
  }
}
