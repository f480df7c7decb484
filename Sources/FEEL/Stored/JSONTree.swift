/// Any JSON value: what the stored form of a value becomes where other encoders and decoders are at work.
enum JSONTree: JSONStored {
  case null
  case truth(Bool)
  case integer(Int)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  static func stored(_ value: JSONTree?, in json: inout JSONCoder) throws -> JSONTree {
    switch value {
    case nil: return try read(&json)
    case .null: json.write(word: "null")
    case .truth(let truth): _ = try Bool.stored(truth, in: &json)
    case .integer(let number): json.write(number)
    case .text(let text): json.write(text)
    case .list(let list): _ = try [JSONTree].stored(list, in: &json)
    case .object(let object): _ = try [String: JSONTree].stored(object, in: &json)
    }
    return value ?? .null
  }

  private static func read(_ json: inout JSONCoder) throws -> JSONTree {
    switch json.index.entries[json.place].kind {
    case .null: .null
    case .yes: .truth(true)
    case .no: .truth(false)
    case .number: .integer(try Int.stored(nil, in: &json))
    case .plainText, .text: .text(try String.stored(nil, in: &json))
    case .list: .list(try [JSONTree].stored(nil, in: &json))
    case .object: .object(try [String: JSONTree].stored(nil, in: &json))
    }
  }

  /// No value of ours holds another number than a whole one: what else there is was put in by others and is passed over.
  init(from decoder: any Decoder) throws {
    if let list = try? decoder.unkeyedContainer() {
      self = .list(try JSONTree.elements(list))
    } else if let object = try? decoder.container(keyedBy: Name.self) {
      let members = try object.allKeys.map {
        ($0.stringValue, try object.decode(JSONTree.self, forKey: $0))
      }
      self = .object(Dictionary(members) { first, _ in first })
    } else {
      let single = try decoder.singleValueContainer()
      if let truth = try? single.decode(Bool.self) {
        self = .truth(truth)
      } else if let number = try? single.decode(Int.self) {
        self = .integer(number)
      } else if let text = try? single.decode(String.self) {
        self = .text(text)
      } else {
        self = .null
      }
    }
  }

  private static func elements(_ list: any UnkeyedDecodingContainer) throws -> [JSONTree] {
    var list = list
    var result: [JSONTree] = []
    while !list.isAtEnd { result.append(try list.decode(JSONTree.self)) }
    return result
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .null:
      var single = encoder.singleValueContainer()
      try single.encodeNil()
    case .truth(let truth): try truth.encode(to: encoder)
    case .integer(let number): try number.encode(to: encoder)
    case .text(let text): try text.encode(to: encoder)
    case .list(let list): try list.encode(to: encoder)
    case .object(let object): try object.encode(to: encoder)
    }
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// In other encoders and decoders the same form.
extension JSONStored {
  public init(from decoder: any Decoder) throws {
    try self.init(storedText: JSONTree(from: decoder).storedText())
  }

  public func encode(to encoder: any Encoder) throws {
    try JSONTree(storedText: storedText()).encode(to: encoder)
  }
}
