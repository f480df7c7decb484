/// The signs inside shapes, as paths in a box of 18 by 18 (16 by 16 at the edge of activities).
enum Icon {
  // Tasks
  static let person = "M5 4a3 3 0 1 0 6 0a3 3 0 1 0 -6 0M1 16v-4q0 -4 7 -4q7 0 7 4v4z"
  static let gear =
    "M4.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0M8 0v3M8 13v3M0 8h3M13 8h3M2.4 2.4l2.1 2.1M11.5 11.5l2.1 2.1M2.4 13.6l2.1 -2.1M11.5 4.5l2.1 -2.1"
  static let script = "M4 1h10q-4 4 -1 7q3 4 -1 7h-10q4 -3 1 -7q-3 -4 1 -7zM5 5h6M5 8h6M6 11h6"
  static let table = "M1 2h14v12h-14zM1 6h14M1 10h14M5 6v8"
  static let letter = "M1 3h14v10h-14zM1 3l7 6l7 -6"
  static let hand = "M2 7h5l-1 -3q1 -1 2 0l4 3h2v6h-9q-3 -2 -3 -6z"

  // Signs at the lower edge of an activity
  static let columns = "M2 1v12M7 1v12M12 1v12"
  static let rows = "M1 2h12M1 7h12M1 12h12"
  static let circle = "M4 12a5.5 5.5 0 1 1 4 1M4 12h-3M4 12v-3"
  static let plus = "M0 0h14v14h-14zM7 2v10M2 7h10"
  static let wave = "M1 8q3 -6 6 -1q3 5 6 -1"
  static let back = "M7 2v10l-6 -5zM13 2v10l-6 -5z"

  // Gateways
  static let cross = "M3 3l12 12M15 3l-12 12"
  static let bigPlus = "M9 1v16M1 9h16"
  static let star = "M9 1v16M1 9h16M3 3l12 12M15 3l-12 12"
  static let pentagon = "M9 2l7 5l-2.7 8h-8.6l-2.7 -8z"

  // Events
  static let clock = "M1 9a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M9 9l4 -2M9 9v-6"
  static let envelope = "M2 5h14v9h-14zM2 5l7 5l7 -5"
  static let lightning = "M2 15l4 -11l4 5l4 -7l-3 12l-4 -5z"
  static let arrowHead = "M9 2l5 13l-5 -5l-5 5z"
  static let triangle = "M9 2l7 12h-14z"
  static let page = "M4 2h10v14h-10zM6 5h6M6 8h6M6 11h6"
  static let arrow = "M2 7h8v-4l6 6l-6 6v-4h-8z"
  static let disc = "M2 9a7 7 0 1 0 14 0a7 7 0 1 0 -14 0"
  static let rewind = "M9 3v12l-7 -6zM16 3v12l-7 -6z"
  static let saltire = "M4 2l5 5l5 -5l2 2l-5 5l5 5l-2 2l-5 -5l-5 5l-2 -2l5 -5l-5 -5z"

  // Marks
  static let check = "M4 8l3 3l6 -7"
  static let warning = "M9 1l8 15h-16zM9 6v5M9 13v1.5"

  /// The sign of a task; `nil` where there is none.
  static func of(_ kind: FlowNodeKind) -> String? {
    switch kind {
    case .userTask: person
    case .serviceTask: gear
    case .scriptTask: script
    case .businessRuleTask: table
    case .sendTask, .receiveTask: letter
    case .manualTask: hand
    default: nil
    }
  }

  static func of(_ event: EventDefinition) -> String {
    switch event {
    case .message: envelope
    case .timer: clock
    case .error: lightning
    case .escalation: arrowHead
    case .signal: triangle
    case .conditional: page
    case .link: arrow
    case .terminate: disc
    case .compensate: rewind
    case .cancel: saltire
    }
  }
}
