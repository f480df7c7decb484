import CXML

/// Strings already made of names, by the address libxml2 keeps each name at: in its dictionary, once for a document.
struct StringCache {
  private struct Entry {
    var key: UnsafePointer<xmlChar>?
    var text = ""
  }

  private let make: (UnsafePointer<xmlChar>) -> String
  private var entries = [Entry](repeating: Entry(), count: 256)

  init(_ make: @escaping (UnsafePointer<xmlChar>) -> String = { String(cString: $0) }) {
    self.make = make
  }

  subscript(name: UnsafePointer<xmlChar>?) -> String {
    mutating get {
      guard let name else { return "" }
      let slot = (Int(bitPattern: name) >> 3) & 255
      if entries[slot].key != name { entries[slot] = Entry(key: name, text: make(name)) }
      return entries[slot].text
    }
  }
}
