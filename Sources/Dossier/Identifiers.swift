public import Diagnostics
public import XML

/// The ids of a dossier: one space for envelope, documents, attachments and what is in them.
///
/// Looked at here, not by the schema: identity constraints of libxml2 are a known weak spot, and a second element of the
/// same id is how signatures are moved to other content.
public enum Identifiers {
  /// A `DOSS001` for every element whose `id` another one before it has, white space collapsed.
  public static func problems(in root: Element) -> [Diagnostic] {
    var seen: Set<String> = []
    var problems: [Diagnostic] = []
    root.forEachAttribute(named: ["id", "Id", "ID"]) { attribute, location in
      guard isIdentifier(attribute) else { return }
      let identifier = attribute.value.whiteSpaceCollapsed
      if !seen.insert(identifier).inserted {
        problems.append(Diagnostic("DOSS001", ["id": identifier.quotedForMessage], at: location))
      }
    }
    return problems
  }

  private static func isIdentifier(_ attribute: Attribute) -> Bool {
    switch attribute.name {
    case "id": attribute.namespace.isEmpty || attribute.namespace == xmlNamespace
    case "Id", "ID": attribute.namespace.isEmpty  // XML-DSig spells it so
    default: false
    }
  }

  private static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
}
