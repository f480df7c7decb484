internal import ArgumentParser
internal import Commission
internal import Diagnostics
internal import Foundation

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: help("list"), subcommands: [ListImport.self])
}

struct ListImport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: help("list.import"))

  @Argument(help: ArgumentHelp(help("list.import.file"), valueName: "file")) var file: String
  @Option(help: ArgumentHelp(help("list.import.name"), valueName: "name")) var name = "icd10"
  @Option(help: ArgumentHelp(help("list.import.into"), valueName: "folder")) var into = "."
  @Option(help: ArgumentHelp(help("list.import.base"), valueName: "file")) var base: String?
  @Option(
    name: .customLong("in"), help: ArgumentHelp(help("list.import.language"), valueName: "az|en|ru")
  )
  var language = Language.en.rawValue
  @Option(help: ArgumentHelp(help("list.import.edition"), valueName: "edition"))
  var edition: String?
  @OptionGroup var global: GlobalOptions

  func run() async throws {
    let lists = try ClassificationLists(
      parsing: Files.bytes(file), file: file, name: name, before: before(),
      language: OptionWord.value(language),
      version: edition)
    try? FileManager.default.createDirectory(
      atPath: "\(into)/lists", withIntermediateDirectories: true)
    let paths = lists.files.map { "\(into)/lists/\($0.name)" }
    for (path, list) in zip(paths, lists.files) { try Files.write(list.bytes, to: path) }
    try show(lists, paths)
  }

  /// The lists that are there: beside the named one, else those that come with `mse`.
  private func before() throws -> [String: [UInt8]] {
    let names = ["", "-chapter", "-block"].map { "\(name)\($0).csv" }
    guard let base else {
      let known = names.map { ($0, Resources.bytes("Forms/lists/\($0)")) }
      return Dictionary(uniqueKeysWithValues: known).compactMapValues(\.self)
    }
    var lists = [names[0]: try Files.bytes(base)]
    let folder = URL(filePath: base).deletingLastPathComponent()
    for name in names.dropFirst() {
      let path = folder.appending(path: name).path
      if let bytes = FileManager.default.contents(atPath: path) { lists[name] = Array(bytes) }
    }
    return lists
  }

  private func show(_ lists: ClassificationLists, _ paths: [String]) throws {
    let output = Output(global)
    var lines = [
      output.text(
        "list.import.done",
        ["name": name, "version": lists.version, "count": "\(lists.count)"])
    ]
    for (language, count) in lists.untranslated.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      lines.append(
        output.text(
          "list.import.untranslated", ["language": language.rawValue, "count": "\(count)"]))
    }
    if !lists.dropped.isEmpty {
      lines.append(
        output.text(
          "list.import.dropped",
          [
            "count": "\(lists.dropped.count)",
            "codes": lists.dropped.prefix(10).joined(separator: ", "),
          ]))
    }
    lines += paths
    lines.append(output.text("list.import.next", ["files": paths.joined(separator: " ")]))
    try output.show(
      lines, schema: "list.import",
      json: [
        ("list", .string(name)), ("version", .string(lists.version)),
        ("codes", JSONValue(lists.count)), ("dropped", JSONValue(lists.dropped)),
        (
          "untranslated",
          .object(
            lists.untranslated.sorted { $0.key.rawValue < $1.key.rawValue }.map {
              ($0.key.rawValue, JSONValue($0.value))
            })
        ), ("files", JSONValue(paths)),
      ])
  }
}
