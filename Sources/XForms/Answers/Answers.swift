import Diagnostics
public import FEEL

/// A form being filled: values, rows, and what follows from them at once (relevance, calculations, problems).
///
/// A value like any other: copy it to try something out. Nothing in it reads a clock or a file.
public struct Answers: Sendable {
  public let form: Form
  /// The language of texts and problems.
  public var language: String {
    get { environment.language }
    set {
      environment.language = newValue
      environment.calendarNames = CalendarNames(language: newValue)
    }
  }

  /// Owns the instance (`primary`), so that expressions read it without a copy.
  var environment: XPathEnvironment
  /// By node number.
  var states: [NodeState] = []
  /// Nodes in document order by field.
  var fieldNodes: [[Int32]] = []
  /// Nodes whose value came from outside before the form was opened.
  var prefilled: Set<Int32> = []
  /// What must be evaluated again, by position in `Form.computations`.
  var pending: [PendingWork]
  /// Nodes whose change has not been told to `xforms-value-changed` actions.
  var changed: [Int32] = []
  /// Rows are made as soon as a `count` asks for them.
  var followsCounts = true
  /// The file that the answers were read from, for the places of problems.
  var file: String?
  /// Mistakes of the form that showed while it was filled.
  var mistakes: [Diagnostic] = []

  /// A new form.
  ///
  /// - Parameters:
  ///   - prefill: values under the names of the form; rows are lists of contexts. What has no place is ignored.
  ///   - now: the one clock; its offset is the time zone of dates without one.
  ///   - language: of `form.languages`; the first one when `nil`.
  ///   - seed: makes identifiers that the form draws (`uuid()`) unlike those of other documents.
  public init(
    _ form: Form, prefill: FEELContext = [:], now: DateTime, language: String? = nil,
    seed: UInt64 = 0
  ) {
    self.init(
      form, prefill: prefill, now: now, language: language, seed: seed, followingCounts: true)
  }

  /// - Parameter followingCounts: `false` leaves the rows that a `count` asks for to the first `set`, as JavaRosa does.
  package init(
    _ form: Form, prefill: FEELContext = [:], now: DateTime, language: String? = nil,
    seed: UInt64, followingCounts: Bool
  ) {
    self.init(empty: form, now: now, language: language, seed: seed)
    followsCounts = followingCounts
    if !prefill.isEmpty {
      fill(rootNode, with: prefill)
      rebuildIndex()
    }
    runPreloads()
    recalculateAll()
    run([.firstLoad, .load, .ready])
    followsCounts = true
  }

  /// The instance as the form gives it; nothing has been calculated.
  init(empty form: Form, now: DateTime, language: String?, seed: UInt64) {
    self.form = form
    environment = XPathEnvironment(primary: form.instance)
    environment.others = form.documents
    environment.instances = form.instances
    environment.plainNamespaces += [form.namespace, form.fields[0].namespace]
    environment.offset = now.offset ?? 0
    environment.now = XPathDate(now)
    environment.texts = form.texts
    environment.version = form.version
    environment.choiceSources = form.choiceSources
    environment.seed = seed
    pending = Array(repeating: .nothing, count: form.computations.count)
    rebuildIndex()
    self.language = language ?? form.languages.first ?? ""
  }

  var tree: DataTree { environment.primary }

  var rootNode: Int32 { environment.primary.root }

  func text(of node: Int32) -> String { environment.primary.stringValue(node) }

  func field(of node: Int32) -> Field? {
    let number = environment.primary[node].field
    return number < 0 ? nil : form.fields[Int(number)]
  }

  /// Relevant itself and in all its ancestors.
  func isRelevant(_ node: Int32) -> Bool { !environment.primary[node].isHidden }

  /// Read-only itself or in one of its ancestors.
  func isReadonly(_ node: Int32) -> Bool {
    var next = node
    while next > 0 {
      if states[Int(next)].isReadonly { return true }
      next = environment.primary[next].parent
    }
    return false
  }

  func isRequired(_ node: Int32) -> Bool { states[Int(node)].isRequired }

  /// What the binds say about the node at `path` now; `nil` when there is no such node.
  package func state(
    at path: String
  ) -> (isRelevant: Bool, isReadonly: Bool, isRequired: Bool)? {
    node(at: path).map { (isRelevant($0), isReadonly($0), isRequired($0)) }
  }

  /// Fits states and index to the tree after nodes were added, removed or moved.
  mutating func rebuildIndex() {
    environment.primary.renumber()
    let count = environment.primary.nodes.count
    if states.count < count {
      states += Array(repeating: NodeState(), count: count - states.count)
    }
    fieldNodes = Array(repeating: [], count: form.fields.count)
    collect(rootNode)
  }

  private mutating func collect(_ node: Int32) {
    let field = Int(environment.primary.nodes[Int(node)].field)
    guard field >= 0 else { return }
    fieldNodes[field].append(node)
    for attribute in environment.primary.nodes[Int(node)].attributes { collect(attribute) }
    for child in environment.primary.nodes[Int(node)].children { collect(child) }
  }
}

/// What the binds say about one node.
struct NodeState: Hashable, Sendable {
  /// Its own `relevant`, whatever its ancestors say.
  var isRelevant = true
  var isReadonly = false
  var isRequired = false
}

/// Which nodes of a computation must be evaluated again.
enum PendingWork: Hashable, Sendable {
  case nothing
  case nodes([Int32])
  case everything
}
