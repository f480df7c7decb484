import Diagnostics

/// A parsed expression of the XPath subset of ODK XForms (design: XPath 1.0 plus the ODK function library).
package struct XPathExpression: Hashable, Sendable {
  /// As the author wrote it.
  package let source: String
  let term: XPathTerm

  package init(parsing source: String) throws {
    var parser = try XPathParser(source)
    self.source = source
    term = try parser.expression()
  }

  init(source: String, term: XPathTerm) {
    self.source = source
    self.term = term
  }
}

/// The syntax tree of an expression.
indirect enum XPathTerm: Hashable, Sendable {
  case number(Double)
  case literal(String)
  case path(XPathPath)
  case call(XPathFunction, [XPathTerm])
  case unknownCall(String, [XPathTerm])  // no such function, or not so many arguments
  case or(XPathTerm, XPathTerm)
  case and(XPathTerm, XPathTerm)
  case compare(XPathComparison, XPathTerm, XPathTerm)
  case calculate(XPathOperator, XPathTerm, XPathTerm)
  case negate(XPathTerm)
  case union(XPathTerm, XPathTerm)
}

enum XPathComparison: String, Hashable, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  var isEquality: Bool { self == .equal || self == .notEqual }
}

enum XPathOperator: String, Hashable, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "div"
  case modulo = "mod"
}

/// A location path, or steps and predicates after another expression: `instance('l')/root/item[name = 'x']`.
struct XPathPath: Hashable, Sendable {
  enum Start: Hashable, Sendable {
    case root
    case context
    case term(XPathTerm, predicates: [XPathTerm])
  }

  var start: Start
  var steps: [XPathStep]
}

struct XPathStep: Hashable, Sendable {
  var axis: XPathAxis
  var test: XPathTest
  var predicates: [XPathTerm] = []
}

enum XPathAxis: String, Hashable, Sendable {
  case child, parent, attribute, descendant, ancestor, following, preceding, namespace
  case itself = "self"
  case descendantOrSelf = "descendant-or-self"
  case ancestorOrSelf = "ancestor-or-self"
  case followingSibling = "following-sibling"
  case precedingSibling = "preceding-sibling"

  /// Positions count away from the context node (XPath 1.0, clause 2.4).
  var isReverse: Bool {
    switch self {
    case .parent, .ancestor, .ancestorOrSelf, .preceding, .precedingSibling: true
    case .child, .attribute, .descendant, .descendantOrSelf, .following, .followingSibling,
      .namespace, .itself:
      false
    }
  }
}

enum XPathTest: Hashable, Sendable {
  case name(prefix: String, local: String)
  case anyName
  case anyIn(prefix: String)
  case node
  case text
  case comment
  case processingInstruction(String?)
}
