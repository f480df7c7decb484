import Diagnostics

/// The start tag around the records of a batch: what it declares holds inside every record.
struct BatchRoot {
  /// `<batch/>`: there are no records.
  let isEmpty: Bool
  private let name: [UInt8]
  private let declarations: [(name: [UInt8], text: [UInt8])]

  /// - Throws: the codes of `XMLTree`, when the tag is no start tag.
  init(startTag: ArraySlice<UInt8>, file: String, line: Int) throws {
    isEmpty = startTag.dropLast().last == slash
    let whole = startTag.dropLast(isEmpty ? 2 : 1) + [slash, greaterThan]
    let element = try XMLTree(
      parsing: Array(whole), file: file, limits: .message, firstLine: line
    ).root()
    name = Array(element.qualifiedName.utf8)
    declarations = element.declarations.map {
      let name = $0.prefix.isEmpty ? "xmlns" : "xmlns:\($0.prefix)"
      var text = Array(" \(name)=\"".utf8)
      text.append(escaped: $0.uri, for: .attribute)
      return (Array(name.utf8), text + [quote])
    }
  }

  func isClosed(by tag: ArraySlice<UInt8>) -> Bool {
    tag.dropFirst(2).dropLast().prefix { !$0.isBlank }.elementsEqual(name)
  }

  /// `record` with the declarations it needs from around it, on the same lines.
  func document(of record: ArraySlice<UInt8>) -> [UInt8] {
    let (nameEnd, own) = record.withUnsafeBufferPointer(Self.startTagNames)
    var result: [UInt8] = []
    result.reserveCapacity(record.count + declarations.reduce(0) { $0 + $1.text.count })
    result += record.prefix(nameEnd)
    for declaration in declarations where !own.contains(declaration.name) {
      result += declaration.text
    }
    return result + record.dropFirst(nameEnd)
  }

  /// Where the name of the start tag ends, and which namespaces it declares, by attribute name.
  private static func startTagNames(_ bytes: UnsafeBufferPointer<UInt8>) -> (Int, [[UInt8]]) {
    let nameEnd = bytes.dropFirst().firstIndex { $0.isBlank || $0 == slash || $0 == greaterThan }
    var index = nameEnd ?? bytes.count
    var names: [[UInt8]] = []
    while index < bytes.count, bytes[index] != greaterThan {
      let byte = bytes[index]
      if byte == quote || byte == apostrophe {
        index = bytes.find(byte, from: index + 1).index
      } else if bytes.has("xmlns", at: index) {
        let name = bytes[index...].prefix { !$0.isBlank && $0 != equals }
        names.append(Array(name))
        index = name.endIndex - 1
      }
      index += 1
    }
    return (nameEnd ?? bytes.count, names)
  }
}

extension Element {
  var qualifiedName: String { prefix.isEmpty ? name : "\(prefix):\(name)" }
}
