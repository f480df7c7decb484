import FEEL
import Foundation
import TestSupport
import Testing

@Suite struct NumbersTests {
  @Test(arguments: try Examples.files(in: "Cases/numbers"))
  func examples(_ examples: Examples) throws {
    try examples.check { input in
      let words = input.split(separator: " ")
      // A text that is no number is an example too.
      if words[0] == "text" { return ["= " + (Decimal128(words[1])?.description ?? "null")] }
      return ["= " + (try NumbersCalculator.result(words)?.description ?? "null")]
    }
  }

  @Test func agreesWithPythonsDecimal() throws {
    let mismatches = try Oracle.mismatches(with: "decimal_cases.py") { words in
      let result = try NumbersCalculator.result(words)
      let expected = words[3] == "null" ? nil : Decimal128(words[3])
      guard result != expected else { return nil }
      return words.joined(separator: " ") + " got " + (result?.description ?? "null")
    }
    #expect(mismatches.isEmpty, "\(mismatches.count): \(mismatches.prefix(10))")
  }

  /// Every way to write a number out: short, of one word, of two, with the point anywhere.
  @Test(arguments: ["98765432109876543210987654321098", "10000000000000000000000000000001"])
  func printsEachLengthAndPoint(digits: String) {
    for length in 1...digits.count {
      let coefficient = digits.prefix(length)
      for fraction in 0..<36 {
        let padded = String(repeating: "0", count: max(fraction + 1 - length, 0)) + coefficient
        let point = fraction > 0 ? "." : ""
        let text = padded.dropLast(fraction) + point + padded.suffix(fraction)
        #expect(Decimal128(String(text))?.description == String(text))
        #expect(Decimal128("-" + text)?.description == "-" + text)
      }
    }
  }

  @Test func sameValueIsEqualWithTheSameHash() throws {
    let texts = ["1", "1.0", "1.00000000000000000000000000000000", "100E-2", "0.1E1"]
    #expect(Set(texts.compactMap { Decimal128($0) }).count == 1)
    #expect(Set(["0", "-0", "0.00", "0E6111", "0E-6176"].compactMap { Decimal128($0) }) == [0])
    #expect(Set<Decimal128>([1, -1, 10]).count == 3)
  }

  @Test func sortsByValue() {
    let sorted = [
      "-1E6144", "-2", "-1.5", "-1E-6176", "0", "1E-6176", "0.10", "3", "29.9", "1E6144",
    ]
    let numbers = sorted.compactMap { Decimal128($0) }
    #expect(numbers.shuffled().sorted().map(\.description) == numbers.map(\.description))
  }

  @Test func signs() {
    #expect((-Decimal128.zero).isNegative == false)
    #expect(-Decimal128(3) == -3)
    #expect(Decimal128(-3).magnitude == 3)
    #expect(Decimal128(-3).isNegative)
  }

  @Test func wholeNumbersBecomeIntegers() throws {
    #expect(Int(exactly: try #require(Decimal128("12.000"))) == 12)
    #expect(Int(exactly: try #require(Decimal128("1.2E3"))) == 1200)
    #expect(Int(exactly: try #require(Decimal128("12.5"))) == nil)
    #expect(Int(exactly: Decimal128(.max)) == .max)
    #expect(Int(exactly: Decimal128(.min)) == .min)
    #expect(Int(exactly: try #require(Decimal128("9223372036854775808"))) == nil)
    #expect(Int(exactly: try #require(Decimal128("-9223372036854775809"))) == nil)
    #expect(Int(exactly: try #require(Decimal128("1E6000"))) == nil)
    #expect(Int(exactly: try #require(Decimal128("1E-6000"))) == nil)
  }

  @Test func wholeNumbersAreIntegers() throws {
    for text in ["0", "0.00", "-7", "7.0", "1E100", "0E-6176"] {
      #expect(try #require(Decimal128(text)).isInteger, "\(text)")
    }
    for text in ["0.5", "-7.01", "1E-6176", "1234567890123456789012345678901.234"] {
      #expect(try #require(Decimal128(text)).isInteger == false, "\(text)")
    }
  }

  @Test func readsBytes() {
    let bytes = Array("-12.50".utf8)
    #expect(Decimal128(utf8: bytes.span) == Decimal128("-12.5"))
    #expect(Decimal128("a 12.50 b".dropFirst(2).dropLast(2)) == Decimal128("12.5"))
  }

  @Test func isStoredAsText() throws {
    let numbers = [Decimal128(3), try #require(Decimal128("-12.50"))]
    let data = try JSONEncoder().encode(numbers)
    #expect(String(decoding: data, as: UTF8.self) == #"["3","-12.50"]"#)
    #expect(try JSONDecoder().decode([Decimal128].self, from: data) == numbers)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Decimal128.self, from: Data(#""twelve""#.utf8))
    }
  }
}
