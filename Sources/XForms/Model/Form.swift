public import Diagnostics

/// A form, ready to be filled: instance, binds, controls, lists and texts (ODK XForms), read from a folded or an ODK file.
public struct Form: Sendable {
  public let id: String
  /// `major.minor`; an instance stays bound to the version it was filled with.
  public let version: String
  /// By language.
  public let title: [String: String]
  /// Language codes (`az`, `en`, `ru`) or, in imported forms, the names that their author chose.
  public let languages: [String]
  /// Namespace of the instance: `urn:msec:form:<id>:<major>` for our forms.
  public let namespace: String
  /// Attributes of the definition itself: `profile`, `effectiveFrom`, `effectiveTo`, `source`, `verified`.
  public let metadata: [String: String]
  /// The file it was read from, as its reader was told.
  public let file: String
  /// What does not stop the form from working: unknown appearances, ignored elements.
  public let warnings: [Diagnostic]

  let fields: [Field]
  let controls: [Control]
  /// Controls at the top of the body.
  let body: [Int]
  /// The instance before anything is filled in, without the templates of rows.
  let instance: DataTree
  /// A new row of each repeat, as the child of the document node.
  let templates: [Int: DataTree]
  let documents: [XPathDocument]
  let instances: [String: NodeReference]
  /// The code list behind each select field that has one.
  let codeLists: [Int: CodeList]
  /// The code lists that the form names, by that name.
  let lists: [String: CodeList]
  let choiceSources: [Int: ChoiceSource]
  let texts: [String: FormText]
  let actions: [Action]
  /// In the order in which they must be evaluated.
  let computations: [Computation]
  /// Who reads a field, by field number.
  let dependents: [Few<Dependent>]
  /// Positions in `computations` that belong to a field, by field number.
  let computationsOfField: [Few<Int>]
}

/// A bind expression whose value is kept up to date.
struct Computation: Sendable {
  enum Property: Sendable { case calculate, relevant, readonly, required }

  let field: Int
  let property: Property
  let expression: XPathExpression
}

/// A computation that reads a field.
struct Dependent: Hashable, Sendable {
  /// Position in `Form.computations`.
  let computation: Int
  /// The repeat within whose row the path stays; `nil` when it leaves all rows.
  let scope: Int?
}

/// `setvalue`: something to be done when an event happens.
struct Action: Sendable {
  enum Event: String, CaseIterable, Hashable, Sendable {
    case firstLoad = "odk-instance-first-load"
    case load = "odk-instance-load"
    case newRepeat = "odk-new-repeat"
    case valueChanged = "xforms-value-changed"
    case ready = "xforms-ready"
  }

  let events: Set<Event>
  /// The field that is set; in the row of `owner` when both are in one.
  let target: Int
  /// Only when the target's path has predicates: where to set it, seen from the owner.
  var path: XPathExpression?
  let value: XPathExpression
  /// The control's field (`valueChanged`) or the repeat (`newRepeat`) it belongs to.
  let owner: Int?
}

extension Form {
  /// Field `number` and everything below it.
  func subtree(_ number: Int) -> [Int] {
    [number] + fields[number].children.flatMap { subtree($0) }
  }

  /// The innermost repeat that contains the field, or is the field.
  func innermostRepeat(of field: Int) -> Int? {
    var next: Int? = field
    while let number = next {
      if fields[number].rows != nil { return number }
      next = fields[number].parent
    }
    return nil
  }

  /// The field with this generic path, with or without the root: `/referral/person/fin`, `person/fin`.
  func field(at path: String) -> Int? {
    fields.first { $0.path == path || $0.path == "\(fields[0].path)/\(path)" }?.number
  }
}
