public import Diagnostics

extension FormMapping {
  /// What is wrong with this mapping beside `forms`, by id: questions and codes that are not there.
  public func lint(forms: [String: Form]) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    for (place, rule, location) in locatedPlaces {
      findings += lint(place, forms, at: location)
      guard let rule, case .codes(let name) = rule.conversion else { continue }
      guard let codes = codes[name] else {
        findings.append(Diagnostic("MAP003", ["what": "codes", "name": name], at: location))
        continue
      }
      findings += lint(codes, for: place, forms)
    }
    for place in [origin.number, origin.version, origin.issuer] {
      findings += lint(place, forms, at: SourceLocation(file: file))
    }
    return findings
  }

  private func lint(
    _ place: Place, _ forms: [String: Form], at location: SourceLocation?
  ) -> [Diagnostic] {
    guard let form = forms[place.form] else {
      return [Diagnostic("MAP003", ["what": "form", "name": place.form], at: location)]
    }
    guard form.field(at: place.path) == nil else { return [] }
    return [
      Diagnostic("MAP003", ["what": "answer", "name": "\(place.form)/\(place.path)"], at: location)
    ]
  }

  /// Answers that the list of the question does not have.
  private func lint(_ codes: Codes, for place: Place, _ forms: [String: Form]) -> [Diagnostic] {
    guard let form = forms[place.form], let field = form.field(at: place.path),
      let list = form.codeLists[field], let answers = codes.answers
    else { return [] }
    return Set(answers.values).sorted().filter { !list.contains($0) }.map {
      Diagnostic("MAP003", ["what": list.name, "name": $0], at: codes.location)
    }
  }
}
