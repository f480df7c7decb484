internal import Diagnostics
internal import XML

/// One DMN file as it is written (DMN 1.5, 6.3.2 `tDefinitions`), before anything is resolved.
struct Definitions: Sendable {
  let id: String
  let name: String
  let namespace: String
  let file: String
  let metadata: DefinitionMetadata
  let expressionLanguage: String?
  let imports: [Import]
  let itemDefinitions: [ItemDefinition]
  let inputData: [InputData]
  let decisions: [Decision]
  let knowledgeModels: [BusinessKnowledgeModel]
  let services: [DecisionService]

  init(_ element: Element, file: String) throws {
    guard element.name == "definitions", DMNVersion(rawValue: element.namespace) != nil else {
      throw Diagnostic.notDMN(element)
    }
    self.file = file
    id = element["id"] ?? ""
    name = element["name"] ?? ""
    namespace = try element.attribute("namespace")
    metadata = try DefinitionMetadata(element)
    expressionLanguage = element["expressionLanguage"]
    imports = try element.children("import").map(Import.init)
    itemDefinitions = try element.children("itemDefinition").map(ItemDefinition.init)
    inputData = try element.children("inputData").map(InputData.init)
    decisions = try element.children("decision").map(Decision.init)
    knowledgeModels = try element.children("businessKnowledgeModel")
      .map(BusinessKnowledgeModel.init)
    services = try element.children("decisionService").map(DecisionService.init)
  }
}

/// Another model whose elements are used here (6.3.3 `tImport`).
struct Import: Sendable {
  let name: String
  let namespace: String
  let importType: String
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = element["name"] ?? ""
    namespace = try element.attribute("namespace")
    importType = element["importType"] ?? ""
    location = element.location
  }

  /// Other imports (PMML, XML Schema) name types and functions that we do not have.
  var isDMN: Bool { DMNVersion(rawValue: importType) != nil }
}

/// A named and typed value (6.3.6 `tInformationItem`).
struct InformationItem: Sendable {
  let name: String
  let typeRef: String?
  let location: SourceLocation?

  init(name: String, typeRef: String?, location: SourceLocation?) {
    self.name = name
    self.typeRef = typeRef
    self.location = location
  }

  init(_ element: Element) throws {
    self.init(
      name: try element.attribute("name").trimmed, typeRef: element.typeRef,
      location: element.location)
  }
}

/// A reference `href` to an element of this or an imported model.
struct ElementReference: Hashable, Sendable {
  /// `nil` inside the same model.
  let namespace: String?
  let id: String
  let location: SourceLocation?

  init(_ element: Element) throws {
    let href = try element.attribute("href")
    location = element.location
    guard let hash = href.lastIndex(of: "#") else {
      throw Diagnostic("DMN003", ["href": href], at: element.location)
    }
    let before = href[..<hash]
    namespace = before.isEmpty ? nil : String(before)
    id = String(href[href.index(after: hash)...])
  }
}

extension Element {
  /// The `typeRef`: an attribute, in item definitions a child element.
  var typeRef: String? {
    let text = (self["typeRef"] ?? child("typeRef")?.text)?.trimmed
    return text == "" ? nil : text
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
