/// The arguments of a call of a built-in function, already of the types its table entry asks for.
struct Call {
  let arguments: [FEELValue]
  let node: NodeID

  /// Argument `index`; null when it was left out.
  subscript(index: Int) -> FEELValue { index < arguments.count ? arguments[index] : .null }

  func number(_ index: Int) -> Decimal128 { self[index].number ?? mistyped(index) }
  func string(_ index: Int) -> String { self[index].string ?? mistyped(index) }
  func boolean(_ index: Int) -> Bool { self[index].boolean ?? mistyped(index) }
  func list(_ index: Int) -> [FEELValue] { self[index].list ?? mistyped(index) }
  func context(_ index: Int) -> FEELContext { self[index].context ?? mistyped(index) }

  func range(_ index: Int) -> FEELRange {
    if case .range(let range) = self[index] { range } else { mistyped(index) }
  }

  /// The date of a date or date and time.
  func day(_ index: Int) -> Day {
    switch self[index] {
    case .date(let day): day
    case .dateTime(let dateTime): dateTime.day
    default: mistyped(index)
    }
  }

  /// A whole number; a fraction is cut off.
  ///
  /// - Throws: `outsideDomain` when the number is beyond 64 bits.
  func integer(_ index: Int, _ parameter: String) throws(Failure) -> Int {
    guard let whole = number(index).rounded(to: 0, .down), let integer = Int(exactly: whole) else {
      throw .outsideDomain(parameter)
    }
    return integer
  }

  /// A whole number without a fraction.
  func exactInteger(_ index: Int, _ parameter: String) throws(Failure) -> Int {
    guard let integer = Int(exactly: number(index)) else { throw .outsideDomain(parameter) }
    return integer
  }

  private func mistyped<Value>(_ index: Int) -> Value {
    fatalError("argument \(index) is not of the type its row of the table asks for")
  }
}
