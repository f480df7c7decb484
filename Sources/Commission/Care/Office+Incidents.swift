public import BPMN
internal import Diagnostics
public import FEEL

/// Steps that could not go on: looking at them and trying again.
extension Office {
  /// An incident with where and since when.
  public struct IncidentView: Sendable {
    public let caseNumber: CaseNumber
    public let incident: Incident
    /// The id and the name of the element that is held.
    public let element: String
    public let name: String
    /// When it was raised; by whose command.
    public let at: Instant
    public let by: String
    /// What the element sees, for finding the cause; empty in lists.
    public let variables: [String: FEELValue]
  }

  /// Every incident of the open cases, or of one case, oldest first.
  public func incidents(of number: CaseNumber? = nil) async throws -> [IncidentView] {
    var numbers = [number].compactMap { $0 }
    if number == nil {
      numbers = try await store.cases(CaseQuery(hasIncidents: true, limit: 100_000)).map(\.number)
    }
    var views: [IncidentView] = []
    for number in numbers { views += try await incidents(in: number, withVariables: false) }
    return views.sorted { ($0.at, $0.caseNumber) < ($1.at, $1.caseNumber) }
  }

  /// One incident with the variables its element sees.
  ///
  /// - Throws: `CASE044` when there is none of that key.
  public func incident(_ key: Int, of number: CaseNumber) async throws -> IncidentView {
    let views = try await incidents(in: number, withVariables: true)
    guard let view = views.first(where: { $0.incident.key.value == key }) else {
      throw Diagnostic("CASE044", ["number": number.description, "incident": "\(key)"])
    }
    return view
  }

  /// Lets the held steps of a case try again, after `variables` were corrected.
  ///
  /// - Parameter key: only this incident; `nil`: all of the case.
  /// - Returns: how many incidents the case has afterwards.
  /// - Throws: `USER004`; `CASE044` when there is none.
  @discardableResult
  public func retry(
    _ key: Int? = nil, of number: CaseNumber, variables: [String: FEELValue] = [:],
    reason: String? = nil, command: CommandID? = nil
  ) async throws -> Int {
    try require(.mendIncidents)
    return try await perform("incident.retried", command: command, reason: reason) { work in
      let open = try await work.loaded(number).state.process.incidents
        .filter { key == nil || $0.key.value == key }
      guard !open.isEmpty else {
        throw Diagnostic(
          "CASE044", ["number": number.description, "incident": key.map { "\($0)" } ?? "–"])
      }
      for incident in open {
        if !variables.isEmpty {
          try await work.run(
            .setVariables(scope: incident.element, variables: variables, local: false), in: number)
        }
        let isOpen = try await work.loaded(number).state.process.incidents
          .contains { $0.key == incident.key }
        if isOpen { try await work.run(.retry(incident: incident.key), in: number) }
      }
      return try await work.loaded(number).state.process.incidents.count
    }
  }

  private func incidents(
    in number: CaseNumber, withVariables: Bool
  ) async throws -> [IncidentView] {
    let (work, loaded) = try await reading(number, for: withVariables ? .incident : nil)
    let state = loaded.state.process
    guard !state.incidents.isEmpty else { return [] }
    let history = try await CaseHistory(work: work, number: number)
    return state.incidents.map { incident in
      let raised = history.entries.last { entry in
        if case .process(.incidentRaised(let other)) = entry.event {
          return other.key == incident.key
        }
        return false
      }
      let instance = state.instances[incident.element]
      let element = instance?.element ?? ""
      return IncidentView(
        caseNumber: number, incident: incident, element: element,
        name: loaded.set.engine.title(of: element, in: instance?.process ?? ""),
        at: raised?.at ?? loaded.state.opening.openedAt, by: raised?.actor ?? "",
        variables: withVariables ? state.visibleVariables(from: incident.element) : [:])
    }
  }
}
