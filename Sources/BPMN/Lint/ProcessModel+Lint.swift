public import Diagnostics
import XML

extension ProcessModel {
  /// Everything that is wrong with the file, and what may be: in file order, each problem once.
  ///
  /// Errors keep the file from being deployed, because the engine would not run it exactly as drawn.
  public func lint() -> [Diagnostic] {
    var problems = readingProblems
    problems += IdentifierRules(self).problems()
    problems += UnsupportedRules(self).problems()
    problems += CollaborationRules(self).problems()
    problems += DataRules(self).problems()
    for (process, element) in zip(processes, root.children("process"))
    where process.isExecutable {
      problems += NotationRules(process, element).problems()
      problems += FlowRules(process).problems()
      problems += NodeRules(process).problems()
      problems += StructureRules(process).problems()
      problems += SoundnessRules(process).problems()
      problems += PeopleRules(process).problems()
    }
    problems += PictureRules(self).problems()
    return unique(problems).sorted { line($0) < line($1) }
  }

  /// Refuses a file with errors.
  ///
  /// - Throws: the error, or `BPMN100` with all of them as causes.
  public func check() throws {
    let errors = lint().filter { $0.severity == .error }
    if let first = errors.first, errors.count == 1 { throw first }
    guard errors.isEmpty else {
      throw Diagnostic(
        "BPMN100", ["count": String(errors.count)], at: SourceLocation(file: file), causes: errors)
    }
  }

  private func line(_ problem: Diagnostic) -> Int { problem.location?.line ?? 0 }

  private func unique(_ problems: [Diagnostic]) -> [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return problems.filter { seen.insert($0).inserted }
  }
}
