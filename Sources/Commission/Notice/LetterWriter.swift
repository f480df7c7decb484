internal import BPMN
internal import FEEL
internal import XForms

/// Letters in plain words: `Messages` keys `letter.<template>`, filled from the case.
struct LetterWriter {
  let messages: Messages
  let loaded: LoadedCase
  let person: Person
  let now: Instant
  /// The completeness sheet, where there is one.
  let sheet: FEELValue?
  /// Words that the task itself gives (`words`), such as the result for an employer.
  let given: FEELContext

  /// The letter, ready to print or to send; `issued` is what `issue-document` gave.
  func letter(_ template: String, issued: FEELValue?) -> String {
    var words = [
      "case": loaded.number.description,
      "commission": loaded.state.opening.commission,
      "name": ["surname", "given", "patronymic"].compactMap { person.identity[$0]?.text }
        .joined(separator: " "),
      "today": loaded.set.calendar.day(of: now).onPaper,
      "due": due("T-MSEC") ?? due("T-APPEAL-DEC") ?? "–",
      "completeBy": due("T-COMPLETE") ?? due("T-FIX") ?? "–",
      "appealBy": appealEnd ?? "–",
      "items": missingItems,
    ]
    for name in given.names { words[name] = given[name]?.text ?? "–" }
    if case .context(let paper)? = issued {
      words["number"] = paper["number"]?.text
      if case .date(let day)? = paper["date"] { words["date"] = day.onPaper }
    }
    return [
      messages.text("letter.head", words), messages.text("letter.\(template)", words),
      messages.text("letter.foot", words),
    ].joined(separator: "\n\n") + "\n"
  }

  /// The last day of a clock of the case.
  private func due(_ parameter: String) -> String? {
    guard let clock = loaded.state.clocks[parameter], clock.closedAt == nil,
      let instant = try? clock.due(in: loaded.set.calendar, now: now)
    else { return nil }
    return loaded.set.calendar.day(of: instant).onPaper
  }

  /// The last day to appeal when the letter is delivered today.
  private var appealEnd: String? {
    guard let parameter = try? ClockParameter("T-APPEAL", in: loaded.set.engine.decisions),
      let end = try? Clock(parameter, startedAt: now).due(in: loaded.set.calendar, now: now)
    else { return nil }
    return loaded.set.calendar.day(of: end).onPaper
  }

  /// The items of the completeness sheet that are not in order, one per line.
  private var missingItems: String {
    guard case .context(let sheet)? = sheet, case .list(let items)? = sheet["items"] else {
      return ""
    }
    let requirements = try? loaded.set.list("requirement")
    return items.compactMap { item -> String? in
      guard case .context(let row) = item, row["status"]?.text != "ok" else { return nil }
      let code = row["requirement"]?.text ?? ""
      let requirement = requirements?.label(of: code, in: messages.language.rawValue) ?? code
      return "– " + [requirement, row["comment"]?.text].compactMap { $0 }.joined(separator: ": ")
    }.joined(separator: "\n")
  }
}
