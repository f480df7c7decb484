/// Powers of ten up to 10^38, the largest below 2^128, and what is measured by them.
enum PowersOfTen {
  static func wide(_ exponent: Int) -> UInt128 {
    UInt128(high: high[exponent], low: low[exponent])
  }

  static func small(_ exponent: Int) -> UInt64 { low[exponent] }

  /// 10^`exponent` as a number of any size.
  static func natural(_ exponent: Int) -> BigNatural {
    var result = BigNatural(wide(exponent % 38))
    var square = BigNatural(wide(38))
    var rest = exponent / 38
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }

  /// Number of decimal digits; 1 for zero.
  @inline(__always)
  static func digits(of value: UInt64) -> Int {
    // bits × log10(2) is right or one too low.
    let guess = ((64 &- value.leadingZeroBitCount) &* 1233) &>> 12
    return guess < 20 && value >= low[guess] ? guess &+ 1 : max(guess, 1)
  }

  /// Number of decimal digits; 1 for zero.
  @inline(__always)
  static func digits(of value: UInt128) -> Int {
    let guess = ((128 &- value.leadingZeroBitCount) &* 1233) &>> 12
    return guess < 39 && value >= wide(guess) ? guess &+ 1 : max(guess, 1)
  }

  /// Bits 63...0 of 10^index; all of it below index 20.
  static let low: InlineArray<39, UInt64> = [
    0x1,
    0xA,
    0x64,
    0x3E8,
    0x2710,
    0x186A0,
    0xF4240,
    0x989680,
    0x5F5E100,
    0x3B9A_CA00,
    0x2_540B_E400,
    0x17_4876_E800,
    0xE8_D4A5_1000,
    0x918_4E72_A000,
    0x5AF3_107A_4000,
    0x3_8D7E_A4C6_8000,
    0x23_86F2_6FC1_0000,
    0x163_4578_5D8A_0000,
    0xDE0_B6B3_A764_0000,
    0x8AC7_2304_89E8_0000,
    0x6BC7_5E2D_6310_0000,
    0x35C9_ADC5_DEA0_0000,
    0x19E0_C9BA_B240_0000,
    0x2C7_E14A_F680_0000,
    0x1BCE_CCED_A100_0000,
    0x1614_0148_4A00_0000,
    0xDCC8_0CD2_E400_0000,
    0x9FD0_803C_E800_0000,
    0x3E25_0261_1000_0000,
    0x6D72_17CA_A000_0000,
    0x4674_EDEA_4000_0000,
    0xC091_4B26_8000_0000,
    0x85AC_EF81_0000_0000,
    0x38C1_5B0A_0000_0000,
    0x378D_8E64_0000_0000,
    0x2B87_8FE8_0000_0000,
    0xB34B_9F10_0000_0000,
    0xF4_36A0_0000_0000,
    0x98A_2240_0000_0000,
  ]

  /// Bits 127...64 of 10^index.
  static let high: InlineArray<39, UInt64> = [
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x0,
    0x5,
    0x36,
    0x21E,
    0x152D,
    0xD3C2,
    0x84595,
    0x52B7D2,
    0x33B2E3C,
    0x204F_CE5E,
    0x1_431E_0FAE,
    0xC_9F2C_9CD0,
    0x7E_37BE_2022,
    0x4EE_2D6D_415B,
    0x314D_C644_8D93,
    0x1_ED09_BEAD_87C0,
    0x13_4261_72C7_4D82,
    0xC0_97CE_7BC9_0715,
    0x785_EE10_D5DA_46D9,
    0x4B3B_4CA8_5A86_C47A,
  ]

  /// Bits 63...0 of 2^(127 + bits of 10^index) / 10^index.
  private static let inverseLow: InlineArray<39, UInt64> = [
    0xFFFF_FFFF_FFFF_FFFF,
    0xCCCC_CCCC_CCCC_CCCC,
    0x3D70_A3D7_0A3D_70A3,
    0x645A_1CAC_0831_26E9,
    0xD3C3_6113_404E_A4A8,
    0xFCF_80DC_3372_1D53,
    0xA63F_9A49_C2C1_B10F,
    0x3D32_9076_0469_1B4C,
    0xFDC2_0D2B_36BA_7C3D,
    0x3168_0A88_F895_3030,
    0xB573_440E_5A88_4D1B,
    0xF78F_69A5_1539_D748,
    0xF93F_87B7_442E_45D3,
    0x2865_A5F2_06B0_6FB9,
    0x5384_84C1_9EF3_8C94,
    0xF9D_3701_4BF6_0A10,
    0x4C2E_BE68_7989_A9B3,
    0x9BE_FEB9_FAD4_87C2,
    0x3AFF_322E_6243_9FCF,
    0x2B31_E9E3_D06C_32E5,
    0x88F4_BB1C_A6BC_F584,
    0xD3F6_FC16_EBCA_5E03,
    0x5324_C68B_12DD_6338,
    0x75B7_053C_0F17_8293,
    0xC492_6A96_7279_3542,
    0x3A83_DDBD_83F5_2204,
    0x9536_4AFE_032A_819D,
    0x775E_A264_CF55_347D,
    0x8BCA_9D6E_1888_53FC,
    0x96E_E458_13A0_4330,
    0xA125_8379_A94D_028D,
    0x80EA_CF94_8770_CED7,
    0x67DE_18ED_A581_4AF2,
    0xECB1_AD8A_EACD_D58E,
    0xBD5A_F13B_EF0B_113E,
    0x955E_4EC6_4B44_E864,
    0xDDE5_0BD1_D5D0_B9E9,
    0x7E50_D641_77DA_2E54,
    0x96E7_BD35_8C90_4A21,
  ]

  /// Bits 127...64 of it.
  private static let inverseHigh: InlineArray<39, UInt64> = [
    0xFFFF_FFFF_FFFF_FFFF,
    0xCCCC_CCCC_CCCC_CCCC,
    0xA3D7_0A3D_70A3_D70A,
    0x8312_6E97_8D4F_DF3B,
    0xD1B7_1758_E219_652B,
    0xA7C5_AC47_1B47_8423,
    0x8637_BD05_AF6C_69B5,
    0xD6BF_94D5_E57A_42BC,
    0xABCC_7711_8461_CEFC,
    0x8970_5F41_36B4_A597,
    0xDBE6_FECE_BDED_D5BE,
    0xAFEB_FF0B_CB24_AAFE,
    0x8CBC_CC09_6F50_88CB,
    0xE12E_1342_4BB4_0E13,
    0xB424_DC35_095C_D80F,
    0x901D_7CF7_3AB0_ACD9,
    0xE695_94BE_C44D_E15B,
    0xB877_AA32_36A4_B449,
    0x9392_EE8E_921D_5D07,
    0xEC1E_4A7D_B695_61A5,
    0xBCE5_0864_9211_1AEA,
    0x971D_A050_74DA_7BEE,
    0xF1C9_0080_BAF7_2CB1,
    0xC16D_9A00_9592_8A27,
    0x9ABE_14CD_4475_3B52,
    0xF796_87AE_D3EE_C551,
    0xC612_0625_7658_9DDA,
    0x9E74_D1B7_91E0_7E48,
    0xFD87_B5F2_8300_CA0D,
    0xCAD2_F7F5_359A_3B3E,
    0xA242_5FF7_5E14_FC31,
    0x81CE_B32C_4B43_FCF4,
    0xCFB1_1EAD_4539_94BA,
    0xA627_4BBD_D0FA_DD61,
    0x84EC_3C97_DA62_4AB4,
    0xD4AD_2DBF_C3D0_7787,
    0xAA24_2499_6973_92D2,
    0x881C_EA14_545C_7575,
    0xD9C7_DCED_53C7_2255,
  ]
}

// Division by multiplication with the inverse: the estimate is right or one too low.
extension PowersOfTen {
  /// `value` divided by 10^`exponent`, which is at most 38.
  @inline(__always)
  static func divide(
    _ value: UInt128, byPowerOfTen exponent: Int
  ) -> (quotient: UInt128, remainder: UInt128) {
    let power = wide(exponent)
    let estimate = value.multipliedFullWidth(by: inverse(exponent)).high
    let quotient = estimate &>> UInt128(truncatingIfNeeded: 127 &- power.leadingZeroBitCount)
    return corrected(quotient, value, power)
  }

  /// `high × 2^128 + low` divided by 10^`exponent`; the quotient must be below 2^120, and `high` not zero.
  static func divide(
    _ value: (high: UInt128, low: UInt128), byPowerOfTen exponent: Int
  ) -> (quotient: UInt128, remainder: UInt128) {
    let power = wide(exponent)
    let shift = value.high.leadingZeroBitCount  // the 128 highest bits are enough
    let left = UInt128(truncatingIfNeeded: shift)
    let leading = value.high &<< left | (value.low &>> 1) &>> (127 &- left)
    let estimate = leading.multipliedFullWidth(by: inverse(exponent)).high
    let right = shift &- 1 &- power.leadingZeroBitCount
    let quotient = estimate &>> UInt128(truncatingIfNeeded: right)
    return corrected(quotient, value.low, power)
  }

  @inline(__always)
  private static func inverse(_ exponent: Int) -> UInt128 {
    UInt128(high: inverseHigh[exponent], low: inverseLow[exponent])
  }

  @inline(__always)
  private static func corrected(
    _ quotient: UInt128, _ value: UInt128, _ divisor: UInt128
  ) -> (quotient: UInt128, remainder: UInt128) {
    let remainder = value &- quotient &* divisor
    return remainder < divisor ? (quotient, remainder) : (quotient &+ 1, remainder &- divisor)
  }
}
