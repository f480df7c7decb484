import Diagnostics
import Foundation
import TestSupport
import Testing
import XML

/// `Cases/batches`: a batch and what its records are, whatever the size of the pieces it is read in.
@Test(arguments: try Examples.files(in: "Cases/batches"))
func batches(_ examples: Examples) throws {
  try examples.check { input in
    let bytes = bytes(escaped: input[...])
    let results = Set(try [1, 2, 7, 64, 100_000].map { try records(of: bytes, inPiecesOf: $0) })
    #expect(results.count == 1, "\(input)")
    return results.first ?? []
  }
}

private func records(of bytes: [UInt8], inPiecesOf size: Int) throws -> [String] {
  var position = 0
  var reader = XMLReader(file: "batch") {
    defer { position += size }
    return Array(bytes.dropFirst(position).prefix(size))
  }
  var result: [String] = []
  do {
    while let record = try reader.next() {
      do {
        result.append("= \(record.line) \(record.offset) " + (try record.tree().root().outline))
      } catch let problem as Diagnostic {
        result.append("! \(problem)")
      }
    }
  } catch let problem as Diagnostic {
    result.append("! batch \(problem)")
  }
  return result.isEmpty ? ["= none"] : result
}

@Test func recordsAreValidatedOnTheirOwn() throws {
  let schema = try XMLSchema(
    compiling: Array(
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:a">
        <xs:element name="n" type="xs:int"/>
      </xs:schema>
      """.utf8), file: "n.xsd")
  var batch = Array("<b xmlns='urn:a'>\n<n>1</n>\n<n>x</n>\n<n>3</n></b>".utf8)
  var reader = XMLReader(file: "batch") {
    defer { batch = [] }
    return batch
  }
  var found: [String] = []
  while let record = try reader.next() {
    do {
      found.append(try record.element(schema: schema).text)
    } catch let problem as Diagnostic {
      found.append("\(problem.causes)")
    }
  }
  #expect(found == ["1", "[XML055 batch:3 name=n path=/n type=int]", "3"])
}

/// The memory in use does not grow with the batch: every piece is asked for only when it is needed.
@Test func longBatchesAreReadPieceByPiece() throws {
  let record = Array(("<r>" + String(repeating: "x", count: 1_000) + "</r>\n").utf8)
  var given = -1
  var taken = 0
  var mostAhead = 0
  var reader = XMLReader(file: "batch") {
    given += 1
    if given == 0 { return Array("<b>".utf8) }
    return given <= 20_000 ? record : given == 20_001 ? Array("</b>".utf8) : []
  }
  while try reader.next() != nil {
    taken += 1
    mostAhead = max(mostAhead, given - taken)
  }
  #expect(taken == 20_000)
  #expect(mostAhead <= 2)
}
