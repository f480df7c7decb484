/// A value with one form in JSON for ever: the names of an object in order, no blanks, slashes as they are.
///
/// One function describes the form for both directions, so that what is written is what is read.
public protocol JSONStored: Codable {
  /// Writes `value` and answers it; where there is none, reads one.
  ///
  /// - Throws: `DecodingError` where the text is no such value, `EncodingError` for what cannot be stored.
  static func stored(_ value: Self?, in json: inout JSONCoder) throws -> Self
}

/// A value that is an object with names of its own.
public protocol JSONRecord: JSONStored {
  /// The members of the object, in any order; as `stored`.
  static func members(of value: Self?, in json: inout JSONCoder) throws -> Self
}

extension JSONRecord {
  @inlinable
  public static func stored(_ value: Self?, in json: inout JSONCoder) throws -> Self {
    let outer = try json.openObject()
    let result = try members(of: value, in: &json)
    json.close(outer)
    return result
  }
}

extension JSONStored {
  /// The stored form; contexts that are documents of `documents` are only named.
  @inlinable
  public func storedText(documents: FEELDocumentTable = FEELDocumentTable()) throws -> String {
    var json = JSONCoder(documents: documents)
    _ = try Self.stored(self, in: &json)
    return json.text
  }

  /// The value that was stored as `text`. Names that are not known are passed over.
  @inlinable
  public init(
    storedText text: String, documents: FEELDocumentTable = FEELDocumentTable()
  ) throws {
    var json = try JSONCoder(reading: text, documents: documents)
    self = try Self.stored(nil, in: &json)
  }
}
