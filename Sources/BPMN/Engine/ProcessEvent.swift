public import DMN
public import Diagnostics
public import FEEL

/// One thing that happened in a process. State is the sum of these; a stored event never changes its meaning.
public enum ProcessEvent: Hashable, Sendable {
  /// A token entered an element, or a process began.
  case entered(ElementEntry)
  /// An instance became `activated`, `completing` or `terminating`.
  case moved(ElementKey, to: ElementState)
  /// An instance completed; `flows` are the ids of the sequence flows its tokens took.
  case completed(ElementKey, flows: [String])
  /// An instance ended without completing.
  case terminated(ElementKey)

  /// A token waits at a joining gateway.
  case tokenArrived(flow: String, scope: ElementKey)
  /// The waiting tokens, one of each of `flows`, went on as one.
  case tokensJoined(flows: [String], scope: ElementKey)
  /// An interrupting event subprocess took the waiting tokens of its scope away.
  case tokensDropped(scope: ElementKey)

  /// Variables were set in exactly this scope.
  case variablesSet(scope: ElementKey, [String: FEELValue])

  indirect case multiInstanceStarted(ElementKey, MultiInstanceProgress)
  /// The inner instance number `index` (from 0) of `body` gave its result.
  case resultCollected(body: ElementKey, index: Int, FEELValue)

  indirect case adHocStarted(ElementKey, AdHocProgress)
  /// The next of the elements that begin one after the other begins.
  indirect case adHocContinued(ElementKey, element: String)
  /// Nothing more begins by itself: the completion condition has held.
  case adHocFinishing(ElementKey)

  /// An activity that is about to complete can be undone later.
  indirect case compensationKept(CompensationRecord)
  /// These activities are being undone because of `by`, the last one first.
  indirect case compensationStarted(by: ElementKey, [CompensationRecord])
  /// `instance` undoes what the instance `record` had done.
  indirect case compensationBegun(by: ElementKey, record: ElementKey, instance: ElementKey)

  indirect case taskCreated(TaskRecord)
  case taskAssigned(ElementKey, user: String?)
  indirect case taskChanged(ElementKey, TaskChange)
  case taskCompleted(ElementKey, outcome: String?)

  indirect case jobCreated(JobRecord)
  case jobCompleted(ElementKey)
  indirect case jobFailed(ElementKey, reason: String, retries: Int)
  /// Someone mended what made the job fail; it can be done again.
  case jobRetried(ElementKey, retries: Int)

  /// An element waits for the job of one of its listeners.
  indirect case listening(ElementKey, ListenerRun)
  /// The listeners of a moment have all done their jobs.
  case listened(ElementKey)
  /// A listener of a task has objected: the task stays as it was.
  case listenerDenied(ElementKey, reason: String)

  indirect case subscribed(Subscription)
  /// What the subscription of `holder` waited for has happened; a repeating timer goes on by a new subscription.
  case triggered(subscription: ElementKey, holder: ElementKey)
  case unsubscribed(ElementKey, holder: ElementKey)

  indirect case messageKept(BufferedMessage)
  case messageReceived(ElementKey, process: String)
  case messageExpired(ElementKey)
  /// A message started the process instance `key`.
  indirect case startedByMessage(MessageStart)

  case signalThrown(by: ElementKey?, name: String)
  /// An error was thrown; `caughtBy` is the id of the event that catches it.
  indirect case errorThrown(by: ElementKey, code: String, caughtBy: String?)
  indirect case escalationThrown(by: ElementKey, code: String, caughtBy: String?)

  /// A business rule task decided; the trace says why.
  indirect case decided(ElementKey, DecisionTrace)
  /// Why parts of an expression became null although the whole did not.
  indirect case noted(ElementKey, [Diagnostic])

  indirect case incidentRaised(Incident)
  case incidentResolved(ElementKey)

  /// Everything stands still from now on.
  case suspended(at: Instant)
  /// Everything goes on; how timers have moved stands in events of their own.
  case resumed(at: Instant)
  /// The timer of a subscription fires at another instant than before.
  case timerChanged(subscription: ElementKey, holder: ElementKey, due: Instant)
  /// The open elements of the case were changed by hand.
  case modified([Modification])
  /// An instance is now one of another element, or of another version of its process.
  indirect case migrated(ElementKey, process: String, element: String)
  /// A subscription is now for another event.
  indirect case subscriptionMigrated(ElementKey, holder: ElementKey, element: String)
  /// Tokens that wait in a scope now wait on other flows: old ids to new ones.
  indirect case tokensMigrated(scope: ElementKey, flows: [String: String])
}

/// The entry of a token into an element.
public struct ElementEntry: Hashable, Sendable {
  public let key: ElementKey
  public let process: String
  public let element: String
  public let scope: ElementKey?
  /// From 1 in the inner instances of a multi-instance activity, else 0.
  public let loopCounter: Int
  /// `activating`, or `activated` where nothing can fail on the way there.
  public let state: ElementState
}
