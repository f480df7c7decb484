internal import Diagnostics

/// Why a subexpression is null. Arguments are names from the source and types, never values: those may be personal.
enum Failure: Error, Hashable {
  case noVariable(String)
  case operands(String, FEELValue.Kind, FEELValue.Kind)
  case operand(String, FEELValue.Kind)
  case argument(String, expected: String, found: FEELValue.Kind)
  case noSignature(given: String)
  case noFunction(FEELValue.Kind)
  case noEntry(String)
  case noProperty(String, of: FEELValue.Kind)
  case noElement(Int, of: Int)
  case notRepresentable(String)
  case unreadable(String)
  case outsideDomain(String)
  case duplicateEntry(String)
  case notBoolean(FEELValue.Kind)
  case notCoercible(to: FEELType, from: FEELValue.Kind)
  case steps(Int)
  case tooLarge(Int)
  case depth(Int)
  /// The character, from 1, at which a pattern cannot be read.
  case pattern(Int)
  case patternSteps
  case external
  case noType(String)
  case range(FEELValue.Kind, FEELValue.Kind)
  case notIterable(FEELValue.Kind)
  case noClock
  case noSeed
  case assertion

  var code: String {
    switch self {
    case .noVariable: "FEEL101"
    case .operands: "FEEL102"
    case .operand: "FEEL103"
    case .argument: "FEEL104"
    case .noSignature: "FEEL105"
    case .noFunction: "FEEL106"
    case .noEntry: "FEEL107"
    case .noProperty: "FEEL108"
    case .noElement: "FEEL109"
    case .notRepresentable: "FEEL110"
    case .unreadable: "FEEL111"
    case .outsideDomain: "FEEL112"
    case .duplicateEntry: "FEEL113"
    case .notBoolean: "FEEL114"
    case .notCoercible: "FEEL115"
    case .steps: "FEEL116"
    case .tooLarge: "FEEL117"
    case .depth: "FEEL118"
    case .pattern: "FEEL119"
    case .patternSteps: "FEEL120"
    case .external: "FEEL121"
    case .noType: "FEEL122"
    case .range: "FEEL123"
    case .notIterable: "FEEL124"
    case .noClock: "FEEL125"
    case .noSeed: "FEEL126"
    case .assertion: "FEEL127"
    }
  }

  /// What fills the placeholders of the message.
  var arguments: [String: String] {
    switch self {
    case .noVariable(let name), .noEntry(let name), .duplicateEntry(let name), .noType(let name):
      ["name": name]
    case .operands(let symbol, let left, let right):
      ["operator": symbol, "left": left.name, "right": right.name]
    case .operand(let symbol, let found): ["operator": symbol, "found": found.name]
    case .argument(let parameter, let expected, let found):
      ["parameter": parameter, "expected": expected, "found": found.name]
    case .noSignature(let given): ["given": given]
    case .noFunction(let found), .notBoolean(let found), .notIterable(let found):
      ["found": found.name]
    case .noProperty(let name, let type): ["name": name, "found": type.name]
    case .noElement(let index, let count): ["index": "\(index)", "count": "\(count)"]
    case .notRepresentable(let operation): ["operator": operation]
    case .unreadable(let type): ["expected": type]
    case .outsideDomain(let parameter): ["parameter": parameter]
    case .notCoercible(let type, let found): ["expected": "\(type)", "found": found.name]
    case .steps(let limit), .tooLarge(let limit), .depth(let limit): ["limit": "\(limit)"]
    case .pattern(let position): ["position": "\(position)"]
    case .range(let low, let high): ["left": low.name, "right": high.name]
    case .patternSteps, .external, .noClock, .noSeed, .assertion: [:]
    }
  }
}
