import CXML

/// The process-wide side of libxml2; touched once, before the first call.
enum LibXML2 {
  static let start: Void = cxml_start()

  /// Runs `body` with a sink and gives its result with everything reported meanwhile, at most `Report.most`.
  static func collecting<Result>(
    _ body: (UnsafeMutablePointer<cxml_sink>) -> Result
  ) -> (Result, [Report]) {
    _ = start
    let collector = Collector()
    let result = withExtendedLifetime(collector) {
      var sink = cxml_sink(
        report: { user, problem in
          guard let user, let problem else { return }
          Unmanaged<Collector>.fromOpaque(user).takeUnretainedValue().add(problem.pointee)
        }, user: Unmanaged.passUnretained(collector).toOpaque())
      return body(&sink)
    }
    return (result, collector.reports)
  }
}

/// One report of libxml2 as a value.
struct Report {
  /// More are not kept: a hostile file must not make a ten-thousand-line answer.
  static let most = 20

  let code: Int
  let line: Int
  let column: Int
  let number: Int
  /// English, one line; may quote the input.
  let message: String
  let first: String
  let second: String
  /// Valid while the tree is.
  let node: UnsafePointer<xmlNode>?
}

/// Owned by one call of `collecting`, on one thread.
private final class Collector {
  private(set) var reports: [Report] = []

  func add(_ problem: cxml_problem) {
    guard reports.count < Report.most else { return }
    reports.append(
      Report(
        code: Int(problem.code), line: Int(problem.line), column: Int(problem.column),
        number: Int(problem.number), message: text(problem.message), first: text(problem.first),
        second: text(problem.second), node: problem.node))
  }

  private func text(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer else { return "" }
    return String(cString: pointer)
  }
}
