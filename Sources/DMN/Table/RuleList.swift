/// Positions of rules. The first is kept apart: mostly there is one, which then needs no memory of its own.
struct RuleList: RandomAccessCollection {
  private var head = 0
  private var tail: [Int] = []
  private(set) var endIndex = 0

  init() {}

  init(_ rules: [Int]) { for rule in rules { append(rule) } }

  var startIndex: Int { 0 }

  subscript(position: Int) -> Int { position == 0 ? head : tail[position - 1] }

  mutating func append(_ rule: Int) {
    if endIndex == 0 { head = rule } else { tail.append(rule) }
    endIndex += 1
  }
}
