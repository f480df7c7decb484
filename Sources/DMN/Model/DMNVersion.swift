internal import Diagnostics
internal import XML

/// The versions of DMN that are read, by the namespace of their `definitions`.
enum DMNVersion: String, CaseIterable, Sendable {
  case dmn12 = "http://www.omg.org/spec/DMN/20180521/MODEL/"
  case dmn13 = "https://www.omg.org/spec/DMN/20191111/MODEL/"
  case dmn14 = "https://www.omg.org/spec/DMN/20211108/MODEL/"
  case dmn15 = "https://www.omg.org/spec/DMN/20230324/MODEL/"

  /// The namespace of our own attributes on `definitions`.
  static let definitionNamespace = "urn:msec:definition:1"

  /// Whether `uri` names FEEL in any version; decisions without a language are FEEL.
  static func isFEEL(_ uri: String?) -> Bool {
    guard let uri, !uri.isEmpty else { return true }
    return uri.lowercased() == "feel" || uri.hasSuffix("/FEEL/") || uri.hasSuffix("/FEEL")
      || uri.hasSuffix("/feel")
  }
}

extension Diagnostic {
  static func notDMN(_ element: Element) -> Diagnostic {
    Diagnostic(
      "DMN001", ["element": element.name, "namespace": element.namespace], at: element.location)
  }
}
