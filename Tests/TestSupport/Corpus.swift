public import Foundation

/// The outside test suites, read by path and never committed: `MSE_CORPUS`, by default `../shared` beside the checkout.
public enum Corpus {
  /// The folder or file `path` of the corpus; `nil`, with a message, where it is not there.
  ///
  /// - Throws: `CorpusMissing` instead of a skip when `MSE_REQUIRE` names `corpus`.
  public static func url(_ path: String) throws -> URL? {
    let environment = ProcessInfo.processInfo.environment
    let root = environment["MSE_CORPUS"].map { URL(filePath: $0) } ?? besideCheckout
    let url = root.appending(path: path)
    if FileManager.default.fileExists(atPath: url.path) { return url }
    guard !(environment["MSE_REQUIRE"] ?? "").split(separator: ",").contains("corpus") else {
      throw CorpusMissing(path: path)
    }
    print("skipped: no corpus \(path); set MSE_CORPUS to run these cases")
    return nil
  }

  /// The top of this checkout.
  public static var checkout: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  private static var besideCheckout: URL {
    checkout.deletingLastPathComponent().appending(path: "shared")
  }
}

public struct CorpusMissing: Error, CustomStringConvertible {
  let path: String

  public var description: String { "MSE_REQUIRE asks for the corpus, but \(path) is not there" }
}
