import Diagnostics
import XML

extension Form {
  /// Reads a folded form: `Forms/README.md` describes the format.
  ///
  /// - Parameters:
  ///   - file: for messages, as the user named it.
  ///   - blocks: the bytes of `Forms/blocks/<name>.xml`; `nil` when there is no such block.
  ///   - lists: the code list of `Forms/lists/<name>.csv`.
  /// - Throws: a `Diagnostic` of the parser, or `FORM100` with every problem of the form as a cause.
  public init(
    folded bytes: [UInt8], file: String, blocks: (String) -> [UInt8]?,
    lists: (String) -> CodeList?
  ) throws {
    let root = try Element(parsing: bytes, file: file)
    self = try withoutActuallyEscaping(blocks) { blocks in
      try withoutActuallyEscaping(lists) { lists in
        var reader = FoldedReader(
          file: file, size: bytes.count, blocks: blocks, lists: lists)
        return try reader.read(root)
      }
    }
  }
}

/// The names of the folded format.
enum Folded {
  static let namespace = "urn:msec:form-definition:1"
  static let metadataNamespace = "urn:msec:definition:1"
  static let texts: Set = ["label", "hint", "help", "alert", "requiredMessage"]
  static let parts: Set = texts.union(["title", "item", "itemset"])

  /// The attributes that each element may have.
  static let attributes: [String: [String]] = {
    let common = ["name", "relevant", "constraint", "readonly"]
    let control = common + ["required", "value", "appearance", "keep"]
    return [
      "form": ["id", "version", "constraint"],
      "group": common + ["appearance", "keep"],
      "repeat": common + ["min", "max", "count", "noAddRemove", "appearance"],
      "input": control + ["type", "calculate"],
      "select1": control + ["list", "filter"],
      "select": control + ["list", "filter"],
      "range": control + ["type", "start", "end", "step"],
      "trigger": control,
      "upload": control + ["mediatype"],
      "note": ["name", "relevant", "appearance"],
      "calculate": common + ["type", "calculate", "value", "keep"],
      "include": ["block"],
      "list": ["name"],
    ]
  }()
}
