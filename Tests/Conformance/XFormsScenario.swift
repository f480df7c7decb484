import Diagnostics
import FEEL
import Foundation
import XForms
import XML

/// Plays the recorded steps of one scenario and checks what they expect.
struct XFormsScenario {
  private let id: String
  private let form: Form
  private var answers: Answers
  private var seed: UInt64 = 1

  init(id: String, form: Form) {
    self.id = id
    self.form = form
    answers = Answers(form, now: XFormsSuite.now, seed: 1)
  }

  mutating func run(_ steps: [[String: Any]], _ tally: inout XFormsTally) {
    var broken: String?
    for step in steps {
      if step["op"] as? String == "expect" {
        let found = broken ?? check(step)
        tally.expectations.count(found == nil)
        if let found { tally.fail(id, Self.words(step), found) }
      } else if broken == nil {
        do { try play(step) } catch { broken = "\(Self.words(step)) failed: \(error)" }
      }
    }
  }

  private static func words(_ step: [String: Any]) -> String {
    step.filter { $0.key != "op" }.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }

  // MARK: Steps

  private mutating func play(_ step: [String: Any]) throws {
    let ref = step["ref"] as? String ?? ""
    switch step["op"] as? String {
    case "answer":
      let values = step["values"] as? [String]
      var text = values?.joined(separator: " ") ?? step["value"] as? String ?? ""
      try makeRows(on: ref)
      if step["type"] as? String == "boolean" { text = written(text == "true", at: ref) }
      try answers.store(text, at: ref)
    case "new-repeat": try answers.addRow(Self.withoutLastNumber(ref))
    case "remove-repeat": try answers.removeRow(ref.hasSuffix("]") ? ref : ref + "[1]")
    case "set-language":
      let wanted = step["value"] as? String ?? ""
      answers.language = form.languages.first { $0 == wanted } ?? wanted
    case "serialize-and-restore":
      answers = try Answers(form, draft: answers.draft(), now: XFormsSuite.now, seed: seed)
    case "edit-instance":
      seed += 1
      answers = try Answers(
        form, editing: answers.submission(), now: XFormsSuite.now, seed: seed)
    case "new-instance":
      seed += 1
      answers = Answers(form, now: XFormsSuite.now, seed: seed)
    default: break  // goto, jump-to-start: the cursor
    }
  }

  /// How a truth is stored: `OK` in a trigger, else 1 or 0.
  private func written(_ truth: Bool, at ref: String) -> String {
    let isTrigger = answers.question(at: ref)?.kind == .acknowledgement
    return isTrigger ? (truth ? "OK" : "") : (truth ? "1" : "0")
  }

  /// Answering `R[3]/x` makes rows until there are three.
  private mutating func makeRows(on ref: String) throws {
    var path = ""
    for part in ref.split(separator: "/") {
      path += "/" + part
      guard let open = part.firstIndex(of: "["),
        let number = Int(part[part.index(after: open)...].dropLast())
      else { continue }
      let table = Self.withoutLastNumber(path)
      guard let rows = try? answers.rows(at: table) else { continue }
      for _ in 0..<max(0, number - rows.count) { try answers.addRow(table) }
    }
  }

  private static func withoutLastNumber(_ ref: String) -> String {
    guard ref.hasSuffix("]"), let open = ref.lastIndex(of: "[") else { return ref }
    return String(ref[..<open])
  }

  // MARK: Expectations

  /// What was found instead; `nil` when the expectation holds.
  private func check(_ step: [String: Any]) -> String? {
    let ref = step["ref"] as? String ?? ""
    switch step["expect"] as? String {
    case "value", "attribute": return checkValue(ref, step)
    case "relevant": return compare(step["equals"], answers.state(at: ref)?.isRelevant ?? false)
    case "readonly": return compare(step["equals"], answers.state(at: ref)?.isReadonly)
    case "required": return compare(step["equals"], answers.state(at: ref)?.isRequired)
    case "repeat-count":
      let rows = try? answers.rows(at: Self.withoutLastNumber(ref))
      return compare(step["equals"], rows?.count)
    case "can-add-repeat":
      let rows = try? answers.rows(at: Self.withoutLastNumber(ref))
      return compare(step["equals"], rows?.mayGrow ?? false)
    case "choices", "choices-count", "choices-empty", "available-labels", "selected-labels":
      return checkChoices(ref, step)
    case "label":
      return compare(step["equals"], answers.question(at: ref)?.label)
    case "appearance": return checkAppearance(ref, step)
    case "validity": return checkValidity(ref, step)
    case "submission-xml", "instance-xml": return checkXML(step)
    default: return "an unknown expectation"
    }
  }

  private func compare(_ expected: Any?, _ found: (some Equatable)?) -> String? {
    let text = found.map { "\($0)" } ?? "nothing"
    switch expected {
    case let flag as Bool where found is Bool?: return "\(flag)" == text ? nil : text
    case let number as Int: return "\(number)" == text ? nil : text
    case let string as String: return string == text ? nil : text
    default: return text
    }
  }

  private func checkValue(_ ref: String, _ step: [String: Any]) -> String? {
    let found = answers.value(at: ref) ?? answers.attribute(at: ref) ?? ""
    if let start = step["starts-with"] as? String { return found.hasPrefix(start) ? nil : found }
    if let close = step["close-to"] as? [String: Any] {
      let expected = Double(close["stringValue"] as? String ?? "") ?? .nan
      return abs((Double(found) ?? .nan) - expected) < 0.5 ? nil : found
    }
    let expected = step["equals"] as? String ?? ""
    if step["type"] as? String == "ExpectedBooleanAnswer" {
      let truth = ["true": "1", "false": "0", "OK": "1", "": "0"]
      return (truth[expected] ?? expected) == (truth[found] ?? found) ? nil : found
    }
    return XFormsComparison.isSame(expected, found) ? nil : "'\(found)'"
  }

  private func checkChoices(_ ref: String, _ step: [String: Any]) -> String? {
    let choices = (try? answers.choices(at: ref)) ?? []
    switch step["expect"] as? String {
    case "choices-count": return compare(step["equals"], choices.count)
    case "choices-empty": return compare(step["equals"], choices.isEmpty)
    case "available-labels": return compareList(step["equals"], choices.map(\.label))
    case "selected-labels":
      let selected = (answers.value(at: ref) ?? "").split(separator: " ").map(String.init)
      return compareList(
        step["equals"], selected.compactMap { code in choices.first { $0.value == code }?.label })
    default: break
    }
    for expected in step["choices"] as? [[String: Any]] ?? [] {
      let isOffered = choices.contains { choice in
        choice.value == expected["value"] as? String
          && (expected["label"] == nil || choice.label == expected["label"] as? String)
      }
      if !isOffered { return "\(choices)" }
    }
    return nil
  }

  private func compareList(_ expected: Any?, _ found: [String]) -> String? {
    expected as? [String] == found ? nil : "\(found)"
  }

  private func checkAppearance(_ ref: String, _ step: [String: Any]) -> String? {
    let found = answers.question(at: ref)?.appearance ?? []
    let wanted = (step["value"] as? [String]) ?? [step["value"] as? String ?? ""]
    let holds: Bool =
      switch step["matcher"] as? String {
      case "notToHaveAppearance": found.isDisjoint(with: wanted)
      case "toYieldAppearances": found == Set(wanted)
      default: found.isSuperset(of: wanted)
      }
    return holds ? nil : "\(found.sorted())"
  }

  private func checkValidity(_ ref: String, _ step: [String: Any]) -> String? {
    let problem = answers.problem(at: ref)
    let isRequired = ["FORM001", "FORM029"].contains(problem?.code)
    let message = problem?.arguments["message"] ?? ""
    let expected = step["value"] as? String
    switch step["matcher"] as? String {
    case "toHaveValidityStatus":
      let status =
        problem == nil ? "OK" : isRequired ? "REQUIRED_BUT_EMPTY" : "CONSTRAINT_VIOLATED"
      return status == expected ? nil : status
    case "toHaveConstraintMessage":
      let found = isRequired ? nil : problem?.arguments["message"]
      return found == expected ? nil : found ?? "no message"
    case "toHaveRequiredMessage":
      let found = isRequired ? message : nil
      return found == expected ? nil : found ?? "no message"
    case "toHaveDefaultRequiredMessage":
      return problem?.code == "FORM001" ? nil : "\(problem as Any)"
    case "toHaveDefaultConstraintMessage":
      return problem?.code == "FORM030" ? nil : "\(problem as Any)"
    default:
      let found = problem.map { _ in message }
      return found == expected ? nil : found ?? "no message"
    }
  }

  private func checkXML(_ step: [String: Any]) -> String? {
    let expected = step["value"] as? String ?? ""
    let submission = answers.submission()
    let text = submission.xml(indented: false, declaration: false)
    if step["matcher"] as? String == "toContain" { return text.contains(expected) ? nil : text }
    guard let root = try? Element(parsing: Array(expected.utf8), file: "expected") else {
      return "unreadable expectation"
    }
    let ignored = [
      "ignored for purposes of functionality under test", "uuid:TODO-mock-xpath-functions",
    ]
    let pattern = ignored.reduce(root) { $0.replacingText($1, by: "{any}") }
    let difference = XFormsComparison.difference(pattern, submission, path: "")
    return difference.map { "\($0.expected) is \($0.found)" }
  }
}

extension Element {
  /// Elements with exactly this text get another one.
  fileprivate func replacingText(_ old: String, by new: String) -> Element {
    var copy = self
    if elements.isEmpty, text == old { copy.children = [.text(new)] }
    copy.children = copy.children.map {
      if case .element(let element) = $0 {
        .element(element.replacingText(old, by: new))
      } else {
        $0
      }
    }
    return copy
  }
}
