/// The parts of a TZif file that tell the offset from UTC.
struct TZif {
  struct LocalTime {
    let seconds: Int  // east of UTC
    let isSummer: Bool
  }

  /// The local time before the first change.
  let first: LocalTime
  let changes: [(seconds: Int, type: LocalTime)]
  let footer: ZoneFooter?

  /// `nil` when `bytes` break the format (RFC 9636, 3.2) or have no 64-bit times.
  init?(parsing bytes: [UInt8]) {
    guard let old = Header(bytes, at: 0), old.version >= UInt8(ascii: "2"),
      let header = Header(bytes, at: Header.size + old.dataSize(timeSize: 4))
    else { return nil }
    let start = header.end
    guard bytes.count >= start + header.dataSize(timeSize: 8) else { return nil }
    let types = start + header.timeCount * 9
    let locals = (0..<header.typeCount).map { index in
      let place = types + index * 6
      return LocalTime(
        seconds: Int(Int32(truncatingIfNeeded: bytes.bigEndian(at: place, size: 4))),
        isSummer: bytes[place + 4] != 0)
    }
    var changes: [(seconds: Int, type: LocalTime)] = []
    for index in 0..<header.timeCount {
      let type = Int(bytes[start + header.timeCount * 8 + index])
      guard locals.indices.contains(type) else { return nil }
      let seconds = bytes.bigEndian(at: start + index * 8, size: 8)
      // Files may begin with a change at "minus infinity" that changes nothing.
      if seconds > -(1 << 59) { changes.append((seconds, locals[type])) }
    }
    guard let first = locals.first else { return nil }
    self.first = first
    self.changes = changes
    let rest = bytes[(start + header.dataSize(timeSize: 8))...].dropFirst()
    footer = ZoneFooter(parsing: Array(rest.prefix { $0 != UInt8(ascii: "\n") }))
  }
}

private struct Header {
  static let size = 44
  let version: UInt8
  let end: Int
  let isUTCCount, isStandardCount, leapCount, timeCount, typeCount, characterCount: Int

  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes.count >= start + Self.size, bytes[start..<(start + 4)].elementsEqual("TZif".utf8)
    else { return nil }
    let counts = (0..<6).map { bytes.bigEndian(at: start + 20 + $0 * 4, size: 4) }
    guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
    version = bytes[start + 4]
    end = start + Self.size
    (isUTCCount, isStandardCount, leapCount) = (counts[0], counts[1], counts[2])
    (timeCount, typeCount, characterCount) = (counts[3], counts[4], counts[5])
  }

  func dataSize(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4)
      + isStandardCount + isUTCCount
  }
}

extension [UInt8] {
  fileprivate func bigEndian(at start: Int, size: Int) -> Int {
    self[start..<(start + size)].reduce(0) { $0 << 8 | Int($1) }
  }
}
