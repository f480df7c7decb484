import Glibc
import Synchronization

/// The named zones met so far, read from the zone database of the machine; none is ever dropped.
enum ZoneTable {
  private static let folder = "/usr/share/zoneinfo/"
  /// Above the number of files in the database, so that no zone is refused.
  private static let capacity = 4096
  private static let indices = Mutex<[String: Int]>([:])

  // Safe without the lock: a slot is written once, under the lock, before its index is given to anyone.
  nonisolated(unsafe) private static let slots: UnsafeMutablePointer<ZoneRules?> = {
    let slots = UnsafeMutablePointer<ZoneRules?>.allocate(capacity: capacity)
    slots.initialize(repeating: nil, count: capacity)
    return slots
  }()

  static func rules(at index: Int) -> ZoneRules? { slots[index] }

  /// The place of zone `name`; `nil` when the database has no such zone.
  static func index(of name: String) -> Int? {
    guard isName(name) else { return nil }
    return indices.withLock { indices in
      if let index = indices[name] { return index }
      guard indices.count < capacity, let bytes = read(folder + name),
        let rules = ZoneRules(named: name, parsing: bytes)
      else { return nil }
      let index = indices.count
      slots[index] = rules
      indices[name] = index
      return index
    }
  }

  /// Whether `name` is written like a zone: parts of letters, digits, `_`, `+`, `-`, joined by slashes.
  private static func isName(_ name: String) -> Bool {
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard name.utf8.count <= 64, parts.allSatisfy(isPart) else { return false }
    // Copies of the database by other clocks, and links to what this machine uses.
    return !["posix", "right"].contains(String(parts[0]) ?? "")
      && !["localtime", "posixrules", "Factory"].contains(name)
  }

  private static func isPart(_ part: Substring.UTF8View) -> Bool {
    guard let first = part.first, isLetter(first) else { return false }
    return part.allSatisfy { byte in
      isLetter(byte) || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        || [UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-")].contains(byte)
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  /// The bytes of a file of at most 1 MiB.
  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while bytes.count < 1 << 20 {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += buffer[..<count]
    }
    return nil
  }
}
