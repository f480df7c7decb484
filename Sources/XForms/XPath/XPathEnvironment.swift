/// A node of one of the documents that an expression can see; document 0 is the primary instance.
package struct NodeReference: Hashable, Sendable {
  package var document: Int32
  package var node: Int32

  package init(document: Int32 = 0, node: Int32) {
    self.document = document
    self.node = node
  }
}

/// A document behind `instance('…')`.
enum XPathDocument: Sendable {
  case tree(DataTree)
  case table(CodeTable)
}

/// Everything an expression may read besides its context node.
package struct XPathEnvironment: Sendable {
  package var primary: DataTree
  /// Documents 1, 2, …
  var others: [XPathDocument] = []
  /// What `instance(name)` is.
  package var instances: [String: NodeReference] = [:]
  /// What `/` is.
  package var root = NodeReference(node: 0)
  /// Namespaces that a name without prefix matches.
  var plainNamespaces: [String] = ["", "http://www.w3.org/2002/xforms"]
  /// Prefixes; one that is not here is compared as text.
  package var namespaces: [String: String] = [:]
  /// The one clock.
  package var now = XPathDate(instant: 0)
  /// Seconds east of UTC for local dates.
  package var offset = 0
  /// Names of months and weekdays for `format-date`.
  var calendarNames = CalendarNames.english
  /// The version of the form.
  var version = ""
  /// Makes `random` and `uuid` repeatable.
  var seed: UInt64 = 0
  /// The language in force.
  package var language = ""
  /// `jr:itext(id)` of a form.
  var texts: [String: FormText] = [:]
  /// `jr:itext(id)` of a document that is no form: the nodes that hold the text.
  package var textNodes: [String: [NodeReference]] = [:]
  /// The choices of select fields, for `jr:choice-name`.
  var choiceSources: [Int: ChoiceSource] = [:]

  package init(primary: DataTree) { self.primary = primary }
}

/// Short names for `%b` and `%a`.
struct CalendarNames: Hashable, Sendable {
  var months: [String]
  /// From Sunday.
  var weekdays: [String]

  static let english = CalendarNames(
    months: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(separator: " ").map(
      String.init),
    weekdays: "Sun Mon Tue Wed Thu Fri Sat".split(separator: " ").map(String.init))
  static let azerbaijani = CalendarNames(
    months: "yan fev mar apr may iyn iyl avq sen okt noy dek".split(separator: " ").map(
      String.init),
    weekdays: "B. B.e. Ç.a. Ç. C.a. C. Ş.".split(separator: " ").map(String.init))
  static let russian = CalendarNames(
    months: "янв фев мар апр май июн июл авг сен окт ноя дек".split(separator: " ")
      .map(String.init),
    weekdays: "вс пн вт ср чт пт сб".split(separator: " ").map(String.init))

  init(months: [String], weekdays: [String]) {
    self.months = months
    self.weekdays = weekdays
  }

  /// The names for a language code; English where we have none.
  init(language: String) {
    switch language {
    case "az": self = .azerbaijani
    case "ru": self = .russian
    default: self = .english
    }
  }
}

/// What an expression yields: the four types of XPath 1.0 and ODK's dates.
package enum XPathValue: Hashable, Sendable {
  case nodes([NodeReference])  // in document order
  case number(Double)
  case string(String)
  case boolean(Bool)
  case date(XPathDate)
}
