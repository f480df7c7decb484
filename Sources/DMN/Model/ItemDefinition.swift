internal import Diagnostics
internal import XML

/// A type with a name (DMN 1.5, 7.3.2 `tItemDefinition`).
struct ItemDefinition: Sendable {
  let name: String
  let isCollection: Bool
  let typeRef: String?
  /// What a value, of a collection each item, must be one of.
  let allowedValues: UnaryTests?
  /// What the whole value must fulfil, also when it is a collection (since 1.5).
  let typeConstraint: UnaryTests?
  let components: [ItemDefinition]
  let function: FunctionItem?
  let location: SourceLocation?

  init(_ element: Element) throws {
    name = try element.attribute("name").trimmed
    isCollection = element["isCollection"] == "true"
    typeRef = element.child("typeRef").flatMap { $0.text.trimmed.isEmpty ? nil : $0.text.trimmed }
    allowedValues = element.child("allowedValues").flatMap(UnaryTests.init)
    typeConstraint = element.child("typeConstraint").flatMap(UnaryTests.init)
    components = try element.children("itemComponent").map(ItemDefinition.init)
    function = try element.child("functionItem").map(FunctionItem.init)
    location = element.location
  }
}

/// The signature of a function type (7.3.4 `tFunctionItem`).
struct FunctionItem: Sendable {
  let parameters: [InformationItem]
  let outputTypeRef: String?

  init(_ element: Element) throws {
    parameters = try element.children("parameters").map(InformationItem.init)
    outputTypeRef = element["outputTypeRef"]
  }
}

/// FEEL unary tests as written (8.3.3 `tUnaryTests`).
struct UnaryTests: Sendable {
  let text: String
  let location: SourceLocation?

  init(text: String, location: SourceLocation?) {
    self.text = text
    self.location = location
  }

  /// `nil` when nothing is written there: no restriction.
  init?(_ element: Element) {
    let text = (element.child("text")?.text ?? "").trimmed
    guard !text.isEmpty else { return nil }
    self.init(text: text, location: element.child("text")?.location ?? element.location)
  }
}
