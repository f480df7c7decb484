import Diagnostics

extension FormLint {
  /// The rules for expressions in forms of ours.
  mutating func check(_ expression: XPathExpression, _ attribute: String, of field: Field) {
    let arguments = [
      "path": field.path, "attribute": attribute, "expression": expression.source,
    ]
    for code in Self.problems(
      of: expression.term, inRow: form.innermostRepeat(of: field.number) != nil)
    {
      report(code, arguments, at: field.location)
    }
    var resolver = PathResolver(tree, owner: field.number, comparing: true)
    resolver.read(expression)
    for (compared, code) in resolver.comparisons {
      guard let list = form.codeLists[compared], !list.contains(code) else { continue }
      let named = arguments.merging(["code": code, "list": list.name]) { _, new in new }
      report("FORM218", named, at: field.location)
    }
    let foreign = expression.term.functions.subtracting(Self.functions)
    for function in foreign.map(\.rawValue).sorted() {
      let named = arguments.merging(["name": function]) { _, new in new }
      report("FORM209", named, at: field.location)
    }
  }

  private static func problems(of term: XPathTerm, inRow: Bool) -> Set<String> {
    var codes: Set<String> = []
    term.visit { codes.formUnion(ownProblems(of: $0, inRow: inRow)) }
    return codes
  }

  private static func ownProblems(of term: XPathTerm, inRow: Bool) -> Set<String> {
    var codes: Set<String> = []
    switch term {
    case .path(let path):
      if path.start == .root, inRow { codes.insert("FORM207") }
      if path.steps.contains(where: { !plainAxes.contains($0.axis) }) { codes.insert("FORM208") }
    case .compare(_, let left, let right):
      if isPathBesideDate(left, right) || isPathBesideDate(right, left) {
        codes.insert("FORM206")
      }
    case .call(.regex, let arguments):
      if case .literal(let source) = arguments[1],
        (try? Pattern(parsing: source))?.isAnchored != true
      {
        codes.insert("FORM211")
      }
    case .call(.sum, let arguments):
      if !isGuarded(arguments[0]) { codes.insert("FORM212") }
    default: break
    }
    return codes
  }

  private static let plainAxes: Set<XPathAxis> = [.child, .parent, .itself]

  /// `. > '1900-01-01'`: JavaRosa does not take a text for a date.
  private static func isPathBesideDate(_ path: XPathTerm, _ text: XPathTerm) -> Bool {
    guard case .path = path, case .literal(let literal) = text else { return false }
    return XPathDate(literal, offset: 0) != nil
  }

  /// `sum(rows/x[. != ''])`: the sum of an empty field is not a number.
  private static func isGuarded(_ term: XPathTerm) -> Bool {
    guard case .path(let path) = term else { return true }
    return path.steps.last?.predicates.isEmpty == false
  }

  /// What our forms may call: the same in every ODK tool, repeatable, and needed for checking entries.
  private static let functions: Set<XPathFunction> = [
    .position, .count, .countNonEmpty, .instance, .current, .last, .string, .concat, .join,
    .contains, .startsWith, .endsWith, .substr, .substring, .substringBefore, .substringAfter,
    .stringLength, .normalizeSpace, .translate, .regex, .boolean, .not, .alwaysTrue, .alwaysFalse,
    .booleanFromString, .conditional, .coalesce, .number, .sum, .min, .max, .floor, .ceiling,
    .round,
    .abs, .int, .pow, .today, .now, .date, .dateTime, .formatDate, .formatDateTime,
    .decimalDateTime, .decimalDate, .decimalTime, .yearsBetween, .monthsBetween, .selected,
    .selectedAt, .countSelected, .itext, .choiceName, .pulldata, .checklist, .weightedChecklist,
  ]
}
