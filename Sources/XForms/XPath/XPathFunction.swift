/// The function library: XPath 1.0 (clause 4), ODK XForms, and two of our own (`years-between`, `months-between`).
enum XPathFunction: String, CaseIterable, Hashable, Sendable {
  // node-sets
  case last, position, count, id, instance, current, randomize
  case localName = "local-name"
  case namespaceURI = "namespace-uri"
  case name
  case countNonEmpty = "count-non-empty"
  case indexedRepeat = "indexed-repeat"
  // strings
  case string, concat, join, contains, substring, substr, translate, regex, uuid, digest
  case startsWith = "starts-with"
  case endsWith = "ends-with"
  case substringBefore = "substring-before"
  case substringAfter = "substring-after"
  case stringLength = "string-length"
  case normalizeSpace = "normalize-space"
  case base64Decode = "base64-decode"
  // booleans
  case boolean, not, lang
  case alwaysTrue = "true"
  case alwaysFalse = "false"
  case booleanFromString = "boolean-from-string"
  case conditional = "if"
  case coalesce, once, checklist
  case weightedChecklist = "weighted-checklist"
  // numbers
  case number, sum, min, max, floor, ceiling, round, abs, int, pow, sqrt, log, log10, exp, exp10
  case sin, cos, tan, asin, acos, atan, atan2, pi, random
  // dates
  case today, now, date
  case dateTime = "date-time"
  case formatDate = "format-date"
  case formatDateTime = "format-date-time"
  case decimalDateTime = "decimal-date-time"
  case decimalDate = "decimal-date"
  case decimalTime = "decimal-time"
  case yearsBetween = "years-between"
  case monthsBetween = "months-between"
  // choices, texts, lists
  case selected
  case selectedAt = "selected-at"
  case countSelected = "count-selected"
  case itext = "jr:itext"
  case choiceName = "jr:choice-name"
  case pulldata
  // places
  case area, distance, geofence, intersects
  // the form
  case version

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .last, .current, .alwaysTrue, .alwaysFalse, .pi, .today, .now, .random, .version: 0...0
    case .count, .id, .instance, .countNonEmpty, .boolean, .not, .lang, .booleanFromString, .once,
      .sum, .floor, .ceiling, .abs, .int, .sqrt, .log, .log10, .exp, .exp10, .sin, .cos,
      .tan, .asin, .acos, .atan, .date, .dateTime, .decimalDateTime, .decimalDate, .decimalTime,
      .countSelected, .itext, .area, .base64Decode, .intersects:
      1...1
    case .position, .localName, .namespaceURI, .name, .string, .stringLength, .normalizeSpace,
      .uuid,
      .number:
      0...1
    case .contains, .startsWith, .endsWith, .substringBefore, .substringAfter, .regex, .pow, .atan2,
      .formatDate, .formatDateTime, .yearsBetween, .monthsBetween, .selected, .selectedAt,
      .choiceName, .geofence, .coalesce:
      2...2
    case .substring, .substr: 2...3
    case .translate, .conditional: 3...3
    case .round, .randomize: 1...2
    case .digest: 2...3
    case .pulldata: 4...4
    case .concat: 0...1000
    case .join, .min, .max, .distance: 1...1000
    case .indexedRepeat: 3...7
    case .checklist: 3...1000
    case .weightedChecklist: 4...1000
    }
  }

  func accepts(_ count: Int) -> Bool {
    switch self {
    case .indexedRepeat: arity.contains(count) && count % 2 == 1
    case .weightedChecklist: arity.contains(count) && count % 2 == 0
    default: arity.contains(count)
    }
  }
}
