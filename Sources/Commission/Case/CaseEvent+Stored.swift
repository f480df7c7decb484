public import FEEL

/// The stored form: an object with the case as its only name, and in it what belongs to it. Names here are for ever.
extension CaseEvent: JSONRecord {
  private enum Name: String {
    case opened, process, statusChanged, documentAdded, draftSaved, draftDropped, clockOpened,
      clockPaused, clockResumed, clockClosed, clockChanged, pseudonymGiven, panelDrawn, registered,
      noticeIssued, dossierSent, entitlementsPublished, linked, closed, taskDelegated, taskResolved,
      commented, recused, returned, suspended, resumed, reopened, cancelled, definitionsChanged
  }

  /// What has no label is counted.
  private enum Key: String {
    case _0, _1
    case from, to, task, at, reason, register, number, on, message, kind, receiver, document, owner,
      element
  }

  public static func members(of value: CaseEvent?, in json: inout JSONCoder) throws -> CaseEvent {
    guard let value else {
      let name = try json.onlyName(Name.self)
      return try json.object(name.rawValue) { try read(name, &$0) }
    }
    return try json.object(value.name.rawValue) {
      try value.write(&$0)
      return value
    }
  }

  private static func read(_ name: Name, _ json: inout JSONCoder) throws -> CaseEvent {
    func get<Value: JSONStored>(_ key: Key) throws -> Value { try json.member(key.rawValue) }
    return
      switch name
    {
    case .opened: .opened(try get(._0))
    case .process: .process(try get(._0))
    case .statusChanged: .statusChanged(from: try get(.from), to: try get(.to))
    case .documentAdded: .documentAdded(try get(._0))
    case .draftSaved: .draftSaved(task: try get(.task), try get(._1))
    case .draftDropped: .draftDropped(task: try get(.task))
    case .clockOpened: .clockOpened(try get(._0))
    case .clockPaused: .clockPaused(try get(._0), at: try get(.at), reason: try get(.reason))
    case .clockResumed: .clockResumed(try get(._0), at: try get(.at))
    case .clockClosed: .clockClosed(try get(._0), at: try get(.at))
    case .clockChanged: .clockChanged(try get(._0), try get(._1))
    case .pseudonymGiven: .pseudonymGiven(try get(._0))
    case .panelDrawn: .panelDrawn(try get(._0))
    case .registered:
      .registered(register: try get(.register), number: try get(.number), on: try get(.on))
    case .noticeIssued: .noticeIssued(try get(._0))
    case .dossierSent:
      .dossierSent(
        message: try get(.message), kind: try get(.kind), receiver: try get(.receiver),
        document: try get(.document))
    case .entitlementsPublished: .entitlementsPublished(try get(._0))
    case .linked: .linked(try get(._0))
    case .closed: .closed(at: try get(.at))
    case .taskDelegated: .taskDelegated(task: try get(.task), owner: try get(.owner))
    case .taskResolved: .taskResolved(task: try get(.task))
    case .commented: .commented(try get(._0))
    case .recused: .recused(try get(._0))
    case .returned: .returned(from: try get(.from), to: try get(.to))
    case .suspended: .suspended(try get(._0))
    case .resumed: .resumed(at: try get(.at))
    case .reopened: .reopened(at: try get(.at), element: try get(.element))
    case .cancelled: .cancelled(at: try get(.at))
    case .definitionsChanged: .definitionsChanged(try get(._0))
    }
  }

  private func write(_ json: inout JSONCoder) throws {
    func put(_ key: Key, _ value: some JSONStored) throws {
      try json.member(key.rawValue, value)
    }
    switch self {
    case .opened(let value): try put(._0, value)
    case .process(let value): try put(._0, value)
    case .statusChanged(let from, let to):
      try put(.from, from)
      try put(.to, to)
    case .documentAdded(let value): try put(._0, value)
    case .draftSaved(let task, let second):
      try put(._1, second)
      try put(.task, task)
    case .draftDropped(let task): try put(.task, task)
    case .clockOpened(let value): try put(._0, value)
    case .clockPaused(let value, let at, let reason):
      try put(._0, value)
      try put(.at, at)
      try put(.reason, reason)
    case .clockResumed(let value, let at):
      try put(._0, value)
      try put(.at, at)
    case .clockClosed(let value, let at):
      try put(._0, value)
      try put(.at, at)
    case .clockChanged(let value, let second):
      try put(._0, value)
      try put(._1, second)
    case .pseudonymGiven(let value): try put(._0, value)
    case .panelDrawn(let value): try put(._0, value)
    case .registered(let register, let number, let on):
      try put(.number, number)
      try put(.on, on)
      try put(.register, register)
    case .noticeIssued(let value): try put(._0, value)
    case .dossierSent(let message, let kind, let receiver, let document):
      try put(.document, document)
      try put(.kind, kind)
      try put(.message, message)
      try put(.receiver, receiver)
    case .entitlementsPublished(let value): try put(._0, value)
    case .linked(let value): try put(._0, value)
    case .closed(let at): try put(.at, at)
    case .taskDelegated(let task, let owner):
      try put(.owner, owner)
      try put(.task, task)
    case .taskResolved(let task): try put(.task, task)
    case .commented(let value): try put(._0, value)
    case .recused(let value): try put(._0, value)
    case .returned(let from, let to):
      try put(.from, from)
      try put(.to, to)
    case .suspended(let value): try put(._0, value)
    case .resumed(let at): try put(.at, at)
    case .reopened(let at, let element):
      try put(.at, at)
      try put(.element, element)
    case .cancelled(let at): try put(.at, at)
    case .definitionsChanged(let value): try put(._0, value)
    }
  }

  private var name: Name {
    switch self {
    case .opened: .opened
    case .process: .process
    case .statusChanged: .statusChanged
    case .documentAdded: .documentAdded
    case .draftSaved: .draftSaved
    case .draftDropped: .draftDropped
    case .clockOpened: .clockOpened
    case .clockPaused: .clockPaused
    case .clockResumed: .clockResumed
    case .clockClosed: .clockClosed
    case .clockChanged: .clockChanged
    case .pseudonymGiven: .pseudonymGiven
    case .panelDrawn: .panelDrawn
    case .registered: .registered
    case .noticeIssued: .noticeIssued
    case .dossierSent: .dossierSent
    case .entitlementsPublished: .entitlementsPublished
    case .linked: .linked
    case .closed: .closed
    case .taskDelegated: .taskDelegated
    case .taskResolved: .taskResolved
    case .commented: .commented
    case .recused: .recused
    case .returned: .returned
    case .suspended: .suspended
    case .resumed: .resumed
    case .reopened: .reopened
    case .cancelled: .cancelled
    case .definitionsChanged: .definitionsChanged
    }
  }
}
