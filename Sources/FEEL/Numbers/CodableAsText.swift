/// A value that is stored as the text it prints and reads.
public protocol CodableAsText: LosslessStringConvertible, JSONStored {}

extension CodableAsText {
  public static func stored(_ value: Self?, in json: inout JSONCoder) throws -> Self {
    if let value {
      json.write(value.description)
      return value
    }
    let text = try json.index.text(at: json.place)
    guard let value = Self(text) else { throw JSONIndex.problem("not a \(Self.self): \(text)") }
    return value
  }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let value = Self(text) else { throw JSONIndex.problem("not a \(Self.self): \(text)") }
    self = value
  }

  public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}
