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
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    let lines = try #require(Self.values.list).map {
      String(decoding: try encoder.encode($0), as: UTF8.self)
    }
    try Golden.check(
      lines.joined(separator: "\n") + "\n", against: "stored-values.json", in: "Cases")
  }

  @Test func areReadBack() throws {
    let data = try JSONEncoder().encode(Self.values)
    #expect(try JSONDecoder().decode(FEELValue.self, from: data) == Self.values)
    let context: FEELContext = ["z": 1, "a": [["y": 2, "b": 3]]]
    let read = try JSONDecoder().decode(
      FEELContext.self, from: JSONEncoder().encode(context))
    #expect(read == context)
    #expect(read.names == ["z", "a"])
  }

  @Test func documentsAreNamed() throws {
    let form: FEELContext = ["first name": "Elçin", "age": 41]
    let table = FEELDocumentTable(["form-1": form])
    let encoder = JSONEncoder()
    encoder.userInfo[.feelDocuments] = table
    let value: FEELValue = ["form": .context(form), "other": ["age": 41]]
    let data = try encoder.encode(value)
    #expect(
      String(decoding: data, as: UTF8.self)
        == #"{"c":["form",{"doc":"form-1"},"other",{"c":["age",{"n":"41"}]}]}"#)
    let decoder = JSONDecoder()
    #expect(throws: DecodingError.self) { try decoder.decode(FEELValue.self, from: data) }
    decoder.userInfo[.feelDocuments] = table
    #expect(try decoder.decode(FEELValue.self, from: data) == value)
  }

  @Test func functionsAreNotStored() throws {
    let function = try FEELExpression(parsing: "function(a) a").evaluate(in: [:]).value
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(function) }
  }

  @Test(arguments: [#"{"x":1}"#, #"{"n":"a"}"#, "12", #"{"r":["[",{"n":"3"},{"n":"1"},"]"]}"#])
  func whatWasNeverWrittenIsRefused(_ text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FEELValue.self, from: Data(text.utf8))
    }
  }
}
