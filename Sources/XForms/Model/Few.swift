/// Elements in order where there is mostly one, which then needs no array.
struct Few<Element: Hashable & Sendable>: Sequence, Sendable {
  private var first: Element?
  private var others: [Element] = []

  init() {}

  init(_ first: Element) { self.first = first }

  var isEmpty: Bool { first == nil }

  var count: Int { first == nil ? 0 : 1 + others.count }

  mutating func append(_ element: Element) {
    if first == nil { first = element } else { others.append(element) }
  }

  static func + (left: Few, right: Few) -> Few {
    var result = left
    for element in right { result.append(element) }
    return result
  }

  /// Each element once, in order.
  func unique() -> Few {
    guard let first, !others.isEmpty else { return self }
    var result = Few(first)
    result.others = Array(([first] + others).unique().dropFirst())
    return result
  }

  struct Iterator: IteratorProtocol {
    fileprivate let few: Few
    private var position = -1

    fileprivate init(_ few: Few) { self.few = few }

    mutating func next() -> Element? {
      defer { position += 1 }
      guard position >= 0 else { return few.first }
      return position < few.others.count ? few.others[position] : nil
    }
  }

  func makeIterator() -> Iterator { Iterator(self) }
}
