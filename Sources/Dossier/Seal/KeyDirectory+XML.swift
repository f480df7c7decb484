internal import Diagnostics
internal import XML

/// The file in which directories travel: `keys-1.0.xsd`.
extension KeyDirectory {
  /// The namespace of the file.
  public static let namespace = "urn:msec:keys:1"

  /// Reads a file.
  ///
  /// - Parameter schema: `keys-1.0.xsd`.
  /// - Throws: the codes of `XMLTree` and `XMLSchema`; `DOSS057` for a key that is not on P-256, a name given twice or a
  ///   key that ends before it begins, with the line.
  public init(parsing bytes: [UInt8], file: String, schema: [UInt8]) throws {
    let schema = try XMLSchema(compiling: schema, file: "keys-1.0.xsd")
    let root = try Element(parsing: bytes, file: file, limits: .message, schema: schema)
    var directory = KeyDirectory()
    for element in root.children("Key") {
      let problem = Diagnostic(
        "DOSS057", ["key": try element.attribute("name").quotedForMessage], at: element.location)
      let name = try element.attribute("name")
      guard let key = Base64.decode(element.text).flatMap(PublicSealKey.init(der:)),
        let use = KeyEntry.Use(rawValue: try element.attribute("use")),
        let from = UTCTime(try element.attribute("from")),
        let until = UTCTime(try element.attribute("until")), from < until,
        !directory.entries.contains(where: { $0.name == name })
      else { throw problem }
      let revocation = try element["revoked"].map { text in
        guard let at = UTCTime(text),
          let reason = KeyEntry.RevocationReason(rawValue: try element.attribute("reason"))
        else { throw problem }
        return KeyEntry.Revocation(at: at, reason: reason)
      }
      _ = directory.add(
        KeyEntry(
          name: name, owner: try element.attribute("owner"), use: use, from: from, until: until,
          publicKey: key, revocation: revocation))
    }
    self = directory
  }

  /// The directory as a file.
  public func xml() -> [UInt8] {
    let keys = entries.map { entry in
      var attributes = [
        Attribute("name", value: entry.name), Attribute("owner", value: entry.owner),
        Attribute("use", value: entry.use.rawValue),
        Attribute("from", value: entry.from.description),
        Attribute("until", value: entry.until.description),
      ]
      if let revocation = entry.revocation {
        attributes.append(Attribute("revoked", value: revocation.at.description))
        attributes.append(Attribute("reason", value: revocation.reason.rawValue))
      }
      return Element(
        "Key", namespace: Self.namespace, prefix: "k", attributes: attributes,
        children: [.text(Base64.encode(entry.publicKey.der))])
    }
    let root = Element(
      "Keys", namespace: Self.namespace, prefix: "k",
      attributes: [Attribute("version", value: "1.0")], children: keys.map { .element($0) })
    return Array(root.xml().utf8)
  }
}
