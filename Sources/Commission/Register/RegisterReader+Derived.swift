internal import BPMN
internal import Diagnostics
internal import FEEL
internal import XML

/// Registers that are read from what happened, and the tables of the office.
extension RegisterReader {
  mutating func page(of register: RegisterName.Derived) async throws -> Page {
    switch register {
    case .measure: try await measures()
    case .sitting: try await sittings()
    case .notification: try await notifications()
    case .recusal: try await recusals()
    case .person: try await periods()
    case .expert: try await experts()
    case .commission: commissions
    case .institution: partners(office.authority.institutions)
    case .implementer: partners(office.authority.implementers)
    case .legalAct: try await legalActs()
    case .parameter: try await parameters()
    }
  }

  /// The measures of the programs issued in the period.
  private mutating func measures() async throws -> Page {
    var entries: [RegisterPage.Entry] = []
    for state in try await cases() {
      for document in state.documents where document.name == "program" && document.role == .issued {
        let day = document.at.officeDay
        guard covers(day) else { continue }
        let rows = try await content(of: document)?.children("measures") ?? []
        see(state.number)
        for (place, row) in rows.enumerated() {
          func text(_ name: String) -> String { row.child(name)?.text ?? "" }
          entries.append(
            RegisterPage.Entry(
              day: day,
              values: [
                "\(document.number ?? "")/\(place + 1)", text("service"), text("quantity"),
                text("unit"), text("implementer"), text("funding"),
                Day(text("from"))?.description ?? "", Day(text("to"))?.description ?? "",
                text("choice"),
              ]))
        }
      }
    }
    return (
      [
        "number", "service", "quantity", "unit", "implementer", "funding", "from", "until",
        "choice",
      ], entries
    )
  }

  /// The questions that were voted on, with the votes.
  private mutating func sittings() async throws -> Page {
    var entries: [RegisterPage.Entry] = []
    for state in try await cases() {
      for document in state.documents where document.form == "protocol" {
        let day = document.at.officeDay
        guard covers(day), let sitting = try await content(of: document) else { continue }
        see(state.number)
        let present = sitting.children("present").count { $0.child("attended")?.text == "yes" }
        for question in sitting.children("questions") {
          let votes = question.children("votes").compactMap { $0.child("vote")?.text }
          let code = question.child("question")?.text
          let dissents = sitting.children("dissent").count { $0.child("question")?.text == code }
          entries.append(
            RegisterPage.Entry(
              day: day,
              values: [
                day.description, state.number.description, sitting.child("mode")?.text ?? "",
                "\(present)", code ?? "",
                ["for", "against", "abstain"].map { vote in "\(votes.count { $0 == vote })" }
                  .joined(separator: " : "),
                "\(dissents)",
              ]))
        }
      }
    }
    return (["day", "case", "mode", "present", "question", "votes", "dissents"], entries)
  }

  private mutating func notifications() async throws -> Page {
    var entries: [RegisterPage.Entry] = []
    for state in try await cases() {
      for letter in try await history(of: state.number).letters {
        let day = letter.notice.at.officeDay
        guard covers(day) else { continue }
        see(state.number)
        entries.append(
          RegisterPage.Entry(
            day: day,
            values: [
              day.description, state.number.description, letter.notice.template,
              letter.notice.recipient, letter.notice.channel, letter.notice.language,
              letter.notice.format ?? "", letter.by,
            ]))
      }
    }
    return (
      ["day", "case", "what", "receiver", "channel", "language", "layout", "by"], entries
    )
  }

  /// Who stepped down, and who was left out of a draw for a conflict of interest.
  private mutating func recusals() async throws -> Page {
    var entries: [RegisterPage.Entry] = []
    for state in try await cases() {
      for entry in try await history(of: state.number).entries where covers(entry.at.officeDay) {
        let day = entry.at.officeDay
        let found: [(String, String)] =
          switch entry.event {
          case .recused(let recusal): [(recusal.user, entry.reason ?? recusal.element)]
          case .panelDrawn(let draw):
            draw.candidates.filter { !$0.conflicts.isEmpty }.map {
              ($0.expert, $0.conflicts.joined(separator: ", "))
            }
          default: []
          }
        if !found.isEmpty { see(state.number) }
        entries += found.map {
          RegisterPage.Entry(
            day: day, values: [day.description, state.number.description, $0.0, $0.1])
        }
      }
    }
    return (["day", "case", "expert", "reason"], entries)
  }

  /// Every period of every person that touches the days in question.
  private mutating func periods() async throws -> Page {
    var entries: [RegisterPage.Entry] = []
    for person in try await people() {
      let initials = office.seesIdentity ? person.identity.initials : ""
      let years = person.accumulatedYears(on: min(to, office.today))
      for period in person.periods
      where period.from <= to && (period.to.map { $0 >= from } ?? true) {
        if let number = period.caseNumber { see(number) }
        entries.append(
          RegisterPage.Entry(
            day: period.from,
            values: [
              initials, person.identity.day("birthDate").map { "\($0.year)" } ?? "",
              period.from.description, period.to?.description ?? "", period.decision,
              period.percent.map(String.init) ?? "", period.group ?? "", period.cause ?? "",
              "\(years)",
            ]))
      }
    }
    return (
      ["person", "born", "from", "until", "decision", "percent", "group", "cause", "years"],
      entries
    )
  }

  /// The experts with the panels they sat on in cases opened in the period, and how many of these an appeal changed.
  private mutating func experts() async throws -> Page {
    let states = try await cases().filter { covers($0.opening.openedAt.officeDay) }
    let entries = office.authority.experts.map { expert in
      let own = states.filter { $0.panel.contains { $0.expert == expert.code } }
      let changed = own.count { ["modified", "annulled"].contains($0.status.rawValue) }
      return RegisterPage.Entry(
        day: nil,
        values: [
          expert.code, expert.speciality, expert.area, expert.commission, expert.institution,
          "\(own.count)", "\(changed)",
        ])
    }
    return (
      ["expert", "speciality", "area", "commission", "institution", "cases", "changed"], entries
    )
  }

  private var commissions: Page {
    (
      ["code", "name", "level", "settlement"],
      office.authority.bodies.map {
        RegisterPage.Entry(day: nil, values: [$0.code, $0.name, $0.level, $0.settlement])
      }
    )
  }

  private func partners(_ partners: [Authority.Partner]) -> Page {
    (
      ["code", "name", "settlement"],
      partners.map {
        RegisterPage.Entry(day: nil, values: [$0.code, $0.name, $0.settlement])
      }
    )
  }

  private func legalActs() async throws -> Page {
    let tables = try await newest(.acts).map { try CSV(parsing: $0.bytes, file: $0.file) }
    return (
      ["key", "title", "number", "day", "verified"],
      tables.flatMap(\.rows).map { row in
        RegisterPage.Entry(
          day: nil,
          values: [
            row["id"], row["title_\(office.language.rawValue)"], row["number"], row["date"],
            row["verified"],
          ])
      }
    )
  }

  /// `30 days, may be paused: additional-examination`, of the columns of a rule.
  private func words(ofParameter properties: [(String, String)], _ messages: Messages) -> String {
    func value(_ name: String) -> String? {
      properties.first { $0.0 == name }?.1.replacing("\"", with: "")
    }
    guard let unit = value("unit"), let amount = value("amount") else {
      return properties.map(\.1).joined(separator: ", ").replacing("\"", with: "")
    }
    var words = [messages.optional("unit.\(unit)", ["count": amount]) ?? "\(amount) \(unit)"]
    if value("pausable") == "true" {
      let reasons = (value("pauseReasons") ?? "").filter { !"[]".contains($0) }
        .split(separator: ",").map { reason -> String in
          let code = reason.filter { $0 != " " }
          return messages.optional("pause.\(code)") ?? code
        }
      words.append(
        messages.text("register.pausable", ["reasons": reasons.joined(separator: ", ")]))
    }
    return words.joined(separator: ", ")
  }

  /// The numbers of the law: the rows of the decision models `deadlines` and `parameters`, with their articles.
  private func parameters() async throws -> Page {
    let models = try await newest(.decision).filter {
      ["deadlines", "parameters"].contains(
        $0.file.split(separator: "/").last?.prefix { $0 != "." } ?? "")
    }
    let messages = Messages(office.language)
    let entries = try models.flatMap { model in
      try DefinitionPart.all(of: .decision, model.bytes, file: model.file)
        .filter { $0.name.hasPrefix("rule ") }.map { part in
          RegisterPage.Entry(
            day: nil,
            values: [
              (part.properties.first?.1 ?? "").replacing("\"", with: ""),
              words(
                ofParameter: part.properties.dropFirst().filter {
                  !["basis", "source"].contains($0.0)
                }, messages),
              part.properties.first { $0.0 == "basis" }?.1 ?? "",
              "\(model.identifier)@\(model.version)",
            ])
        }
    }
    return (["parameter", "value", "source", "version"], entries)
  }

  private func newest(_ kind: StoredDefinition.Kind) async throws -> [StoredDefinition] {
    try await office.deployedVersions().map(\.definition).filter { $0.kind == kind }
      .sorted { $0.key < $1.key }
  }
}
