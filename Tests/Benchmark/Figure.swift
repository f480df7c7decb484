import Foundation

/// One figure of a workload.
struct Figure {
  let name: String
  let value: Double
  let unit: String
  /// Microseconds (of processor time for forms, else elapsed) that an operation took at most in 99 of 100 batches; `nil`:
  /// not measured.
  var p99: Double?
}

extension Figure {
  /// How often a second `work` is done: the median of five slices by processor time, after one to warm up.
  ///
  /// Processor time, because others use the machine too; `work` must not wait for anything.
  /// - Parameters:
  ///   - batch: how often it is done between two looks at the clock.
  ///   - slice: seconds of processor time.
  ///   - work: true when it gave the right answer.
  static func rate(
    _ name: String, _ unit: String, batch: Int = 100, slice: Double = 0.1, _ work: () -> Bool
  ) -> Figure {
    var rates: [Double] = []
    var times: [Double] = []
    for round in 0..<6 {
      let start = processorTime()
      var count = 0
      var used = 0.0
      repeat {
        let clock = ContinuousClock()
        let elapsed = clock.measure {
          for _ in 0..<batch { precondition(work(), "\(name): a wrong answer") }
        }
        if round > 0 { times.append(elapsed / .microseconds(1) / Double(batch)) }
        count += batch
        used = processorTime() - start
      } while used < slice
      if round > 0 { rates.append(Double(count) / used) }
    }
    rates.sort()
    times.sort()
    return Figure(name: name, value: rates[2], unit: unit, p99: times[times.count * 99 / 100])
  }

  /// The most memory this process ever had, in MB; 0 where the system does not say.
  static func peakMemory(_ name: String) -> Figure {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let kilobytes = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      .flatMap { $0.split(whereSeparator: { !$0.isNumber }).first }.flatMap { Double($0) }
    return Figure(name: name, value: (kilobytes ?? 0) / 1024, unit: "MB")
  }

  /// Seconds of processor time of this thread.
  static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
