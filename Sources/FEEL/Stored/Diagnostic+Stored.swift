public import Diagnostics

extension Diagnostic: JSONRecord {
  public static func members(of value: Diagnostic?, in json: inout JSONCoder) throws -> Diagnostic {
    let arguments = try json.member("arguments", value?.arguments)
    let causes = try json.member("causes", value?.causes)
    return try Diagnostic(
      json.member("code", value?.code), arguments, at: json.optional("location", value?.location),
      severity: json.member("severity", value?.severity), causes: causes)
  }
}

extension Diagnostic.Severity: JSONStored {}

extension SourceLocation: JSONRecord {
  public static func members(
    of value: SourceLocation?, in json: inout JSONCoder
  ) throws -> SourceLocation {
    try SourceLocation(
      file: json.member("file", value?.file), line: json.optional("line", value?.line),
      column: json.optional("column", value?.column))
  }
}
