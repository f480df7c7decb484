internal import Commission
internal import Diagnostics
internal import Foundation
internal import XForms

// Tables of rows: `+` adds, `2` edits, `-2` deletes, `2>1` moves, Enter goes on.

extension FormDialogue {
  mutating func askRows(_ table: Question) async throws -> Move {
    guard case .rows(let count, let mayChange, _, let maximum) = table.kind else { return .next }
    let rows = answers.questions().filter {
      if case .row = $0.kind {
        $0.path.hasPrefix(table.path + "[") && isDirect($0.path, table)
      } else {
        false
      }
    }
    guard mayChange else {
      if !table.label.isEmpty { output.say("\n\(table.label)") }
      return .next
    }
    output.say("\n" + output.text("fill.rows", ["label": table.label, "count": "\(count)"]))
    for (number, row) in rows.enumerated() {
      let mark = hasProblem(row.path) ? " !" : ""
      output.say("  \(number + 1) \(summary(row.path))\(mark)")
    }
    if seenTables.insert(table.path).inserted, let empty = rows.first(where: { isEmpty($0.path) }) {
      return .into(empty.path)
    }
    output.say(output.text(count < maximum ?? .max ? "fill.rows.keys" : "fill.rows.full"))
    guard let line = Prompt.line() else { return .leave }
    let text = line.filter { !$0.isWhitespace }
    switch text {
    case "": return .pastRows(table.path)
    case "<": return .back
    case ">": return .nextProblem
    case "!": return .leave
    case "?":
      output.say("  " + (table.help ?? table.hint ?? output.text("fill.no-help")))
      return .stay
    case "+": return try await add(to: table)
    default: return try await change(text, table, rows.map(\.path))
    }
  }

  /// A row of this table, not of one inside it.
  private func isDirect(_ row: String, _ table: Question) -> Bool {
    repeatPath(row) == table.path
  }

  private mutating func add(to table: Question) async throws -> Move {
    do {
      let row = try answers.addRow(table.path)
      try await save(answers)
      return .into(row)
    } catch let problem as Diagnostic {
      output.say("  " + output.messages.sentence(problem))
      return .stay
    }
  }

  /// `2`, `-2` or `2>1`.
  private mutating func change(
    _ text: String, _ table: Question, _ rows: [String]
  ) async throws -> Move {
    if let number = Int(text), number > 0, rows.indices.contains(number - 1) {
      return .into(rows[number - 1])
    }
    let parts = text.split(separator: ">")
    if parts.count == 2, let from = Int(parts[0]), let to = Int(parts[1]),
      rows.indices.contains(from - 1), rows.indices.contains(to - 1)
    {
      try answers.moveRow(rows[from - 1], to: to)
      try await save(answers)
      return .stay
    }
    if text.hasPrefix("-"), let number = Int(text.dropFirst()), rows.indices.contains(number - 1) {
      return try await delete(rows[number - 1], number)
    }
    output.say("  " + output.text("fill.rows.what"))
    return .stay
  }

  /// Deletes after showing what will be gone.
  private mutating func delete(_ row: String, _ number: Int) async throws -> Move {
    if !isEmpty(row) {
      output.say(
        output.text("fill.rows.delete", ["number": "\(number)", "content": summary(row)]))
      guard let line = Prompt.line() else { return .leave }
      let isSure = ["y", "b", "д"].contains(line.trimmingCharacters(in: .whitespaces).lowercased())
      guard isSure else { return .stay }
    }
    try answers.removeRow(row)
    try await save(answers)
    return .stay
  }

  private func answerable(_ row: String) -> [Question] {
    answers.questions().filter { $0.path.hasPrefix(row + "/") && $0.kind.isAnswerable }
  }

  /// The first answers of a row, as a line of the table.
  private func summary(_ row: String) -> String {
    let shown = answerable(row).map(\.display).filter { !$0.isEmpty }.prefix(4)
    return shown.isEmpty ? "–" : shown.joined(separator: " · ")
  }

  private func isEmpty(_ row: String) -> Bool {
    answerable(row).allSatisfy { $0.value.isEmpty }
  }

  private func hasProblem(_ row: String) -> Bool {
    answerable(row).contains { $0.problem != nil }
  }
}
