import CXML
import Diagnostics

/// A report of libxml2's validation in our words: which rule, where. Values, which may be personal, stay out.
struct SchemaReport {
  let code: Int
  /// English; may quote a value.
  let message: String
  /// The local name of the element.
  let element: String
  let elementPath: String
  let location: SourceLocation

  static func diagnostics(_ reports: [SchemaReport]) -> [Diagnostic] {
    var result: [Diagnostic] = []
    var facetPath: String?
    for report in reports {
      // A broken facet is reported twice: as itself, then as "not a valid value of the type".
      let isRepeated =
        report.code == Int(XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1.rawValue)
        && report.path == facetPath
      if !isRepeated {
        let (code, arguments) = report.meaning
        var all = arguments.mapValues(\.quotedForMessage)
        all["path"] = report.path
        result.append(Diagnostic(code, all, at: report.location))
      }
      facetPath = facets.contains(report.code) ? report.path : nil
    }
    return result
  }

  private static let facets =
    Int(
      XML_SCHEMAV_CVC_LENGTH_VALID.rawValue)...Int(
      XML_SCHEMAV_CVC_ENUMERATION_VALID.rawValue)

  private var meaning: (code: String, arguments: [String: String]) {
    switch xmlParserErrors(UInt32(code)) {
    case XML_SCHEMAV_CVC_ELT_1: ("XML050", ["name": name])
    case XML_SCHEMAV_ELEMENT_CONTENT where message.contains("Missing child"):
      ("XML041", ["name": name, "expected": expected])
    case XML_SCHEMAV_ELEMENT_CONTENT:
      expected.isEmpty
        ? ("XML040", ["name": name]) : ("XML039", ["name": name, "expected": expected])
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_2, XML_SCHEMAV_CVC_TYPE_3_1_2:
      ("XML038", ["name": name])
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
      ("XML049", ["name": name])
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1, XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2,
      XML_SCHEMAV_CVC_TYPE_3_1_1:
      ("XML042", ["name": name])
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      ("XML043", ["name": between("The attribute '", "'"), "element": element])
    case XML_SCHEMAV_CVC_ENUMERATION_VALID:
      ("XML044", ["name": name, "allowed": between("of the set {", "}")])
    case XML_SCHEMAV_CVC_PATTERN_VALID:
      ("XML045", ["name": name, "pattern": between("by the pattern '", "'.")])
    case XML_SCHEMAV_CVC_MAXLENGTH_VALID: ("XML046", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_MINLENGTH_VALID: ("XML047", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_LENGTH_VALID: ("XML048", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_MININCLUSIVE_VALID, XML_SCHEMAV_CVC_MINEXCLUSIVE_VALID:
      ("XML052", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_MAXINCLUSIVE_VALID, XML_SCHEMAV_CVC_MAXEXCLUSIVE_VALID:
      ("XML053", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_TOTALDIGITS_VALID, XML_SCHEMAV_CVC_FRACTIONDIGITS_VALID:
      ("XML054", ["name": name, "limit": limit])
    case XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1, XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_2,
      XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_3:
      ("XML055", ["name": name, "type": type])
    case XML_SCHEMAV_CVC_ELT_3_1, XML_SCHEMAV_CVC_ELT_3_2_1, XML_SCHEMAV_CVC_ELT_3_2_2,
      XML_SCHEMAV_CVC_ELT_4_1, XML_SCHEMAV_CVC_ELT_4_2, XML_SCHEMAV_CVC_ELT_4_3:
      ("XML051", ["name": name])
    case XML_SCHEMAV_CVC_IDC: ("XML056", ["name": name])
    default: ("XML059", ["name": name, "rule": String(code)])
    }
  }

  private var path: String {
    elementPath + (attribute.map { "/@" + $0.quotedForMessage } ?? "")
  }

  /// The local name of the attribute or element.
  private var name: String { attribute ?? element }

  /// The attribute, which only the message names: `Element 'a', attribute 'b': …`.
  private var attribute: String? {
    guard let start = message.firstRange(of: "', attribute '")?.upperBound,
      !message[..<start].contains(":\u{20}"),
      let end = message[start...].firstIndex(of: "'")
    else { return nil }
    return Self.plainNames(String(message[start..<end]))
  }

  private var expected: String {
    let list = between("Expected is one of ( ", " )")
    return Self.plainNames(list.isEmpty ? between("Expected is ( ", " )") : list)
  }

  /// The local name of the element a message is about.
  static func elementName(in message: String) -> String? {
    let start = "Element '"
    guard message.hasPrefix(start) else { return nil }
    return plainNames(String(message.dropFirst(start.count).prefix { $0 != "'" }))
  }

  /// The number or date at the end of the message.
  private var limit: String {
    let places = [("('", "')"), ("length of '", "'."), ("than '", "'.")]
    return places.lazy.map { between($0, $1) }.first { !$0.isEmpty } ?? ""
  }

  private var type: String {
    let name = Self.plainNames(between("type '", "'"))
    return name.hasPrefix("xs:") ? String(name.dropFirst(3)) : name
  }

  /// What the schema says at the end of the message, behind any quoted value; empty when the message was cut off.
  private func between(_ start: String, _ end: String) -> String {
    guard message.hasSuffix("\n"), let from = message.ranges(of: start).last?.upperBound,
      let to = message[from...].ranges(of: end).last?.lowerBound
    else { return "" }
    return String(message[from..<to])
  }

  /// `{urn:msec:dossier:1}Kind` without its namespace, which says nothing to the reader.
  private static func plainNames(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
