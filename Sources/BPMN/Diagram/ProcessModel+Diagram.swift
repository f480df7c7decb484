import XML

extension ProcessModel {
  /// The picture of a process (BPMN DI) as SVG, with what has been done and where the case stands.
  ///
  /// Readable in black and white and without the picture: `title`, `desc` and the list of what is not drawn are text.
  /// - Parameters:
  ///   - process: which one, when the file has several; `nil`: the first picture of the file.
  ///   - marks: by element id, from `ProcessState.marks`.
  public func svg(
    of process: String? = nil, marks: [String: DiagramMark] = [:], words: DiagramWords
  ) -> String {
    var renderer = DiagramRenderer(self, marks: marks, words: words)
    return renderer.svg(plane(of: process))
  }

  /// The same as an ordered list: every element in the order in which the process goes, with its mark as a word.
  public func outline(
    of process: String? = nil, marks: [String: DiagramMark] = [:], words: DiagramWords
  ) -> [OutlineLine] {
    let shown = process.map { id in processes.filter { $0.id == id } } ?? processes
    return shown.flatMap { Outline($0, marks: marks, words: words).lines() }
  }

  /// The picture that shows `process`, itself or in its pool.
  private func plane(of process: String?) -> DiagramPlane? {
    guard let process else { return diagrams.first }
    return diagrams.first { $0.element == process }
      ?? diagrams.first { plane in
        collaborations.contains { collaboration in
          collaboration.id == plane.element
            && collaboration.participants.contains { $0.process == process }
        }
      }
  }
}
