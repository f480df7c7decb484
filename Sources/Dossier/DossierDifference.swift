internal import XML

/// What one revision of a dossier says otherwise than another, field by field.
public struct DossierDifference: Hashable, Sendable {
  /// Where: `referral/institution/code`; of repeated elements all but the first are numbered, `finding[2]/text`.
  public let path: String
  /// What the first says; `nil`: nothing.
  public let before: String?
  /// What the second says; `nil`: nothing.
  public let after: String?

  /// The differences between two files, in the order of the first, then what only the second has.
  ///
  /// Documents belong together by their form. Digests, message ids and seals differ always and are left out.
  /// - Throws: the codes of `XMLTree` when one is no message.
  public static func all(
    between first: [UInt8], _ firstFile: String, and second: [UInt8], _ secondFile: String
  ) throws -> [DossierDifference] {
    let before = try fields(Element(parsing: first, file: firstFile, limits: .message))
    let after = try fields(Element(parsing: second, file: secondFile, limits: .message))
    let old = Dictionary(before) { first, _ in first }
    let new = Dictionary(after) { first, _ in first }
    let changed = before.compactMap { path, value in
      new[path] == value ? nil : DossierDifference(path: path, before: value, after: new[path])
    }
    let added = after.compactMap { path, value in
      old[path] == nil ? DossierDifference(path: path, before: nil, after: value) : nil
    }
    return changed + added
  }

  /// Every value with the place it stands at.
  private static func fields(_ root: Element) throws -> [(String, String)] {
    var result: [(String, String)] = []
    if let envelope = root.child("Envelope") {
      for name in ["Kind", "CaseRef", "ReplyBy", "Purpose", "Profile", "Test"] {
        if let element = envelope.child(name) { result.append(("Envelope/\(name)", element.text)) }
      }
      for name in ["Sender", "Receiver"] {
        if let code = envelope.child(name)?["code"] { result.append(("Envelope/\(name)", code)) }
      }
    }
    var forms: [String: Int] = [:]
    for document in root.child("Documents")?.children("Document") ?? [] {
      let form = document["form"] ?? ""
      let number = forms[form, default: 0] + 1
      forms[form] = number
      let path = number == 1 ? form : "\(form)[\(number)]"
      result.append(("\(path)/@revision", document["revision"] ?? ""))
      if let content = document.child("Content")?.elements.first {
        collect(content, path, &result)
      }
    }
    for file in root.child("Attachments")?.children("Attachment") ?? [] {
      let digest = Base64.decode(file.child("Inline")?.text ?? "").map { Digest(of: $0) }
      result.append(("Attachments/\(file["fileName"] ?? "")", digest?.description ?? ""))
    }
    return result
  }

  private static func collect(
    _ element: Element, _ path: String, _ result: inout [(String, String)]
  ) {
    let children = element.elements
    guard !children.isEmpty else {
      result.append((path, element.text))
      return
    }
    var counts: [String: Int] = [:]
    for child in children {
      let number = counts[child.name, default: 0] + 1
      counts[child.name] = number
      collect(child, path + "/" + (number == 1 ? child.name : "\(child.name)[\(number)]"), &result)
    }
  }
}
