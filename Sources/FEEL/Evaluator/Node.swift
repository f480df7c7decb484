/// Where a node stands in the program.
typealias NodeID = Int32

/// Some nodes in a row of `Program.operands`.
struct Run: Hashable, Sendable {
  let start: Int32
  let count: Int32

  var range: Range<Int> { Int(start)..<Int(start + count) }
}

/// One operation of a compiled expression.
///
/// Nodes lie in one flat array and name each other and their data by position: nothing in them is counted or copied
/// while they run. Variables are slots of the frame; no name is looked up but the entries of contexts.
enum Node: Hashable, Sendable {
  case constant(Int32)
  /// Null, because of `Program.failures[…]`: the parser saw it, but FEEL only tells when it is evaluated.
  case failure(Int32)
  case slot(Int32)
  /// A variable from outside, which may be missing.
  case free(slot: Int32, name: Int32)
  /// In a filter: the entry `name` of the element in `item`, if it is a context that has one.
  case itemEntry(name: Int32, item: Int32, otherwise: NodeID)
  case negation(NodeID)
  case arithmetic(Arithmetic, NodeID, NodeID)
  case comparison(Comparison, NodeID, NodeID)
  case conjunction(NodeID, NodeID)
  case disjunction(NodeID, NodeID)
  case between(NodeID, low: NodeID, high: NodeID)
  /// `input in …`: the tests read the value of `input` from `slot`.
  case membership(input: NodeID, slot: Int32, tests: NodeID)
  /// True when one of the tests is.
  case anyTest(Run)
  /// The value in `input` equals that of the operand, or lies in it.
  case inside(input: NodeID, NodeID)
  /// A unary test that is an expression with `?`: true when it is.
  case holds(NodeID)
  /// A unary test without `?` that is a boolean expression: compared with a boolean input, else it must hold.
  case holdsOrEquals(input: NodeID, NodeID)
  case not(NodeID)
  case interval(low: NodeID, high: NodeID, includesLow: Bool, includesHigh: Bool)
  case comparisonRange(Comparison, NodeID)
  case conditional(NodeID, then: NodeID, otherwise: NodeID)
  case path(NodeID, name: Int32)
  case filter(NodeID, predicate: NodeID, item: Int32)
  case element(NodeID, index: NodeID)
  case list(Run)
  case context(plan: Int32)
  case iteration(plan: Int32)
  case instance(NodeID, type: Int32)
  case function(plan: Int32)
  /// A built-in function by name; overloads follow each other in the table.
  case builtin(Int32, Run)
  /// One built-in signature, which the parser chose by the names of the arguments.
  case signature(Int32, Run)
  case call(NodeID, Run)
  case namedCall(NodeID, plan: Int32)
}

/// The five operations on numbers, durations and dates.
enum Arithmetic: UInt8, Hashable, Sendable {
  case add, subtract, multiply, divide, power

  var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "**"
    }
  }
}

/// A context literal: its entries in order; an entry that later ones read is also kept in a slot.
struct ContextPlan: Hashable, Sendable {
  let names: [String]
  let values: [NodeID]
  /// -1 when no other entry reads it.
  let slots: [Int32]
}

/// `for`, `some` and `every`.
struct IterationPlan: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case each, some, every }

  struct Domain: Hashable, Sendable {
    let slot: Int32
    let start: NodeID
    /// The end of `start..end`; -1 for a list or range.
    let end: NodeID
  }

  let kind: Kind
  let domains: [Domain]
  let body: NodeID
  /// Where `partial` is kept; -1 when the body does not read it.
  let partial: Int32
}

/// A function literal. Its frame holds the parameters, then itself where it calls itself, then what it captured.
struct FunctionPlan: Hashable, Sendable {
  let parameters: [FEELFunction.Parameter]
  /// What the body is known to give.
  let result: FEELType
  /// -1 for an external function.
  let body: NodeID
  let frameSize: Int32
  /// Slots of the surrounding frame, and where their values go.
  let captures: [Capture]
  /// The slot in which the body finds the function itself; -1 when it does not look.
  let ownSlot: Int32
  /// Levels of expressions inside the body.
  let height: Int32

  struct Capture: Hashable, Sendable {
    let outer: Int32
    let inner: Int32
  }
}

/// The named arguments of a call whose function is only known at run time.
struct NamedCallPlan: Hashable, Sendable {
  let names: [String]
  let arguments: Run
}

/// Bytes of the source.
struct SourceSpan: Hashable, Sendable {
  let start: Int32
  let end: Int32
}
