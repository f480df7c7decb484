internal import BPMN
internal import FEEL
internal import XForms

/// Letters in plain words: `Messages` keys `letter.<template>`, filled from the case.
struct LetterWriter {
  let messages: Messages
  let loaded: LoadedCase
  let person: Person
  /// The name of the commission, as on its letterhead.
  let commission: String
  let now: Instant
  /// The completeness sheet, where there is one.
  let sheet: FEELValue?
  /// The clock that the letter is about; `nil`: it is about none.
  let clock: String?
  /// Words that the task itself gives (`words`), such as the result for an employer.
  let given: FEELContext

  /// The letter, ready to print or to send; `issued` is what `issue-document` gave.
  ///
  /// - Parameter recipient: `person`, or an office, which is not told what the person may do.
  func letter(_ template: String, to recipient: String, issued: FEELValue?) -> String {
    let citations = Citations((try? loaded.set.legalActs()) ?? [], messages)
    let words = words(issued: issued)
    return [
      messages.text("letter.head", words),
      citations.expanded(messages.text("letter.\(template)", words)),
      recipient == "person" ? messages.text("letter.foot", words) : nil,
    ].compactMap(\.self).joined(separator: "\n\n") + "\n"
  }

  private func words(issued: FEELValue?) -> [String: String] {
    let today = loaded.set.calendar.day(of: now).onPaper
    var words = [
      "case": loaded.number.description,
      "commission": commission, "name": person.identity.fullName, "today": today,
      // a term without a clock of its own ends when its letter is written
      "due": clock.map { due($0) ?? today } ?? due("T-MSEC") ?? due("T-APPEAL-DEC") ?? "–",
      "completeBy": due("T-COMPLETE") ?? due("T-FIX") ?? "–",
      "appealBy": loaded.lastDayToAppeal(deliveredAt: now)?.onPaper ?? "–",
      "items": missingItems,
    ]
    for name in given.names { words[name] = given[name]?.text ?? "–" }
    if case .context(let paper)? = issued {
      words["number"] = paper["number"]?.text
      if case .date(let day)? = paper["date"] { words["date"] = day.onPaper }
    }
    return words
  }

  /// The last day of a clock of the case.
  private func due(_ parameter: String) -> String? {
    guard let clock = loaded.state.clocks[parameter], clock.closedAt == nil,
      let instant = try? clock.due(in: loaded.set.calendar, now: now)
    else { return nil }
    return loaded.set.calendar.day(of: instant).onPaper
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

extension LoadedCase {
  /// The last day to appeal against what was delivered at `instant`; `nil` where the rules set no term.
  func lastDayToAppeal(deliveredAt instant: Instant) -> Day? {
    guard let parameter = try? ClockParameter("T-APPEAL", in: set.engine.decisions),
      let end = try? Clock(parameter, startedAt: instant).due(in: set.calendar, now: instant)
    else { return nil }
    return set.calendar.day(of: end)
  }
}
