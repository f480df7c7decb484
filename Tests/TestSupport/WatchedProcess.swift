public import Foundation

/// When a program is killed.
public enum KillMoment: Sendable {
  case never
  /// After its start.
  case after(milliseconds: Int)
  /// After it has told `r`: it is ready.
  case afterReady(milliseconds: Int)
  /// So many microseconds after that transaction of the run has begun.
  case inTransaction(Int, microseconds: UInt32)
}

/// A program that can be killed at any moment, and tells by the pipe `MSE_ACKNOWLEDGE` where it stands.
public struct WatchedProcess {
  public struct NotStarted: Error {
    let code: Int32
  }

  /// `b`, `c` and `x` for every transaction begun, committed and taken back, among other things it tells.
  public private(set) var told = ""
  /// `nil` while it runs and when a signal ended it.
  public private(set) var code: Int32?
  /// Whether it ended by our signal, and not before that came.
  public private(set) var wasKilled = false
  private static let starting = NSLock()
  private let process: pid_t
  private let reader: Int32
  private let log: URL

  /// Starts `program`; what it says about its problems goes to the file `errors`.
  public init(
    _ program: URL, _ arguments: [String], environment: [String: String], errors log: URL
  ) throws {
    self.log = log
    let channel: Int32 = 9
    let words = copies([program.path] + arguments)
    let settings = copies(
      environment.merging(["MSE_ACKNOWLEDGE": "\(channel)"]) { $1 }.map { "\($0)=\($1)" })
    defer { for text in words + settings { free(text) } }
    // one at a time: a pipe that another program holds open too does not end with this one
    WatchedProcess.starting.lock()
    defer { WatchedProcess.starting.unlock() }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw NotStarted(code: errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[1]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], channel)
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 2, log.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    var process: pid_t = 0
    let failure = posix_spawn(&process, program.path, &actions, nil, words, settings)
    guard failure == 0 else { throw NotStarted(code: failure) }
    self.process = process
    reader = ends[0]
  }

  /// What it said about its problems.
  public var errors: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  /// Whether it was killed while at least one transaction was under way.
  public var wasKilledInTransaction: Bool { wasKilled && openTransactions > 0 }

  private var openTransactions: Int {
    told.utf8.reduce(0) { sum, letter in
      switch letter {
      case UInt8(ascii: "b"): sum + 1
      case UInt8(ascii: "c"), UInt8(ascii: "x"): sum - 1
      default: sum
      }
    }
  }

  /// Listens until the program has ended or was killed at `moment`.
  public mutating func follow(until moment: KillMoment) throws {
    defer { close(reader) }
    var clock = Countdown(moment)
    var isKilled = false
    listening: while true {
      var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, isKilled ? -1 : clock.wait) > 0 else {
        kill(process, SIGKILL)
        isKilled = true
        continue
      }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = read(reader, &bytes, bytes.count)
      guard count > 0 else { break listening }
      told += String(decoding: bytes[..<count], as: UTF8.self)
      clock.hear(bytes[..<count])
      if case .inTransaction(let number, let microseconds) = moment, !isKilled,
        told.utf8.count(where: { $0 == UInt8(ascii: "b") }) >= number, openTransactions > 0
      {
        usleep(microseconds)
        kill(process, SIGKILL)
        isKilled = true
      }
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    if status & 0x7F == 0 { code = status >> 8 & 0xFF }
    wasKilled = isKilled && status & 0x7F == SIGKILL
  }
}

/// How long to listen before the kill.
private struct Countdown {
  private var start: ContinuousClock.Instant? = ContinuousClock.now
  private var length: Duration?

  init(_ moment: KillMoment) {
    switch moment {
    case .never, .inTransaction: length = nil
    case .after(let milliseconds): length = .milliseconds(milliseconds)
    case .afterReady(let milliseconds):
      length = .milliseconds(milliseconds)
      start = nil
    }
  }

  /// Milliseconds, as `poll` takes them.
  var wait: Int32 {
    guard let start, let length else { return -1 }
    return Int32(max(0, (start + length - ContinuousClock.now) / .milliseconds(1)))
  }

  mutating func hear(_ bytes: ArraySlice<UInt8>) {
    if start == nil, bytes.contains(UInt8(ascii: "r")) { start = ContinuousClock.now }
  }
}

/// What C takes for a list of texts: the caller frees them.
private func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
  var result: [UnsafeMutablePointer<CChar>?] = []
  for text in texts { result.append(strdup(text)) }
  return result + [nil]
}
