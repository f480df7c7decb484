extension FEELValue: CustomStringConvertible {
  /// The value as a FEEL literal: `"text"`, `@"2026-03-01"`, `[1, 2]`, `{a: 1}`, `[1..3]`.
  public var description: String {
    var printer = LiteralPrinter(limit: .max)
    printer.print(self)
    return printer.text
  }
}

extension FEELContext: CustomStringConvertible {
  public var description: String { FEELValue.context(self).description }
}

/// Writes values as FEEL literals, up to a limit: shared parts can make a small value very long.
struct LiteralPrinter {
  private(set) var text = ""
  private(set) var isFull = false
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// - Parameter isTopmost: temporal values stand alone without `@"…"`, as `string()` writes them.
  mutating func print(_ value: FEELValue, isTopmost: Bool = false) {
    switch value {
    case .null: write("null")
    case .boolean(let truth): write(truth ? "true" : "false")
    case .number(let number): write(number.description)
    case .string(let string): quote(string)
    case .date(let day): print(temporal: day.description, isTopmost)
    case .time(let time): print(temporal: time.description, isTopmost)
    case .dateTime(let dateTime): print(temporal: dateTime.description, isTopmost)
    case .daysTime(let duration): print(temporal: duration.description, isTopmost)
    case .yearsMonths(let duration): print(temporal: duration.description, isTopmost)
    case .list(let elements):
      write("[")
      separated(elements.indices) { $0.print(elements[$1]) }
      write("]")
    case .context(let context):
      write("{")
      separated(context.names.indices) { printer, index in
        printer.print(name: context.names[index])
        printer.write(": ")
        printer.print(context.values[index])
      }
      write("}")
    case .range(let range): print(range)
    case .function(let function): print(function)
    }
  }

  private mutating func write(_ part: String) {
    guard text.utf8.count + part.utf8.count <= limit else {
      isFull = true
      return
    }
    text += part
  }

  private mutating func separated(
    _ indices: Range<Int>, _ print: (inout LiteralPrinter, Int) -> Void
  ) {
    for index in indices where !isFull {
      if index > indices.lowerBound { write(", ") }
      print(&self, index)
    }
  }

  private mutating func print(temporal text: String, _ isTopmost: Bool) {
    write(isTopmost ? text : "@\"\(text)\"")
  }

  private mutating func print(_ range: FEELRange) {
    if let comparison = range.comparison {
      write("(\(comparison.symbol) ")
      print(range.low.isNull ? range.high : range.low)
      write(")")
    } else {
      write(range.includesLow ? "[" : "(")
      print(range.low)
      write("..")
      print(range.high)
      write(range.includesHigh ? "]" : ")")
    }
  }

  private mutating func print(_ function: FEELFunction) {
    write("function(\(function.parameters.map(\.name).joined(separator: ", ")))")
    if !function.name.isEmpty { write(" \(function.name)") }
  }

  private mutating func print(name: String) {
    let scalars = name.unicodeScalars
    let isPlain =
      scalars.first.map { Characters.isNameStart($0.value) } ?? false
      && scalars.allSatisfy { Characters.isNamePart($0.value) || $0 == " " }
    if isPlain { write(name) } else { quote(name) }
  }

  private mutating func quote(_ string: String) {
    write("\"")
    for scalar in string.unicodeScalars where !isFull {
      switch scalar {
      case "\"": write("\\\"")
      case "\\": write("\\\\")
      case "\n": write("\\n")
      case "\r": write("\\r")
      case "\t": write("\\t")
      default: write(String(Character(scalar)))
      }
    }
    write("\"")
  }
}
