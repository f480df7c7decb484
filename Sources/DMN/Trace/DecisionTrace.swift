public import FEEL

/// Why a decision came out as it did: what it looked at, which rules matched, what nearly matched, what it used.
///
/// Complete in itself: texts and values are copied, so that it stays readable when the model is long gone.
public struct DecisionTrace: Hashable, Sendable {
  /// A thing of a model by its id and the name people know it by.
  public struct Reference: Hashable, Sendable {
    public let id: String
    public let name: String

    public init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// A value that was looked at.
  public struct Input: Hashable, Sendable {
    /// What people call it: the label of the column, else the expression.
    public let label: String
    public let expression: String
    public let value: FEELValue

    public init(label: String, expression: String, value: FEELValue) {
      self.label = label
      self.expression = expression
      self.value = value
    }
  }

  /// A part of a result; a table with one output has one without name.
  public struct Output: Hashable, Sendable {
    public let name: String?
    public let value: FEELValue

    public init(name: String?, value: FEELValue) {
      self.name = name
      self.value = value
    }
  }

  /// A rule whose tests all held.
  public struct MatchedRule: Hashable, Sendable {
    /// Counted from 1, as editors show it.
    public let number: Int
    public let id: String
    /// The rule's `description`, else its annotation entries: in our tables the citation.
    public let annotation: String
    public let outputs: [Output]

    public init(number: Int, id: String, annotation: String, outputs: [Output]) {
      self.number = number
      self.id = id
      self.annotation = annotation
      self.outputs = outputs
    }
  }

  /// A rule that one input alone kept from matching; of several the one that was closest.
  public struct NearMiss: Hashable, Sendable {
    /// Counted from 1, as editors show it.
    public let number: Int
    public let id: String
    public let annotation: String
    /// The label of the input that fails.
    public let input: String
    /// The test as it is written in the table.
    public let needs: String
    public let has: FEELValue
    /// From the value to the nearest value that would do; `nil` where values have no distance.
    public let distance: FEELValue?
    public let outputs: [Output]

    public init(
      number: Int, id: String, annotation: String, input: String, needs: String, has: FEELValue,
      distance: FEELValue?, outputs: [Output]
    ) {
      self.number = number
      self.id = id
      self.annotation = annotation
      self.input = input
      self.needs = needs
      self.has = has
      self.distance = distance
      self.outputs = outputs
    }
  }

  public let decision: Reference
  public let model: Reference
  /// `nil`: not a decision table.
  public let hitPolicy: HitPolicy?
  /// The input columns of a table, else the values that the decision required.
  public let inputs: [Input]
  /// How many rules the table has; `nil`: not a decision table.
  public let ruleCount: Int?
  /// The rules that make the value; where the hit policy chooses one of them, that one first.
  public let matched: [MatchedRule]
  public let nearest: [NearMiss]
  /// The decisions, and the tables in functions and boxes, that this one used; in the order of their evaluation.
  public let required: [DecisionTrace]
  public let value: FEELValue

  public init(
    decision: Reference, model: Reference, hitPolicy: HitPolicy? = nil, inputs: [Input],
    ruleCount: Int? = nil, matched: [MatchedRule] = [], nearest: [NearMiss] = [],
    required: [DecisionTrace] = [], value: FEELValue
  ) {
    self.decision = decision
    self.model = model
    self.hitPolicy = hitPolicy
    self.inputs = inputs
    self.ruleCount = ruleCount
    self.matched = matched
    self.nearest = nearest
    self.required = required
    self.value = value
  }
}
