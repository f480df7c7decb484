import Glibc

// Points and lines on the globe: forms of ours do not use them, forms that are imported may.

extension XPathEvaluator {
  private struct Point {
    var latitude: Double  // degrees
    var longitude: Double
  }

  private static let radius = 6_378_100.0

  mutating func placeFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .area: return .number(area(points(try strings(arguments, focus))))
    case .distance: return .number(distance(points(try strings(arguments, focus))))
    case .intersects: return .boolean(crossesItself(points(try strings(arguments, focus)) ?? []))
    default:
      let place = points(try strings([arguments[0]], focus))?.first
      let corners = points(try strings([arguments[1]], focus)) ?? []
      return .boolean(place.map { contains(corners, $0) } ?? false)
    }
  }

  /// Points from texts `lat lon [alt acc]; …`; `nil` when one is no point.
  private func points(_ texts: [String]) -> [Point]? {
    var points: [Point] = []
    for part in texts.flatMap({ $0.split(separator: ";") }) {
      let numbers = tokens(String(part)).map { XPathNumber.parse(String($0)) }
      guard numbers.count >= 2, abs(numbers[0]) <= 90, abs(numbers[1]) <= 180 else {
        if numbers.isEmpty { continue }
        return nil
      }
      points.append(Point(latitude: numbers[0], longitude: numbers[1]))
    }
    return points.isEmpty ? nil : points
  }

  /// Square metres inside the line, closed if need be.
  private func area(_ points: [Point]?) -> Double {
    guard let points, points.count > 2 else { return 0 }
    var sum = 0.0
    for (index, point) in points.enumerated() {
      let next = points[(index + 1) % points.count]
      let longitudes = radians(next.longitude) - radians(point.longitude)
      sum += longitudes * (2 + sin(radians(point.latitude)) + sin(radians(next.latitude)))
    }
    return XPathNumber.round(abs(sum * Self.radius * Self.radius / 2), places: 2)
  }

  /// Metres along the line, to the centimetre.
  private func distance(_ points: [Point]?) -> Double {
    guard let points, points.count > 1 else { return .nan }
    let metres = zip(points, points.dropFirst()).reduce(0.0) { sum, pair in
      let (a, b) = pair
      let cosine =
        sin(radians(a.latitude)) * sin(radians(b.latitude))
        + cos(radians(a.latitude)) * cos(radians(b.latitude))
        * cos(radians(b.longitude) - radians(a.longitude))
      return sum + acos(max(-1, min(1, cosine))) * Self.radius
    }
    return XPathNumber.round(metres, places: 2)
  }

  /// Even-odd rule; a line that is not closed contains nothing.
  private func contains(_ corners: [Point], _ point: Point) -> Bool {
    guard corners.count > 3, let first = corners.first, let last = corners.last,
      first.latitude == last.latitude, first.longitude == last.longitude
    else { return false }
    var isInside = false
    for (a, b) in zip(corners, corners.dropFirst())
    where (a.longitude > point.longitude) != (b.longitude > point.longitude) {
      let share = (point.longitude - a.longitude) / (b.longitude - a.longitude)
      if point.latitude < a.latitude + share * (b.latitude - a.latitude) { isInside.toggle() }
    }
    return isInside
  }

  /// Two parts of the line that are no neighbours have a point in common.
  private func crossesItself(_ points: [Point]) -> Bool {
    let parts = Array(zip(points, points.dropFirst()))
    let isClosed = points.count > 2 && isSame(points[0], points[points.count - 1])
    for (i, first) in parts.enumerated() {
      for (j, second) in parts.enumerated() where j > i + 1 {
        if isClosed, i == 0, j == parts.count - 1 { continue }
        if side(first, second.0) * side(first, second.1) <= 0,
          side(second, first.0) * side(second, first.1) <= 0
        {
          return true
        }
      }
    }
    return false
  }

  /// On which side of the line a point lies: the sign; 0 is on it.
  private func side(_ line: (Point, Point), _ point: Point) -> Double {
    let (a, b) = line
    return (b.longitude - a.longitude) * (point.latitude - a.latitude)
      - (b.latitude - a.latitude) * (point.longitude - a.longitude)
  }

  private func isSame(_ a: Point, _ b: Point) -> Bool {
    a.latitude == b.latitude && a.longitude == b.longitude
  }

  private func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}
