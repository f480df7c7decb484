import CXML

/// Strings already made of names, by the address libxml2 keeps each name at: in its dictionary, once for a document.
struct StringCache {
  private let make: (UnsafePointer<xmlChar>) -> String
  private var entries = [(key: UnsafeRawPointer?, text: String)](
    repeating: (nil, ""), count: 256)

  init(_ make: @escaping (UnsafePointer<xmlChar>) -> String = { String(cString: $0) }) {
    self.make = make
  }

  subscript(name: UnsafePointer<xmlChar>?) -> String {
    mutating get {
      guard let name else { return "" }
      let key = UnsafeRawPointer(name)
      let slot = (Int(bitPattern: key) >> 3) & 255
      if entries[slot].key != key { entries[slot] = (key, make(name)) }
      return entries[slot].text
    }
  }
}
