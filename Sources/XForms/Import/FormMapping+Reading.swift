import Diagnostics
import XML

extension FormMapping {
  /// The namespace of the files.
  static let definition = "urn:msec:mapping-definition:1"

  /// - Throws: `MAP001` for what means nothing in a mapping, `MAP002` for a text that is missing in a language, `XML031` for
  ///   an attribute that is missing, `FORM1xx` for a wrong expression, each with its line.
  public init(parsing bytes: [UInt8], file: String) throws {
    let root = try Element(parsing: bytes, file: file)
    guard root.name == "mapping", root.namespace == Self.definition else {
      throw Diagnostic("MAP001", ["element": root.name], at: root.location)
    }
    self.file = file
    id = try root.attribute("id")
    kind = try root.attribute("kind")
    title = try root.required("title").texts()
    origin = try Origin(
      number: root.place("number"), version: root.place("version"), issuer: root.place("issuer"))
    element = try root.attribute("element")
    namespace = try root.attribute("namespace")
    condition = try root.expression("when")
    namespaces = Dictionary(root.declarations.map { ($0.prefix, $0.uri) }) { first, _ in first }
    let structure = root.child("structure")
    self.structure = try Structure(
      elements: structure?.expression("elements"),
      attributes: Set((structure?["attributes"] ?? "").words),
      absence: structure?["absence"], label: structure?.expression("label"))
    var sections: [Section] = []
    var codes: [String: Codes] = [:]
    for child in root.elements {
      switch child.name {
      case "title", "structure": break
      case "section": sections.append(try Section(child))
      case "codes": codes[try child.attribute("name")] = try Codes(child)
      default: throw Diagnostic("MAP001", ["element": child.name], at: child.location)
      }
    }
    self.sections = sections
    self.codes = codes
  }
}

extension FormMapping.Section {
  fileprivate init(_ element: Element) throws {
    id = try element.attribute("id")
    title = try element.required("title").texts()
    select = try element.neededExpression("select")
    minimum = element["min"].flatMap { Int($0) } ?? 0
    maximum = element["max"].flatMap { Int($0) } ?? 1
    rules = try element.elements.filter { $0.name != "title" }.map { child in
      switch child.name {
      case "answer": try .answer(FormMapping.AnswerRule(child, in: nil))
      case "rows": try .rows(FormMapping.RowsRule(child))
      case "leave": try .leave(child.neededExpression("select"), reason: child.texts())
      default: throw Diagnostic("MAP001", ["element": child.name], at: child.location)
      }
    }
  }
}

extension FormMapping.RowsRule {
  fileprivate init(_ element: Element) throws {
    let place = try element.place("to")
    self.place = place
    select = try element.neededExpression("select")
    answers = try element.elements.map { try FormMapping.AnswerRule($0, in: place) }
    location = element.location
  }
}

extension FormMapping.AnswerRule {
  /// - Parameter rows: the repeat that the answer is in; its path then is one within the row.
  fileprivate init(_ element: Element, in rows: FormMapping.Place?) throws {
    guard element.name == "answer" else {
      throw Diagnostic("MAP001", ["element": element.name], at: element.location)
    }
    place =
      if let rows {
        FormMapping.Place(form: rows.form, path: "\(rows.path)/\(try element.attribute("to"))")
      } else {
        try element.place("to")
      }
    select = try element.neededExpression("select")
    conversion =
      switch (element["codes"], element["as"] ?? "text") {
      case (let codes?, _): .codes(codes)
      case (nil, "text"): .text
      case (nil, "date"): .date
      case (nil, "phone"): .phone
      case (nil, let other): throw Diagnostic("MAP001", ["element": other], at: element.location)
      }
    separator =
      switch element["several"] {
      case nil: nil
      case "lines": "\n"
      case "words": " "
      case let other?: throw Diagnostic("MAP001", ["element": other], at: element.location)
      }
    location = element.location
  }
}

extension FormMapping.Codes {
  fileprivate init(_ element: Element) throws {
    systems = Set((element["systems"] ?? "").words)
    var answers: [String: String] = [:]
    for code in element.children("code") {
      answers[try code.attribute("value")] = try code.attribute("answer")
    }
    self.answers = element["same"] == "yes" ? nil : answers
    location = element.location
  }
}

extension Element {
  /// Texts in the three languages, as attributes.
  fileprivate func texts() throws -> [String: String] {
    var result: [String: String] = [:]
    for language in ["az", "en", "ru"] {
      guard let text = self[language] else {
        throw Diagnostic("MAP002", ["element": name, "language": language], at: location)
      }
      result[language] = text
    }
    return result
  }

  /// `referral/institution/code`: a form and a path in it.
  fileprivate func place(_ attribute: String) throws -> FormMapping.Place {
    let text = try self.attribute(attribute)
    guard let slash = text.firstIndex(of: "/") else {
      throw Diagnostic("MAP001", ["element": text], at: location)
    }
    return FormMapping.Place(
      form: String(text[..<slash]), path: String(text[text.index(after: slash)...]))
  }

  fileprivate func neededExpression(_ name: String) throws -> XPathExpression {
    _ = try attribute(name)
    guard let expression = try expression(name) else { fatalError("the attribute is there") }
    return expression
  }

  fileprivate func expression(_ name: String) throws -> XPathExpression? {
    guard let source = self[name] else { return nil }
    do {
      let expression = try XPathExpression(parsing: source)
      if let problem = expression.term.wrongCall { throw problem }
      return expression
    } catch let problem as Diagnostic {
      throw Diagnostic(problem.code, problem.arguments, at: location)
    }
  }
}

extension String {
  fileprivate var words: [String] { split(whereSeparator: \.isWhitespace).map(String.init) }
}
