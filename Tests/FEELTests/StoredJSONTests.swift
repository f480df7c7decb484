import FEEL
import Foundation
import TestSupport
import Testing

/// The stored form is the one that Foundation would write, and whatever Foundation reads is read.
@Suite struct StoredJSON {
  private static let encoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  private func expectSame(_ value: some JSONStored & Equatable) throws {
    let text = try value.storedText()
    #expect(try text == String(decoding: Self.encoder.encode(value), as: UTF8.self))
    func readBack<Value: JSONStored & Equatable>(_ value: Value) throws {
      #expect(try Value(storedText: text) == value)
    }
    try readBack(value)
  }

  @Test func everyCharacterIsWrittenAlike() throws {
    let scalars = (0...0x2FFFF).compactMap { Unicode.Scalar($0 as UInt32) }
    for start in stride(from: 0, to: scalars.count, by: 64) {
      let text = String(String.UnicodeScalarView(scalars[start..<min(start + 64, scalars.count)]))
      try expectSame([text])
    }
  }

  @Test func numbersAndNamesAreWrittenAlike() throws {
    try expectSame([0, 7, -1, 10, 12_345_678_901, Int.max, Int.min])
    try expectSame([true, false])
    try expectSame([
      "": 1, "b": 2, "a10": 3, "a9": 4, "B": 5, "é": 6, "e\u{301}b": 7, "z\"\\\n": 8, "\u{FFFD}": 9,
      "\u{10FFFF}": 10, "a b": 11, "c/d": 12,
    ])
    try expectSame([[String: [String]]](repeating: [:], count: 3) + [["x": []], ["x": ["y", ""]]])
  }

  /// What is wrong, and what is only unusual, as the element of a list.
  @Test(arguments: [
    "1", "1.0", "1e2", "1E+2", "10e-1", "1.5", "-0", "-1", "01", "9223372036854775807",
    "-9223372036854775808", "9223372036854775808", "1e400", "-", "1.", "1.e1", ".5", "0x10", "--1",
    "1e", "+1", "1-", "null", "true", "false", "tru", "True", "[]", "{}", #""1""#, #""""#,
    #""\/\b\f\n\r\t\"\\""#,
    #""\ud83d\ude00""#, #""\ud83d""#, #""\ude00""#, #""\ud83dx""#, #""\ud83d\u0041""#, #""\u12""#,
    #""\u00G0""#,
    #""\u+123""#, #""\u0000""#, #""\U0041""#, #""\q""#, "\"\n\"", "\"\u{7f}\"", "\"\u{1}\"", "\"",
    "\"\\", "", ",",
    "1,", "1,,", "1 2", "1]", "1 , 2", "\u{c}1", "\u{FEFF}1",
  ])
  func aListIsReadAlike(_ element: String) throws {
    try expectAlike([Int].self, "[\(element)]")
    try expectAlike([Bool].self, "[\(element)]")
    try expectAlike([String].self, "[\(element)]")
    try expectAlike([[String]].self, " [\t[\(element)]\r\n]\n")
    try expectAlike([String: Int].self, #"{"a":\#(element)}"#)
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"a":1,}"#, #"{,"a":1}"#, #"{"a" 1}"#, #"{"a":}"#, #"{"a"}"#, #"{a:1}"#,
    "{", "}", "",
    #"{"\u0061":1}"#, #"{"\ud800":1}"#, #"{"a":1} x"#, #"{"a":1}}"#, "\u{FEFF}{\"a\":1}",
    "{\"a\":1}\0", "[]", "1",
    "[1", #"["a":1]"#, " { \"a\" : 1 , \"b\" : 2 } ",
  ])
  func anObjectIsReadAlike(_ text: String) throws {
    try expectAlike([String: Int].self, text)
  }

  @Test(arguments: [1, 511, 512, 513, 100_000])
  func depthIsLimitedAlike(_ depth: Int) throws {
    func nested(_ start: String, _ end: String) -> String {
      String(repeating: start, count: depth) + String(repeating: end, count: depth)
    }
    try expectAlike([Nothing].self, nested("[", "]"))
    try expectAlike([String: Nothing].self, nested("{\"a\":", "}").replacing(":}", with: ":1}"))
  }

  private func expectAlike<Value: JSONStored & Equatable>(
    _ type: Value.Type, _ text: String
  ) throws {
    let read = try? Value(storedText: text)
    let expected = try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    #expect(read == expected, "\(type) \(text.debugDescription)")
  }

  /// Cut off or with one byte changed, a text is read alike or refused alike, and never more than that.
  @Test func brokenTextsAreReadAlike() throws {
    let text = #"{"a":["x\n",{"b":-12.5e3,"c":[true,null,"é\u00e9"]}],"d":{}}"#
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<3_000 {
      var bytes = Array(text.utf8)
      bytes[Int.random(in: bytes.indices, using: &numbers)] = UInt8.random(
        in: 0...127, using: &numbers)
      if Bool.random(using: &numbers) {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers))
      }
      guard let broken = String(validating: bytes, as: UTF8.self) else { continue }
      try expectAlike([String: Nothing].self, broken)
    }
  }

  /// Takes whatever stands there.
  private struct Nothing: JSONRecord, Equatable {
    static func members(of value: Nothing?, in json: inout JSONCoder) throws -> Nothing {
      Nothing()
    }

    static func stored(_ value: Nothing?, in json: inout JSONCoder) throws -> Nothing { Nothing() }

    init() {}
    init(from decoder: any Decoder) throws {}
    func encode(to encoder: any Encoder) throws {}
  }
}
