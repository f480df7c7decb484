internal import Diagnostics
internal import FEEL
public import XForms
public import XML

/// Answers that come as a file, over those that are there already.
public enum AnswerOverlay {
  /// Problems of the file itself: elements that are unknown, repeated or misplaced, and codes of other lists.
  static let structureCodes: Set<String> = ["FORM019", "FORM021", "FORM022", "FORM023", "FORM024"]

  /// Refuses answers that may not be handed in.
  ///
  /// - Throws: `FORM012` with every problem, on the lines of `source`.
  public static func check(_ answers: Answers, from source: Element?) throws {
    let problems = answers.problems().filter { $0.severity == .error }
    guard !problems.isEmpty else { return }
    throw Diagnostic(
      "FORM012", ["count": "\(problems.count)"], causes: problems.map { located($0, in: source) })
  }

  /// Nested contexts are joined, lists that say something and single values replace.
  static func put(_ given: FEELContext, over existing: FEELContext) -> FEELContext {
    var result = existing
    for (name, value) in given.entries {
      switch (value, existing[name]) {
      case (.null, _): continue
      case (.list(let list), _) where list.isEmpty: continue
      case (.context(let inner), .context(let outer)?):
        result[name] = .context(put(inner, over: outer))
      default: result[name] = value
      }
    }
    return result
  }

  /// Puts back what the form computes or the workflow gave: nobody can answer it otherwise.
  ///
  /// A row with such a value stays even when the file leaves it out.
  static func restoreReadonly(of answers: Answers, in context: FEELContext) -> FEELContext {
    let original = answers.context()
    var result = context
    for question in answers.questions() where question.isReadonly && !question.value.isEmpty {
      let path = question.path.split(separator: "/").map(PathStep.init)
      result = restored(path[...], from: original, in: result)
    }
    return result
  }

  private static func restored(
    _ path: ArraySlice<PathStep>, from original: FEELContext, in context: FEELContext
  ) -> FEELContext {
    guard let step = path.first, let value = original[step.name] else { return context }
    var result = context
    switch (value, context[step.name] ?? .null) {
    case (.context(let inner), .context(let outer)):
      result[step.name] = .context(restored(path.dropFirst(), from: inner, in: outer))
    case (.list(let rows), let present):
      var kept: [FEELValue] = []
      if case .list(let list) = present { kept = list }
      guard path.count > 1, rows.indices.contains(step.row) else { return context }
      while kept.count <= step.row { kept.append(rows[kept.count]) }
      if case .context(let inner) = rows[step.row], case .context(let outer) = kept[step.row] {
        kept[step.row] = .context(restored(path.dropFirst(), from: inner, in: outer))
      }
      result[step.name] = .list(kept)
    default: result[step.name] = value
    }
    return result
  }

  /// One part of `items[2]/basis`; rows are counted from 0 here.
  private struct PathStep {
    let name: String
    let row: Int

    init(_ part: Substring) {
      name = String(part.prefix { $0 != "[" })
      row = (Int(part.drop { $0 != "[" }.dropFirst().dropLast()) ?? 1) - 1
    }
  }

  private static func located(_ problem: Diagnostic, in source: Element?) -> Diagnostic {
    guard let source, let path = problem.arguments["path"] else { return problem }
    var place = source
    for part in path.split(separator: "/") {
      let name = String(part.prefix { $0 != "[" })
      let number = Int(part.drop { $0 != "[" }.dropFirst().dropLast()) ?? 1
      let rows = place.children(name)
      guard rows.indices.contains(number - 1) else { break }
      place = rows[number - 1]
    }
    return Diagnostic(
      problem.code, problem.arguments, at: place.location, severity: problem.severity,
      causes: problem.causes)
  }
}
