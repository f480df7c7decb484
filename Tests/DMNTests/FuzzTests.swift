import Foundation
import TestSupport
import Testing

/// The fuzz target on a fixed series: every text of the cases and workflows as it is, and damaged.
///
/// Minutes of real fuzzing: `make fuzz MINUTES=10`.
@Suite struct FuzzTests {
  /// What the fuzzer once choked on.
  @Test func found() throws {
    let folder = Corpus.checkout.appending(path: "Tests/Fuzz/Found")
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      try FuzzTarget.run(Array(Data(contentsOf: file)))
    }
  }

  @Test(arguments: 0..<4)
  func damagedExpressions(_ seed: Int) throws {
    let folder = Corpus.checkout.appending(path: "Tests/FEELTests/Cases")
    let texts = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "txt" && $0.lastPathComponent != "limits.txt" }
      .sorted { $0.path < $1.path }
      .flatMap { try String(contentsOf: $0, encoding: .utf8).components(separatedBy: "\n\n") }
      .map { block in
        block.split(separator: "\n").filter { !"=!#".contains($0.prefix(1)) }
          .joined(separator: "\n")
      }.filter { !$0.isEmpty && $0.utf8.count < 400 }
    try #require(texts.count > 300)
    var dice = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<1_000 {
      let text = Array(texts[dice.next(below: texts.count)].utf8)
      FuzzTarget.run(
        damaged(text, with: Array(texts[dice.next(below: texts.count)].utf8), &dice))
    }
  }

  @Test(arguments: 0..<2)
  func damagedModels(_ seed: Int) throws {
    let models = try [
      "Workflows/assessment/carer-payment.dmn", "Tests/DMNTests/Cases/functions.dmn",
    ]
    .map { try Array(Data(contentsOf: Corpus.checkout.appending(path: $0))) }
    models.forEach(FuzzTarget.run)
    var dice = SeededNumbers(seed: UInt64(100 + seed))
    for _ in 0..<60 {
      let model = models[dice.next(below: models.count)]
      FuzzTarget.run(damaged(model, with: models[0], &dice))
    }
  }

  /// Some bytes changed, doubled, left out, or taken from another text.
  private func damaged(_ text: [UInt8], with other: [UInt8], _ dice: inout SeededNumbers) -> [UInt8]
  {
    var bytes = text
    for _ in 0...dice.next(below: 3) {
      let position = dice.next(below: bytes.count)
      let length = min(1 + dice.next(below: 12), bytes.count - position)
      switch dice.next(below: 4) {
      case 0 where bytes.count > length: bytes.removeSubrange(position..<position + length)
      case 1: bytes[position] = UInt8(32 + dice.next(below: 95))
      case 2: bytes.insert(contentsOf: bytes[position..<position + length], at: position)
      default:
        let start = dice.next(below: other.count)
        bytes.insert(contentsOf: other[start...].prefix(12), at: position)
      }
    }
    return bytes
  }
}
