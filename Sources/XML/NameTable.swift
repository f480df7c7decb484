import CXML

/// The names of a document, each once, found by the address libxml2 keeps it at: in its dictionary, once for a document.
struct NameTable {
  private struct Slot {
    var key: UnsafePointer<xmlChar>?
    var place: Int32 = 0
  }

  /// The first one is empty.
  private(set) var strings = [""]
  private var places: [UnsafePointer<xmlChar>: Int32] = [:]
  /// The last name of each of 256 kinds of address: what is asked for is nearly always there.
  private var slots = [Slot](repeating: Slot(), count: 256)

  /// The place of `name` in `strings`; of no name the first.
  mutating func place(of name: UnsafePointer<xmlChar>?) -> Int32 {
    guard let name else { return 0 }
    let slot = (Int(bitPattern: name) >> 3) & 255
    if slots[slot].key != name { slots[slot] = Slot(key: name, place: add(name)) }
    return slots[slot].place
  }

  private mutating func add(_ name: UnsafePointer<xmlChar>) -> Int32 {
    if let place = places[name] { return place }
    let string = Self.text(of: name)
    let place = string.isEmpty ? 0 : Int32(strings.count)
    if place > 0 { strings.append(string) }
    places[name] = place
    return place
  }

  /// Only a namespace name can have `&` in it, which older versions of libxml2 leave as a reference.
  private static func text(of name: UnsafePointer<xmlChar>) -> String {
    let text = String(cString: name)
    let isPlain = !text.utf8.contains(ampersand) || cxml_keeps_references_in_namespaces() == 0
    return isPlain ? text : text.replacing("&#38;", with: "&")
  }
}
