import CXML

/// Strings already made of names, by the address libxml2 keeps each name at: in its dictionary, once for a document.
struct StringCache {
  private struct Entry {
    var key: UnsafePointer<xmlChar>?
    var text = ""
  }

  private let make: (UnsafePointer<xmlChar>) -> String
  private var entries = [Entry](repeating: Entry(), count: 64)

  init(_ make: @escaping (UnsafePointer<xmlChar>) -> String = { String(cString: $0) }) {
    self.make = make
  }

  subscript(name: UnsafePointer<xmlChar>?) -> String {
    mutating get {
      guard let name else { return "" }
      let slot = (Int(bitPattern: name) >> 3) & 63
      if entries[slot].key != name { entries[slot] = Entry(key: name, text: make(name)) }
      return entries[slot].text
    }
  }
}

/// Names of elements and attributes already made, by the addresses libxml2 keeps their parts at.
struct TagCache {
  struct Key: Equatable {
    var name, prefix, uri: UnsafePointer<xmlChar>?
  }

  private struct Entry {
    var key = Key()
    var tag: TagName?
  }

  private var entries = [Entry](repeating: Entry(), count: 256)

  /// `nil`: not made yet, or another one took its place.
  subscript(key: Key) -> TagName? {
    get {
      let entry = entries[slot(of: key)]
      return entry.key == key ? entry.tag : nil
    }
    set { entries[slot(of: key)] = Entry(key: key, tag: newValue) }
  }

  private func slot(of key: Key) -> Int { (Int(bitPattern: key.name) >> 3) & 255 }
}
