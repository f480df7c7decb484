internal import Diagnostics
public import XML

/// What a seal speaks for. Both are XML-DSig with exclusive canonical form, P-256 and SHA-256, and nothing else is read.
public enum SealProfile: String, CaseIterable, Hashable, Sendable, Codable {
  /// Everything but the seal: `URI=""`.
  case whole
  /// The envelope, whose manifest gives the digest of every part: `URI="#envelope"`. A part may be withheld from a
  /// receiver, and what is left still verifies.
  case manifest

  /// XML Signature Syntax and Processing.
  public static let namespace = "http://www.w3.org/2000/09/xmldsig#"

  /// The element of the seal.
  public static let signature = ElementName("Signature", in: namespace)

  static let canonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
  static let method = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
  static let digest = "http://www.w3.org/2001/04/xmlenc#sha256"

  /// The id that the envelope must have to be sealed by itself.
  static let envelope = "envelope"

  var reference: String {
    switch self {
    case .whole: ""
    case .manifest: "#" + Self.envelope
    }
  }

  var transforms: [String] {
    switch self {
    case .whole: [Self.namespace + "enveloped-signature", Self.canonicalization]
    case .manifest: [Self.canonicalization]
    }
  }

  /// The canonical bytes that are sealed.
  ///
  /// The envelope is found by its place, the first child of the root, and only then compared with its id: an id that
  /// leads elsewhere is how signatures are moved to other content.
  func covered(in root: Element) throws -> [UInt8] {
    switch self {
    case .whole: return try root.canonical(leavingOut: Self.signature)
    case .manifest:
      guard let envelope = root.elements.first, envelope.name == "Envelope",
        envelope.namespace == root.namespace, envelope["id"] == Self.envelope
      else { throw Diagnostic("DOSS042", ["what": "Reference"], at: root.location) }
      return try envelope.canonical()
    }
  }

  // MARK: Writing

  /// `SignedInfo` for a digest; the profile leaves no choice in it.
  func signedInfo(_ digest: Digest) -> Element {
    let transforms = transforms.map { Self.element("Transform", algorithm: $0) }
    let reference = Self.element(
      "Reference", [Attribute("URI", value: reference)],
      [
        Self.element("Transforms", [], transforms),
        Self.element("DigestMethod", algorithm: Self.digest),
        Self.text("DigestValue", Base64.encode(digest.bytes)),
      ])
    return Self.element(
      "SignedInfo", [],
      [
        Self.element("CanonicalizationMethod", algorithm: Self.canonicalization),
        Self.element("SignatureMethod", algorithm: Self.method), reference,
      ])
  }

  /// The whole seal.
  func seal(_ digest: Digest, value: [UInt8], keyName: String) -> Element {
    var seal = Self.element(
      "Signature", [],
      [
        signedInfo(digest), Self.text("SignatureValue", Base64.encode(value)),
        Self.element("KeyInfo", [], [Self.text("KeyName", keyName)]),
      ])
    seal.declarations = [NamespaceDeclaration(prefix: "ds", uri: Self.namespace)]
    return seal
  }

  private static func element(
    _ name: String, _ attributes: [Attribute], _ children: [Element]
  ) -> Element {
    Element(
      name, namespace: namespace, prefix: "ds", attributes: attributes,
      children: children.map { .element($0) })
  }

  private static func element(_ name: String, algorithm: String) -> Element {
    element(name, [Attribute("Algorithm", value: algorithm)], [])
  }

  private static func text(_ name: String, _ text: String) -> Element {
    Element(name, namespace: namespace, prefix: "ds", children: [.text(text)])
  }
}
