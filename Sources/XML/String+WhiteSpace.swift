extension String {
  /// White space collapsed as for `xs:token` (XSD 1.0 part 2, 4.3.6): none at the ends, single spaces inside.
  public var whiteSpaceCollapsed: String {
    guard utf8.contains(where: \.isBlank) else { return self }
    var result: [UInt8] = []
    for word in utf8.split(whereSeparator: \.isBlank) {
      if !result.isEmpty { result.append(space) }
      result += word
    }
    return String(decoding: result, as: UTF8.self)
  }
}
