/// An outside test suite that this program can run.
struct Suite {
  let name: String
  let run: (String) throws -> Report

  /// What was found: one line for each failure, and the figures of the last line.
  struct Report {
    let failures: [String]
    let summary: String
  }

  init(_ name: String, _ run: @escaping (String) throws -> Report) {
    self.name = name
    self.run = run
  }

  /// A suite that counts one kind of case: `bad-xml: 156 of 156`.
  init(
    _ name: String,
    _ count: @escaping (String) throws -> (passed: Int, total: Int, failures: [String])
  ) {
    self.init(name) { path in
      let result = try count(path)
      return Report(failures: result.failures, summary: "\(result.passed) of \(result.total)")
    }
  }
}
