import Foundation

/// `benchmark [NAME…] [--json]`: every workload, or those whose names begin with one of the words.
let words = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
let isJSON = CommandLine.arguments.contains("--json")

/// One workload: how it is called, and its figures with their unit.
let workloads: [(name: String, run: () -> [(name: String, value: Double, unit: String)])] = [
  (
    "decimal",
    {
      DecimalBenchmark.run().map { ($0.name, $0.nanosecondsPerOperation, "ns/operation") }
    }
  ),
  ("feel", { FEELBenchmark.run().map { ($0.name, $0.perSecond, "evaluations/s") } }),
  ("dmn", { DMNBenchmark.run().map { ($0.name, $0.perSecond, "decisions/s") } }),
  ("forms", { FormsBenchmark.run() }),
  ("bpmn", { BPMNBenchmark.run().map { ($0.name, $0.perSecond, "instances/s") } }),
]

for workload in workloads
where words.isEmpty || words.contains(where: { workload.name.hasPrefix($0) }) {
  for figure in workload.run() {
    let value = String(format: figure.value < 1000 ? "%.1f" : "%.0f", figure.value)
    if isJSON {
      print(
        "{\"workload\":\"\(workload.name)\",\"name\":\"\(figure.name)\",\"value\":\(value),\"unit\":\"\(figure.unit)\"}"
      )
    } else {
      print("\(workload.name)\t\(figure.name)\t\(value)\t\(figure.unit)")
    }
  }
}
