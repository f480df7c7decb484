extension XPathEvaluator {
  mutating func stringFunction(
    _ function: XPathFunction, _ arguments: [XPathTerm], _ focus: Focus
  ) throws -> XPathValue {
    switch function {
    case .string: return .string(try optionalString(arguments, focus))
    case .stringLength:
      return .number(Double(try optionalString(arguments, focus).unicodeScalars.count))
    case .normalizeSpace:
      return .string(tokens(try optionalString(arguments, focus)).joined(separator: " "))
    case .concat: return .string(try limited(strings(arguments, focus), separator: ""))
    case .join:
      let separator = try string(of: arguments[0], focus)
      return .string(try limited(strings(arguments.dropFirst(), focus), separator: separator))
    case .substring: return .string(try substring(arguments, focus))
    case .substr: return .string(try substr(arguments, focus))
    case .translate: return .string(try translate(arguments, focus))
    default: break
    }
    let text = Array(try string(of: arguments[0], focus).unicodeScalars)
    let part = Array(try string(of: arguments[1], focus).unicodeScalars)
    try visit(text.count / 256 * part.count)  // both are bounded: no overflow
    switch function {
    case .contains: return .boolean(index(of: part, in: text) != nil)
    case .startsWith: return .boolean(text.starts(with: part))
    case .endsWith: return .boolean(text.reversed().starts(with: part.reversed()))
    case .substringBefore:
      return .string(index(of: part, in: text).map { Self.string(text[..<$0]) } ?? "")
    default:
      let start = index(of: part, in: text)
      return .string(start.map { Self.string(text[($0 + part.count)...]) } ?? "")
    }
  }

  private mutating func limited(_ parts: [String], separator: String) throws -> String {
    let text = parts.joined(separator: separator)
    try visit(text.utf8.count / 8)
    return text
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private func index(of part: [Unicode.Scalar], in text: [Unicode.Scalar]) -> Int? {
    guard part.count <= text.count else { return nil }
    return (0...(text.count - part.count)).first { text[$0...].starts(with: part) }
  }

  /// From 1, with rounded positions (XPath 1.0, clause 4.2).
  private mutating func substring(_ arguments: [XPathTerm], _ focus: Focus) throws -> String {
    let text = Array(try string(of: arguments[0], focus).unicodeScalars)
    let start = (try number(of: arguments[1], focus) + 0.5).rounded(.down)
    var end = Double.infinity
    if arguments.count > 2 {
      end = start + (try number(of: arguments[2], focus) + 0.5).rounded(.down)
    }
    return Self.string(
      text.enumerated().lazy.filter {
        Double($0.offset + 1) >= start && Double($0.offset + 1) < end
      }
      .map(\.element))
  }

  /// From 0, end exclusive, negative positions from the end (ODK `substr`).
  private mutating func substr(_ arguments: [XPathTerm], _ focus: Focus) throws -> String {
    let text = Array(try string(of: arguments[0], focus).unicodeScalars)
    let start = place(try number(of: arguments[1], focus), in: text.count)
    let end =
      arguments.count > 2 ? place(try number(of: arguments[2], focus), in: text.count) : text.count
    return start < end ? Self.string(text[start..<end]) : ""
  }

  private func place(_ number: Double, in count: Int) -> Int {
    guard !number.isNaN else { return 0 }
    let whole = Int(max(-1e9, min(1e9, number)))
    return max(0, min(count, whole < 0 ? count + whole : whole))
  }

  private mutating func translate(_ arguments: [XPathTerm], _ focus: Focus) throws -> String {
    let text = try string(of: arguments[0], focus)
    let from = try string(of: arguments[1], focus).unicodeScalars
    let to = Array(try string(of: arguments[2], focus).unicodeScalars)
    var map: [Unicode.Scalar: Unicode.Scalar?] = [:]
    for (index, scalar) in from.enumerated() where map[scalar] == nil {
      map[scalar] = .some(index < to.count ? to[index] : nil)
    }
    return Self.string(text.unicodeScalars.compactMap { map[$0] ?? $0 })
  }
}
