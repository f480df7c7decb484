import CXML
import Diagnostics

extension Element {
  /// Reads a whole document; its prolog (comments before the root) is dropped.
  ///
  /// - Parameter file: only for messages.
  /// - Throws: what `XMLTree.init(parsing:file:limits:)` throws.
  public init(parsing bytes: [UInt8], file: String, limits: XMLLimits = .definition) throws {
    let scan = try PreScan(bytes, file: file, limits: limits, firstLine: 1)
    self = try Element(reading: scan, file: file, schema: nil, firstLine: 1)
  }

  /// Reads a whole document and validates it in the same pass: the quickest way to take a message in.
  ///
  /// - Throws: as above; `XML033` whose causes are what `XMLSchema.problems(in:)` finds.
  public init(
    parsing bytes: [UInt8], file: String, limits: XMLLimits = .message, schema: XMLSchema
  ) throws {
    let scan = try PreScan(bytes, file: file, limits: limits, firstLine: 1)
    self = try Element(reading: scan, file: file, schema: schema, firstLine: 1)
  }

  /// - Parameter firstLine: of the bytes, when they are part of a batch.
  init(reading scan: PreScan, file: String, schema: XMLSchema?, firstLine: Int) throws {
    var builder = TreeBuilder(file: file, lines: scan.lines, size: scan.bytes.count)
    let (isValid, reports) = builder.read(scan.bytes, schema: schema?.pointer)
    let found = builder.problems
    let sawDocumentType = builder.sawDocumentType
    guard let root = builder.root(), reports.isEmpty, !sawDocumentType else {
      throw Diagnostic(parsing: reports, in: file, firstLine: firstLine)
    }
    self = root
    guard let schema else { return }
    let problems = schema.problems(
      root: ElementName(root.name, in: root.namespace), isValid: isValid,
      reports: found, start: SourceLocation(file: file, line: Int(scan.lines[0])))
    if !problems.isEmpty {
      throw Diagnostic(
        "XML033", ["count": String(problems.count)], at: problems[0].location, causes: problems)
    }
  }
}
