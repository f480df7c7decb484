import DMN
import FEEL
import Foundation
import XML

/// A test file of the DMN TCK (schema `testCases.xsd`).
struct DMNTCKFile {
  let modelName: String
  let cases: [DMNTCKCase]

  init(reading file: URL) throws {
    let root = try Element(
      parsing: Array(Data(contentsOf: file)), file: file.lastPathComponent)
    modelName = try root.required("modelName").text.trimmingCharacters(in: .whitespacesAndNewlines)
    cases = try root.children("testCase").map(DMNTCKCase.init)
  }
}

/// One test case: inputs, and what decisions must answer.
struct DMNTCKCase {
  enum Kind: String {
    case decision
    case bkm
    case decisionService
  }

  let id: String
  let kind: Kind
  let invocable: String?
  /// Values of input data and of decisions that are not to be made, by name or `namespace#name`.
  let inputs: FEELContext
  let results: [(decision: String, expected: FEELValue)]

  init(_ element: Element) throws {
    id = element["id"] ?? element["name"] ?? ""
    kind = element["type"].flatMap(Kind.init) ?? .decision
    invocable = element["invocableName"]
    inputs = FEELContext(
      try element.children("inputNode").map { node in
        let name = try node.attribute("name")
        return (node["namespace"].map { "\($0)#\(name)" } ?? name, try FEELValue(testValue: node))
      })
    results = try element.children("resultNode").map { node in
      let name = try node.attribute("name")
      return (
        node["namespace"].map { "\($0)#\(name)" } ?? name,
        try node.child("expected").map(FEELValue.init(testValue:)) ?? .null
      )
    }
  }

  var expectsOnlyNull: Bool { results.allSatisfy { $0.expected == .null } }

  /// One text for each result that is not as expected.
  func problems(in model: Result<DecisionModel, any Error>) -> [String] {
    results.compactMap { result in
      do {
        let value = try answer(result.decision, in: model.get())
        return value.matches(result.expected)
          ? nil : "\(result.decision) expected \(result.expected) got \(value)"
      } catch {
        return "\(result.decision) expected \(result.expected) got \(error)"
      }
    }
  }

  private func answer(_ name: String, in model: DecisionModel) throws -> FEELValue {
    switch kind {
    case .decision:
      return try model.evaluate(name, inputs: inputs, given: inputs, environment: environment).value
    case .bkm:
      return try model.invoke(invocable ?? name, inputs, environment: environment).value
    case .decisionService:
      let value = try model.invoke(invocable ?? name, inputs, environment: environment).value
      if case .context(let outputs) = value, let output = outputs[name] { return output }
      return value
    }
  }

  private var environment: FEELEnvironment {
    var environment = FEELEnvironment()
    environment.now = DateTime(
      Instant(seconds: Int(Date().timeIntervalSince1970)), in: .utc)
    return environment
  }
}

extension FEELValue {
  private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

  /// The value below a `valueType` element: `value`, `list` or `component`s; nothing is null.
  init(testValue element: Element) throws {
    if let list = element.child("list") {
      self = Self.isNil(list) ? .null : .list(try list.children("item").map(Self.init(testValue:)))
    } else if let value = element.child("value") {
      self = Self.isNil(value) ? .null : try Self(text: value)
    } else {
      let components = element.children("component")
      guard !components.isEmpty else {
        self = .null
        return
      }
      self = .context(
        FEELContext(
          try components.map {
            (try $0.attribute("name"), Self.isNil($0) ? .null : try Self(testValue: $0))
          }))
    }
  }

  private static func isNil(_ element: Element) -> Bool {
    element["nil", in: schemaInstance] == "true"
  }

  private init(text element: Element) throws {
    let type = (element["type", in: Self.schemaInstance] ?? "xsd:string").split(separator: ":").last
    let text = element.text
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    let value: FEELValue? =
      switch type {
      case "boolean": .boolean(trimmed == "true")
      case "decimal", "double", "float", "integer", "int", "long":
        Decimal128(trimmed).map(FEELValue.number)
      case "date": Day(trimmed).map(FEELValue.date)
      case "time": Time(trimmed).map(FEELValue.time)
      case "dateTime": DateTime(trimmed).map(FEELValue.dateTime)
      case "duration":
        YearsMonthsDuration(trimmed).map(FEELValue.yearsMonths)
          ?? DaysTimeDuration(trimmed).map(FEELValue.daysTime)
      default: .string(text)
      }
    guard let value else { throw CocoaError(.formatting) }
    self = value
  }

  /// Equal as the published runners compare: numbers to within 1e-8, everything else by value and kind.
  func matches(_ expected: FEELValue) -> Bool {
    switch (self, expected) {
    case (.number(let left), .number(let right)):
      guard let tolerance = Decimal128("0.00000001"), let difference = left.subtracting(right)
      else { return left == right }
      return difference.magnitude < tolerance
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.matches($1) }
    case (.context(let left), .context(let right)):
      return left.names.count == right.names.count
        && right.names.allSatisfy { name in
          guard let found = left[name], let wanted = right[name] else { return false }
          return found.matches(wanted)
        }
    default: return self == expected
    }
  }
}
