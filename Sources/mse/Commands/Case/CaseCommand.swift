internal import ArgumentParser

struct CaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "case", abstract: help("case"),
    subcommands: [
      CaseOpen.self, CaseList.self, CaseShow.self, CaseTimeline.self, CaseExplain.self,
      CaseDiagram.self, CaseNote.self, CaseSuspend.self, CaseResume.self, CaseReopen.self,
      CaseCancel.self, CaseWithdraw.self, CaseDeceased.self, CaseErase.self, CaseMigrate.self,
      CaseTimers.self,
    ])
}
