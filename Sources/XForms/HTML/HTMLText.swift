/// HTML piece by piece: escaped, every element closed.
public struct HTMLText: Sendable {
  /// What was written so far.
  public private(set) var text = ""
  private var openElements: [String] = []

  /// Attributes in order; one whose value is `nil` is left out, an empty one stands alone (`checked`).
  public typealias Attributes = KeyValuePairs<String, String?>

  public init() {}

  /// An element that stays open until `close()`.
  public mutating func open(_ name: String, _ attributes: Attributes = [:]) {
    start(name, attributes)
    openElements.append(name)
  }

  /// Closes the element that was opened last.
  public mutating func close() {
    guard let name = openElements.popLast() else { return }
    text += "</\(name)>\n"
  }

  /// An element that holds only text.
  public mutating func element(_ name: String, _ attributes: Attributes = [:], _ content: String) {
    start(name, attributes)
    text += Self.escaped(content) + "</\(name)>\n"
  }

  /// An element without attributes that holds only text.
  public mutating func element(_ name: String, _ content: String) { element(name, [:], content) }

  /// An element that never holds anything: `input`, `meta`.
  public mutating func void(_ name: String, _ attributes: Attributes) {
    start(name, attributes)
    text += "\n"
  }

  /// Text in the open element.
  public mutating func write(_ content: String) { text += Self.escaped(content) }

  /// Markup of our own.
  public mutating func raw(_ markup: String) { text += markup }

  private mutating func start(_ name: String, _ attributes: Attributes) {
    text += "<\(name)"
    for (attribute, value) in attributes {
      guard let value else { continue }
      text += value.isEmpty ? " \(attribute)" : " \(attribute)=\"\(Self.escaped(value))\""
    }
    text += ">"
  }

  static func escaped(_ content: String) -> String {
    var result = ""
    result.reserveCapacity(content.utf8.count)
    for scalar in content.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
