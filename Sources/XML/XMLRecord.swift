/// One record of a batch.
public struct XMLRecord: Sendable {
  /// The record as a document of its own: as it came, with the namespaces declared around it.
  public let bytes: [UInt8]
  /// Of its first byte in the batch: where an interrupted import goes on.
  public let offset: Int
  /// Of its first byte in the batch.
  public let line: Int
  let file: String
  let limits: XMLLimits

  /// Parses the record; problems name the line in the batch.
  ///
  /// - Throws: what `XMLTree.init(parsing:file:limits:)` throws.
  public func tree() throws -> XMLTree {
    try XMLTree(parsing: bytes, file: file, limits: limits, firstLine: line)
  }

  /// Parses and validates the record in one pass; problems name the line in the batch.
  ///
  /// - Throws: what `Element.init(parsing:file:limits:schema:)` throws.
  public func element(schema: XMLSchema) throws -> Element {
    let scan = try PreScan(bytes, file: file, limits: limits, firstLine: line)
    return try Element(reading: scan, file: file, schema: schema, firstLine: line)
  }
}
