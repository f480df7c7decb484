internal import Diagnostics
internal import XML

extension Receipt {
  /// Reads what the schema has found to be right.
  init(_ element: Element) throws {
    let problem = Diagnostic(
      "XML032", ["element": "Receipt", "name": "status"], at: element.location)
    guard let status = try Status(rawValue: element.attribute("status")),
      let digest = try Digest(element.attribute("sha256")),
      let receivedAt = try UTCTime(element.attribute("receivedAt"))
    else { throw problem }
    var head: Head?
    if let size = element["logSize"].flatMap({ Int($0) }),
      let root = element["logRoot"].flatMap({ Digest($0) })
    {
      head = Head(size: size, root: root)
    }
    self.init(
      status: status, of: try element.attribute("of"), digest: digest, receivedAt: receivedAt,
      log: head, problems: try element.children("Problem").map(Problem.init))
  }

  var element: Element {
    var attributes = [
      Attribute("status", value: status.rawValue), Attribute("of", value: of),
      Attribute("sha256", value: digest.description),
      Attribute("receivedAt", value: receivedAt.description),
    ]
    if let log {
      attributes.append(Attribute("logSize", value: "\(log.size)"))
      attributes.append(Attribute("logRoot", value: log.root.description))
    }
    return Element(
      "Receipt", namespace: DossierMessage.namespace, prefix: "d", attributes: attributes,
      children: problems.map { .element($0.element) })
  }
}

extension Receipt.Problem {
  fileprivate init(_ element: Element) throws {
    let texts = try element.children("Text").map { (try $0.attribute("lang"), $0.text) }
    self.init(
      fault: FaultClass(rawValue: try element.attribute("class")) ?? .semantic,
      code: try element.attribute("code"), line: element["line"].flatMap { Int($0) },
      path: element["path"], texts: Dictionary(texts) { first, _ in first })
  }

  fileprivate var element: Element {
    var attributes = [
      Attribute("class", value: fault.rawValue), Attribute("code", value: code),
      Attribute("action", value: fault.action.rawValue),
    ]
    if let line { attributes.append(Attribute("line", value: "\(line)")) }
    if let path { attributes.append(Attribute("path", value: String(path.prefix(200)))) }
    let sentences = texts.sorted { $0.key < $1.key }.map {
      Element(
        "Text", namespace: DossierMessage.namespace, prefix: "d",
        attributes: [Attribute("lang", value: $0.key)],
        children: [.text(String($0.value.prefix(400)))])
    }
    return Element(
      "Problem", namespace: DossierMessage.namespace, prefix: "d", attributes: attributes,
      children: sentences.map { .element($0) })
  }
}
