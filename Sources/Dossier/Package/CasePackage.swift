internal import Diagnostics
internal import XML

/// A whole case as one file for a court: an ASiC-E container (ETSI EN 319 162-1), which any ZIP program opens, with one
/// signature over every file in it.
///
/// The signature is XML-DSig of the closed profile (exclusive canonical form, P-256, SHA-256) with the signing time as a
/// signed property of XAdES; the key is named, as in our seals, and known from a key file.
public struct CasePackage: Sendable {
  /// A file of the case.
  public struct File: Hashable, Sendable {
    /// Within the container: `documents/01-referral.xml`. Letters, digits, `-`, `.`, `_` and `/`.
    public let path: String
    public let bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }

    /// By the ending of the name.
    var mediaType: String {
      path.hasSuffix(".xml") ? "application/xml" : path.hasSuffix(".txt") ? "text/plain" : ""
    }
  }

  public let files: [File]

  public init(_ files: [File]) { self.files = files }

  static let mediaType = "application/vnd.etsi.asic-e+zip"
  static let signaturePath = "META-INF/signatures001.xml"
  static let manifestPath = "META-INF/manifest.xml"

  /// The container, signed.
  public func signed(with key: SealKey, at time: UTCTime) throws -> [UInt8] {
    let signature = PackageSignature(
      files: files.map { ($0.path, Digest(of: $0.bytes)) }, time: time, keyName: key.name)
    let value = try key.sign(signature.signedInfo().canonical())
    let entries =
      [
        ZIPArchive.Entry(name: "mimetype", bytes: Array(Self.mediaType.utf8)),
        ZIPArchive.Entry(name: Self.manifestPath, bytes: manifest),
      ] + files.map { ZIPArchive.Entry(name: $0.path, bytes: $0.bytes) }
      + [
        ZIPArchive.Entry(
          name: Self.signaturePath,
          bytes: Array(try signature.element(value: value).xml(indented: false).utf8))
      ]
    return ZIPArchive(entries).bytes
  }

  /// The list of files as OpenDocument has it (part 3, 3.2).
  var manifest: [UInt8] {
    let namespace = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    func element(_ name: String, _ attributes: [(String, String)], _ children: [Element] = [])
      -> Element
    {
      Element(
        name, namespace: namespace, prefix: "manifest",
        attributes: attributes.map {
          Attribute($0.0, namespace: namespace, prefix: "manifest", value: $0.1)
        }, children: children.map { .element($0) })
    }
    let entries = [("/", Self.mediaType)] + files.map { ($0.path, $0.mediaType) }
    let list = element(
      "manifest", [("version", "1.2")],
      entries.map { element("file-entry", [("full-path", $0.0), ("media-type", $0.1)]) })
    return Array(list.xml().utf8)
  }
}

/// The signature of a container: what its files, its time and the name of its key make of it, and nothing else.
struct PackageSignature {
  let files: [(path: String, digest: Digest)]
  let time: UTCTime
  let keyName: String

  private static let xades = "http://uri.etsi.org/01903/v1.3.2#"
  private static let asic = "http://uri.etsi.org/02918/v1.2.1#"

  /// What is signed: the digest of every file, and that of the signing time.
  func signedInfo() throws -> Element {
    let references = files.map { file in
      Self.reference([Attribute("URI", value: file.path)], [], file.digest)
    }
    let transform = Self.element(
      "Transform", [Attribute("Algorithm", value: SealProfile.canonicalization)])
    let properties = Self.reference(
      [
        Attribute("URI", value: "#properties"),
        Attribute("Type", value: "http://uri.etsi.org/01903#SignedProperties"),
      ], [Self.element("Transforms", [], [transform])], Digest(of: try properties.canonical()))
    return Self.element(
      "SignedInfo", [],
      [
        Self.element(
          "CanonicalizationMethod", [Attribute("Algorithm", value: SealProfile.canonicalization)]),
        Self.element("SignatureMethod", [Attribute("Algorithm", value: SealProfile.method)]),
      ] + references + [properties])
  }

  /// The whole file `signatures001.xml`.
  ///
  /// - Parameter value: r and s of 32 bytes each.
  func element(value: [UInt8]) throws -> Element {
    let qualifying = Element(
      "QualifyingProperties", namespace: Self.xades, prefix: "xades",
      attributes: [Attribute("Target", value: "#signature")], children: [.element(properties)])
    let signature = Self.element(
      "Signature", [Attribute("Id", value: "signature")],
      [
        try signedInfo(), Self.text("SignatureValue", Base64.encode(value)),
        Self.element("KeyInfo", [], [Self.text("KeyName", keyName)]),
        Self.element("Object", [], [qualifying]),
      ])
    return Element(
      "XAdESSignatures", namespace: Self.asic, prefix: "asic", children: [.element(signature)])
  }

  private var properties: Element {
    func element(_ name: String, _ child: Node, _ attributes: [Attribute] = []) -> Element {
      Element(
        name, namespace: Self.xades, prefix: "xades", attributes: attributes, children: [child])
    }
    let moment = element("SigningTime", .text(time.description))
    return element(
      "SignedProperties", .element(element("SignedSignatureProperties", .element(moment))),
      [Attribute("Id", value: "properties")])
  }

  private static func reference(
    _ attributes: [Attribute], _ transforms: [Element], _ digest: Digest
  ) -> Element {
    element(
      "Reference", attributes,
      transforms + [
        element("DigestMethod", [Attribute("Algorithm", value: SealProfile.digest)]),
        text("DigestValue", Base64.encode(digest.bytes)),
      ])
  }

  private static func element(
    _ name: String, _ attributes: [Attribute], _ children: [Element] = []
  ) -> Element {
    Element(
      name, namespace: SealProfile.namespace, prefix: "ds", attributes: attributes,
      children: children.map { .element($0) })
  }

  private static func text(_ name: String, _ text: String) -> Element {
    Element(name, namespace: SealProfile.namespace, prefix: "ds", children: [.text(text)])
  }
}
