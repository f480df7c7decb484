import Foundation
import TestSupport

@testable import XForms

/// The forms of this checkout, read as the program reads them.
enum FormLibrary {
  static let folder = Corpus.checkout.appending(path: "Forms")

  static func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: path))).map { Array($0) }
  }

  static func block(_ name: String) -> [UInt8]? { bytes("blocks/\(name).xml") }

  static func list(_ name: String) -> CodeList? {
    bytes("lists/\(name).csv").flatMap {
      try? CodeList(parsing: $0, file: "Forms/lists/\(name).csv")
    }
  }

  static func form(_ name: String) throws -> Form {
    try Form(
      folded: bytes("\(name).xml") ?? [], file: "Forms/\(name).xml", blocks: block, lists: list)
  }

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
  }
}
