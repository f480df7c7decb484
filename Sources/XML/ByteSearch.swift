/// Sixteen bytes, which the processor compares at once.
private typealias Block = SIMD16<UInt8>

extension UnsafeBufferPointer<UInt8> {
  /// The index of the next `byte`, or the end, and how many lines end before it.
  func find(_ byte: UInt8, from start: Int) -> (index: Int, lineEnds: Int) {
    var index = start
    var lineEnds = 0
    while index + 16 <= count {
      let block = block(at: index)
      let found = Matches(block .== Block(repeating: byte))
      let ends = Matches(block .== Block(repeating: newline))
      if let place = found.first {
        return (index + place, lineEnds + ends.count(before: place))
      }
      lineEnds += ends.count
      index += 16
    }
    while index < count, self[index] != byte {
      if self[index] == newline { lineEnds += 1 }
      index += 1
    }
    return (index, lineEnds)
  }

  /// How many lines end before `end`.
  func lineEnds(upTo end: Int) -> Int {
    var index = 0
    var lineEnds = 0
    while index + 16 <= end {
      lineEnds += Matches(block(at: index) .== Block(repeating: newline)).count
      index += 16
    }
    while index < end {
      if self[index] == newline { lineEnds += 1 }
      index += 1
    }
    return lineEnds
  }

  /// The index from `start` on of the first byte that is not between 1 and 127, or where fewer than 16 bytes are left.
  func endOfPlainASCII(from start: Int) -> Int {
    var index = start
    while index + 32 <= count, isPlainASCII(at: index) { index += 32 }
    while index + 16 <= count {
      let signed = unsafeBitCast(block(at: index), to: SIMD16<Int8>.self)
      if let place = Matches(signed .< SIMD16<Int8>(repeating: 1)).first { return index + place }
      index += 16
    }
    return index
  }

  /// Whether the next 32 bytes are all between 1 and 127.
  private func isPlainASCII(at index: Int) -> Bool {
    var found: UInt64 = 0
    for offset in stride(from: index, to: index + 32, by: 8) {
      let word = UnsafeRawPointer(baseAddress.unsafelyUnwrapped)
        .loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // zero becomes 255; what it borrows from the byte above it can only find more
      found |= word | word &- 0x0101_0101_0101_0101
    }
    return found & 0x8080_8080_8080_8080 == 0
  }

  /// The index from `start` on of the first byte that is not written as it is wherever it stands, or the end.
  func endOfPlainText(from start: Int) -> Int {
    var index = start
    while index + 16 <= count {
      let block = block(at: index)
      let special =
        (block .< Block(repeating: space)) .| (block .== Block(repeating: lessThan))
        .| (block .== Block(repeating: greaterThan)) .| (block .== Block(repeating: ampersand))
        .| (block .== Block(repeating: quote)) .| (block .== Block(repeating: 0xEF))
      if let place = Matches(special).first { return index + place }
      index += 16
    }
    while index < count, self[index].isPlain { index += 1 }
    return index
  }

  private func block(at index: Int) -> Block {
    UnsafeRawPointer(baseAddress.unsafelyUnwrapped)
      .loadUnaligned(fromByteOffset: index, as: Block.self)
  }
}

/// Which of sixteen bytes match: all bits set in each that does.
private struct Matches {
  private let low: UInt64
  private let high: UInt64

  @inline(__always)
  init(_ mask: SIMDMask<SIMD16<Int8>>) {
    let halves = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
    low = UInt64(littleEndian: halves[0])
    high = UInt64(littleEndian: halves[1])
  }

  var first: Int? {
    if low != 0 { return low.trailingZeroBitCount / 8 }
    return high == 0 ? nil : 8 + high.trailingZeroBitCount / 8
  }

  var count: Int { (low.nonzeroBitCount + high.nonzeroBitCount) / 8 }

  func count(before place: Int) -> Int {
    if low | high == 0 { return 0 }
    let lowPart = place < 8 ? low & ((1 << (8 * UInt64(place))) &- 1) : low
    let highPart = place <= 8 ? 0 : high & ((1 << (8 * UInt64(place - 8))) &- 1)
    return (lowPart.nonzeroBitCount + highPart.nonzeroBitCount) / 8
  }
}
