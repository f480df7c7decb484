internal import Diagnostics
internal import Dossier
internal import FEEL
internal import Foundation
internal import XForms
internal import XML

/// Everything a partner needs to exchange messages with us without our program: schemas, fields, code lists, samples,
/// blank messages, the refusals, and the rules in words.
public struct PartnerKit: Sendable {
  /// Paths within the kit, in order.
  public private(set) var files: [(path: String, bytes: [UInt8])] = []

  /// - Throws: what reading our own forms throws.
  public init() throws {
    for language in Language.allCases {
      add("README.\(language).md", Resources.bytes("Samples/partner-kit/README.\(language).md"))
    }
    for name in ["build.py", "seal.xml"] {
      add(name, Resources.bytes("Samples/partner-kit/\(name)"))
    }
    let forms = try Self.formNames.map { try Self.form($0) }
    addSchemas(of: forms)
    for form in forms {
      add("fields/\(form.id).tsv", Array(Self.fields(of: form).utf8))
      try add("blank/\(form.id).xml", Array(Self.blank(form).utf8))
    }
    addLists(of: forms)
    add("kinds.tsv", Array(Self.kinds.utf8))
    add("problems.tsv", Array(Self.problems.utf8))
    for path in Resources.paths(below: "Samples/dossiers/") {
      let bytes =
        path.hasSuffix("/expected.tsv") ? Self.expectations(at: path) : Resources.bytes(path)
      add("samples/" + path.dropFirst("Samples/dossiers/".count), bytes)
    }
    files.sort { $0.path < $1.path }
  }

  private mutating func add(_ path: String, _ bytes: [UInt8]?) {
    if let bytes { files.append((path, bytes)) }
  }

  /// What must happen to the samples that are here.
  private static func expectations(at path: String) -> [UInt8] {
    let folder = path.dropLast("expected.tsv".count)
    let text = String(decoding: Resources.bytes(path) ?? [], as: UTF8.self)
    let lines = text.split(separator: "\n").enumerated().filter { number, line in
      number == 0 || Resources.bytes(String(folder + line.prefix(while: { $0 != "\t" }))) != nil
    }
    return Array(lines.map { $0.element + "\n" }.joined().utf8)
  }

  /// Forms that travel; what only machines read is not among them.
  private static var formNames: [String] {
    Set(DossierKind.allCases.flatMap(\.allowedForms)).sorted()
      .filter { Resources.bytes("Forms/\($0).xml") != nil }
  }

  private static func form(_ name: String) throws -> Form {
    try Form(
      folded: Resources.bytes("Forms/\(name).xml") ?? [], file: "Forms/\(name).xml",
      blocks: { Resources.bytes("Forms/blocks/\($0).xml") },
      lists: { list in
        Resources.bytes("Forms/lists/\(list).csv").flatMap {
          try? CodeList(parsing: $0, file: "lists/\(list).csv")
        }
      })
  }

  /// The envelope's schema names those of the forms, so that one run of `xmllint` checks a whole message.
  private mutating func addSchemas(of forms: [Form]) {
    var imports = ""
    for form in forms {
      let name = "form-\(form.id).xsd"
      imports += "<xs:import namespace=\"\(form.namespace)\" schemaLocation=\"\(name)\"/>"
      add("schemas/\(name)", form.schema())
    }
    for name in ["dossier-1.0.xsd", "seal-1.0.xsd", "keys-1.0.xsd"] {
      let text = String(decoding: Resources.bytes("Schemas/\(name)") ?? [], as: UTF8.self)
      add("schemas/\(name)", Array(text.replacing("<!--forms-->", with: imports).utf8))
    }
  }

  private mutating func addLists(of forms: [Form]) {
    let names = forms.flatMap { $0.outline(in: "en").compactMap { $0.list?.name } }
    for name in Set(names).sorted() {
      add("lists/\(name).csv", Resources.bytes("Forms/lists/\(name).csv"))
    }
  }

  // MARK: Tables

  /// One line for each field: what it is called in three languages, and its rules as the form has them.
  private static func fields(of form: Form) -> String {
    let lines = Language.allCases.map { form.outline(in: $0.rawValue) }
    var table = "path\ttype\trequired\trelevant\tconstraint\tlist\taz\ten\tru\n"
    for (az, (en, ru)) in zip(lines[0], zip(lines[1], lines[2])) where !az.path.isEmpty {
      let cells = [
        az.path, az.type.isEmpty ? az.element : az.type, az.required ?? "", az.relevant ?? "",
        az.constraint ?? "", az.list.map { "\($0.name).csv" } ?? "", az.label, en.label, ru.label,
      ]
      table += cells.map(oneLine).joined(separator: "\t") + "\n"
    }
    return table
  }

  /// Every kind of message: the forms it must bring, of which one, which it may bring, and whether it names a case.
  private static var kinds: String {
    let catalogues = Language.allCases.map { Messages($0) }
    var table = "kind\trequired\tone of\toptional\tnames a case\taz\ten\tru\n"
    for kind in DossierKind.allCases {
      let optional = kind.allowedForms.subtracting(kind.requiredForms)
        .subtracting(kind.alternativeForms)
      let forms = [kind.requiredForms, kind.alternativeForms, optional].map {
        $0.sorted().joined(separator: " ")
      }
      let names = catalogues.map { oneLine($0.text("kind.\(kind.rawValue)")) }
      table +=
        ([kind.rawValue] + forms + [kind.needsCase ? "yes" : "no"] + names)
        .joined(separator: "\t") + "\n"
    }
    return table
  }

  /// Every refusal that a message can meet: class, what to do, and the sentence in three languages.
  private static var problems: String {
    let catalogues = Language.allCases.map { Messages($0) }
    var table = "code\tclass\taction\taz\ten\tru\n"
    for code in catalogues[0].keys where !code.contains(".") {
      guard let fault = FaultClass(Diagnostic(code)) else { continue }
      let cells =
        [code, fault.rawValue, fault.action.rawValue] + catalogues.map { $0.text(code) }
      table += cells.map(oneLine).joined(separator: "\t") + "\n"
    }
    return table
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The form with every field and nothing in it; fields of which there may be several stand there once.
  private static func blank(_ form: Form) throws -> String {
    let now = DateTime(Instant(seconds: 0), in: .utc)
    guard let now else { fatalError("1970 is a time") }
    let draft = Answers(form, now: now, language: Language.az.rawValue).draft()
    var root = draft
    root.attributes.removeAll { $0.name == "draft" }
    return root.xml()
  }
}
