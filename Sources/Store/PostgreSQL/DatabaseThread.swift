internal import Foundation

/// A thread of its own for the blocking calls of one connection: the threads of Swift's concurrency are few, and must not
/// wait for a server.
///
/// The thread ends, and the connection with it, when nobody holds this any more.
final class DatabaseThread: Sendable {
  typealias Job = @Sendable (inout PostgreSQLConnection?) -> Void

  private let jobs = JobQueue()

  init() {
    Thread.detachNewThread { [jobs] in
      var connection: PostgreSQLConnection?
      while let job = jobs.next() { job(&connection) }
    }
  }

  deinit { jobs.finish() }

  /// Runs `body` on the thread; it finds the connection as the last one left it.
  func run<Value: Sendable>(
    _ body: @Sendable @escaping (inout PostgreSQLConnection?) throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      jobs.add { connection in
        continuation.resume(with: Result { try body(&connection) })
      }
    }
  }
}

/// What a thread still has to do.
private final class JobQueue: @unchecked Sendable {  // every access holds `condition`
  private let condition = NSCondition()
  private var jobs: [DatabaseThread.Job] = []
  private var isFinished = false

  func add(_ job: @escaping DatabaseThread.Job) {
    condition.lock()
    defer { condition.unlock() }
    jobs.append(job)
    condition.signal()
  }

  func finish() {
    condition.lock()
    defer { condition.unlock() }
    isFinished = true
    condition.signal()
  }

  /// Waits for a job; `nil` when there will be none.
  func next() -> DatabaseThread.Job? {
    condition.lock()
    defer { condition.unlock() }
    while jobs.isEmpty {
      if isFinished { return nil }
      condition.wait()
    }
    return jobs.removeFirst()
  }
}

/// A few connections for many callers; who finds none free waits for its turn.
actor ConnectionPool {
  private var idle: [DatabaseThread] = []
  private var count = 0
  private var waiting: [CheckedContinuation<DatabaseThread, Never>] = []
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  func take() async -> DatabaseThread {
    if let thread = idle.popLast() { return thread }
    if count < limit {
      count += 1
      return DatabaseThread()
    }
    return await withCheckedContinuation { waiting.append($0) }
  }

  func giveBack(_ thread: DatabaseThread) {
    if waiting.isEmpty {
      idle.append(thread)
    } else {
      waiting.removeFirst().resume(returning: thread)
    }
  }
}
