/// A line of the corpus's `manifest.tsv`.
struct BadXMLCase {
  let file: String
  /// Where the fault sits: bytes, parse, dtd, limit, schema, semantic, attachment, seal, sequence; `all`: nowhere.
  let layer: String
  /// `OK` and classes of fault, any of which is right.
  let allowed: [Substring]

  init?(_ line: Substring) {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard fields.count >= 3, fields[0] != "file" else { return nil }
    file = String(fields[0])
    layer = String(fields[1])
    allowed = fields[2].split(separator: "|")
  }

  /// Files of these layers are read with the seal required, and with their sender's chain.
  var needsSeal: Bool { layer == "seal" || layer == "sequence" }

  /// Files of this layer belong to a thread.
  var isInSequence: Bool { layer == "sequence" }

  /// What was received before on the same thread, as the corpus's README orders it.
  var before: [String] {
    switch file {
    case "bad/seq-2.xml", "bad/seq-1-same-id-other-content.xml", "bad/seq-2-wrong-previous.xml":
      ["bad/seq-1.xml"]
    case "bad/seq-3.xml": ["bad/seq-1.xml", "bad/seq-2.xml"]
    default: []
    }
  }

  /// What an accepted file must say, by field; nil: not a file whose values the corpus fixes.
  var values: [String: String]? {
    guard layer == "all" || file.hasPrefix("bad/txt-") || file.hasPrefix("bad/xsd-58") else {
      return nil
    }
    let changed = Self.changes.first { file.contains("/\($0.key)-") }?.value ?? [:]
    return Self.minimal.merging(changed) { $1 }
  }

  private static let note = "Назначена II группа; əlillik dərəcəsi & müddəti: 1 il."

  /// The values of `ok/ok-01-minimal.xml`.
  private static let minimal = [
    "MessageId": "0192f5a0-7c1e-7d3a-9b52-3f6c1a2b4c5d", "Kind": "conclusion",
    "CaseRef": "MSE-2026-000123", "Sequence": "1", "Created": "2026-11-20T09:30:00Z",
    "Person": "Иванова Мария Петровна", "Group": "2", "ValidFrom": "2026-11-20", "Note": note,
  ]

  /// What other files say instead, as their notes in the manifest describe it.
  private static let changes = [
    "ok-04": [
      "Note":
        "<!DOCTYPE x [<!ENTITY a \"b\">]> II группа; əlillik dərəcəsi & müddəti: 1 il."
    ],
    "ok-11": ["Person": "Əliyeva Gülnarə Şükür qızı — Ёжикова-Щукина 𐍈"],
    "txt-04": ["Note": "a\nb\nc\nd\re əlillik dərəcəsi & müddəti: 1 il."],
    "txt-05": ["Person": "Иванова \u{202E}яираМ Петровна"],
    "txt-06": [
      "Note":
        "'); DROP TABLE cases;-- %s %n <script>alert(1)</script> əlillik dərəcəsi & müddəti: 1 il."
    ],
    "txt-51": ["Kind": "appeal"],
  ]
}
