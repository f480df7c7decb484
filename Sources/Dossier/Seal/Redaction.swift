internal import Diagnostics
internal import XML

/// A copy of a sealed dossier from which parts are left out: an employer sees the recommendation and not the diagnosis.
///
/// Possible where the seal is over the manifest: the envelope still names every part with its digest, so the copy
/// verifies, and shows how many parts were withheld, but not what they say.
public enum Redaction {
  /// The dossier with only the documents of these ids and the attachments that belong to them.
  ///
  /// - Parameter file: only for messages.
  /// - Throws: `DOSS040` when it is not sealed; `DOSS062` when its seal covers everything, so that nothing can be left
  ///   out; `DOSS063` when none of its documents would be left.
  public static func copy(
    of dossier: [UInt8], keeping documents: Set<String>, file: String
  ) throws -> [UInt8] {
    var root = try Element(parsing: dossier, file: file, limits: .message)
    guard let seal = try Seal(in: root) else { throw Diagnostic("DOSS040", at: root.location) }
    guard seal.profile == .manifest else { throw Diagnostic("DOSS062", at: root.location) }
    root = root.changing("Documents") {
      $0.dropping("Document") { !documents.contains($0["id"] ?? "") }
    }
    guard root.child("Documents")?.child("Document") != nil else {
      throw Diagnostic("DOSS063", at: root.location)
    }
    root = root.changing("Attachments") {
      $0.dropping("Attachment") { !documents.contains($0["about"] ?? "") }
    }
    if root.child("Attachments")?.elements.isEmpty ?? false {
      root = root.dropping("Attachments") { _ in true }
    }
    return Array(root.xml(indented: false).utf8)
  }
}

extension Element {
  /// This element without the children of that name that `isDropped`, nor the white space before them.
  fileprivate func dropping(_ name: String, where isDropped: (Element) -> Bool) -> Element {
    var result = self
    result.children = []
    for node in children {
      if case .element(let child) = node, child.name == name, child.namespace == namespace,
        isDropped(child)
      {
        if case .text(let text)? = result.children.last, text.allSatisfy(\.isWhitespace) {
          result.children.removeLast()
        }
      } else {
        result.children.append(node)
      }
    }
    return result
  }
}
