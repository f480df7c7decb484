public import Diagnostics

/// `zeebe:input` or `zeebe:output`: the value of `source` becomes the variable `target` (`a.b`: an entry of `a`).
public struct IOMapping: Hashable, Sendable {
  public let source: ModelExpression
  public let target: String
  public let location: SourceLocation?

  /// `target`, split at its dots.
  public let path: [String]

  public init(source: ModelExpression, target: String, at location: SourceLocation? = nil) {
    self.source = source
    self.target = target.trimmed
    self.location = location
    path = self.target.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }
}

/// Who fills what, when and how urgently (`zeebe:userTask` and its companions).
public struct UserTaskDefinition: Hashable, Sendable {
  public let form: String?
  public let assignee: ModelExpression?
  public let candidateGroups: ModelExpression?
  public let candidateUsers: ModelExpression?
  public let due: ModelExpression?
  public let followUp: ModelExpression?
  public let priority: ModelExpression?
}

/// Work for someone outside the engine (`zeebe:taskDefinition`, `zeebe:taskHeaders`).
public struct JobDefinition: Hashable, Sendable {
  public let type: ModelExpression
  /// How often it is tried in all; 3 when the model does not say.
  public let retries: ModelExpression?
  public let headers: [String: String]
}

/// The decision of a business rule task (`zeebe:calledDecision`).
public struct CalledDecision: Hashable, Sendable {
  public let decision: ModelExpression
  public let resultVariable: String
}

/// The FEEL of a script task (`zeebe:script`).
public struct ScriptDefinition: Hashable, Sendable {
  public let expression: ModelExpression
  public let resultVariable: String
}

/// The process of a call activity (`zeebe:calledElement`).
public struct CalledElement: Hashable, Sendable {
  public let process: ModelExpression
  public let propagatesAllChildVariables: Bool
  public let propagatesAllParentVariables: Bool
}

/// What an ad-hoc subprocess begins with and collects (`zeebe:adHoc`).
public struct AdHocDefinition: Hashable, Sendable {
  public let activeElements: ModelExpression?
  public let outputCollection: String?
  public let outputElement: ModelExpression?
  public let completionCondition: ModelExpression?
  public let cancelsRemaining: Bool
  public let isSequential: Bool
  /// Whether `zeebe:adHoc` is missing: every element without a way in begins by itself.
  public let isStandard: Bool
}

/// How an activity is repeated (BPMN 2.0.2, clause 10.3.7).
public enum LoopCharacteristics: Hashable, Sendable {
  case multiInstance(MultiInstanceDefinition)
  case standard(StandardLoop)
}

/// One inner instance for each item (`multiInstanceLoopCharacteristics`, `zeebe:loopCharacteristics`).
public struct MultiInstanceDefinition: Hashable, Sendable {
  public let isSequential: Bool
  public let inputCollection: ModelExpression?
  /// The variable that holds the item in its inner instance.
  public let inputElement: String?
  public let outputCollection: String?
  public let outputElement: ModelExpression?
  /// When it is true after an inner instance has completed, the others are ended.
  public let completionCondition: ModelExpression?
  /// Standard BPMN's number of instances, used when there is no collection.
  public let cardinality: ModelExpression?
  public let behavior: MultiInstanceBehavior
}

/// What is told to the boundary events of a multi-instance activity when an inner instance completes (BPMN 2.0.2,
/// `behavior`); it does not interrupt the others.
public enum MultiInstanceBehavior: Hashable, Sendable {
  /// `All`, the usual: nothing.
  case silent
  /// `None`: this event, each time.
  case each(EventDefinition?)
  /// `One`: this event, the first time.
  case first(EventDefinition?)
  /// `Complex`: the event of the first condition that holds, whereupon the others are ended.
  case complex([ComplexBehavior])
}

/// A condition and what is told when it holds (`complexBehaviorDefinition`).
public struct ComplexBehavior: Hashable, Sendable {
  public let condition: ModelExpression?
  public let event: EventDefinition?
}

/// Again while a condition holds (`standardLoopCharacteristics`).
public struct StandardLoop: Hashable, Sendable {
  public let testBefore: Bool
  public let maximum: String?
  public let condition: ModelExpression?
}
