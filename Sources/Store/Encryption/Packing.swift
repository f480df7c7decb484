internal import CZlib
internal import Foundation

/// How texts are sealed: long ones, which say the same names again and again, are deflated first (RFC 1951).
enum Packing {
  /// The first byte of what was deflated; the length of the text follows, lowest byte first, in four. No text that is
  /// sealed as it is begins with it.
  private static let mark: UInt8 = 1
  private static let header = 5

  /// What is shorter stays as it is.
  private static let least = 1024
  /// Up to this many bytes a small table is set up faster than a big one, and finds as much.
  private static let small = 8192

  /// `text` deflated; `nil` when it is better sealed as it is.
  static func packed(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
    guard text.count >= least || text.first == mark else { return nil }
    var stream = z_stream()
    let isSmall = text.count <= small
    let code = deflateInit2_(
      &stream, Z_BEST_SPEED, Z_DEFLATED, isSmall ? -13 : -15, isSmall ? 6 : 8, Z_DEFAULT_STRATEGY,
      ZLIB_VERSION, streamSize)
    precondition(code == Z_OK, "there is memory for the tables of zlib")
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, UInt(text.count)))
    return [UInt8](unsafeUninitializedCapacity: header + bound) { bytes, count in
      bytes[0] = mark
      withUnsafeBytes(of: UInt32(text.count).littleEndian) {
        UnsafeMutableRawBufferPointer(bytes)[1..<header].copyBytes(from: $0)
      }
      let isWhole = run(
        deflate, &stream, from: text, to: UnsafeMutableBufferPointer(rebasing: bytes[header...]))
      precondition(isWhole, "the most that zlib needs is enough")
      count = header + Int(stream.total_out)
    }
  }

  /// `nil` when it is no text that was packed.
  static func text(of bytes: Data) -> String? {
    guard bytes.first == mark else { return String(decoding: bytes, as: UTF8.self) }
    let length = bytes.dropFirst().prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    var stream = z_stream()
    let code = inflateInit2_(&stream, -15, ZLIB_VERSION, streamSize)
    precondition(code == Z_OK, "there is memory for the tables of zlib")
    defer { inflateEnd(&stream) }
    var isWhole = false
    let text = String(unsafeUninitializedCapacity: length) { text in
      isWhole = bytes.dropFirst(header).withUnsafeBytes {
        run(inflate, &stream, from: $0, to: text)
      }
      return Int(stream.total_out)
    }
    return isWhole ? text : nil
  }

  private static let streamSize = Int32(MemoryLayout<z_stream>.size)

  /// - Returns: whether all of it was done, and nothing was left over.
  private static func run(
    _ work: (UnsafeMutablePointer<z_stream>?, Int32) -> Int32, _ stream: inout z_stream,
    from input: UnsafeRawBufferPointer, to output: UnsafeMutableBufferPointer<UInt8>
  ) -> Bool {
    stream.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
      .assumingMemoryBound(to: UInt8.self)
    stream.avail_in = UInt32(input.count)
    stream.next_out = output.baseAddress
    stream.avail_out = UInt32(output.count)
    return work(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0
  }
}
