internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation
internal import Synchronization

/// `mse <noun> <verb>`: the commission at a terminal.
struct MSE: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mse", abstract: help("mse"), version: "0.1.0",
    subcommands: [
      Status.self, Init.self, Demo.self, Lint.self, DeployCommand.self, CaseCommand.self,
      TaskCommand.self, FormCommand.self, DeadlineCommand.self, CalendarCommand.self,
      IncidentCommand.self, DecisionCommand.self, DossierCommand.self, KeyCommand.self,
      PartnerKitCommand.self, PaperCommand.self, RegisterCommand.self, ListCommand.self,
      UserCommand.self, StoreCommand.self, WorkCommand.self,
      AuditCommand.self, Simulate.self,
    ], defaultSubcommand: Status.self)
}

/// The help text of a command in the language of this run.
func help(_ key: String) -> String {
  Messages(Settings.language).text("help.\(key)")
}

@main enum Main {
  static func main() async {
    await exit(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Runs one command line and gives its exit code (`user-experience.md` 3).
  static func run(_ arguments: [String]) async -> Int32 {
    do {
      var command = try MSE.parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
      return 0
    } catch let problem as Diagnostic {
      ErrorOutput(arguments: arguments).show(problem)
      return ExitCodes.code(for: problem)
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let message = MSE.fullMessage(for: error)
      guard MSE.exitCode(for: error).rawValue == 0 else {
        let problem = CommandLineProblem(MSE.message(for: error), usage: message).diagnostic
        ErrorOutput(arguments: arguments).show(problem)
        return ExitCodes.code(for: problem)
      }
      FileHandle(forWriting: .standardOutput).write(message + "\n")
      return 0
    }
  }
}

/// What the environment sets before any command is read.
enum Settings {
  /// `--lang`, `MSE_LANG`, then `LANG`; English when none of them is a language we speak.
  static let language: Language = {
    let arguments = CommandLine.arguments
    let environment = ProcessInfo.processInfo.environment
    let option = arguments.firstIndex(of: "--lang").flatMap { place in
      place + 1 < arguments.count ? arguments[place + 1] : nil
    }
    let joined = arguments.first { $0.hasPrefix("--lang=") }?.dropFirst(7)
    let words = [option, joined.map(String.init), environment["MSE_LANG"], environment["LANG"]]
    return words.lazy.compactMap { $0 }.compactMap { Language(rawValue: String($0.prefix(2))) }
      .first ?? .en
  }()

  /// The texts of the models of the store that is open.
  static let texts = Mutex(ModelTexts.none)
}

extension FileHandle {
  enum Channel {
    case standardOutput, standardError
  }

  convenience init(forWriting channel: Channel) {
    self.init(
      fileDescriptor: channel == .standardOutput ? STDOUT_FILENO : STDERR_FILENO,
      closeOnDealloc: false)
  }

  func write(_ text: String) {
    try? write(contentsOf: Data(text.utf8))
  }
}
