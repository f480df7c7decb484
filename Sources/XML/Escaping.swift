enum EscapedPlace {
  case text, attribute
}

extension [UInt8] {
  /// Appends `text` so that a parser gives back the same characters.
  mutating func append(escaped text: String, for place: EscapedPlace) {
    // white space between elements is mostly lines
    guard !text.utf8.allSatisfy({ $0.isPlain || $0 == newline && place == .text }) else {
      self += text.utf8
      return
    }
    appendRuns(of: text) { byte, _ in
      switch byte {
      case lessThan: "&lt;"
      case ampersand: "&amp;"
      case greaterThan where place == .text: "&gt;"
      case quote where place == .attribute: "&quot;"
      case tab where place == .attribute: "&#9;"
      case newline where place == .attribute: "&#10;"
      case carriageReturn: "&#13;"
      default: nil
      }
    }
  }

  /// `--` is not allowed in a comment, nor a hyphen at its end.
  mutating func append(comment text: String) {
    appendRuns(of: text) { byte, before in byte == hyphen && before == hyphen ? " -" : nil }
    if last == hyphen, !text.isEmpty { append(space) }
  }

  /// `]]>` ends a CDATA section: it is spread over two.
  mutating func append(cdata text: String) {
    var brackets = 0
    appendRuns(of: text) { byte, _ in
      defer { brackets = byte == bracket ? brackets + 1 : 0 }
      return byte == greaterThan && brackets >= 2 ? "]]><![CDATA[>" : nil
    }
  }

  /// `?>` ends a processing instruction.
  mutating func append(instruction data: String) {
    appendRuns(of: data) { byte, before in byte == greaterThan && before == question ? " >" : nil }
  }

  /// Copies runs of bytes at once; `replacement` decides about single bytes, knowing the byte before.
  private mutating func appendRuns(
    of text: String, replacement: (_ byte: UInt8, _ before: UInt8) -> String?
  ) {
    var text = text
    text.withUTF8 { utf8 in
      var start = 0
      var before: UInt8 = 0
      for index in utf8.indices {
        let byte = utf8[index]
        if let other = illegal(utf8, at: index) ?? replacement(byte, before) {
          append(contentsOf: utf8[start..<index])
          append(contentsOf: other.utf8)
          start = index + (byte == 0xEF ? 3 : 1)
        }
        before = byte
      }
      if start < utf8.count { append(contentsOf: utf8[start...]) }
    }
  }

  /// What stands for a character that XML 1.0 cannot hold (clause 2.2): controls, U+FFFE and U+FFFF.
  private func illegal(_ utf8: UnsafeBufferPointer<UInt8>, at index: Int) -> String? {
    let byte = utf8[index]
    if byte >= 0x20 {
      let isLast = byte == 0xEF && utf8[index + 1] == 0xBF && utf8[index + 2] >= 0xBE
      return isLast ? "\u{FFFD}" : nil
    }
    return byte == tab || byte == newline || byte == carriageReturn ? nil : "\u{FFFD}"
  }
}

extension UInt8 {
  /// Part of a text that is written as it is, wherever it stands.
  var isPlain: Bool {
    self >= space && self != lessThan && self != greaterThan && self != ampersand && self != quote
      && self != 0xEF
  }
}
