internal import Crypto
internal import Diagnostics
public import XML

/// A seal as it stands in a document: read against the closed profile, not yet verified.
public struct Seal: Hashable, Sendable {
  public let profile: SealProfile
  /// The name of the key; whose it is, only a key directory says.
  public let keyName: String
  let digest: Digest
  /// r and s, 32 bytes each.
  let value: [UInt8]

  /// The seal of the document with this root; `nil`: there is none.
  ///
  /// - Throws: `DOSS041` when there are several, or one is not the last child of the root; `DOSS042` when it says
  ///   anything but what the profile fixes.
  public init?(in root: Element) throws {
    let count = Self.count(in: root)
    guard count > 0 else { return nil }
    guard count == 1, let element = root.elements.last, Self.isSeal(element) else {
      throw Diagnostic("DOSS041", at: root.elements.last?.location ?? root.location)
    }
    try self.init(element)
  }

  private init(_ element: Element) throws {
    var reader = ProfileReader(element)
    let info = try reader.next("SignedInfo")
    var value = try reader.next("SignatureValue")
    var keyInfo = try reader.next("KeyInfo")
    try reader.end()
    (profile, digest) = try Self.signedInfo(info)
    guard let signature = Base64.decode(try value.text()), signature.count == 64 else {
      throw value.outside
    }
    self.value = signature
    var name = try keyInfo.next("KeyName")
    try keyInfo.end()
    keyName = try name.text()
  }

  private static func signedInfo(_ info: ProfileReader) throws -> (SealProfile, Digest) {
    var info = info
    try info.algorithm("CanonicalizationMethod", SealProfile.canonicalization)
    try info.algorithm("SignatureMethod", SealProfile.method)
    var reference = try info.next("Reference", attributes: ["URI"])
    try info.end()
    let uri = reference.element["URI"]
    guard let profile = SealProfile.allCases.first(where: { $0.reference == uri }) else {
      throw reference.outside
    }
    var transforms = try reference.next("Transforms")
    for transform in profile.transforms { try transforms.algorithm("Transform", transform) }
    try transforms.end()
    try reference.algorithm("DigestMethod", SealProfile.digest)
    var value = try reference.next("DigestValue")
    try reference.end()
    guard let bytes = Base64.decode(try value.text()), let digest = Digest(bytes: bytes) else {
      throw value.outside
    }
    return (profile, digest)
  }

  private static func isSeal(_ element: Element) -> Bool {
    element.name == "Signature" && element.namespace == SealProfile.namespace
  }

  private static func count(in element: Element) -> Int {
    var count = isSeal(element) ? 1 : 0
    for case .element(let child) in element.children { count += Self.count(in: child) }
    return count
  }

  // MARK: Verifying

  /// Whether the sealed bytes are still those that were sealed.
  func matches(_ covered: [UInt8]) -> Bool { Digest(of: covered) == digest }

  /// Whether the holder of `key` made the seal.
  ///
  /// - Parameter root: of the document that the seal stands in.
  func isMade(by key: PublicSealKey, in root: Element) throws -> Bool {
    let info = try root.required("Signature", in: SealProfile.namespace)
      .required("SignedInfo", in: SealProfile.namespace)
    return key.verifies(value, of: try info.canonical())
  }
}

/// Reads an element that must be exactly what the profile says: known children in their order, no other attribute, no text.
private struct ProfileReader {
  let element: Element
  private var rest: ArraySlice<Node>

  init(_ element: Element) {
    self.element = element
    rest = element.children[...]
  }

  /// The element is not as the profile has it.
  var outside: Diagnostic { Diagnostic("DOSS042", ["what": element.name], at: element.location) }

  mutating func next(_ name: String, attributes: [String] = []) throws -> ProfileReader {
    dropBlank()
    guard case .element(let child)? = rest.popFirst(), child.name == name,
      child.namespace == SealProfile.namespace,
      child.attributes.map(\.name) == attributes,
      child.attributes.allSatisfy(\.namespace.isEmpty)
    else { throw outside }
    return ProfileReader(child)
  }

  mutating func algorithm(_ name: String, _ algorithm: String) throws {
    let child = try next(name, attributes: ["Algorithm"])
    guard child.element["Algorithm"] == algorithm, child.rest.isEmpty else { throw child.outside }
  }

  mutating func text() throws -> String {
    guard case .text(let text)? = rest.popFirst(), rest.isEmpty else { throw outside }
    return text
  }

  mutating func end() throws {
    dropBlank()
    guard rest.isEmpty else { throw outside }
  }

  private mutating func dropBlank() {
    while case .text(let text)? = rest.first, text.allSatisfy(\.isWhitespace) { rest.removeFirst() }
  }
}
