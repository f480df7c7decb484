import Diagnostics
import FEEL

// Texts typed by people, texts stored, and what is wrong with them.

extension Answers {
  /// Stores an answer; an empty text removes it. Only what cannot be an answer at all is refused here: a constraint
  /// that fails is a problem of the form as a whole, so that a draft never loses what somebody typed.
  ///
  /// - Parameters:
  ///   - path: `person/birthDate`, `diagnoses[2]/icd`.
  ///   - text: dates as `2024-05-17` or `17.05.2024`, decimals with point or comma, several codes with blanks between.
  /// - Throws: `FORM015` for an unknown path, `FORM018` for a field that is not editable, `FORM003` to `FORM011` for
  ///   a text of the wrong kind. Then nothing has changed.
  public mutating func set(_ path: String, to text: String) throws {
    guard let node = node(at: path), let field = field(of: node), field.children.isEmpty else {
      throw Diagnostic("FORM015", ["path": path])
    }
    guard !isReadonly(node), field.control != nil || field.calculate == nil else {
      throw problem("FORM018", [:], field, path: path)
    }
    let stored = normalized(text, for: field)
    if let code = lexicalProblem(stored, of: field) {
      throw problem(code, limits(of: field, for: code), field, path: path)
    }
    write(inChoiceOrder(stored, of: field, at: node), to: node)
    settle()
  }

  /// Stores a text without asking whether a person could have typed it there.
  ///
  /// - Throws: `FORM015` for an unknown path.
  package mutating func store(_ text: String, at path: String) throws {
    guard let node = node(at: path), let field = field(of: node) else {
      throw Diagnostic("FORM015", ["path": path])
    }
    write(inChoiceOrder(text, of: field, at: node), to: node)
    settle()
  }

  /// The answer as it is stored; empty when there is none or it is not relevant now.
  public func value(at path: String) -> String? {
    node(at: path).map { isRelevant($0) ? text(of: $0) : "" }
  }

  /// The value of any attribute of the instance: `/data/element/@attr`.
  package func attribute(at path: String) -> String? {
    guard let mark = path.lastIndex(of: "@"), let element = node(at: String(path[..<mark]))
    else { return nil }
    return tree.attribute(String(path[path.index(after: mark)...]), of: element)
  }

  /// As it is stored: ISO dates, decimal point, one blank between codes.
  func normalized(_ text: String, for field: Field) -> String {
    let trimmed = tokens(text).joined(separator: " ")
    guard field.selection == .none else { return trimmed }
    switch field.type {
    case .string, .binary, .boolean: return String(text.trimmedSpaces)
    case .int: return trimmed.filter { $0 != " " }
    case .decimal: return trimmed.replacingComma
    case .date: return DateText.iso(trimmed)
    case .time: return DateText.time(trimmed, offset: environment.offset)
    case .dateTime: return DateText.dateTime(trimmed, offset: environment.offset)
    }
  }

  /// The code of what is wrong with a stored text by its type alone; `nil` for a good or an empty one.
  func lexicalProblem(_ text: String, of field: Field) -> String? {
    guard !text.isEmpty else { return nil }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 && !$0.isXMLSpace }) {
      return "FORM011"
    }
    if field.selection != .none { return nil }
    switch field.type {
    case .string, .binary:
      return text.unicodeScalars.count > field.maximumLength && !field.boundsLength
        ? "FORM010" : nil
    case .boolean: return ["true", "false"].contains(text) ? nil : "FORM009"
    case .int:
      guard let number = Int(text), !text.hasPrefix("+") else { return "FORM003" }
      return abs(number) > NumberLimits.whole ? "FORM027" : nil
    case .decimal:
      let number = XPathNumber.parse(text)
      guard !number.isNaN, Decimal128(text) != nil else { return "FORM004" }
      let fraction = text.split(separator: ".").dropFirst().first?.count ?? 0
      let isTooLong = fraction > NumberLimits.fractionDigits
      return number.magnitude > Double(NumberLimits.whole) || isTooLong ? "FORM027" : nil
    case .date:
      guard DateText.isDate(text) else { return "FORM005" }
      guard XPathDate(text, offset: 0) != nil else { return "FORM006" }
      return ("1800-01-01"..."2200-12-31").contains(text) ? nil : "FORM027"
    case .time: return DateText.isTime(text) ? nil : "FORM007"
    case .dateTime: return DateText.isDateTime(text) ? nil : "FORM008"
    }
  }

  /// The limit that the message of `code` names.
  func limits(of field: Field, for code: String) -> [String: String] {
    code == "FORM010" ? ["maximum": "\(field.maximumLength)"] : [:]
  }

  /// Chosen codes in the order of the choices; unknown ones stay at the end.
  private func inChoiceOrder(_ text: String, of field: Field, at node: Int32) -> String {
    let isRanked = field.control.map { form.controls[$0].kind == .rank } ?? false
    guard field.selection == .many, !isRanked, let source = form.choiceSources[field.number] else {
      return text
    }
    let chosen = tokens(text).map(String.init)
    let reference = NodeReference(node: node)
    let offered =
      (try? XPathEvaluator.choices(source, in: language, at: reference, environment)) ?? []
    let known = offered.map(\.value).filter(chosen.contains)
    return (known + chosen.filter { !known.contains($0) }).joined(separator: " ")
  }
}

extension Field {
  /// The constraint says how long a text may be.
  var boundsLength: Bool {
    constraint?.term.functions.contains(.stringLength) ?? false
  }
}

extension String {
  /// Without white space at both ends.
  var trimmedSpaces: Substring {
    var rest = self[...]
    while let first = rest.unicodeScalars.first, first.isXMLSpace { rest.removeFirst() }
    while let last = rest.unicodeScalars.last, last.isXMLSpace { rest.removeLast() }
    return rest
  }

  /// A decimal comma becomes a point.
  var replacingComma: String {
    String(filter { $0 != " " }.map { $0 == "," ? "." : $0 })
  }
}

/// Dates and times as people type them and as XML Schema writes them.
enum DateText {
  /// `17.05.2024` becomes `2024-05-17`; anything else stays.
  static func iso(_ text: String) -> String {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[2].count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
      let year = Int(parts[2])
    else { return text }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `9:05` becomes `09:05:00+04:00`.
  static func time(_ text: String, offset: Int) -> String {
    var scanner = DateScanner(text)
    guard let hour = scanner.digits(1...2), scanner.skip(":"), let minute = scanner.digits(2...2)
    else { return text }
    let start = "\(padded(hour, 2)):\(padded(minute, 2))"
    if scanner.isAtEnd { return start + ":00" + zone(offset) }
    guard scanner.skip(":"), let second = scanner.digits(2...2), scanner.isAtEnd else {
      return text
    }
    return start + ":\(padded(second, 2))" + zone(offset)
  }

  /// `17.05.2024 14:30` becomes `2024-05-17T14:30:00+04:00`.
  static func dateTime(_ text: String, offset: Int) -> String {
    let parts = text.split { $0 == " " || $0 == "T" }
    guard parts.count == 2 else { return text }
    return iso(String(parts[0])) + "T" + time(String(parts[1]), offset: offset)
  }

  private static func zone(_ offset: Int) -> String {
    let minutes = abs(offset) / 60
    return "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
  }

  static func isDate(_ text: String) -> Bool {
    var scanner = DateScanner(text)
    return scanner.digits(4...4) != nil && scanner.skip("-") && scanner.digits(2...2) != nil
      && scanner.skip("-") && scanner.digits(2...2) != nil && scanner.isAtEnd
  }

  /// With seconds and zone, as FEEL and XML Schema want them.
  static func isTime(_ text: String) -> Bool {
    var scanner = DateScanner(text)
    guard scanner.time(offset: 0) != nil, scanner.isAtEnd else { return false }
    let zone = text.hasSuffix("Z") ? 1 : 6
    return text.utf8.count >= 8 + zone
      && (zone == 1 || text.dropLast(5).hasSuffix("+") || text.dropLast(5).hasSuffix("-"))
  }

  static func isDateTime(_ text: String) -> Bool {
    let parts = text.split(separator: "T", omittingEmptySubsequences: false)
    return parts.count == 2 && isDate(String(parts[0])) && isTime(String(parts[1]))
      && XPathDate(text, offset: 0) != nil
  }
}
