import CXML
public import Diagnostics

/// A compiled schema (XSD 1.0). Compile once, share freely.
///
/// `@unchecked`: libxml2 only reads a compiled schema while it validates, and `pointer` is set once.
public final class XMLSchema: @unchecked Sendable {
  let pointer: xmlSchemaPtr
  private let document: XMLTree  // the schema points into it
  private let namespace: String

  /// Compiles a schema.
  ///
  /// - Parameter file: only for messages.
  /// - Parameter others: what it may import or include, by `schemaLocation`; nothing else is opened, on disk or network.
  /// - Throws: `XML060` with everything libxml2 reported, warnings too; the codes of `XMLTree` when a file is not XML.
  public init(compiling bytes: [UInt8], file: String, others: [String: [UInt8]] = [:]) throws {
    for (name, bytes) in others.sorted(by: { $0.key < $1.key }) {
      _ = try XMLTree(parsing: bytes, file: name, limits: .definition)
    }
    let document = try XMLTree(parsing: bytes, file: file, limits: .definition)
    let files = Catalogue(others)
    let (schema, reports) = LibXML2.collecting { sink in
      cxml_compile_schema(
        document.document, files.entries.baseAddress, Int32(files.entries.count), sink)
    }
    guard let schema, reports.isEmpty else {
      if let schema { xmlSchemaFree(schema) }
      throw Diagnostic(compiling: reports, of: document)
    }
    pointer = schema
    namespace = Self.targetNamespace(of: document)
    self.document = document
  }

  private static func targetNamespace(of document: borrowing XMLTree) -> String {
    guard let value = xmlGetNoNsProp(document.rootNode, "targetNamespace") else { return "" }
    defer { cxml_free_string(value) }
    return String(cString: value)
  }

  deinit { xmlSchemaFree(pointer) }

  /// What in `tree` breaks the schema, in file order, at most 20; empty: it is valid.
  ///
  /// Each has line, path and rule, none quotes a value. The root must be of this schema, not of one that it imports.
  /// `XML018` alone: libxml2 gave up, which is a refusal too.
  public func problems(in tree: borrowing XMLTree) -> [Diagnostic] {
    let document = tree.document
    let (result, reports) = LibXML2.collecting { cxml_validate(pointer, document, $0) }
    return problems(
      root: tree.rootName, isValid: result == 0, reports: reports.map { tree.schemaReport($0) },
      start: SourceLocation(file: tree.file, line: Int(tree.lines[0])))
  }

  /// - Parameter start: of the root.
  func problems(
    root: ElementName, isValid: Bool, reports: [SchemaReport], start: SourceLocation
  ) -> [Diagnostic] {
    guard root.namespace == namespace else {
      let name = root.name.quotedForMessage
      return [Diagnostic("XML050", ["name": name, "path": "/" + name], at: start)]
    }
    if !isValid, reports.isEmpty { return [Diagnostic("XML018", at: start)] }
    return SchemaReport.diagnostics(reports)
  }
}

/// The files a schema may import, where C can read them.
private struct Catalogue: ~Copyable {
  let entries: UnsafeMutableBufferPointer<cxml_file>

  init(_ files: [String: [UInt8]]) {
    entries = .allocate(capacity: files.count)
    for (index, file) in files.enumerated() {
      let name = UnsafeMutableBufferPointer<CChar>.allocate(capacity: file.key.utf8.count + 1)
      _ = name.initialize(from: file.key.utf8CString)
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: file.value.count)
      _ = bytes.initialize(from: file.value)
      entries.initializeElement(
        at: index,
        to: cxml_file(
          name: name.baseAddress, bytes: bytes.baseAddress, count: Int32(file.value.count)))
    }
  }

  deinit {
    for entry in entries {
      entry.name.deallocate()
      entry.bytes.deallocate()
    }
    entries.deallocate()
  }
}

extension Diagnostic {
  /// A schema of ours that cannot be used.
  fileprivate init(compiling reports: [Report], of document: borrowing XMLTree) {
    let file = document.file
    let causes = reports.map {
      Diagnostic(
        "XML060", ["reason": String($0.message.prefix { $0 != "\n" }).quotedForMessage],
        at: SourceLocation(file: file, line: $0.line > 0 ? $0.line : nil))
    }
    self.init(
      "XML060", ["reason": causes.first?.arguments["reason"] ?? ""],
      at: causes.first?.location ?? SourceLocation(file: file),
      causes: Array(causes.dropFirst()))
  }
}
