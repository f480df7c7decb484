internal import Diagnostics

/// A compiled expression.
///
/// A class, because expressions, function values and evaluators share it; and with memory of its own for what every
/// step reads, since reading an array counts references. `@unchecked`, without a lock: nothing changes after `init`.
final class Program: @unchecked Sendable {
  let source: String
  let location: SourceLocation?
  let code: Code
  let root: NodeID
  /// Variables read from outside, with the slot each goes to.
  let free: [FreeVariable]
  /// Parts of `code`, for the evaluator, one behind the other.
  private let memory: UnsafeMutableRawPointer
  let nodes: UnsafeBufferPointer<Node>
  let constants: UnsafeBufferPointer<FEELValue>
  let operands: UnsafeBufferPointer<NodeID>
  let names: UnsafeBufferPointer<String>

  struct FreeVariable: Hashable, Sendable {
    let name: String
    let slot: Int32
    /// The built-in function of that name, which it is where nobody gives a variable.
    let builtin: Int?
    /// Whether it is named only where the elements of a filter have an entry of that name by their type.
    var isEntry: Bool
  }

  static let empty = Program(source: "", location: nil, code: Code(), root: 0, free: [])

  init(
    source: String, location: SourceLocation?, code: Code, root: NodeID, free: [FreeVariable]
  ) {
    self.source = source
    self.location = location
    self.code = code
    self.root = root
    self.free = free
    memory = .allocate(
      byteCount: code.constants.count * MemoryLayout<FEELValue>.stride
        + code.names.count * MemoryLayout<String>.stride
        + code.entries.count * MemoryLayout<Node>.stride
        + code.operands.count * MemoryLayout<NodeID>.stride,
      alignment: MemoryLayout<FEELValue>.alignment)
    // Those whose elements need the widest alignment come first.
    var end = memory
    constants = Self.copy(code.constants, to: &end)
    names = Self.copy(code.names, to: &end)
    nodes = Self.copy(code.entries.lazy.map(\.node), to: &end)
    operands = Self.copy(code.operands, to: &end)
  }

  deinit {
    UnsafeMutableBufferPointer(mutating: constants).deinitialize()
    UnsafeMutableBufferPointer(mutating: names).deinitialize()
    memory.deallocate()
  }

  /// Copies `elements` to `end`, which moves behind them.
  private static func copy<Element>(
    _ elements: some Collection<Element>, to end: inout UnsafeMutableRawPointer
  ) -> UnsafeBufferPointer<Element> {
    let count = elements.count
    let start = end.bindMemory(to: Element.self, capacity: count)
    let copies = UnsafeMutableBufferPointer(start: start, count: count)
    _ = copies.initialize(from: elements)
    end += count * MemoryLayout<Element>.stride
    return UnsafeBufferPointer(copies)
  }

  /// Levels of nodes below the root, itself included.
  var height: Int32 { code.entries.isEmpty ? 0 : code.entries[Int(root)].height }
}

/// The nodes and the data they name.
struct Code: Hashable, Sendable {
  /// A node, with what only the parser and messages need of it.
  struct Entry: Hashable, Sendable {
    var node: Node
    let span: SourceSpan
    /// Levels of nodes below it, itself included.
    let height: Int32
  }

  var entries: [Entry] = []
  var constants: [FEELValue] = []
  var failures: [Failure] = []
  var names: [String] = []
  var operands: [NodeID] = []
  var contexts: [ContextPlan] = []
  var iterations: [IterationPlan] = []
  var functions: [FunctionPlan] = []
  var namedCalls: [NamedCallPlan] = []
  var types: [FEELType] = []
  /// Slots of the outermost frame.
  var frameSize: Int32 = 0

  mutating func reserveCapacity(_ count: Int) {
    entries.reserveCapacity(min(count, 64))
    constants.reserveCapacity(4)
    names.reserveCapacity(4)
  }
}

extension Program {
  /// The file, line and column of a byte of the source; `nil` when nobody said where the source stands.
  func place(of offset: Int) -> SourceLocation? {
    guard let location else { return nil }
    let (line, column) = TextPosition.lineAndColumn(of: offset, in: source)
    guard let firstLine = location.line else { return location }
    return SourceLocation(
      file: location.file, line: firstLine + line - 1,
      column: line == 1 ? location.column.map { $0 + column - 1 } : column)
  }

  /// The text of a node, short enough for a message.
  func text(of span: SourceSpan) -> String {
    let bytes = source.utf8
    let start = bytes.index(bytes.startIndex, offsetBy: Int(span.start))
    let end = bytes.index(bytes.startIndex, offsetBy: Int(span.end))
    let text = source[start..<end]
    return text.count <= 60 ? String(text) : text.prefix(59) + "…"
  }
}

enum TextPosition {
  /// Line and column, both from 1, of the byte `offset` of `text`; columns count characters.
  static func lineAndColumn(of offset: Int, in text: String) -> (line: Int, column: Int) {
    let bytes = text.utf8
    let end = bytes.index(bytes.startIndex, offsetBy: min(offset, bytes.count))
    let before = text.unicodeScalars[..<end]
    let line = before.reduce(1) { $1 == "\n" ? $0 + 1 : $0 }
    let lineStart = before.lastIndex(of: "\n").map { before.index(after: $0) } ?? before.startIndex
    return (line, before[lineStart...].count + 1)
  }
}
