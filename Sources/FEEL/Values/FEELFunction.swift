/// A function as a value: built in, written in FEEL, or given by the host.
public struct FEELFunction: Sendable {
  /// A formal parameter; arguments are coerced to `type`.
  public struct Parameter: Hashable, Sendable {
    public let name: String
    public let type: FEELType
    /// Null when a call leaves it and all that follow it out.
    public let isOptional: Bool

    public init(_ name: String, _ type: FEELType = .any, isOptional: Bool = false) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
    }
  }

  enum Body: Sendable {
    /// The first of the table entries with one name.
    case builtin(Int)
    case closure(Closure)
    case host(@Sendable ([FEELValue], FEELEnvironment) -> FEELResult)
    case external
  }

  /// What calls are written with; empty for a function literal.
  public let name: String
  public let parameters: [Parameter]
  public let result: FEELType
  let body: Body

  /// A function of the host that cannot fail with a note.
  public static func host(
    name: String, parameters: [String], _ body: @escaping @Sendable ([FEELValue]) -> FEELValue
  ) -> FEELFunction {
    host(name: name, parameters: parameters.map { Parameter($0) }) { arguments, _ in
      FEELResult(value: body(arguments))
    }
  }

  /// A function of the host with typed parameters.
  ///
  /// - Parameter body: gets one value per parameter, already coerced, and the environment of the call, which it passes
  ///   on when it evaluates expressions itself: the limit on nested calls is counted there.
  public static func host(
    name: String, parameters: [Parameter], result: FEELType = .any,
    _ body: @escaping @Sendable ([FEELValue], FEELEnvironment) -> FEELResult
  ) -> FEELFunction {
    FEELFunction(name: name, parameters: parameters, result: result, body: .host(body))
  }

  /// `arguments` with null for the optional ones that are left out; `nil` when the number does not fit.
  func completed(_ arguments: [FEELValue]) -> [FEELValue]? {
    if arguments.count == parameters.count { return arguments }
    guard arguments.count < parameters.count,
      parameters[arguments.count...].allSatisfy(\.isOptional)
    else { return nil }
    return arguments + Array(repeating: .null, count: parameters.count - arguments.count)
  }

  /// The type `function<…> -> …` that the function declares.
  public var type: FEELType { .function(parameters.map(\.type), result) }
}

/// A function literal with the values it saw when it was evaluated.
struct Closure: Sendable {
  let program: Program
  let plan: Int
  let captured: [FEELValue]
}

extension FEELFunction: Hashable {
  /// Host functions are the same when name and parameters are: their code cannot be compared.
  public static func == (left: FEELFunction, right: FEELFunction) -> Bool {
    guard left.name == right.name, left.parameters == right.parameters, left.result == right.result
    else { return false }
    switch (left.body, right.body) {
    case (.builtin(let left), .builtin(let right)): return left == right
    case (.host, .host), (.external, .external): return true
    case (.closure(let left), .closure(let right)):
      return left.program === right.program && left.plan == right.plan
        && left.captured == right.captured
    case (.builtin, _), (.closure, _), (.host, _), (.external, _): return false
    }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(parameters)
  }
}
