internal import FEEL
internal import Foundation

/// JSON as the store keeps it: sorted keys, completed forms as references to their documents.
struct Payload {
  /// The completed forms of the case: their contexts are written as `{"doc":"…"}` and read back through it.
  private var documents = FEELDocumentTable()

  /// Lets `context` be written as a reference to the document `identifier`.
  mutating func know(_ context: FEELContext, as identifier: String) {
    documents.add(context, as: identifier)
  }

  func text(_ value: some JSONStored) throws -> String {
    try value.storedText(documents: documents)
  }

  func value<Value: JSONStored>(_ type: Value.Type, from text: String) throws -> Value {
    try type.init(storedText: text, documents: documents)
  }

  /// What is written seldom and refers to no documents leaves its form to Foundation: the same.
  func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try String(decoding: encoder.encode(value), as: UTF8.self)
  }

  func value<Value: Decodable>(_ type: Value.Type, from text: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  /// The documents that `text` refers to. Quotes inside strings are escaped in JSON, so nothing else looks like this.
  static func references(in text: String) -> Set<String> {
    var result: Set<String> = []
    let marker = Array(#"{"doc":""#.utf8)
    let bytes = Array(text.utf8)
    var index = 0
    while index + marker.count + 64 <= bytes.count {
      if bytes[index] == marker[0], bytes[index..<index + marker.count].elementsEqual(marker) {
        let start = index + marker.count
        result.insert(String(decoding: bytes[start..<start + 64], as: UTF8.self))
        index = start + 64
      } else {
        index += 1
      }
    }
    return result
  }
}
