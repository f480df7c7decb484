import Commission
import Foundation
import TestSupport
import Testing
import XML

/// The pictures of our workflows can be read: no label lies on another label or on a shape.
struct DiagramTests {
  private struct Box: CustomStringConvertible {
    let name: String
    let left, top, right, bottom: Double
    var description: String { name }

    init?(_ name: String, _ bounds: Element?) {
      guard let bounds, let x = bounds["x"].flatMap(Double.init),
        let y = bounds["y"].flatMap(Double.init), let width = bounds["width"].flatMap(Double.init),
        let height = bounds["height"].flatMap(Double.init)
      else { return nil }
      (self.name, left, top, right, bottom) = (name, x, y, x + width, y + height)
    }

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  private static let diagrams = "http://www.omg.org/spec/BPMN/20100524/DI"
  private static let bounds = "http://www.omg.org/spec/DD/20100524/DC"

  @Test(arguments: TestDefinitions.files.filter { $0.kind == .process }.map(\.path))
  func labelsDoNotOverlap(_ path: String) throws {
    let file = try #require(TestDefinitions.files.first { $0.path == path })
    var labels: [Box] = []
    var shapes: [Box] = []
    try collect(Element(parsing: file.bytes, file: path), &labels, &shapes)
    #expect(!labels.isEmpty && !shapes.isEmpty)
    for (index, label) in labels.enumerated() {
      for other in labels.dropFirst(index + 1) {
        #expect(!label.overlaps(other), "label of \(label) lies on label of \(other)")
      }
      for shape in shapes where shape.name != label.name {
        #expect(!label.overlaps(shape), "label of \(label) lies on \(shape)")
      }
    }
  }

  /// Two boxes that touch each other inside are found: the test can fail.
  @Test func anOverlapIsFound() throws {
    func box(_ x: Int) throws -> Box {
      let text = "<b x='\(x)' y='0' width='10' height='10'/>"
      return try #require(Box("b", Element(parsing: Array(text.utf8), file: "b.xml")))
    }
    #expect(try box(0).overlaps(box(9)))
    #expect(try !box(0).overlaps(box(10)))
  }

  /// Labels of everything, and the shapes that are no frames: pools, lanes and open subprocesses hold others.
  private func collect(_ element: Element, _ labels: inout [Box], _ shapes: inout [Box]) {
    let name = element["bpmnElement"] ?? ""
    if element.namespace == Self.diagrams, element.name == "BPMNShape" || element.name == "BPMNEdge"
    {
      let label = element.child("BPMNLabel")?.child("Bounds", in: Self.bounds)
      if let box = Box(name, label) { labels.append(box) }
      let isFrame = element["isHorizontal"] != nil || element["isExpanded"] == "true"
      if !isFrame, let box = Box(name, element.child("Bounds", in: Self.bounds)) {
        shapes.append(box)
      }
    }
    for child in element.elements { collect(child, &labels, &shapes) }
  }
}
