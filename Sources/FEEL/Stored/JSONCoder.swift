/// Writes values as JSON, or reads them: `JSONStored` types describe themselves to it.
public struct JSONCoder {
  /// Whether values are read; else they are written.
  public let isReading: Bool
  let documents: FEELDocumentTable

  var output: [UInt8] = []
  /// The members of the objects that are being written, innermost last.
  private var members: [Member] = []
  private var object = Object()
  private var scratch: [UInt8] = []

  let index: JSONIndex
  /// The entry of the value that is read.
  var place = 0

  /// A name that was written, and where.
  private struct Member {
    let name: String
    let start: Int
    var end = 0
  }

  /// An object that is being written.
  @usableFromInline
  struct Object {
    fileprivate var firstMember = 0
    fileprivate var isInOrder = true

    fileprivate init(firstMember: Int = 0) { self.firstMember = firstMember }
  }

  @usableFromInline
  init(documents: FEELDocumentTable) {
    isReading = false
    index = JSONIndex()
    self.documents = documents
    output.reserveCapacity(1_024)
  }

  /// - Throws: `DecodingError` when `text` is not JSON.
  @usableFromInline
  init(reading text: String, documents: FEELDocumentTable) throws {
    isReading = true
    index = try JSONIndex(text)
    self.documents = documents
  }

  @usableFromInline
  var text: String { String(decoding: output, as: UTF8.self) }

  // MARK: Objects

  @usableFromInline
  mutating func openObject() throws -> Object {
    if isReading {
      guard index.entries[place].kind == .object else { throw JSONIndex.problem("no object") }
      if index.hasEscapedNames { try index.checkNames(of: place) }
      return object
    }
    let outer = object
    object = Object(firstMember: members.count)
    output.append(UInt8(ascii: "{"))
    return outer
  }

  @usableFromInline
  mutating func close(_ outer: Object) {
    guard !isReading else { return }
    if !object.isInOrder { sortMembers() }
    output.append(UInt8(ascii: "}"))
    members.removeLast(members.count - object.firstMember)
    object = outer
  }

  /// Brings the members of the innermost object into the order of their names.
  private mutating func sortMembers() {
    let first = object.firstMember
    let start = members[first].start
    for position in first + 1..<members.count {
      var place = position
      while place > first, members[place].name < members[place - 1].name {
        members.swapAt(place, place - 1)
        place -= 1
      }
    }
    scratch.removeAll(keepingCapacity: true)
    for member in members[first...] {
      if !scratch.isEmpty { scratch.append(UInt8(ascii: ",")) }
      output.withUnsafeBufferPointer {
        scratch.append(contentsOf: UnsafeBufferPointer(rebasing: $0[member.start..<member.end]))
      }
    }
    output.removeLast(output.count - start)
    scratch.withUnsafeBufferPointer { output.append(contentsOf: $0) }
  }

  /// Begins a member: its value is next.
  ///
  /// - Returns: where to go back to with `endMember`; `nil` where the object that is read has no such name.
  @usableFromInline
  mutating func beginMember(_ name: String) -> Int? {
    let outer = place
    if isReading {
      guard let member = index.member(name, of: place) else { return nil }
      place = member
      return outer
    }
    if members.count > object.firstMember {
      output.append(UInt8(ascii: ","))
      if members[members.count - 1].name > name { object.isInOrder = false }
    }
    members.append(Member(name: name, start: output.count))
    write(name)
    output.append(UInt8(ascii: ":"))
    return outer
  }

  @usableFromInline
  mutating func endMember(_ outer: Int) {
    if isReading {
      place = outer
    } else {
      members[members.count - 1].end = output.count
    }
  }

  /// Whether the value that is read is `null`.
  @usableFromInline
  var isNull: Bool { index.entries[place].kind == .null }

  /// What is thrown where a word is none of those of `type`.
  @usableFromInline
  static func unknown(_ word: String, _ type: Any.Type) -> DecodingError {
    JSONIndex.problem("no \(type): \(word)")
  }

  /// What is thrown where an object has no member `name`.
  public static func missing(_ name: String) -> DecodingError { JSONIndex.problem("no \(name)") }
}
