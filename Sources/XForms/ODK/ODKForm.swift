import Diagnostics
import XML

extension Form {
  /// Reads a full ODK XForm (specification 1.0), such as pyxform makes from a spreadsheet.
  ///
  /// - Parameters:
  ///   - file: for messages, as the user named it.
  ///   - resources: the bytes of what a `jr://…` address names; `nil` when it is not there (a warning, an empty list).
  /// - Throws: a `Diagnostic` of the parser, or `FORM100` with every problem of the form as a cause.
  public init(odk bytes: [UInt8], file: String, resources: (String) -> [UInt8]?) throws {
    let root = try Element(parsing: bytes, file: file).withXFormsNamespace
    self = try withoutActuallyEscaping(resources) { resources in
      var reader = ODKReader(file: file, size: bytes.count, resources: resources)
      return try reader.read(root)
    }
  }
}

extension Element {
  /// Some tools leave the namespace of the model and the controls out; the instance keeps its own.
  fileprivate var withXFormsNamespace: Element {
    var copy = self
    if namespace.isEmpty { copy.namespace = ODK.xforms }
    guard name != "instance" else { return copy }
    copy.children = children.map { child in
      if case .element(let element) = child { .element(element.withXFormsNamespace) } else { child }
    }
    return copy
  }
}

/// The namespaces of ODK XForms.
enum ODK {
  static let xforms = "http://www.w3.org/2002/xforms"
  static let xhtml = "http://www.w3.org/1999/xhtml"
  static let javarosa = "http://openrosa.org/javarosa"
  static let openrosa = "http://openrosa.org/xforms"
  static let odk = "http://www.opendatakit.org/xforms"
}

/// Turns an ODK XForm into the model, in the order head, binds, body, actions.
struct ODKReader {
  var builder: FormBuilder
  let resources: (String) -> [UInt8]?
  var bindPaths: [String: Int] = [:]
  /// Texts marked `guidance`, by id.
  var guidance: [String: FormText] = [:]
  /// Written by `Form.odk()`: our attributes say what ODK has no words for.
  var isOwn = false
  /// The choices of single questions in such a form, by instance.
  var itemLists: [String: (columns: [String], rows: [[String]])] = [:]
  /// Fields with the number of the heading they stand under, counted from 1.
  var headings: [Int: Int] = [:]

  init(file: String, size: Int, resources: @escaping (String) -> [UInt8]?) {
    builder = FormBuilder(file: file, size: size)
    self.resources = resources
  }

  mutating func read(_ root: Element) throws -> Form {
    guard let head = root.child("head", in: ODK.xhtml),
      let body = root.child("body", in: ODK.xhtml),
      let model = head.child("model", in: ODK.xforms),
      let primary = model.child("instance", in: ODK.xforms)?.elements.first
    else { throw Diagnostic("FORM140", at: root.location) }
    let models = head.children("model", in: ODK.xforms)
    if models.count > 1 { warn("FORM144", [:], models[1]) }
    let odkVersion = model["xforms-version", in: ODK.odk] ?? "1.0.0"
    if !odkVersion.hasPrefix("1.") && odkVersion != "1" {
      report("FORM145", ["version": odkVersion], model)
    }
    isOwn = model["folded", in: Folded.metadataNamespace] != nil
    readTexts(model)
    readTitle(head, model)
    readPrimary(primary)
    readSecondaries(model)
    markRepeats(body)
    let binds = model.children("bind", in: ODK.xforms)
    for bind in binds { readBind(bind) }
    readBody(of: body, field: 0, control: nil)
    readActions(in: model, owner: nil, inRepeat: nil)
    if isOwn {
      placeUnderHeadings()
      builder.makeInstance()
    } else {
      makeTemplates()
    }
    warnAboutPaths()
    return try builder.form()
  }

  mutating func report(_ code: String, _ arguments: [String: String], _ element: Element) {
    builder.problems.append(Diagnostic(code, arguments, at: element.location))
  }

  mutating func warn(_ code: String, _ arguments: [String: String], _ element: Element) {
    builder.warnings.append(
      Diagnostic(code, arguments, at: element.location, severity: .warning))
  }

  // MARK: Texts

  private mutating func readTitle(_ head: Element, _ model: Element) {
    let title = head.child("title", in: ODK.xhtml)
    let reference = title?["ref", in: Folded.metadataNamespace]
    var text: FormText?
    if let title, let reference { text = self.text(reference: reference, title) }
    for language in builder.languages {
      let words = text.map { $0.plain(in: language) }
      builder.title[language] = words ?? title?.text ?? ""
    }
    guard isOwn else { return }
    for attribute in model.attributes
    where attribute.namespace == Folded.metadataNamespace && attribute.name != "folded" {
      builder.metadata[attribute.name] = attribute.value
    }
  }

  private mutating func readTexts(_ model: Element) {
    let itext = model.child("itext", in: ODK.xforms)
    var parts: [String: [String: [FormText.Part]]] = [:]  // id, language
    var guidance: [String: [String: [FormText.Part]]] = [:]
    for translation in itext?.children("translation", in: ODK.xforms) ?? [] {
      guard let language = translation["lang"], !language.isEmpty else {
        report("FORM147", [:], translation)
        continue
      }
      let isDefault = translation["default"].map { $0 != "false()" } ?? false
      builder.languages.insert(language, at: isDefault ? 0 : builder.languages.count)
      for text in translation.children("text", in: ODK.xforms) {
        let values = text.children("value", in: ODK.xforms)
        let value = values.first { $0["form"] == nil } ?? values.first { $0["form"] == "long" }
        let id = text["id"] ?? ""
        parts[id, default: [:]][language] = value.map { textParts($0) } ?? []
        if let more = values.first(where: { $0["form"] == "guidance" }) {
          guidance[id, default: [:]][language] = textParts(more)
        }
      }
    }
    builder.texts = parts.mapValues { FormText($0) }
    self.guidance = guidance.mapValues { FormText($0) }
    if builder.languages.isEmpty { builder.languages = [""] }
  }

  /// Text with `output` elements in it; white space as browsers show it.
  mutating func textParts(_ element: Element) -> [FormText.Part] {
    var parts: [FormText.Part] = []
    for child in element.children {
      switch child {
      case .text(let text), .cdata(let text): parts.append(.literal(text))
      case .element(let output) where output.name == "output":
        let source =
          output["value", in: Folded.metadataNamespace] ?? output["value"] ?? output["ref"]
        if let value = builder.expression(source, "output", at: output.location) {
          parts.append(.value(value))
        }
      case .element(let other): parts.append(.literal(other.text))
      case .comment, .processingInstruction: break
      }
    }
    return parts
  }

  /// A label, hint or value: `ref="jr:itext('id')"`, another path, or text.
  mutating func text(_ element: Element?) -> FormText? {
    guard let element else { return nil }
    guard let source = element["ref"] else { return FormText(["": textParts(element)]) }
    return text(reference: source, element)
  }

  /// `jr:itext('id')` as that text; any other expression as a computed text.
  mutating func text(reference source: String, _ element: Element) -> FormText? {
    guard let expression = builder.expression(source, element.name, at: element.location) else {
      return nil
    }
    if case .call(.itext, let arguments) = expression.term, case .literal(let id) = arguments[0] {
      if builder.texts[id] == nil { warn("FORM146", ["id": id], element) }
      return builder.texts[id]
    }
    return FormText(["": [.value(expression)]])
  }

  /// The hint in `reference`, and the longer help that ODK calls guidance.
  mutating func hints(
    _ reference: String?, _ element: Element
  ) -> (hint: FormText?, help: FormText?) {
    guard let reference else { return (text(element.child("hint", in: ODK.xforms)), nil) }
    let hint = text(reference: reference, element)
    let id = reference.hasPrefix("jr:itext('") ? String(reference.dropFirst(10).dropLast(2)) : ""
    let help = guidance[id]
    let isEmpty = hint?.versions.allSatisfy(\.parts.isEmpty) ?? true
    return (help != nil && isEmpty ? nil : hint, help)
  }

  /// `jr:constraintMsg` and `jr:requiredMsg`: a literal or a reference.
  mutating func message(_ source: String?, _ element: Element) -> FormText? {
    guard let source, !source.isEmpty else { return nil }
    return source.hasPrefix("jr:itext(") ? text(reference: source, element) : FormText(source)
  }
}
