internal import Diagnostics
internal import XML

/// A ZIP file (APPNOTE 6.3) whose entries are stored and never compressed: one way to write it, and nothing else is read.
struct ZIPArchive {
  struct Entry: Equatable {
    /// A path within the archive, `/` between folders.
    let name: String
    let bytes: [UInt8]
  }

  let entries: [Entry]
  /// What of a file that was read is not as `bytes` writes it: names of entries, else `directory`. Empty: nothing is.
  let deviations: [String]

  init(_ entries: [Entry]) {
    self.entries = entries
    deviations = []
  }

  /// More than a case has.
  static let mostEntries = 4096

  // MARK: Writing

  /// The file; the same entries give the same bytes.
  var bytes: [UInt8] {
    var file = ByteWriter()
    var directory = ByteWriter()
    for entry in entries {
      directory.write(Self.directoryMark)
      directory.write16(20)
      directory.bytes += Self.header(of: entry).bytes
      directory.write16(0, 0, 0)
      directory.write(0, UInt32(file.bytes.count))
      directory.bytes += entry.name.utf8
      file.bytes += Self.local(entry)
    }
    let start = file.bytes.count
    file.bytes += directory.bytes
    file.write(Self.endMark)
    file.write16(0, 0, UInt16(entries.count), UInt16(entries.count))
    file.write(UInt32(directory.bytes.count), UInt32(start))
    file.write16(0)
    return file.bytes
  }

  private static let localMark: UInt32 = 0x0403_4B50
  private static let directoryMark: UInt32 = 0x0201_4B50
  private static let endMark: UInt32 = 0x0605_4B50

  /// An entry with its local header.
  private static func local(_ entry: Entry) -> [UInt8] {
    var file = ByteWriter()
    file.write(localMark)
    file.bytes += header(of: entry).bytes
    file.bytes += entry.name.utf8
    file.bytes += entry.bytes
    return file.bytes
  }

  /// What a local header and the directory say alike: version 2.0, names in UTF-8, stored, 1 January 1980.
  private static func header(of entry: Entry) -> ByteWriter {
    var header = ByteWriter()
    header.write16(20, 0x0800, 0, 0, 0x0021)
    header.write(
      CRC32.checksum(of: entry.bytes), UInt32(entry.bytes.count), UInt32(entry.bytes.count))
    header.write16(UInt16(entry.name.utf8.count), 0)
    return header
  }

  // MARK: Reading

  /// Reads entry after entry up to the directory. Only a file without `deviations` is written in that one way: entries,
  /// directory, end, and nothing besides; the others can be told apart, no more.
  ///
  /// - Throws: `DOSS082` when they cannot, also for names that lead out of the archive and for a name given twice.
  init(reading file: [UInt8], named name: String) throws(Diagnostic) {
    func refuse(_ what: String) -> Diagnostic {
      Diagnostic("DOSS082", ["what": what], at: SourceLocation(file: name))
    }
    var reader = ByteReader(file)
    var entries: [Entry] = []
    var unusual: [String] = []
    while reader.peek() == Self.localMark {
      let start = reader.position
      guard let entry = reader.entry() else { throw refuse("entry \(entries.count + 1)") }
      guard entry.name.isPlainPath, !entries.contains(where: { $0.name == entry.name }),
        entries.count < Self.mostEntries
      else { throw refuse(entry.name.quotedForMessage) }
      entries.append(entry)
      if Self.local(entry)[...] != file[start..<reader.position] { unusual.append(entry.name) }
    }
    guard reader.peek() == Self.directoryMark else {
      throw refuse("entry \(entries.count + 1)")
    }
    // sums were checked with the entries; directory and end in one comparison
    if unusual.isEmpty, Self(entries).bytes != file { unusual = ["directory"] }
    self.entries = entries
    deviations = unusual
  }
}

/// Writes numbers with the lowest byte first.
private struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func write(_ numbers: UInt32...) {
    for number in numbers { append(number, count: 4) }
  }

  mutating func write16(_ numbers: UInt16...) {
    for number in numbers { append(UInt32(number), count: 2) }
  }

  private mutating func append(_ number: UInt32, count: Int) {
    for place in 0..<count {
      bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt32(place))))
    }
  }
}

private struct ByteReader {
  private let bytes: [UInt8]
  private(set) var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func peek() -> UInt32? { number(at: position, count: 4) }

  /// The entry that begins here; `nil`: the file ends before it does.
  mutating func entry() -> ZIPArchive.Entry? {
    guard let size = number(at: position + 18, count: 4),
      let length = number(at: position + 26, count: 2),
      let extra = number(at: position + 28, count: 2)
    else { return nil }
    let start = position + 30
    let content = start + Int(length) + Int(extra)
    let end = content + Int(size)
    guard end <= bytes.count,
      let name = String(validating: bytes[start..<(start + Int(length))], as: UTF8.self)
    else { return nil }
    position = end
    return ZIPArchive.Entry(name: name, bytes: Array(bytes[content..<end]))
  }

  private func number(at start: Int, count: Int) -> UInt32? {
    guard start + count <= bytes.count else { return nil }
    return bytes[start..<(start + count)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }
}

/// CRC-32 as in ZIP and PNG (ISO 3309).
enum CRC32 {
  static func checksum(of bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ ($0 >> 8) }
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }
}

extension String {
  /// A relative path of plain names: no program takes it for anything else.
  fileprivate var isPlainPath: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return utf8.count <= 200
      && parts.allSatisfy { part in
        !part.isEmpty && !part.allSatisfy { $0 == "." }
          && part.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
              || "-._".utf8.contains($0)
          }
      }
  }
}
