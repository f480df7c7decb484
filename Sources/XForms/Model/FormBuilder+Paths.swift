import Diagnostics

extension FormBuilder {
  /// Follows the paths of every expression, and keeps for `form()` what the binds read.
  ///
  /// - Returns: `FORM113` for each path that leads nowhere, and `FORM110` for each list that is not there.
  mutating func followPaths(severity: Diagnostic.Severity) -> [Diagnostic] {
    let tree = FieldTree(fields)
    var found: [Diagnostic] = []
    func reads(_ expression: XPathExpression, _ field: Int?) -> Few<PathResolver.Read> {
      var resolver = PathResolver(tree, owner: field ?? 0)
      resolver.read(expression)
      for path in resolver.unresolved {
        found.append(
          Diagnostic(
            "FORM113", ["path": path, "expression": expression.source],
            at: field.flatMap { fields[$0].location }, severity: severity))
      }
      for list in resolver.lists where instances[list] == nil {
        found.append(
          Diagnostic(
            "FORM110", ["name": list, "expression": expression.source],
            at: field.flatMap { fields[$0].location }, severity: severity))
      }
      return resolver.reads.unique()
    }
    var followed: [FollowedComputation] = []
    eachComputation { computation in
      let reads = reads(computation.expression, computation.field)
      followed.append(FollowedComputation(computation: computation, reads: reads))
    }
    eachOtherExpression { _ = reads($0, $1) }
    self.followed = followed
    return found
  }

  /// The bind expressions whose values are kept up to date.
  private func eachComputation(_ body: (Computation) -> Void) {
    func add(_ property: Computation.Property, _ expression: XPathExpression?, _ field: Int) {
      guard let expression else { return }
      body(Computation(field: field, property: property, expression: expression))
    }
    for field in fields.indices {
      add(.calculate, fields[field].calculate, field)
      add(.relevant, fields[field].relevant, field)
      add(.readonly, fields[field].readonly, field)
      add(.required, fields[field].required, field)
    }
  }

  /// Constraints, texts, filters, defaults: what is evaluated when it is asked for.
  private func eachOtherExpression(_ body: (XPathExpression, Int?) -> Void) {
    func add(_ expression: XPathExpression?, _ field: Int?) {
      if let expression { body(expression, field) }
    }
    func add(_ expressions: [XPathExpression]?, _ field: Int?) {
      for expression in expressions ?? [] { body(expression, field) }
    }
    for field in fields.indices {
      add(fields[field].constraint, field)
      add(fields[field].rows?.count, fields[field].parent)
      add(fields[field].alert?.expressions, field)
      add(fields[field].requiredMessage?.expressions, field)
      add(fields[field].label?.expressions, field)
    }
    for number in controls.indices {
      let field = controls[number].field
      add(controls[number].label?.expressions, field)
      add(controls[number].hint?.expressions, field)
      add(controls[number].help?.expressions, field)
      if case .nodes(let nodeset, _, _) = controls[number].choices { body(nodeset, field) }
    }
    for action in actions { body(action.value, action.target) }
  }
}
