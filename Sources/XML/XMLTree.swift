import CXML
import Diagnostics

/// A parsed document, owned by libxml2: for validation and canonical form. `root` gives it as values.
public struct XMLTree: ~Copyable {
  let document: xmlDocPtr
  let file: String
  private let bytes: [UInt8]
  /// The line of every start tag, in file order.
  let lines: [UInt32]

  /// Parses a whole document; `file` is only for messages.
  ///
  /// DTDs, entities and the network stay off: a hostile file must not read ours (XXE).
  /// - Throws: `XML001` and the other codes of the reading layers, with the line of the first problem. A tree about which
  ///   anything was reported is no tree.
  public init(parsing bytes: [UInt8], file: String, limits: XMLLimits = .message) throws {
    try self.init(parsing: bytes, file: file, limits: limits, firstLine: 1)
  }

  /// - Parameter firstLine: of `bytes`, when they are part of a batch.
  init(parsing bytes: [UInt8], file: String, limits: XMLLimits, firstLine: Int) throws {
    let scan = try PreScan(bytes, file: file, limits: limits, firstLine: firstLine)
    let (document, reports) = LibXML2.collecting { sink in
      scan.bytes.withUnsafeBufferPointer {
        cxml_parse($0.baseAddress, Int32($0.count), file, sink)
      }
    }
    guard let document, reports.isEmpty, document.pointee.intSubset == nil else {
      if let document { xmlFreeDoc(document) }
      throw Diagnostic(parsing: reports, in: file, firstLine: firstLine)
    }
    self.document = document
    self.file = file
    self.bytes = scan.bytes
    self.lines = scan.lines
  }

  deinit { xmlFreeDoc(document) }

  /// The root element with all that is in it, as plain values.
  public func root() -> Element {
    var builder = TreeBuilder(file: file, lines: lines, size: bytes.count)
    _ = builder.read(bytes, schema: nil)
    guard let root = builder.root() else { fatalError("parsed before, so it parses now") }
    return root
  }

  /// What the document is, before anything else of it is read.
  public var rootName: ElementName {
    let root = rootNode
    let uri = root.pointee.ns?.pointee.href
    return ElementName(
      String(cString: root.pointee.name), in: uri.map { String(cString: $0) } ?? "")
  }

  var rootNode: UnsafePointer<xmlNode> {
    guard let root = xmlDocGetRootElement(document) else { fatalError("parsed without a root") }
    return UnsafePointer(root)
  }
}
