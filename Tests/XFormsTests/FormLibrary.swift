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

  static func list(_ name: String) -> CodeList? { lists[name] }

  /// Every list, read once: many tests need them.
  private static let lists: [String: CodeList] = {
    let url = folder.appending(path: "lists")
    let files = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    let names = files.filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }
    let pairs = names.compactMap { name -> (String, CodeList)? in
      bytes("lists/\(name).csv").flatMap {
        try? CodeList(parsing: $0, file: "Forms/lists/\(name).csv")
      }.map { (name, $0) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  static func form(_ name: String) throws -> Form { try forms[name] ?? read(name) }

  private static let forms: [String: Form] = Dictionary(
    uniqueKeysWithValues: names.compactMap { name in (try? read(name)).map { (name, $0) } })

  private static func read(_ name: String) throws -> Form {
    try Form(
      folded: bytes("\(name).xml") ?? [], file: "Forms/\(name).xml", blocks: block, lists: list)
  }

  static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { $0.hasSuffix(".xml") }.map { String($0.dropLast(4)) }.sorted()
  }
}
