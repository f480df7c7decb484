import FEEL
import Foundation
import TestSupport
import Testing

/// Values as the store keeps them; a stored form never changes.
@Suite struct StoredValues {
  static let values: FEELValue = [
    nil, true, "text", 1, .number(Decimal128("-1.50")!), [], [1, [2, nil]],
    .date(Day("2026-03-01")!), .time(Time("10:30:00")!), .time(Time("10:30:00.5@Asia/Baku")!),
    .dateTime(DateTime("2026-03-01T10:30:00+04:00")!), .daysTime(DaysTimeDuration("P1DT2H")!),
    .daysTime(.zero), .yearsMonths(YearsMonthsDuration("-P1Y2M")!),
    .yearsMonths(YearsMonthsDuration(months: 0)), [:],
    ["name": "Leyla", "b": ["c": 1], "": nil],
    .range(FEELRange(from: 1, to: 10, includesLow: true, includesHigh: false)!),
    .range(FEELRange(.lessOrEqual, 5)!), .range(FEELRange(.notEqual, "x")!),
  ]

  @Test func areWrittenTheSameForEver() throws {
    let lines = try #require(Self.values.list).map { try $0.storedText() }
    try Golden.check(
      lines.joined(separator: "\n") + "\n", against: "stored-values.json", in: "Cases")
  }

  @Test func areReadBack() throws {
    #expect(try FEELValue(storedText: Self.values.storedText()) == Self.values)
    let context: FEELContext = ["z": 1, "a": [["y": 2, "b": 3]]]
    let read = try FEELContext(storedText: context.storedText())
    #expect(read == context)
    #expect(read.names == ["z", "a"])
  }

  /// Where values are part of what Foundation writes, they are written and read the same.
  @Test func goThroughOtherEncoders() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Self.values)
    #expect(try String(decoding: data, as: UTF8.self) == Self.values.storedText())
    #expect(try JSONDecoder().decode(FEELValue.self, from: data) == Self.values)
  }

  @Test func documentsAreNamed() throws {
    let form: FEELContext = ["first name": "Elçin", "age": 41]
    let table = FEELDocumentTable(["form-1": form])
    let value: FEELValue = ["form": .context(form), "other": ["age": 41]]
    let text = try value.storedText(documents: table)
    #expect(text == #"{"c":["form",{"doc":"form-1"},"other",{"c":["age",{"n":"41"}]}]}"#)
    #expect(throws: DecodingError.self) { try FEELValue(storedText: text) }
    #expect(try FEELValue(storedText: text, documents: table) == value)
  }

  @Test func functionsAreNotStored() throws {
    let function = try FEELExpression(parsing: "function(a) a").evaluate(in: [:]).value
    #expect(throws: EncodingError.self) { try function.storedText() }
  }

  @Test(arguments: [#"{"x":1}"#, #"{"n":"a"}"#, "12", #"{"r":["[",{"n":"3"},{"n":"1"},"]"]}"#])
  func whatWasNeverWrittenIsRefused(_ text: String) {
    #expect(throws: DecodingError.self) { try FEELValue(storedText: text) }
  }
}
