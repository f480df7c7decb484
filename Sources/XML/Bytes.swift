let lessThan = UInt8(ascii: "<")
let greaterThan = UInt8(ascii: ">")
let ampersand = UInt8(ascii: "&")
let quote = UInt8(ascii: "\"")
let apostrophe = UInt8(ascii: "'")
let equals = UInt8(ascii: "=")
let slash = UInt8(ascii: "/")
let exclamation = UInt8(ascii: "!")
let question = UInt8(ascii: "?")
let hyphen = UInt8(ascii: "-")
let bracket = UInt8(ascii: "]")
let colon = UInt8(ascii: ":")
let space = UInt8(ascii: " ")
let tab = UInt8(ascii: "\t")
let newline = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")

extension UInt8 {
  /// White space (XML 1.0, production 3).
  var isBlank: Bool { self == space || self == newline || self == tab || self == carriageReturn }
}
