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
  /// Shared by copies until one of them is changed: every evaluation takes a copy.
  private var surroundings = Surroundings()

  package init(primary: DataTree) { self.primary = primary }

  private var unshared: Surroundings {
    mutating get {
      if !isKnownUniquelyReferenced(&surroundings) { surroundings = Surroundings(surroundings) }
      return surroundings
    }
  }
}

extension XPathEnvironment {
  /// Documents 1, 2, …
  var others: [XPathDocument] {
    get { surroundings.others }
    _modify { yield &unshared.others }
  }
  /// What `instance(name)` is.
  package var instances: [String: NodeReference] {
    get { surroundings.instances }
    _modify { yield &unshared.instances }
  }
  /// What `/` is.
  package var root: NodeReference {
    get { surroundings.root }
    _modify { yield &unshared.root }
  }
  /// Namespaces that a name without prefix matches.
  var plainNamespaces: [String] {
    get { surroundings.plainNamespaces }
    _modify { yield &unshared.plainNamespaces }
  }
  /// Prefixes; one that is not here is compared as text.
  package var namespaces: [String: String] {
    get { surroundings.namespaces }
    _modify { yield &unshared.namespaces }
  }
  /// The one clock.
  package var now: XPathDate {
    get { surroundings.now }
    _modify { yield &unshared.now }
  }
  /// Seconds east of UTC for local dates.
  package var offset: Int {
    get { surroundings.offset }
    _modify { yield &unshared.offset }
  }
  /// Names of months and weekdays for `format-date`.
  var calendarNames: CalendarNames {
    get { surroundings.calendarNames }
    _modify { yield &unshared.calendarNames }
  }
  /// The version of the form.
  var version: String {
    get { surroundings.version }
    _modify { yield &unshared.version }
  }
  /// Makes `random` and `uuid` repeatable.
  var seed: UInt64 {
    get { surroundings.seed }
    _modify { yield &unshared.seed }
  }
  /// The language in force.
  package var language: String {
    get { surroundings.language }
    _modify { yield &unshared.language }
  }
  /// `jr:itext(id)` of a form.
  var texts: [String: FormText] {
    get { surroundings.texts }
    _modify { yield &unshared.texts }
  }
  /// `jr:itext(id)` of a document that is no form: the nodes that hold the text.
  package var textNodes: [String: [NodeReference]] {
    get { surroundings.textNodes }
    _modify { yield &unshared.textNodes }
  }
  /// The choices of select fields, for `jr:choice-name`.
  var choiceSources: [Int: ChoiceSource] {
    get { surroundings.choiceSources }
    _modify { yield &unshared.choiceSources }
  }

  /// What does not change from one evaluation to the next. Never changed while two environments share it, which is why
  /// it may be sent.
  private final class Surroundings: @unchecked Sendable {
    var others: [XPathDocument] = []
    var instances: [String: NodeReference] = [:]
    var root = NodeReference(node: 0)
    var plainNamespaces = ["", "http://www.w3.org/2002/xforms"]
    var namespaces: [String: String] = [:]
    var now = XPathDate(instant: 0)
    var offset = 0
    var calendarNames = CalendarNames.english
    var version = ""
    var seed: UInt64 = 0
    var language = ""
    var texts: [String: FormText] = [:]
    var textNodes: [String: [NodeReference]] = [:]
    var choiceSources: [Int: ChoiceSource] = [:]

    init() {}

    init(_ other: Surroundings) {
      others = other.others
      instances = other.instances
      root = other.root
      plainNamespaces = other.plainNamespaces
      namespaces = other.namespaces
      now = other.now
      offset = other.offset
      calendarNames = other.calendarNames
      version = other.version
      seed = other.seed
      language = other.language
      texts = other.texts
      textNodes = other.textNodes
      choiceSources = other.choiceSources
    }
  }
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
