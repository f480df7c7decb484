/// What an expression may see of the world besides its variables: the clock, a seed, functions of the host.
public struct FEELEnvironment: Sendable {
  /// What `now()` and `today()` answer; `nil`: they answer null, with a note.
  public var now: DateTime?
  /// Where `random number()` and `uuid()` start from; `nil`: they answer null, with a note.
  public var seed: UInt64?
  /// Host functions by the name expressions call them with.
  public var functions: [String: FEELFunction]
  public var limits: FEELLimits
  /// How deep function calls are nested around this evaluation, over all expressions that call each other.
  var depth = 0

  public init(
    now: DateTime? = nil, seed: UInt64? = nil, functions: [String: FEELFunction] = [:],
    limits: FEELLimits = FEELLimits()
  ) {
    self.now = now
    self.seed = seed
    self.functions = functions
    self.limits = limits
  }
}

/// How much one evaluation may cost; what is dearer becomes null, with a note.
public struct FEELLimits: Hashable, Sendable {
  /// Iterations, filtered elements and calls, together; calls and comparisons of large values count by their size.
  public var steps = 10_000_000
  /// Elements of one list.
  public var elements = 1_000_000
  /// UTF-8 bytes of one string.
  public var bytes = 4_000_000
  /// Levels of expressions inside each other, through all function calls.
  public var depth = 1_000

  public init() {}
}
