internal import Diagnostics
internal import FEEL

/// Decision logic, compiled: names are resolved to where their values stand.
indirect enum Logic: Sendable {
  case expression(CompiledExpression)
  case constant(FEELValue)
  case table(CompiledTable)
  /// Entries become locals one after the other; the last one alone is the value when it has no name.
  case context([Entry], result: Logic?)
  case list([Logic])
  case relation(columns: [String], rows: [[Logic]])
  case function(CompiledFunction)
  case invocation(CompiledInvocation)
  case conditional(test: Logic, then: Logic, otherwise: Logic, location: SourceLocation?)
  case filter(list: Logic, match: Logic, location: SourceLocation?)
  case iteration(Iteration.Kind, list: Logic, body: Logic, location: SourceLocation?)
  /// The value of the inner logic must be of this type.
  case typed(Logic, TypeCheck)
  /// Null, because of this.
  case missing(Diagnostic)

  struct Entry: Sendable {
    let name: String
    let logic: Logic
  }
}

/// A FEEL expression, and where each of its free names has its value.
final class CompiledExpression: Sendable {
  let expression: FEELExpression
  let names: [String]
  /// In the order of `expression.freeNames`.
  let sources: [NameSource]
  /// Set when the expression is nothing but a name.
  let direct: NameSource?

  init(_ expression: FEELExpression, sources: [NameSource]) {
    self.expression = expression
    self.sources = sources
    names = expression.freeNames
    direct = names.count == 1 && expression.source.trimmed == names[0] ? sources[0] : nil
  }
}

/// Where the value of a name stands while a decision is made.
indirect enum NameSource: Hashable, Sendable {
  /// Position among the parameters, context entries and loop variables around the expression.
  case local(Int)
  /// An element of the decision graph; knowledge models and services are functions.
  case element(Int)
  /// The name of an import: a context of what is required from it.
  case imported([Member])
  /// In a filter: the member of the item at this local, where the item has one, else another source.
  case member(item: Int, name: String, otherwise: NameSource?)
  /// Declared nowhere: what the caller gave under this name.
  case given(String)
  /// An element that is not in scope: there is no value.
  case nothing
  /// `?`, the value that a unary test tests.
  case tested

  struct Member: Hashable, Sendable {
    let name: String
    let source: NameSource
  }
}

/// A function of the model: parameters become the locals of its body.
final class CompiledFunction: Sendable {
  let name: String
  let parameters: [Parameter]
  let body: Logic
  /// The position of the function itself among the locals of its body, when it can call itself.
  let ownPosition: Int?
  let location: SourceLocation?

  struct Parameter: Sendable {
    let name: String
    let type: TypeCheck
  }

  init(
    name: String, parameters: [Parameter], body: Logic, ownPosition: Int?,
    location: SourceLocation?
  ) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.ownPosition = ownPosition
    self.location = location
  }
}

/// A boxed call: arguments by parameter name.
struct CompiledInvocation: Sendable {
  let function: Logic
  /// The element called, when it is one of the graph: then its trace becomes part of ours.
  let element: Int?
  let name: String
  let arguments: [Logic.Entry]
  /// The call of any other function, written in FEEL with `Names.callee` and `Names.argument`.
  let call: FEELExpression?
  let location: SourceLocation?
}
