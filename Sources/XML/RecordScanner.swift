/// Finds the end of the element at the start of a buffer that may grow between calls. It only counts tags: whether the
/// element is well formed is seen when it is parsed.
struct RecordScanner {
  private var position = 0
  private var depth = 0

  /// The index behind the element; `nil`: more bytes are needed.
  mutating func end(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    while true {
      position = bytes.find(lessThan, from: position).index
      guard let end = bytes.markupEnd(at: position) else { return nil }
      let second = bytes[position + 1]
      if second == slash {
        depth -= 1
      } else if second != exclamation, second != question, bytes[end - 2] != slash {
        depth += 1
      }
      position = end
      if depth <= 0, second != exclamation, second != question { return end }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The index behind the tag, comment, section or instruction at `start`; `nil`: it does not end here.
  func markupEnd(at start: Int) -> Int? {
    guard start + 1 < count else { return nil }
    switch self[start + 1] {
    case exclamation:
      if has("<!--", at: start) { return end(of: "-->", from: start + 4) }
      if has("<![CDATA[", at: start) { return end(of: "]]>", from: start + 9) }
      return start + 9 > count ? nil : end(of: ">", from: start)
    case question: return end(of: "?>", from: start + 2)
    default: return tagEnd(from: start + 1)
    }
  }

  private func end(of text: StaticString, from start: Int) -> Int? {
    var index = start
    while true {
      index = find(text.utf8Start[0], from: index).index
      guard index < count else { return nil }
      if has(text, at: index) { return index + text.utf8CodeUnitCount }
      index += 1
    }
  }

  /// A `>` inside an attribute value does not end the tag.
  private func tagEnd(from start: Int) -> Int? {
    var index = start
    while index < count {
      let byte = self[index]
      if byte == greaterThan { return index + 1 }
      if byte == quote || byte == apostrophe {
        index = find(byte, from: index + 1).index
      }
      index += 1
    }
    return nil
  }
}
