/// The character classes of the FEEL grammar (DMN 1.5, 10.3.1.2, rules 26-29 and 61-62).
enum Characters {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  static func isNameStart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return (scalar | 0x20) &- 0x61 < 26 || scalar == 0x5F }
    return switch scalar {
    case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D,
      0x37F...0x167F, 0x1681...0x180D, 0x180F...0x1FFF, 0x200C...0x200D, 0x2070...0x218F,
      0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFEFE, 0xFF00...0xFFFD,
      0x10000...0xEFFFF:
      true
    default: false
    }
  }

  static func isNamePart(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return isNameStart(scalar) || scalar &- 0x30 < 10 }
    return switch scalar {
    case 0xB7, 0x300...0x36F, 0x203F...0x2040: true
    default: isNameStart(scalar)
    }
  }

  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x180E, 0x2000...0x200B, 0x2028, 0x2029, 0x202F,
      0x205F, 0x3000, 0xFEFF:
      true
    default: false
    }
  }

  /// The characters besides name parts that a name may hold: `. / - ' + *`.
  static func isNameSymbol(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2E, 0x2F, 0x2D, 0x27, 0x2B, 0x2A: true
    default: false
    }
  }

  /// The scalar that starts at `position` of valid UTF-8, and how many bytes it takes.
  static func scalar(in bytes: [UInt8], at position: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(bytes[position])
    func continuation(_ offset: Int) -> UInt32 { UInt32(bytes[position + offset] & 0x3F) }
    return switch first {
    case ..<0x80: (first, 1)
    case ..<0xE0: ((first & 0x1F) << 6 | continuation(1), 2)
    case ..<0xF0: ((first & 0x0F) << 12 | continuation(1) << 6 | continuation(2), 3)
    default:
      ((first & 0x07) << 18 | continuation(1) << 12 | continuation(2) << 6 | continuation(3), 4)
    }
  }
}
