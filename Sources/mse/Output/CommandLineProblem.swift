internal import Diagnostics

/// What ArgumentParser says of a command line, as a problem in the language of the user.
struct CommandLineProblem {
  private let message: String
  private let usage: String

  /// - Parameters:
  ///   - message: one sentence, in English.
  ///   - usage: the whole text, with a line `Usage: mse case show <number>`.
  init(_ message: String, usage: String) {
    self.message = message
    let lines = usage.split(separator: "\n")
    let line = lines.first { $0.hasPrefix("Usage: ") } ?? "Usage: mse --help"
    // what every command understands is not part of the hint
    let own = line.dropFirst("Usage: ".count)
    self.usage = String(own[..<(own.firstRange(of: " [--store")?.lowerBound ?? own.endIndex)])
  }

  var diagnostic: Diagnostic {
    let kinds: [(code: String, start: String)] = [
      ("USE019", "Missing expected argument"), ("USE020", "Unexpected argument"),
      ("USE020", "unexpected argument"), ("USE021", "Unknown option"),
      ("USE022", "Missing value for"), ("USE023", "The value"),
    ]
    guard let kind = kinds.first(where: { message.contains($0.start) }) else {
      return Diagnostic("USE024", ["message": message, "usage": usage])
    }
    var code = kind.code
    let quoted = message.split(separator: "'", omittingEmptySubsequences: false)
    var words = ["usage": usage, "what": quoted.count > 1 ? String(quoted[1]) : ""]
    if code == "USE023" {
      words["option"] = quoted.count > 3 ? String(quoted[3]) : ""
      if words["what"]?.allSatisfy(\.isWhitespace) == true { code = "USE025" }
    }
    return Diagnostic(code, words)
  }
}
