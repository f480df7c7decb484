import XML

/// How a line is drawn.
public struct Pen: Sendable {
  public var stroke = "#000000"
  public var width = 1.5
  public var dash: String?
  public var fill = "none"

  public init(
    stroke: String = "#000000", width: Double = 1.5, dash: String? = nil, fill: String = "none"
  ) {
    self.stroke = stroke
    self.width = width
    self.dash = dash
    self.fill = fill
  }

  static let hair = Pen(width: 1)
  static let filled = Pen(width: 1, fill: "#000000")
}

/// Where a text stands on its line.
public enum TextAnchor: String, Sendable {
  case start, middle, end
}

/// Collects the shapes of a picture as SVG elements: plain attributes, no styles, scripts or fonts.
public struct SVGCanvas {
  static let namespace = "http://www.w3.org/2000/svg"
  private(set) var nodes: [Node] = []

  public init() {}

  /// Puts all shapes of `other` over those that are there.
  public mutating func append(_ other: SVGCanvas) { nodes += other.nodes }

  mutating func add(
    _ name: String, _ attributes: [(String, String)], children: [Node] = []
  ) {
    nodes.append(
      .element(
        Element(
          name, namespace: Self.namespace,
          attributes: attributes.map { Attribute($0.0, value: $0.1) }, children: children)))
  }

  /// Puts what `draw` draws into a group with a tooltip.
  mutating func group(_ id: String, title: String, _ draw: (inout SVGCanvas) -> Void) {
    var inner = SVGCanvas()
    inner.add("title", [], children: [.text(title)])
    draw(&inner)
    add("g", [("data-element", id)], children: inner.nodes)
  }

  public mutating func rectangle(_ bounds: Bounds, radius: Double = 0, _ pen: Pen) {
    var attributes = [
      ("x", number(bounds.x)), ("y", number(bounds.y)), ("width", number(bounds.width)),
      ("height", number(bounds.height)),
    ]
    if radius > 0 { attributes.append(("rx", number(radius))) }
    add("rect", attributes + style(pen))
  }

  public mutating func circle(_ center: Point, radius: Double, _ pen: Pen) {
    add(
      "circle",
      [("cx", number(center.x)), ("cy", number(center.y)), ("r", number(radius))] + style(pen))
  }

  mutating func polygon(_ points: [Point], _ pen: Pen) {
    add("polygon", [("points", list(points))] + style(pen))
  }

  public mutating func line(_ points: [Point], _ pen: Pen) {
    add("polyline", [("points", list(points))] + style(pen))
  }

  /// A path in the coordinates of a box that begins at `origin`.
  mutating func path(_ data: String, at origin: Point, scale: Double = 1, _ pen: Pen) {
    var transform = "translate(\(number(origin.x)) \(number(origin.y)))"
    if scale != 1 { transform += " scale(\(number(scale)))" }
    add("path", [("d", data), ("transform", transform)] + style(pen))
  }

  /// Lines of text, the first with its base line at `point`.
  public mutating func text(
    _ lines: [String], at point: Point, size: Double, anchor: TextAnchor = .middle,
    bold: Bool = false, rotation: Double = 0
  ) {
    guard !lines.isEmpty else { return }
    var attributes = [("x", number(point.x)), ("y", number(point.y)), ("font-size", number(size))]
    if anchor != .start { attributes.append(("text-anchor", anchor.rawValue)) }
    if bold { attributes.append(("font-weight", "bold")) }
    if rotation != 0 {
      let center = "\(number(point.x)) \(number(point.y))"
      attributes.append(("transform", "rotate(\(number(rotation)) \(center))"))
    }
    let spans = lines.enumerated().map { index, line in
      Node.element(
        Element(
          "tspan", namespace: Self.namespace,
          attributes: [
            Attribute("x", value: number(point.x)),
            Attribute("dy", value: index == 0 ? "0" : number(size * Self.leading)),
          ], children: [.text(line)]))
    }
    add("text", attributes, children: lines.count == 1 ? [.text(lines[0])] : spans)
  }

  /// The whole picture as a file, with what it tells those who do not see it.
  public func svg(in box: Bounds, title: String, description: String) -> String {
    func text(_ name: String, _ id: String, _ text: String) -> Node {
      .element(
        Element(
          name, namespace: Self.namespace, attributes: [Attribute("id", value: id)],
          children: [.text(text)]))
    }
    return Element(
      "svg", namespace: Self.namespace,
      attributes: [
        Attribute(
          "viewBox",
          value: [box.x, box.y, box.width, box.height].map(number).joined(separator: " ")),
        Attribute("role", value: "img"),
        Attribute("aria-labelledby", value: "diagram-title diagram-description"),
        Attribute("font-family", value: "DejaVu Sans, Verdana, sans-serif"),
        Attribute("fill", value: "#000000"),
      ],
      children: [
        text("title", "diagram-title", title), text("desc", "diagram-description", description),
      ] + nodes
    ).xml(indented: true, declaration: false)
  }

  /// The distance of two lines of text, in font sizes.
  static let leading = 1.2

  private func style(_ pen: Pen) -> [(String, String)] {
    var attributes = [
      ("fill", pen.fill), ("stroke", pen.stroke), ("stroke-width", number(pen.width)),
    ]
    if let dash = pen.dash { attributes.append(("stroke-dasharray", dash)) }
    return attributes
  }

  private func list(_ points: [Point]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }
}

/// A coordinate with at most one decimal, always written the same way.
func number(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  let sign = tenths < 0 ? "-" : ""
  let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
  return sign + String(whole) + (rest == 0 ? "" : ".\(rest)")
}
