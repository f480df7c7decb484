internal import Commission
internal import FEEL
internal import Foundation

/// What `--json` prints: keys in the order they are written, unknown as `null`.
enum JSONValue {
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case list([JSONValue])
  case members([Member])

  /// One name with its value.
  struct Member {
    let name: String
    let value: JSONValue
  }

  static func object(_ entries: [(String, JSONValue)]) -> JSONValue {
    .members(entries.map { Member(name: $0, value: $1) })
  }

  init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  init(_ number: Int?) { self = number.map { .number(String($0)) } ?? .null }

  init(_ instant: Instant?) { self.init(instant?.description) }

  init(_ texts: [String]) { self = .list(texts.map { .string($0) }) }

  init(_ value: FEELValue) {
    switch value {
    case .null, .function: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .number(let number): self = .number(number.description)
    case .string(let text): self = .string(text)
    case .list(let list): self = .list(list.map { JSONValue($0) })
    case .context(let context):
      self = .object(context.names.map { ($0, JSONValue(context[$0] ?? .null)) })
    case .date(let day): self = .string(day.description)
    case .time(let time): self = .string(time.description)
    case .dateTime(let dateTime): self = .string(dateTime.description)
    case .daysTime(let duration): self = .string(duration.description)
    case .yearsMonths(let duration): self = .string(duration.description)
    case .range: self = .string(value.description)
    }
  }

  /// One line of JSON.
  var text: String {
    switch self {
    case .null: "null"
    case .boolean(let truth): truth ? "true" : "false"
    case .number(let number): number
    case .string(let text): JSONValue.quoted(text)
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .members(let members):
      "{" + members.map { JSONValue.quoted($0.name) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 32:
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
