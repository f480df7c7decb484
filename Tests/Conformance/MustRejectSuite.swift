import BPMN
import Foundation
import XML

/// Every model of betsy's `must-reject` breaks a rule of BPMN and must be refused with an error at deployment.
///
/// Read beside `betsy`: refusing everything would win here. The models are translated in the same way.
enum MustRejectSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let files = try BPMNReadSuite.bpmnFiles(below: directory)
    var failures: [String] = []
    for path in files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: directory).appending(path: path)))
      if !isRefused(bytes, file: path) { failures.append("\(path): expected an error, got none") }
    }
    return (files.count - failures.count, files.count, failures)
  }

  /// Whether deployment would refuse the file.
  static func isRefused(_ bytes: [UInt8], file: String) -> Bool {
    do {
      let root = BetsyModel.translated(try Element(parsing: bytes, file: file))
      try ProcessModel(root, file: file).check()
      return false
    } catch {
      return true
    }
  }
}
