import CXML
import Diagnostics

extension Diagnostic {
  /// The first thing libxml2 said about a document that is not well formed.
  init(parsing reports: [Report], in file: String, firstLine: Int) {
    let location = SourceLocation(
      file: file, line: reports.first.map { max(1, $0.line) + firstLine - 1 })
    let (code, arguments) = reports.first?.malformation(firstLine) ?? ("XML001", ["reason": ""])
    self.init(code, arguments.mapValues(\.quotedForMessage), at: location)
  }
}

extension Report {
  /// Our code and its arguments for the parser's `code`.
  fileprivate func malformation(
    _ firstLine: Int
  ) -> (code: String, arguments: [String: String]) {
    switch xmlParserErrors(UInt32(code)) {
    case XML_ERR_DOCUMENT_EMPTY: ("XML027", [:])
    case XML_ERR_DOCUMENT_END: ("XML022", [:])
    case XML_ERR_TAG_NAME_MISMATCH:
      ("XML020", ["name": first, "line": String(number + firstLine - 1), "found": second])
    case XML_ERR_TAG_NOT_FINISHED, XML_ERR_CDATA_NOT_FINISHED, XML_ERR_COMMENT_NOT_FINISHED:
      ("XML021", [:])
    case XML_ERR_ATTRIBUTE_REDEFINED, XML_NS_ERR_ATTRIBUTE_REDEFINED: ("XML023", ["name": first])
    case XML_NS_ERR_UNDEFINED_NAMESPACE: ("XML024", ["prefix": first])
    case XML_ERR_UNDECLARED_ENTITY, XML_WAR_UNDECLARED_ENTITY, XML_ERR_ENTITYREF_SEMICOL_MISSING:
      ("XML025", [:])
    case XML_ERR_NAME_REQUIRED where message.contains("EntityRef"): ("XML025", [:])
    case XML_ERR_INVALID_CHAR, XML_ERR_INVALID_CHARREF: ("XML026", [:])
    case XML_ERR_LT_IN_ATTRIBUTE: ("XML028", [:])
    case XML_ERR_RESERVED_XML_NAME: ("XML029", [:])
    case XML_ERR_INVALID_ENCODING, XML_ERR_UNKNOWN_ENCODING, XML_ERR_UNSUPPORTED_ENCODING:
      ("XML002", [:])
    case XML_ERR_NO_MEMORY: ("XML018", [:])
    default: ("XML001", ["reason": String(message.prefix { $0 != "\n" })])
    }
  }
}
