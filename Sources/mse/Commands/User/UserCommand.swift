internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import FEEL

struct UserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user", abstract: help("user"),
    subcommands: [
      UserList.self, UserAdd.self, UserRole.self, UserDisable.self, UserWhoAmI.self,
    ])
}

struct UserList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("user.list"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let users = try await global.office(passingTime: false).users
    let output = Output(global)
    var table = Table(
      headings: ["user", "person", "roles", "state"].map { output.text("column.\($0)") })
    for user in users {
      let disabled = user.disabledAt.map {
        output.text("user.disabled-since", ["time": output.moment($0)])
      }
      table.rows.append([
        user.name, user.title, user.roles.joined(separator: " "), disabled ?? "",
      ])
    }
    try output.show(
      table, summary: output.text("user.count", ["count": "\(users.count)"]), schema: "user.list",
      items: users.map(UserView.fields))
  }
}

struct UserAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "add", abstract: help("user.add"))

  @Argument(help: ArgumentHelp(help("user.account"))) var account: String
  @Option(help: ArgumentHelp(help("user.title"), valueName: "name")) var name: String
  @Option(help: ArgumentHelp(help("user.roles"), valueName: "role")) var role: [String]
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    try await office.addUser(account, title: name, roles: role, command: global.command)
    try await UserView(global).show(account)
  }
}

struct UserRole: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "role", abstract: help("user.role"))

  @Argument(help: ArgumentHelp(help("user.account"))) var account: String
  @Argument(help: ArgumentHelp(help("user.role.add"), valueName: "+role")) var added: [String] = []
  @Option(help: ArgumentHelp(help("user.role.remove"), valueName: "role")) var remove: [String] = []
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    if let wrong = added.first(where: { $0.first != "+" || $0.count < 2 }) {
      throw Diagnostic("USE010", ["text": wrong])
    }
    let office = try await global.office(passingTime: false)
    try await office.changeRoles(
      of: account, adding: added.map { String($0.dropFirst()) }, removing: remove,
      command: global.command)
    try await UserView(global).show(account)
  }
}

struct UserDisable: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable", abstract: help("user.disable"))

  @Argument(help: ArgumentHelp(help("user.account"))) var account: String
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office(passingTime: false)
    try await office.disableUser(account, command: global.command)
    try await UserView(global).show(account)
  }
}

struct UserWhoAmI: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: help("user.whoami"))

  @OptionGroup var global: GlobalOptions

  func run() async throws {
    try await UserView(global).show(global.office(passingTime: false).user.name)
  }
}

/// One user as a line or an object, read anew from the store.
private struct UserView {
  private let global: GlobalOptions

  init(_ global: GlobalOptions) { self.global = global }

  static func fields(_ user: Authority.User) -> [(String, JSONValue)] {
    [
      ("user", .string(user.name)), ("name", .string(user.title)), ("roles", JSONValue(user.roles)),
      ("disabledAt", user.disabledAt.map { .string($0.description) } ?? .null),
    ]
  }

  func show(_ account: String) async throws {
    let users = try await global.office(passingTime: false).users
    guard let user = users.first(where: { $0.name == account }) else { return }
    let output = Output(global)
    let state = user.disabledAt.map {
      output.text("user.disabled-since", ["time": output.moment($0)])
    }
    try output.show(
      [
        "\(user.name) · \(user.title) · \(user.roles.joined(separator: " "))"
          + (state.map { " · \($0)" } ?? "")
      ], schema: "user", json: UserView.fields(user))
  }
}
