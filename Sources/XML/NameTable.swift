import CXML

/// The names of a document, each once, found by the address libxml2 keeps it at: in its dictionary, once for a document.
struct NameTable {
  private struct Slot {
    var key: UnsafePointer<xmlChar>?
    var place: Int32 = 0
  }

  /// The first one is empty.
  private(set) var strings = [""]
  /// A power of two of them, half of them empty: a name is in the slot of its address or in one of the next.
  private var slots = [Slot](repeating: Slot(), count: 256)
  private var slotsTaken = 0

  init() { strings.reserveCapacity(128) }

  /// The place of `name` in `strings`; of no name the first.
  mutating func place(of name: UnsafePointer<xmlChar>?) -> Int32 {
    place(of: name) { String(cString: $0) }
  }

  /// The place of the name of a namespace, in which older versions of libxml2 leave `&` as a reference.
  mutating func place(ofNamespace name: UnsafePointer<xmlChar>?) -> Int32 {
    place(of: name) {
      let text = String(cString: $0)
      let isPlain = !text.utf8.contains(ampersand) || cxml_keeps_references_in_namespaces() == 0
      return isPlain ? text : text.replacing("&#38;", with: "&")
    }
  }

  @inline(__always)
  private mutating func place(
    of name: UnsafePointer<xmlChar>?, text: (UnsafePointer<xmlChar>) -> String
  ) -> Int32 {
    guard let name else { return 0 }
    let slot = slot(of: name)
    return slots[slot].key == name ? slots[slot].place : add(name, text(name), at: slot)
  }

  /// The slot of `name`, or the empty one it belongs in.
  private func slot(of name: UnsafePointer<xmlChar>) -> Int {
    var slot = Int(truncatingIfNeeded: UInt(bitPattern: name) &* 0x9E37_79B9_7F4A_7C15 >> 32)
    while true {
      slot &= slots.count - 1
      if slots[slot].key == name || slots[slot].key == nil { return slot }
      slot += 1
    }
  }

  private mutating func add(
    _ name: UnsafePointer<xmlChar>, _ text: String, at slot: Int
  ) -> Int32 {
    let place = text.isEmpty ? 0 : Int32(strings.count)
    if place > 0 { strings.append(text) }
    slots[slot] = Slot(key: name, place: place)
    slotsTaken += 1
    if 2 * slotsTaken > slots.count { grow() }
    return place
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 4 * old.count)
    for taken in old {
      if let key = taken.key { slots[slot(of: key)] = taken }
    }
  }
}
