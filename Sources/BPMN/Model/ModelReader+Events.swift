import Diagnostics
import XML

extension ModelReader {
  /// What an event waits for or throws, also by `eventDefinitionRef`, in document order.
  func events(_ element: Element) -> [EventDefinition] {
    element.elements.compactMap { child in
      guard child.namespace == Namespace.bpmn else { return nil }
      guard child.name == "eventDefinitionRef" else { return event(child, of: element) }
      return sharedEvents[localName(child.text)].flatMap { event($0, of: element) }
    }
  }

  func event(_ definition: Element, of element: Element) -> EventDefinition? {
    switch definition.name {
    case "messageEventDefinition": .message(message(definition, of: element))
    case "timerEventDefinition": .timer(timer(definition))
    case "errorEventDefinition":
      .error(code: code(definition, "errorRef", references.errors))
    case "escalationEventDefinition":
      .escalation(code: code(definition, "escalationRef", references.escalations))
    case "signalEventDefinition":
      .signal(
        name: reference(definition, "signalRef").flatMap { references.signals[$0]?.name })
    case "conditionalEventDefinition": .conditional(expression(in: definition, "condition"))
    case "linkEventDefinition": .link(name: definition["name"] ?? "")
    case "terminateEventDefinition": .terminate
    case "compensateEventDefinition": .compensate(activity: reference(definition, "activityRef"))
    case "cancelEventDefinition": .cancel
    default: nil
    }
  }

  private func message(_ definition: Element, of element: Element) -> MessageDefinition? {
    guard let message = message(of: definition) else { return nil }
    return MessageDefinition(
      id: message.id, name: message.name, correlationKey: message.correlationKey,
      job: job(element))
  }

  private func code(
    _ definition: Element, _ attribute: String, _ codes: [String: RootElements.Code]
  ) -> ModelExpression? {
    reference(definition, attribute).flatMap { codes[$0] }?.code
  }

  private func timer(_ definition: Element) -> TimerDefinition? {
    if let date = expression(in: definition, "timeDate") { return .date(date) }
    if let duration = expression(in: definition, "timeDuration") { return .duration(duration) }
    return expression(in: definition, "timeCycle").map { .cycle($0) }
  }
}
