/// One picture of a file (BPMN DI): where each element is drawn.
public struct DiagramPlane: Hashable, Sendable {
  /// The id of the process or collaboration it shows.
  public let element: String
  public let shapes: [DiagramShape]
  public let edges: [DiagramEdge]
}

/// A box of a picture (`BPMNShape`).
public struct DiagramShape: Hashable, Sendable {
  public let element: String
  public let bounds: Bounds
  public let isExpanded: Bool
  public let isHorizontal: Bool
  public let label: Bounds?
  /// The model's own colours, as `#rrggbb`.
  public let stroke: String?
  public let fill: String?
}

/// A line of a picture (`BPMNEdge`).
public struct DiagramEdge: Hashable, Sendable {
  public let element: String
  public let waypoints: [Point]
  public let label: Bounds?
  public let stroke: String?
}

/// A rectangle in the units of the picture.
public struct Bounds: Hashable, Sendable {
  public let x: Double
  public let y: Double
  public let width: Double
  public let height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var right: Double { x + width }
  var bottom: Double { y + height }
  var center: Point { Point(x: x + width / 2, y: y + height / 2) }
}

/// A point in the units of the picture.
public struct Point: Hashable, Sendable {
  public let x: Double
  public let y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
