import BPMN
import Diagnostics
import Foundation
import XML

/// Reads, writes and reads again every `.bpmn` of a folder: the model must be the same, with all that is in the file.
enum RoundTripSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let files = try BPMNReadSuite.bpmnFiles(below: directory).filter {
      !$0.contains("must-reject")
    }
    var failures: [String] = []
    var total = 0
    for path in files {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: directory).appending(path: path)))
      guard let model = try? ProcessModel(parsing: bytes, file: path) else { continue }
      total += 1
      if let failure = try failure(model, file: path) { failures.append("\(path): \(failure)") }
    }
    return (total - failures.count, total, failures)
  }

  private static func failure(_ model: ProcessModel, file: String) throws -> String? {
    let written = Array(model.root.xml(indented: false).utf8)
    let again = try ProcessModel(parsing: written, file: file)
    if again.root != model.root { return "the tree differs after writing" }
    let isSame =
      again.diagrams == model.diagrams && ElementCount(again) == ElementCount(model)
      && again.processes.map(\.allNodes).joined().map(\.id)
        == model.processes.map(\.allNodes).joined().map(\.id)
    return isSame ? nil : "the model differs after writing"
  }
}
