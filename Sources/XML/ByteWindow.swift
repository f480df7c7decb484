/// The bytes of a stream that are in memory, and where they stand in it.
struct ByteWindow {
  private var storage: [UInt8] = []
  private var start = 0
  /// Of the first byte, in the stream.
  private(set) var offset = 0
  /// Of the first byte, counted from 1.
  private(set) var line = 1

  var count: Int { storage.count - start }

  mutating func append(_ bytes: [UInt8]) {
    if start > 0 { storage.removeSubrange(..<start) }
    start = 0
    storage += bytes
  }

  /// Forgets the first `count` bytes and gives them.
  @discardableResult
  mutating func drop(_ count: Int) -> ArraySlice<UInt8> {
    let dropped = storage[start..<(start + count)]
    line += dropped.withUnsafeBufferPointer { $0.lineEnds(upTo: count) }
    start += count
    offset += count
    return dropped
  }

  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[start...])) }
  }

  func starts(with text: StaticString) -> Bool {
    withBytes { $0.has(text, at: 0) }
  }
}
