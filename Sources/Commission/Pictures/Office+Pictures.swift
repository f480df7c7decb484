internal import BPMN
internal import Diagnostics

/// Pictures of where a case stands.
extension Office {
  /// One workflow of a case: as SVG, and the same as an ordered list.
  public struct Picture: Sendable {
    public let process: String
    public let title: String
    public let svg: String
    public let outline: [String]
  }

  /// The workflows a case has gone through, in the order it entered them.
  ///
  /// - Throws: `CASE011` when there is no such case.
  public func diagrams(of number: CaseNumber) async throws -> [Picture] {
    let (work, loaded) = try await reading(number, for: .diagram)
    let entries = try await CaseHistory(work: work, number: number).entries
    let events = entries.compactMap { entry -> ProcessEvent? in
      if case .process(let event) = entry.event { event } else { nil }
    }
    let history = ProcessHistory(events)
    let processes = events.compactMap { event -> String? in
      if case .entered(let entry) = event { entry.process } else { nil }
    }
    return try processes.removingRepeats().compactMap { process in
      try picture(of: process, history: history, loaded: loaded)
    }
  }

  private func picture(of process: String, history: ProcessHistory, loaded: LoadedCase) throws
    -> Picture?
  {
    guard let model = try loaded.set.processModel(process),
      let definition = model.process(process)
    else { return nil }
    let marks = loaded.state.process.marks(of: process, history: history)
    let words = words(definition, marks: marks, number: loaded.number)
    let outline = model.outline(of: process, marks: marks, words: words)
    return Picture(
      process: process, title: definition.name.isEmpty ? process : definition.name,
      svg: model.svg(of: process, marks: marks, words: words), outline: outline.map(\.description))
  }

  private func words(
    _ process: ModelProcess, marks: [String: DiagramMark], number: CaseNumber
  ) -> DiagramWords {
    let messages = Messages(language)
    let here = process.allNodes.filter { marks[$0.id]?.position ?? .none != .none }.map(\.title)
    let done = process.allNodes.count { marks[$0.id]?.completed ?? 0 > 0 }
    return DiagramWords(
      title: messages.text(
        "diagram.title", ["case": number.description, "process": process.name]),
      description: messages.text(
        here.isEmpty ? "diagram.over" : "diagram.at",
        [
          "here": here.joined(separator: ", "), "done": "\(done)",
          "all": "\(process.allNodes.count)",
        ]), now: messages.text("diagram.now"), waiting: messages.text("diagram.waiting"),
      incident: messages.text("diagram.incident"), done: messages.text("diagram.done"),
      notDrawn: messages.text("diagram.not-drawn"))
  }
}
