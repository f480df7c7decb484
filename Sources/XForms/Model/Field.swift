import Diagnostics

/// One element of the primary instance with its bind (ODK XForms, "Bindings"). Rows of a repeat share a field.
struct Field: Sendable {
  /// Position in `Form.fields`; the root element is 0, parents come before their children.
  let number: Int
  let name: String
  var namespace = ""
  var prefix = ""
  let parent: Int?
  var children: [Int] = []
  /// `/referral/person/fin`, without row numbers.
  let path: String
  /// An attribute of its parent's element; its name begins with `@`. Only in imported forms.
  var isAttribute: Bool { name.utf8.first == UInt8(ascii: "@") }
  var type = FieldType.string
  /// The type was written down, not assumed.
  var isTyped = false
  var required: XPathExpression?
  var relevant: XPathExpression?
  var readonly: XPathExpression?
  var constraint: XPathExpression?
  var calculate: XPathExpression?
  /// Shown when `constraint` fails.
  var alert: FormText?
  /// Shown when there must be a value and is none.
  var requiredMessage: FormText?
  var preload: Preload?
  /// What a question without control is called in messages.
  var label: FormText?
  /// Written into the instance and into FEEL; helpers are not.
  var isKept = true
  var rows: RowRule?
  /// One code, several codes, or no choice at all: known from the control.
  var selection = Selection.none
  /// Longest text, in characters, when the constraint says nothing.
  var maximumLength = 500
  var control: Int?
  /// The heading without a section of its own that a computed value stands under, by control.
  var heading: Int?
  var location: SourceLocation?
}

enum FieldType: String, Hashable, Sendable {
  case string, int, decimal, boolean, date, time, dateTime, binary

  /// ODK's other names; types that we do not know are text.
  init(odk name: String) {
    let local = name.split(separator: ":").last.map(String.init) ?? name
    switch local {
    case "integer": self = .int
    default: self = FieldType(rawValue: local) ?? .string
    }
  }
}

enum Selection: Hashable, Sendable {
  case none, one, many
}

/// How many rows a repeat has.
struct RowRule: Hashable, Sendable {
  var minimum = 0
  var maximum: Int?
  /// `jr:count`: the rows follow a number.
  var count: XPathExpression?
  /// Rows come from elsewhere.
  var isFixed = false
}

/// A value from the surroundings when a form is begun (`jr:preload`).
struct Preload: Hashable, Sendable {
  var kind: String
  var parameter: String
}
