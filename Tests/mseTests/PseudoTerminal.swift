import Foundation
import Glibc
import Testing

/// `mse` at a terminal of its own: what a person sees and types.
struct PseudoTerminal: ~Copyable {
  struct NotStarted: Error {
    let code: Int32
  }

  /// What stands on the screen so far; every line ends with `\n`.
  private(set) var screen = ""
  private let process: pid_t
  private let master: Int32
  /// Bytes of a letter that has not come whole.
  private var rest: [UInt8] = []

  /// - Throws: `NotStarted` where there are no pseudo-terminals.
  init(_ arguments: [String], in folder: URL, user: String?) throws {
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw NotStarted(code: errno) }
    var (number, unlocked) = (Int32(0), Int32(0))
    var size = winsize(ws_row: 50, ws_col: 250, ws_xpixel: 0, ws_ypixel: 0)
    let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))  // TIOCSPTLCK, TIOCGPTN
    guard ioctl(master, setLock, &unlocked) == 0, ioctl(master, getNumber, &number) == 0,
      ioctl(master, UInt(TIOCSWINSZ), &size) == 0
    else { throw NotStarted(code: errno) }
    let environment = Program.environment.merging(["TERM": "dumb"]) { $1 }
      .merging(user.map { ["MSE_USER": $0] } ?? [:]) { $1 }
    let shell = ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, Program.url.path]
    process = try Self.spawn(shell + arguments, environment, at: "/dev/pts/\(number)")
  }

  deinit { close(master) }

  /// Starts a session whose terminal is `path`.
  private static func spawn(
    _ words: [String], _ environment: [String: String], at path: String
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
    for channel in Int32(1)...2 { posix_spawn_file_actions_adddup2(&actions, 0, channel) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, 0x80)  // POSIX_SPAWN_SETSID
    let texts = [words, environment.map { "\($0)=\($1)" }].map { list in
      list.map { strdup($0) } + [nil]
    }
    defer { for text in texts.joined() { free(text) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, words[0], &actions, &attributes, texts[0], texts[1])
    guard failure == 0 else { throw NotStarted(code: failure) }
    return process
  }

  // MARK: What a person does

  /// Types a line, as soon as the program waits for one, and waits until it stands there.
  ///
  /// - Throws: when the program ends instead.
  mutating func type(_ line: String, thenEnter isWhole: Bool = true) throws {
    let isAsked = try waitsForLine()
    try #require(isAsked, "it ended before \"\(line)\" was typed: \(screen)")
    let asked = screen.count
    let bytes = Array((line + (isWhole ? "\r" : "")).utf8)
    let written = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
    try #require(written == bytes.count)
    while true {
      let echo = screen.dropFirst(asked)
      if let typed = echo.firstRange(of: isWhole ? line + "\n" : line) {
        answered = asked + echo.distance(from: echo.startIndex, to: typed.upperBound)
        return
      }
      let news = read(within: Self.patience)
      try #require(news == .text, "\"\(line)\" never stood there: \(screen)")
    }
  }

  /// Ends it as a power cut does.
  mutating func cutPower() { kill(process, SIGKILL) }

  /// Waits for the end; the code, or `nil` when a signal ended it.
  mutating func end() throws -> Int32? {
    while true {
      let news = read(within: Self.patience)
      try #require(news != .silence, "it waits for ever: \(screen)")
      if news == .end { break }
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status & 0x7F == 0 ? status >> 8 & 0xFF : nil
  }

  // MARK: What the program does

  private enum News {
    case text, silence, end
  }

  /// Milliseconds until a program that says nothing counts as hung: ten minutes, on a machine full of other tests.
  private static let patience: Int32 = 600_000

  /// How much stood there when the last line was typed.
  private var answered = 0

  /// Until it has asked something and edits a line, which is when the terminal does not; false when it has ended.
  private mutating func waitsForLine() throws -> Bool {
    let deadline = ContinuousClock.now.advanced(by: .milliseconds(Int(Self.patience)))
    while ContinuousClock.now < deadline {
      switch read(within: 10) {
      case .text: continue
      case .end: return false
      case .silence:
        var settings = termios()
        let isEditing =
          tcgetattr(master, &settings) == 0 && settings.c_lflag & tcflag_t(ICANON) == 0
        if isEditing, screen.count > answered { return true }
      }
    }
    throw NotStarted(code: ETIMEDOUT)
  }

  private mutating func read(within milliseconds: Int32) -> News {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, milliseconds) > 0 else { return .silence }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(master, &bytes, bytes.count)
    guard count > 0 else { return .end }
    rest += bytes[..<count]
    // a letter of several bytes may come in two pieces
    let whole =
      rest.indices.suffix(4).last { rest[$0] & 0xC0 == 0xC0 && !isWhole($0) } ?? rest.count
    screen += String(decoding: rest[..<whole], as: UTF8.self).filter { $0 != "\r" }
      .replacingOccurrences(of: "\r\n", with: "\n")
    rest.removeFirst(whole)
    return .text
  }

  /// All bytes of the letter that begins at `index` are there.
  private func isWhole(_ index: Int) -> Bool {
    let length = rest[index] >= 0xF0 ? 4 : rest[index] >= 0xE0 ? 3 : 2
    return rest.count - index >= length
  }
}
