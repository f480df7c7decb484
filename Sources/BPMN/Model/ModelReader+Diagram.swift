import Diagnostics
import XML

extension ModelReader {
  /// A picture of the file; `nil` when it shows nothing.
  func diagram(_ element: Element) -> DiagramPlane? {
    guard let plane = element.child("BPMNPlane", in: Namespace.diagram) else { return nil }
    return DiagramPlane(
      element: reference(plane, "bpmnElement") ?? "",
      shapes: plane.children("BPMNShape").compactMap(shape),
      edges: plane.children("BPMNEdge").compactMap(edge))
  }

  private func shape(_ element: Element) -> DiagramShape? {
    guard let id = reference(element, "bpmnElement"), let bounds = bounds(in: element) else {
      return nil
    }
    return DiagramShape(
      element: id, bounds: bounds, isExpanded: element["isExpanded"] == "true",
      isHorizontal: element["isHorizontal"] != "false", label: label(element),
      stroke: colour(element, "stroke", "border-color"),
      fill: colour(element, "fill", "background-color"))
  }

  private func edge(_ element: Element) -> DiagramEdge? {
    let waypoints = element.children("waypoint", in: Namespace.edges).compactMap { point in
      number(point, "x").flatMap { x in number(point, "y").map { Point(x: x, y: $0) } }
    }
    guard let id = reference(element, "bpmnElement"), waypoints.count > 1 else { return nil }
    return DiagramEdge(
      element: id, waypoints: waypoints, label: label(element),
      stroke: colour(element, "stroke", "border-color"))
  }

  private func label(_ element: Element) -> Bounds? {
    element.child("BPMNLabel", in: Namespace.diagram).flatMap(bounds(in:))
  }

  private func bounds(in element: Element) -> Bounds? {
    guard let box = element.child("Bounds", in: Namespace.coordinates),
      let x = number(box, "x"), let y = number(box, "y"), let width = number(box, "width"),
      let height = number(box, "height"), width >= 0, height >= 0
    else { return nil }
    return Bounds(x: x, y: y, width: width, height: height)
  }

  /// A finite number that a picture can be drawn with.
  private func number(_ element: Element, _ attribute: String) -> Double? {
    guard let value = element[attribute].flatMap({ Double($0.trimmed) }), abs(value) < 1e6 else {
      return nil
    }
    return value
  }

  /// A colour of bpmn.io or of OMG's extension; only `#rrggbb`, so that nothing else gets into a picture.
  private func colour(_ element: Element, _ bioName: String, _ omgName: String) -> String? {
    let text = element[bioName, in: Namespace.bioColor] ?? element[omgName, in: Namespace.omgColor]
    guard let text, text.utf8.count == 7, text.utf8.first == UInt8(ascii: "#"),
      text.utf8.dropFirst().allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
    else { return nil }
    return text
  }
}
