public import FEEL

// What events say, as it is stored.

extension CaseComment: JSONRecord {
  public static func members(of value: CaseComment?, in json: inout JSONCoder) throws -> CaseComment
  {
    try CaseComment(
      element: json.optional("element", value?.element),
      text: json.member("text", value?.text))
  }
}

extension Recusal: JSONRecord {
  public static func members(of value: Recusal?, in json: inout JSONCoder) throws -> Recusal {
    try Recusal(
      user: json.member("user", value?.user),
      element: json.member("element", value?.element))
  }
}

extension Suspension: JSONRecord {
  public static func members(of value: Suspension?, in json: inout JSONCoder) throws -> Suspension {
    try Suspension(
      at: json.member("at", value?.at),
      status: json.member("status", value?.status),
      clocks: json.member("clocks", value?.clocks))
  }
}

extension DefinitionChange: JSONRecord {
  public static func members(of value: DefinitionChange?, in json: inout JSONCoder) throws
    -> DefinitionChange
  {
    try DefinitionChange(
      cause: json.member("cause", value?.cause),
      removed: json.member("removed", value?.removed),
      added: json.member("added", value?.added))
  }
}

extension CaseOpening: JSONRecord {
  public static func members(of value: CaseOpening?, in json: inout JSONCoder) throws -> CaseOpening
  {
    try CaseOpening(
      number: json.member("number", value?.number),
      kind: json.member("kind", value?.kind),
      profile: json.member("profile", value?.profile),
      legalDate: json.member("legalDate", value?.legalDate),
      commission: json.member("commission", value?.commission),
      person: json.member("person", value?.person),
      initials: json.member("initials", value?.initials),
      birthYear: json.optional("birthYear", value?.birthYear),
      openedAt: json.member("openedAt", value?.openedAt),
      definitions: json.member("definitions", value?.definitions))
  }
}

extension CaseLink: JSONRecord {
  public static func members(of value: CaseLink?, in json: inout JSONCoder) throws -> CaseLink {
    try CaseLink(
      relation: json.member("relation", value?.relation),
      number: json.member("number", value?.number))
  }
}

extension CaseDocument: JSONRecord {
  public static func members(of value: CaseDocument?, in json: inout JSONCoder) throws
    -> CaseDocument
  {
    try CaseDocument(
      name: json.member("name", value?.name),
      role: json.member("role", value?.role),
      identifier: json.member("identifier", value?.identifier),
      form: json.optional("form", value?.form),
      formVersion: json.optional("formVersion", value?.formVersion),
      number: json.optional("number", value?.number),
      by: json.member("by", value?.by),
      onBehalfOf: json.optional("onBehalfOf", value?.onBehalfOf),
      at: json.member("at", value?.at),
      variable: json.optional("variable", value?.variable),
      element: json.optional("element", value?.element))
  }
}

extension Notice: JSONRecord {
  public static func members(of value: Notice?, in json: inout JSONCoder) throws -> Notice {
    try Notice(
      template: json.member("template", value?.template),
      recipient: json.member("recipient", value?.recipient),
      channel: json.member("channel", value?.channel),
      language: json.member("language", value?.language),
      format: json.optional("format", value?.format),
      document: json.member("document", value?.document),
      at: json.member("at", value?.at))
  }
}

extension DefinitionChange.Cause: JSONStored {}
extension CaseKind: JSONStored {}
extension CaseStatus: JSONStored {}
extension CaseLink.Relation: JSONStored {}
extension CaseDocument.Role: JSONStored {}
