/// A FEEL context: names with values, in the order in which they were written.
///
/// The order shows when a context is printed, listed or stored; equality ignores it (DMN 1.5, 10.3.2.6).
public struct FEELContext: Sendable {
  /// The entries. A class, so that copying a context copies one reference: filters copy their elements often.
  fileprivate final class Storage: Sendable {
    let names: [String]
    let values: [FEELValue]
    /// Positions by name; `nil` while there are so few names that looking through them is faster.
    let positions: [String: Int]?

    init(_ names: [String], _ values: [FEELValue]) {
      self.names = names
      self.values = values
      positions =
        names.count <= 12
        ? nil : Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    }
  }

  fileprivate var storage: Storage

  private static let emptyStorage = Storage([], [])

  public init() { storage = Self.emptyStorage }

  /// The entries in order; of several with one name the last counts, at the place of the first.
  public init(_ entries: [(String, FEELValue)]) {
    guard !entries.isEmpty else {
      storage = Self.emptyStorage
      return
    }
    var names: [String] = []
    var values: [FEELValue] = []
    var positions: [String: Int] = [:]
    names.reserveCapacity(entries.count)
    values.reserveCapacity(entries.count)
    for (name, value) in entries {
      if let position = positions[name] {
        values[position] = value
      } else {
        positions[name] = names.count
        names.append(name)
        values.append(value)
      }
    }
    storage = Storage(names, values)
  }

  /// Names that are known to differ, and their values in the same order.
  init(uniqueNames names: [String], values: [FEELValue]) { storage = Storage(names, values) }

  /// The names, in order.
  public var names: [String] { storage.names }
  var values: [FEELValue] { storage.values }
  public var count: Int { storage.names.count }
  public var isEmpty: Bool { storage.names.isEmpty }

  /// The entries in order.
  public var entries: [(name: String, value: FEELValue)] {
    zip(names, values).map { (name: $0, value: $1) }
  }

  /// The entry called `name`; `nil` when there is none. Setting `nil` removes it.
  ///
  /// Setting takes time in proportion to the number of entries; to make a context of many, use `init(_:)`.
  public subscript(name: String) -> FEELValue? {
    get { storage.position(of: name).map { storage.values[$0] } }
    set {
      var (names, values) = (names, values)
      switch (storage.position(of: name), newValue) {
      case (let position?, let value?): values[position] = value
      case (let position?, nil):
        names.remove(at: position)
        values.remove(at: position)
      case (nil, let value?):
        names.append(name)
        values.append(value)
      case (nil, nil): return
      }
      storage = Storage(names, values)
    }
  }

  /// The entry called `name`, which is looked for first where `place` says; `place` is then where it was found.
  func value(of name: String, near place: inout Int) -> FEELValue? {
    if place < storage.names.count, storage.names[place] == name { return storage.values[place] }
    guard let position = storage.position(of: name) else { return nil }
    place = position
    return storage.values[position]
  }

  /// The number that `value(of:near:)` finds, without copying a value; `nil` for everything else.
  func number(of name: String, near place: inout Int) -> Decimal128? {
    guard place < storage.names.count, storage.names[place] == name else {
      return value(of: name, near: &place)?.number
    }
    return storage.values[place].number
  }

  /// This context with the entries of `other` put over it.
  public func merging(_ other: FEELContext) -> FEELContext {
    if isEmpty { return other }
    if other.isEmpty { return self }
    return FEELContext(Array(zip(names, values)) + Array(zip(other.names, other.values)))
  }
}

extension FEELContext.Storage {
  fileprivate func position(of name: String) -> Int? {
    if let positions { return positions[name] }
    // Comparing the lengths first is much faster than comparing strings that differ.
    let length = name.utf8.count
    for position in names.indices {
      let candidate = names[position]
      if candidate.utf8.count == length, candidate == name { return position }
    }
    return nil
  }
}

extension FEELContext: Hashable {
  public static func == (left: FEELContext, right: FEELContext) -> Bool {
    if left.storage === right.storage { return true }
    guard left.count == right.count else { return false }
    if left.names == right.names { return left.values == right.values }
    return left.entries.allSatisfy { right[$0.name] == $0.value }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    // A sum, so that the order of the entries does not count.
    var sum = 0
    for (name, value) in zip(names, values) {
      var entry = Hasher()
      entry.combine(name)
      entry.combine(value)
      sum &+= entry.finalize()
    }
    hasher.combine(sum)
  }
}

extension FEELContext: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (String, FEELValue)...) { self.init(elements) }
}
