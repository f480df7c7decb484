public import BPMN
public import DMN
internal import Diagnostics
public import FEEL
public import XForms
internal import XML

/// A file of definitions, read: what it defines and for whom it holds.
public struct DefinitionFile: Sendable {
  /// The compiled content, for lint.
  public enum Content: Sendable {
    case process(ProcessModel)
    case decision(DecisionModel)
    case form
    case block
    case list(CodeList)
    case calendar(OfficeCalendar)
    case acts(CSV)
    case texts(ModelTexts)
    case paper(PaperFile)
    case mapping(FormMapping)
  }

  /// What stands on a paper.
  public struct PaperFile: Sendable {
    let template: PaperTemplate
  }

  /// The namespace of our attributes on the root elements of definitions.
  public static let namespace = "urn:msec:definition:1"

  public let path: String
  public let bytes: [UInt8]
  public let kind: StoredDefinition.Kind
  public let identifier: String
  public let profile: String
  public let effectiveFrom: Day?
  public let effectiveTo: Day?
  public let content: Content

  /// Reads one file; its kind follows from its name and folder.
  ///
  /// - Throws: `CASE014` when it is no kind of definition; what reading it throws.
  public init(path: String, bytes: [UInt8]) throws {
    self.path = path
    self.bytes = bytes
    var metadata = DefinitionMetadata()
    let name = String(path.split(separator: "/").last ?? "")
    let stem = String(name.prefix(while: { $0 != "." }))
    if path.hasSuffix(".bpmn") {
      kind = .process
      let model = try ProcessModel(parsing: bytes, file: path)
      content = .process(model)
      guard let process = model.processes.first(where: \.isExecutable) ?? model.processes.first
      else { throw Diagnostic("CASE014", ["file": name], at: SourceLocation(file: path)) }
      identifier = process.id
      metadata = model.metadata
    } else if path.hasSuffix(".dmn") {
      kind = .decision
      let model = try DecisionModel(parsing: bytes, file: path)
      content = .decision(model)
      identifier = model.id
      metadata = model.metadata
    } else if path.hasSuffix(".xml") {
      (kind, identifier, content) = try DefinitionFile.document(bytes, path, stem: stem)
      if kind != .block { metadata = try DefinitionFile.metadata(bytes, path) }
    } else {
      (kind, identifier, content) = try DefinitionFile.table(bytes, path, name: name, stem: stem)
    }
    profile = metadata.profile ?? "any"
    effectiveFrom = metadata.effectiveFrom
    effectiveTo = metadata.effectiveTo
  }

  /// What is written in XML, by its folder.
  private static func document(
    _ bytes: [UInt8], _ path: String, stem: String
  ) throws -> (StoredDefinition.Kind, String, Content) {
    if path.contains("/blocks/") { return (.block, stem, .block) }
    if path.contains("/papers/") {
      let template = try PaperTemplate(parsing: bytes, file: path)
      return (.paper, template.identifier, .paper(PaperFile(template: template)))
    }
    if path.contains("/mappings/") {
      let mapping = try FormMapping(parsing: bytes, file: path)
      return (.mapping, mapping.id, .mapping(mapping))
    }
    return (.form, try Element(parsing: bytes, file: path).attribute("id"), .form)
  }

  /// A table, by its folder or name.
  private static func table(
    _ bytes: [UInt8], _ path: String, name: String, stem: String
  ) throws -> (StoredDefinition.Kind, String, Content) {
    if path.hasSuffix(".csv"), path.contains("/lists/") {
      return try (.list, stem, .list(CodeList(parsing: bytes, file: path)))
    }
    if path.hasSuffix(".csv"), path.contains("calendar/") {
      let calendar = try OfficeCalendar(CSV(parsing: bytes, file: path), file: path)
      return (.calendar, stem, .calendar(calendar))
    }
    if name == "legal-acts.csv" {
      return try (.acts, stem, .acts(CSV(parsing: bytes, file: path)))
    }
    if name.hasSuffix("texts.csv") {
      return try (.texts, stem, .texts(ModelTexts(CSV(parsing: bytes, file: path))))
    }
    throw Diagnostic("CASE014", ["file": name], at: SourceLocation(file: path))
  }

  private static func metadata(_ bytes: [UInt8], _ path: String) throws -> DefinitionMetadata {
    let root = try Element(parsing: bytes, file: path)
    func day(_ name: String) throws -> Day? {
      guard let text = root[name, in: namespace] else { return nil }
      guard let day = Day(text) else {
        throw Diagnostic("CASE015", ["attribute": name, "value": text], at: root.location)
      }
      return day
    }
    return try DefinitionMetadata(
      profile: root["profile", in: namespace], effectiveFrom: day("effectiveFrom"),
      effectiveTo: day("effectiveTo"), source: root["source", in: namespace],
      verified: root["verified", in: namespace] == "true")
  }
}
