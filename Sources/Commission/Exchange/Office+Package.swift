internal import Diagnostics
public import Dossier
internal import FEEL

/// A whole case for a court.
extension Office {
  /// Everything a court needs of a case, signed with `key`: its papers and letters in the order they came, and what was
  /// sent, as it was sent.
  ///
  /// - Throws: `USER004`; `CASE011`; what `check` throws when `key` is not a key of this office that is in force.
  public func package(_ number: CaseNumber, with key: SealKey) async throws -> [UInt8] {
    try require(.forwardPapers)
    try await check(key)
    let (work, loaded) = try await reading(number, for: .dossiers)
    var files: [CasePackage.File] = []
    func add(_ folder: String, _ name: String, _ stored: StoredDocument) {
      let ending = stored.mediaType == "application/xml" ? "xml" : "txt"
      let place = files.count { $0.path.hasPrefix(folder + "/") } + 1
      let serial = String(String(10_000 + place).dropFirst())
      files.append(
        CasePackage.File(
          path: "\(folder)/\(serial)-\(Self.plain(name)).\(ending)", bytes: stored.bytes))
    }
    for document in loaded.state.documents {
      guard let stored = try await store.document(document.identifier) else {
        throw Diagnostic("STORE004", ["document": document.identifier])
      }
      add("documents", document.name, stored)
    }
    for letter in try await CaseHistory(work: work, number: number).letters {
      guard let stored = try await store.document(letter.notice.document) else {
        throw Diagnostic("STORE004", ["document": letter.notice.document])
      }
      add("letters", letter.notice.template, stored)
    }
    for message in try await store.outbox(case: number) {
      let bytes = try await sealed(bytes(ofMessage: message.document), of: message, with: key)
      add(
        "sent", "\(message.kind)-\(message.receiver)",
        StoredDocument(mediaType: "application/xml", bytes: bytes))
    }
    return try CasePackage(files).signed(with: key, at: now.utcTime)
  }

  /// A name of letters, digits and hyphens.
  private static func plain(_ name: String) -> String {
    String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
  }
}
