internal import ArgumentParser
internal import Commission

struct CaseDiagram: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diagram", abstract: help("case.diagram"))

  @Argument(help: ArgumentHelp(help("case.number"))) var number: String
  @Option(help: ArgumentHelp(help("case.diagram.svg"), valueName: "folder")) var svg: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let office = try await global.office()
    let pictures = try await office.diagrams(of: global.number(number, in: office))
    let output = Output(global)
    var lines: [String] = []
    for picture in pictures {
      lines.append(picture.title)
      lines += picture.outline.map { "  " + $0 }
      if let svg {
        let path = "\(svg)/\(picture.process).svg"
        try Files.write(Array(picture.svg.utf8), to: path)
        lines.append(output.text("file.written", ["file": path]))
      }
    }
    try output.show(
      lines, schema: "case.diagram",
      json: [
        (
          "processes",
          .list(
            pictures.map {
              .object([
                ("process", .string($0.process)), ("outline", JSONValue($0.outline)),
                ("svg", .string($0.svg)),
              ])
            })
        )
      ])
  }
}
