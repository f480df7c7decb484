import Foundation

/// `benchmark [NAME…] [--json]`: every workload, or those whose names begin with one of the words.
///
/// Lines of workload, figure, value, unit and p99 in microseconds, separated by tabs.
let words = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
let isJSON = CommandLine.arguments.contains("--json")

/// One workload: how it is called, and its figures.
let workloads: [(name: String, run: () -> [Figure])] = [
  ("decimal", DecimalBenchmark.run), ("feel", FEELBenchmark.run), ("dmn", DMNBenchmark.run),
  ("bpmn", BPMNBenchmark.run), ("forms", FormsBenchmark.run),
  ("import", DossierBenchmark.imports), ("seal", DossierBenchmark.seals),
  ("durable", DurableBenchmark.run), ("postgresql", PostgreSQLBenchmark.run),
  ("worklist", WorklistBenchmark.run),
]

func shown(_ value: Double) -> String { String(format: value < 1000 ? "%.1f" : "%.0f", value) }

for workload in workloads
where words.isEmpty || words.contains(where: { workload.name.hasPrefix($0) }) {
  for figure in workload.run() + [Figure.peakMemory("\(workload.name) memory")] {
    let p99 = figure.p99.map { String(format: "%.2f", $0) }
    if isJSON {
      print(
        "{\"workload\":\"\(workload.name)\",\"name\":\"\(figure.name)\",\"value\":\(shown(figure.value)),"
          + "\"unit\":\"\(figure.unit)\",\"p99\":\(p99 ?? "null")}")
    } else {
      print(
        "\(workload.name)\t\(figure.name)\t\(shown(figure.value))\t\(figure.unit)\t\(p99 ?? "")")
    }
  }
}
