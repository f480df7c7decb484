/// The hash functions of ODK's `digest` (RFC 1321, FIPS 180-4). Only for imported forms; seals use swift-crypto.
enum Digest: String, Sendable {
  case md5 = "MD5"
  case sha1 = "SHA-1"
  case sha256 = "SHA-256"
  case sha384 = "SHA-384"
  case sha512 = "SHA-512"

  func hash(_ message: [UInt8]) -> [UInt8] {
    switch self {
    case .md5: Self.md5(message)
    case .sha1: Self.sha1(message)
    case .sha256: Self.sha256(message)
    case .sha384: Array(Self.sha512(message, start: Self.start384).prefix(48))
    case .sha512: Self.sha512(message, start: Self.start512)
    }
  }

  /// The message, a one bit, zeros and the length in bits.
  private static func padded(
    _ message: [UInt8], block: Int, lengthBytes: Int, bigEndian: Bool
  ) -> [UInt8] {
    var bytes = message + [0x80]
    while bytes.count % block != block - lengthBytes { bytes.append(0) }
    let length = (0..<lengthBytes).map { place in
      place < 8 ? UInt8(truncatingIfNeeded: message.count * 8 >> (8 * place)) : 0
    }
    return bytes + (bigEndian ? length.reversed() : length)
  }

  private static func rotateLeft(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word << bits | word >> (32 - bits)
  }

  private static func rotateRight<Word: FixedWidthInteger>(_ word: Word, _ bits: Word) -> Word {
    word >> bits | word << (Word(Word.bitWidth) - bits)
  }

  private static func bigEndianWord<Word: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Word {
    bytes.reduce(0) { $0 << 8 | Word($1) }
  }

  private static func bigEndianBytes(_ words: [some FixedWidthInteger]) -> [UInt8] {
    words.flatMap { word in
      stride(from: word.bitWidth - 8, through: 0, by: -8).map {
        UInt8(truncatingIfNeeded: word >> $0)
      }
    }
  }
}

extension Digest {
  private static let md5Shifts: [UInt32] = [
    7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21,
  ]

  private static func md5(_ message: [UInt8]) -> [UInt8] {
    let bytes = padded(message, block: 64, lengthBytes: 8, bigEndian: false)
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476]
    for start in stride(from: 0, to: bytes.count, by: 64) {
      let words: [UInt32] = (0..<16).map { word in
        (0..<4).reduce(0) { $0 | UInt32(bytes[start + word * 4 + $1]) << (8 * UInt32($1)) }
      }
      var (a, b, c, d) = (state[0], state[1], state[2], state[3])
      for round in 0..<64 {
        let mixed: UInt32
        let word: Int
        switch round / 16 {
        case 0: (mixed, word) = ((b & c) | (~b & d), round)
        case 1: (mixed, word) = ((d & b) | (~d & c), (5 * round + 1) % 16)
        case 2: (mixed, word) = (b ^ c ^ d, (3 * round + 5) % 16)
        default: (mixed, word) = (c ^ (b | ~d), 7 * round % 16)
        }
        let sum = a &+ mixed &+ md5Constants[round] &+ words[word]
        let shift = md5Shifts[round / 16 * 4 + round % 4]
        (a, d, c, b) = (d, c, b, b &+ rotateLeft(sum, shift))
      }
      state = [state[0] &+ a, state[1] &+ b, state[2] &+ c, state[3] &+ d]
    }
    return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
  }

  private static func sha1(_ message: [UInt8]) -> [UInt8] {
    let bytes = padded(message, block: 64, lengthBytes: 8, bigEndian: true)
    var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
    for start in stride(from: 0, to: bytes.count, by: 64) {
      var words: [UInt32] = (0..<16).map {
        bigEndianWord(bytes[(start + $0 * 4)..<(start + $0 * 4 + 4)])
      }
      for index in 16..<80 {
        let mixed = words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16]
        words.append(rotateLeft(mixed, 1))
      }
      var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
      for (index, word) in words.enumerated() {
        let (mixed, constant): (UInt32, UInt32) =
          switch index / 20 {
          case 0: ((b & c) | (~b & d), 0x5A82_7999)
          case 1: (b ^ c ^ d, 0x6ED9_EBA1)
          case 2: ((b & c) | (b & d) | (c & d), 0x8F1B_BCDC)
          default: (b ^ c ^ d, 0xCA62_C1D6)
          }
        let next = rotateLeft(a, 5) &+ mixed &+ e &+ constant &+ word
        (e, d, c, b, a) = (d, c, rotateLeft(b, 30), a, next)
      }
      state = zip(state, [a, b, c, d, e]).map { $0 &+ $1 }
    }
    return bigEndianBytes(state)
  }

  private static func sha256(_ message: [UInt8]) -> [UInt8] {
    let constants = roundConstants.prefix(64).map { UInt32(truncatingIfNeeded: $0 >> 32) }
    let state = compress(
      padded(message, block: 64, lengthBytes: 8, bigEndian: true),
      start: start512.map { UInt32(truncatingIfNeeded: $0 >> 32) }, constants: constants,
      small: ((7, 18, 3), (17, 19, 10)), big: ((2, 13, 22), (6, 11, 25)))
    return bigEndianBytes(state)
  }

  private static func sha512(_ message: [UInt8], start: [UInt64]) -> [UInt8] {
    bigEndianBytes(
      compress(
        padded(message, block: 128, lengthBytes: 16, bigEndian: true), start: start,
        constants: roundConstants, small: ((1, 8, 7), (19, 61, 6)),
        big: ((28, 34, 39), (14, 18, 41))))
  }

  private typealias Shifts<Word> = (Word, Word, Word)

  /// The SHA-2 rounds, for words of 32 and 64 bits.
  private static func compress<Word: FixedWidthInteger>(
    _ bytes: [UInt8], start: [Word], constants: [Word], small: (Shifts<Word>, Shifts<Word>),
    big: (Shifts<Word>, Shifts<Word>)
  ) -> [Word] {
    func mix(_ word: Word, _ shifts: Shifts<Word>, rotatingAll: Bool) -> Word {
      rotateRight(word, shifts.0) ^ rotateRight(word, shifts.1)
        ^ (rotatingAll ? rotateRight(word, shifts.2) : word >> shifts.2)
    }
    let width = Word.bitWidth / 8
    var state = start
    for block in stride(from: 0, to: bytes.count, by: 16 * width) {
      var words: [Word] = (0..<16).map {
        bigEndianWord(bytes[(block + $0 * width)..<(block + ($0 + 1) * width)])
      }
      for index in 16..<constants.count {
        words.append(
          words[index - 16] &+ mix(words[index - 15], small.0, rotatingAll: false)
            &+ words[index - 7] &+ mix(words[index - 2], small.1, rotatingAll: false))
      }
      var v = state
      for (word, constant) in zip(words, constants) {
        let choice = (v[4] & v[5]) ^ (~v[4] & v[6])
        let first = v[7] &+ mix(v[4], big.1, rotatingAll: true) &+ choice &+ constant &+ word
        let majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2])
        let second = mix(v[0], big.0, rotatingAll: true) &+ majority
        v = [first &+ second, v[0], v[1], v[2], v[3] &+ first, v[4], v[5], v[6]]
      }
      state = zip(state, v).map { $0 &+ $1 }
    }
    return state
  }
}
