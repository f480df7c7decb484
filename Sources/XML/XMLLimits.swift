/// What a document may contain before libxml2 sees it (interchange.md 3.3); each number is checked in one pass over the bytes.
public struct XMLLimits: Hashable, Sendable {
  /// Where comments may stand.
  public enum Comments: Hashable, Sendable {
    case everywhere
    case outsideRoot
  }

  /// Bytes of the document.
  public var size: Int
  /// Elements inside each other.
  public var depth: Int
  /// Elements in all.
  public var elements: Int
  /// Bytes from `<` to `>`.
  public var tag: Int
  /// Attributes of one element, namespace declarations included.
  public var attributes: Int
  /// Namespace declarations of one element.
  public var namespaces: Int
  /// Bytes of a name, prefix included.
  public var name: Int
  /// Bytes of text between two tags.
  public var text: Int
  /// Local names of the elements whose text may be as long as the document: base64 content.
  public var longTextElements: Set<String>
  public var comments: Comments
  /// Whether processing instructions are allowed.
  public var instructions: Bool
  /// Whether encodings other than UTF-8 are read: UTF-16, ISO 8859, windows-125x.
  public var otherEncodings: Bool

  /// BPMN, DMN, forms and schemas: written by editors, read by analysts. A DOCTYPE is refused here too.
  public static let definition = XMLLimits(
    size: 64 << 20, depth: 200, elements: 2_000_000, tag: 1 << 20, attributes: 1_000,
    namespaces: 256, name: 1_000, text: 8 << 20, longTextElements: [], comments: .everywhere,
    instructions: true, otherEncodings: true)

  /// Dossiers and receipts from outside.
  public static let message = XMLLimits(
    size: 16 << 20, depth: 64, elements: 200_000, tag: 32 << 10, attributes: 64, namespaces: 32,
    name: 256, text: 64 << 10, longTextElements: ["Inline"], comments: .outsideRoot,
    instructions: false, otherEncodings: false)

  /// Documents of another format from outside: as dossiers, but with the comments and style sheets that other programs
  /// write. Neither is ever read.
  public static let foreignMessage = {
    var limits = message
    limits.comments = .everywhere
    limits.instructions = true
    return limits
  }()
}
