public import Diagnostics
public import FEEL

/// What a caller wants to happen in a case.
public enum Command: Hashable, Sendable {
  /// Starts the process `process` at its none start event.
  case start(process: String, variables: [String: FEELValue])
  /// Starts the process whose message start event waits for `message`.
  case startByMessage(Message)
  /// Starts the process `process` at its timer start event `element`: its time has come (`StartTimer`).
  case startByTimer(process: String, element: String)
  /// Starts every process with a conditional start event whose condition holds with `variables`, which it gets.
  case startByCondition(variables: [String: FEELValue])
  /// Completes an open user task; the variables go through its output mappings.
  case complete(task: ElementKey, variables: [String: FEELValue], outcome: String?)
  /// Gives an open user task to `user`, or with `nil` back to its candidates.
  case assign(task: ElementKey, user: String?)
  /// Changes candidates, dates or priority of an open user task.
  case change(task: ElementKey, TaskChange)
  /// A worker has done the job of the element `key`.
  case completeJob(ElementKey, variables: [String: FEELValue])
  /// A worker has failed; `retries` replaces the number of retries left (else one less).
  /// When none is left, `problem` says what a person can do about it; `nil`: only the reason is known.
  case failJob(ElementKey, reason: String, retries: Int?, problem: Diagnostic? = nil)
  /// A task listener objects to the change it was asked for, or corrects it; `completeJob` agrees.
  case answerListener(ElementKey, ListenerAnswer)
  /// A worker (or the person at a task) throws a BPMN error.
  case throwError(ElementKey, code: String, variables: [String: FEELValue])
  /// Brings a message to whoever waits for it in this case.
  case publish(Message)
  /// Brings a signal to everyone who waits for it in this case, and starts the processes that begin with it.
  case broadcast(signal: String, variables: [String: FEELValue])
  /// Time has passed: fires what is due.
  case tick
  /// The cause of an incident is mended: the held element tries the same again.
  case retry(incident: ElementKey)
  /// Sets variables as seen from `scope`; `local` in exactly that scope.
  case setVariables(scope: ElementKey, variables: [String: FEELValue], local: Bool)
  /// Ends an instance and all that is inside it; `nil` ends the case.
  case cancel(ElementKey?)

  /// Starts the process `process` at `elements` instead of its start event: a case is taken up again.
  case startAt(process: String, elements: [String], variables: [String: FEELValue])
  /// Ends and begins elements, in this order, without looking at what the model would allow.
  case modify([Modification])
  /// Moves an open element to another element of the same scope or of one around it.
  ///
  /// Refused (`BPMN224` to `BPMN226`) when a join could then wait for ever, or when other work would be lost.
  case move(ElementKey, to: String)
  /// Begins an element of an open ad-hoc subprocess.
  case activate(element: String, in: ElementKey, variables: [String: FEELValue])
  /// Lets the case run on by other versions of its processes: `definitions` of the step are the new ones.
  case migrate([MigrationPlan])
  /// Stops everything: no timer fires, no message is delivered, nothing can be completed.
  case suspend
  /// Goes on after `suspend`: durations and cycles keep what was left of them, dates stay as they are.
  case resume
  /// Lets the timer of a subscription fire at `due`.
  case changeTimer(subscription: ElementKey, due: Instant)
  /// Evaluates again the dates of timers and tasks that ask a host function, such as `deadline("T-X")`.
  case refreshDates
}
