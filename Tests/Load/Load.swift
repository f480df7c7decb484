import Commission
import Diagnostics
import FEEL
import Foundation
import Store

/// `load STORE TIME REFERRAL NEXT…`: works on the store like a busy office until it is killed, one client for each NEXT,
/// the number of the first thing it does.
///
/// What is done is told by the pipe `MSE_ACKNOWLEDGE`: `r` when everybody is ready, `b`, `c` and `x` for transactions
/// begun, committed and taken back, `s2:17:1` and a line end when client 2 has done number 17, a remark; `n2:18` when
/// number 18 was refused.
@main enum Load {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, let now = Instant(arguments[2]),
      let referral = FileManager.default.contents(atPath: arguments[3])
    else { fatalError("load STORE TIME REFERRAL NEXT…") }
    let keyFile = ProcessInfo.processInfo.environment["MSE_KEY_FILE"]
    let store = try await StoreLocation(arguments[1]).open(keyFile: keyFile) { phase in
      switch phase {
      case .begun: Teller.tell("b")
      case .committed: Teller.tell("c")
      case .rolledBack: Teller.tell("x")
      }
    }
    let definitions = DefinitionCache()
    var clients: [Client] = []
    for (index, next) in arguments.dropFirst(4).enumerated() {
      try await clients.append(
        Client(
          index, next: Int(next) ?? 0, store: store, now: now, definitions: definitions,
          referral: Array(referral)))
    }
    Teller.tell("r\n")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in clients { group.addTask { try await client.work() } }
      try await group.waitForAll()
    }
  }
}

/// The pipe to whoever watches.
enum Teller {
  private static let descriptor = ProcessInfo.processInfo.environment["MSE_ACKNOWLEDGE"]
    .flatMap { Int32($0) }

  /// One write for one message: what two clients say at once does not mix.
  static func tell(_ text: String) {
    guard let descriptor else { return }
    let bytes = Array(text.utf8)
    _ = write(descriptor, bytes, bytes.count)
  }
}
