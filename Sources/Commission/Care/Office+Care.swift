internal import BPMN
internal import Diagnostics
public import FEEL

/// Long life: suspending, resuming, cancelling and reopening cases, one or many at a time.
extension Office {
  /// What was done to the cases.
  public struct Care: Hashable, Sendable, Codable {
    public let cases: [CaseNumber]
    /// The number of the batch in the history, when there was more than one case: `B-3`.
    public let batch: String?

    /// What one case alone was done to.
    public init(_ number: CaseNumber) { self.init(cases: [number], batch: nil) }

    init(cases: [CaseNumber], batch: String?) {
      self.cases = cases
      self.batch = batch
    }
  }

  /// Lets cases stand still; nothing happens in them, and their clocks keep what is left.
  ///
  /// - Throws: `USER004`; `CASE036` with a cause for each case that refuses: then nothing has happened.
  @discardableResult
  public func suspend(
    _ numbers: [CaseNumber], reason: String, command: CommandID? = nil
  ) async throws -> Care {
    try require(.steerCases)
    return try await each(of: numbers, "case.suspended", reason: reason, command: command) {
      try await $0.suspend($1)
    }
  }

  /// Goes on with cases that stood still.
  ///
  /// - Throws: as `suspend`.
  @discardableResult
  public func resume(
    _ numbers: [CaseNumber], reason: String?, command: CommandID? = nil
  ) async throws -> Care {
    try require(.steerCases)
    return try await each(of: numbers, "case.resumed", reason: reason, command: command) {
      try await $0.resume($1)
    }
  }

  /// Ends cases before their time.
  ///
  /// - Throws: as `suspend`; `CASE016` for a case whose decision is issued.
  @discardableResult
  public func cancel(
    _ numbers: [CaseNumber], reason: String, command: CommandID? = nil
  ) async throws -> Care {
    try require(.steerCases)
    return try await each(of: numbers, "case.cancelled", reason: reason, command: command) {
      try await $0.cancel($1)
    }
  }

  /// Ends a case because the person has asked for it, as its workflow says.
  ///
  /// - Throws: `USER004`; `CASE023` while it is suspended; `CASE037` when it is closed; `CASE061` when its workflow waits
  ///   for no withdrawal, because the decision is issued.
  public func withdraw(
    _ number: CaseNumber, reason: String, command: CommandID? = nil
  ) async throws {
    try require(.withdrawCases)
    _ = try await perform("case.withdrawn", command: command, reason: reason) { work in
      try await work.withdraw(number)
      return number
    }
  }

  /// What the death of a person has ended.
  public struct DeathNotice: Hashable, Sendable, Codable {
    /// The cases whose workflow ends with the person.
    public let ended: [CaseNumber]
    /// Open cases that somebody must look after.
    public let left: [CaseNumber]
  }

  /// Enters that the person of a case has died: all their cases end as their workflows say, and what is established ends
  /// with that day. It is never recorded as a decision.
  ///
  /// - Parameters:
  ///   - day: the day of the death.
  ///   - isCorrection: the day that was entered before was wrong; what it ended too early runs again.
  /// - Throws: `USER004`; `CASE011` when there is no such case; `CASE069` when the day lies in the future, `CASE086` when
  ///   it lies before the birth; `CASE087` when a death is entered already; `TASK510` when the case is about nobody.
  public func recordDeath(
    in number: CaseNumber, on day: Day, reason: String, isCorrection: Bool = false,
    command: CommandID? = nil
  ) async throws -> DeathNotice {
    try require(.withdrawCases)
    guard day <= today else { throw Diagnostic("CASE069", ["day": day.onPaper]) }
    return try await perform("case.deceased", command: command, reason: reason) { work in
      let identifier = try await work.loaded(number).state.opening.person
      if let known = try await work.person(identifier).diedOn, !isCorrection {
        throw Diagnostic("CASE087", ["day": known.onPaper, "number": number.description])
      }
      return try await work.recordDeath(of: identifier, on: day)
    }
  }

  /// Takes a closed case up again at a step of its workflow; nothing that was done is removed.
  ///
  /// - Parameter step: the id of an element, or `process/element`.
  /// - Throws: `USER004`; `CASE039` when the case is not closed; `CASE040` when the step is not there, or there twice.
  public func reopen(
    _ number: CaseNumber, at step: String, reason: String, command: CommandID? = nil
  ) async throws {
    try require(.steerCases)
    _ = try await perform("case.reopened", command: command, reason: reason) { work in
      let place = try await work.loaded(number).place(of: step)
      try await work.reopen(number, process: place.process, at: place.element)
      return number
    }
  }

  /// The cases of a batch, to undo it as one.
  ///
  /// - Throws: `CASE041` when there is no such batch.
  public func cases(ofBatch name: String) async throws -> [CaseNumber] {
    let digits = name.uppercased().hasPrefix("B-") ? String(name.dropFirst(2)) : name
    guard let serial = Int(digits), serial > 0,
      let record = try await store.records(of: .batches, after: serial - 1).first
    else { throw Diagnostic("CASE041", ["batch": name]) }
    return try Payload().value([CaseNumber].self, from: record.payload)
  }

  /// Does the same to every case in one transaction, with one entry in the history of batches.
  func each(
    of numbers: [CaseNumber], _ kind: String, reason: String?, command: CommandID?,
    _ body: (inout Work, CaseNumber) async throws -> Void
  ) async throws -> Care {
    let numbers = numbers.removingRepeats().sorted()
    guard !numbers.isEmpty else { throw Diagnostic("CASE042") }
    return try await perform(kind, command: command, reason: reason) { work in
      guard numbers.count > 1 else {
        try await body(&work, numbers[0])
        return Care(cases: numbers, batch: nil)
      }
      let batch = try await "B-\((store.state(of: .batches)?.version ?? 0) + 1)"
      work.reason = [reason, "(\(batch))"].compactMap { $0 }.joined(separator: " ")
      var refusals: [Diagnostic] = []
      for number in numbers {
        do {
          try await body(&work, number)
        } catch let problem as Diagnostic where !problem.code.hasPrefix("STORE") {
          refusals.append(refusal(of: number, problem))
        }
      }
      guard refusals.isEmpty else {
        throw Diagnostic(
          "CASE036", ["count": "\(refusals.count)", "all": "\(numbers.count)"], causes: refusals)
      }
      try await work.note(kind, in: .batches, Payload().text(numbers))
      return Care(cases: numbers, batch: batch)
    }
  }

  func refusal(of number: CaseNumber, _ problem: Diagnostic) -> Diagnostic {
    Diagnostic(
      "CASE043",
      [
        "number": number.description, "code": problem.code,
        "problem": Messages(language).sentence(problem),
      ])
  }
}

extension Stream {
  /// What was done to many cases at once: each record is one batch.
  static let batches = Stream("batches")
}

extension LoadedCase {
  /// The process and the element that `step` means: `score` or `assessment/score`.
  ///
  /// - Throws: `CASE040` when there is none, or more than one.
  func place(of step: String) throws -> (process: String, element: String) {
    let parts = step.split(separator: "/").map(String.init)
    let element = parts.last ?? ""
    let found = set.engine.processes.values.filter { process in
      process.elements.contains(element) && (parts.count < 2 || parts[0] == process.id)
    }
    guard found.count == 1 else {
      let places = found.map { "\($0.id)/\(element)" }.sorted().joined(separator: ", ")
      throw Diagnostic("CASE040", ["step": step, "found": places.isEmpty ? "–" : places])
    }
    return (found[0].id, element)
  }
}
