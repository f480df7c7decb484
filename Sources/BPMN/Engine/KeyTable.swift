/// Values by key, in the order of their keys.
///
/// Keys only grow, so a new value goes to the end, and what is looked for is found by halving: for the few things that
/// are alive in a case this is faster than hashing, and the order is the same everywhere.
public struct KeyTable<Value> {
  public private(set) var keys: [ElementKey] = []
  public private(set) var values: [Value] = []

  public init() {}

  public var isEmpty: Bool { keys.isEmpty }
  public var count: Int { keys.count }

  /// The value of `key`; `nil` when there is none. Setting `nil` removes it.
  public subscript(key: ElementKey) -> Value? {
    get { position(of: key).map { values[$0] } }
    set {
      let position = insertionPoint(of: key)
      let exists = position < keys.count && keys[position] == key
      switch (newValue, exists) {
      case (let value?, true): values[position] = value
      case (let value?, false):
        keys.insert(key, at: position)
        values.insert(value, at: position)
      case (nil, true):
        keys.remove(at: position)
        values.remove(at: position)
      case (nil, false): break
      }
    }
  }

  /// Changes the value of `key` in place; nothing happens when there is none.
  mutating func update(_ key: ElementKey, _ change: (inout Value) -> Void) {
    if let position = position(of: key) { change(&values[position]) }
  }

  /// Takes the value of `key` out.
  mutating func remove(_ key: ElementKey) -> Value? {
    guard let position = position(of: key) else { return nil }
    keys.remove(at: position)
    return values.remove(at: position)
  }

  mutating func removeAll(where isGone: (Value) -> Bool) {
    for position in values.indices.reversed() where isGone(values[position]) {
      keys.remove(at: position)
      values.remove(at: position)
    }
  }

  /// Where the value of `key` stands in `values`.
  func position(of key: ElementKey) -> Int? {
    let position = insertionPoint(of: key)
    return position < keys.count && keys[position] == key ? position : nil
  }

  private func insertionPoint(of key: ElementKey) -> Int {
    guard let last = keys.last, key <= last else { return keys.count }
    var low = 0
    var high = keys.count
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension KeyTable: Sendable where Value: Sendable {}
extension KeyTable: Equatable where Value: Equatable {}
extension KeyTable: Hashable where Value: Hashable {}
