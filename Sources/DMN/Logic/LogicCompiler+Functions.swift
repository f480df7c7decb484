internal import Diagnostics
internal import FEEL

extension LogicCompiler {
  /// A function inside a decision: it sees what is around it, and itself by `name`.
  mutating func function(_ definition: FunctionDefinition, name: String, in scope: Scope) -> Logic {
    if let problem = external(definition, name: name) {
      problems.append(problem)
      return .function(
        compiled(definition, name: name, body: .missing(problem), ownPosition: nil))
    }
    let own: [(name: String, type: FEELType)] = name.isEmpty ? [] : [(name, .any)]
    let inner = scope.adding(locals: own + parameters(of: definition))
    let body = body(of: definition, name: name, in: inner)
    return .function(
      compiled(
        definition, name: name, body: body, ownPosition: name.isEmpty ? nil : scope.localCount))
  }

  /// The logic of a knowledge model: it sees its parameters and what is in `scope`, the knowledge it requires.
  mutating func knowledge(_ definition: FunctionDefinition, name: String, in scope: Scope)
    -> CompiledFunction
  {
    if let problem = external(definition, name: name) {
      problems.append(problem)
      return compiled(definition, name: name, body: .missing(problem), ownPosition: nil)
    }
    let inner = scope.adding(locals: parameters(of: definition))
    return compiled(
      definition, name: name, body: body(of: definition, name: name, in: inner), ownPosition: nil)
  }

  private mutating func body(of definition: FunctionDefinition, name: String, in scope: Scope)
    -> Logic
  {
    guard let body = definition.body else {
      return .missing(Diagnostic("DMN016", ["name": name], at: definition.location))
    }
    return typed(
      compile(body, in: scope), definition.typeRef, name: name, at: definition.location)
  }

  /// Functions of another world are not run: no JVM, no PMML.
  private func external(_ definition: FunctionDefinition, name: String) -> Diagnostic? {
    definition.kind == .feel
      ? nil
      : Diagnostic(
        "DMN107", ["name": name, "kind": definition.kind.rawValue], at: definition.location,
        severity: .warning)
  }

  private func parameters(of definition: FunctionDefinition) -> [(name: String, type: FEELType)] {
    definition.parameters.map { ($0.name, $0.typeRef.flatMap { types[$0]?.feel } ?? .any) }
  }

  private mutating func compiled(
    _ definition: FunctionDefinition, name: String, body: Logic, ownPosition: Int?
  ) -> CompiledFunction {
    CompiledFunction(
      name: name,
      parameters: definition.parameters.map { parameter in
        CompiledFunction.Parameter(
          name: parameter.name,
          type: TypeCheck(
            parameter.typeRef.map { type($0, at: parameter.location) } ?? .any,
            name: parameter.name, typeName: parameter.typeRef ?? "Any",
            location: parameter.location))
      },
      body: body, ownPosition: ownPosition, location: definition.location)
  }

  mutating func invocation(_ invocation: Invocation, in scope: Scope) -> Logic {
    let function = compile(invocation.function, in: scope)
    var element: Int?
    if case .expression(let expression) = function, case .element(let index)? = expression.direct,
      functions.contains(index)
    {
      element = index
    }
    var name = ""
    if case .literal(let literal) = invocation.function { name = literal.text.trimmed }
    let arguments = invocation.bindings.map { binding in
      let value = binding.expression.map { compile($0, in: scope) } ?? .constant(.null)
      return Logic.Entry(
        name: binding.parameter.name,
        logic: typed(
          value, binding.parameter.typeRef, name: binding.parameter.name,
          at: binding.parameter.location))
    }
    let call = CompiledInvocation(
      function: function, element: element, name: name, arguments: arguments,
      call: element == nil ? Self.call(arguments.map(\.name)) : nil, location: invocation.location)
    return typed(
      .invocation(call), invocation.typeRef, name: name, at: invocation.location)
  }

  /// The names under which FEEL finds the parts of a boxed invocation.
  enum Names {
    static let callee = "callee"

    static func argument(_ position: Int) -> String { "argument\(position)" }
  }

  /// A FEEL call with these parameter names; `nil` when FEEL cannot read them as names.
  private static func call(_ names: [String]) -> FEELExpression? {
    let arguments = names.enumerated().map { "\($1): \(Names.argument($0))" }
    return try? FEELExpression(
      parsing: "\(Names.callee)(\(arguments.joined(separator: ", ")))",
      names: FEELNames([Names.callee] + names.indices.map(Names.argument)))
  }
}
