import Diagnostics

/// A part of the body: a question, a heading or a table of rows, with its texts.
struct Control: Sendable {
  enum Kind: Hashable, Sendable {
    case input, select1, select, rank, range, trigger, upload, note, group, rows
  }

  var kind: Kind
  /// The field it asks for; `nil` for a heading only.
  var field: Int?
  var label: FormText?
  var hint: FormText?
  var help: FormText?
  var appearance: Set<String> = []
  var choices: ChoiceSource?
  var range: RangeRule?
  var mediaType = ""
  var children: [Int] = []
  var location: SourceLocation?
}

/// The numbers that a `range` offers.
struct RangeRule: Hashable, Sendable {
  var start: Double
  var end: Double
  var step: Double

  func allows(_ value: Double) -> Bool {
    guard value >= min(start, end), value <= max(start, end) else { return false }
    let steps = (value - start) / step
    return abs(steps - steps.rounded()) < 1e-9
  }
}

/// Where the choices of a select come from.
enum ChoiceSource: Hashable, Sendable {
  case items([ChoiceItem])
  /// Nodes of a list or of the form, each with value and label.
  case nodes(XPathExpression, value: XPathExpression, label: ChoiceLabel)
}

struct ChoiceItem: Hashable, Sendable {
  var value: String
  var label: FormText
}

enum ChoiceLabel: Hashable, Sendable {
  case expression(XPathExpression)
  /// The column called like the language: code lists.
  case languageColumn
}

/// One choice of a question, as it is offered now.
public struct Choice: Hashable, Sendable {
  /// What is stored.
  public let value: String
  /// What people read.
  public let label: String

  public init(value: String, label: String) {
    self.value = value
    self.label = label
  }
}

extension XPathEvaluator {
  /// The choices offered at `node`, in order.
  static func choices(
    _ source: ChoiceSource, in language: String, at node: NodeReference,
    _ environment: XPathEnvironment
  ) throws -> [Choice] {
    switch source {
    case .items(let items):
      return items.map {
        Choice(value: $0.value, label: render($0.label, in: language, at: node, environment))
      }
    case .nodes(let nodeset, let value, let label):
      var evaluator = XPathEvaluator(environment, current: node)
      let nodes = try evaluator.nodes(of: nodeset.term, Focus(node: node))
      return try nodes.map { item in
        let focus = Focus(node: item)
        return Choice(
          value: try evaluator.string(of: value.term, focus),
          label: try evaluator.label(label, of: focus, in: language))
      }
    }
  }

  private mutating func label(
    _ label: ChoiceLabel, of focus: Focus, in language: String
  ) throws -> String {
    switch label {
    case .languageColumn:
      let columns = children(focus.node)
      return columns.first { name($0) == language }.map(stringValue) ?? ""
    case .expression(let expression):
      if case .call(.itext, let arguments) = expression.term {
        let id = try string(of: arguments[0], focus)
        if let text = environment.texts[id] {
          return Self.render(text, in: language, at: current, environment)
        }
      }
      return try string(of: expression.term, focus)
    }
  }

  /// What the choice `value` of `source` is called; `nil` when it is not offered.
  static func choiceLabel(
    _ value: String, of source: ChoiceSource, in language: String, at node: NodeReference,
    _ environment: XPathEnvironment
  ) -> String? {
    (try? choices(source, in: language, at: node, environment))?.first { $0.value == value }?.label
  }
}
