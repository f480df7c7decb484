import Diagnostics
import Dossier
import Foundation
import XML

/// What the corpus brings from others, and the inputs too big to keep: the same rules as for its own files.
enum BadXMLOthersSuite {
  static func run(_ directory: String) throws -> (passed: Int, total: Int, failures: [String]) {
    let corpus = URL(filePath: directory)
    let results = try thirdParty(in: corpus) + recipes(in: corpus)
    let failures = results.compactMap { result in
      result.problem.map { "\(result.name): \($0)" }
    }
    return (results.count - failures.count, results.count, failures)
  }

  /// One case, and what is wrong with what became of it.
  private struct Result {
    let name: String
    let problem: String?
  }

  // MARK: Third party

  private static func thirdParty(in corpus: URL) throws -> [Result] {
    let folder = corpus.appending(path: "third-party")
    let pipeline = try BadXMLPipeline(corpus: corpus)
    return try ["w3c-xmlconf-notwf", "saml", "xxe-payloads", "xmldsig-foreign"].flatMap { part in
      let names = try FileManager.default.contentsOfDirectory(
        atPath: folder.appending(path: part).path
      ).filter { $0 != "index.tsv" }.sorted()
      return try names.map { name in
        let data = try Data(contentsOf: folder.appending(path: "\(part)/\(name)"))
        let inputs = messages(in: data, named: name)
        let wrong = try inputs.compactMap { try problem(with: $0, in: part, pipeline) }
        return Result(name: "\(part)/\(name)", problem: wrong.first)
      }
    }
  }

  /// The messages in a file: decoded, or one a line.
  private static func messages(in data: Data, named name: String) -> [[UInt8]] {
    if name.hasSuffix(".base64") {
      return [Array(Data(base64Encoded: data, options: .ignoreUnknownCharacters) ?? data)]
    }
    guard name.hasSuffix(".txt") else { return [Array(data)] }
    return data.split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }

  private static func problem(
    with bytes: [UInt8], in part: String, _ pipeline: BadXMLPipeline
  ) throws -> String? {
    var pipeline = pipeline
    let start = ContinuousClock.now
    let outcome =
      part == "w3c-xmlconf-notwf"
      ? parsed(bytes) : try pipeline.outcome(of: bytes, sealed: true, inSequence: false)
    let time = ContinuousClock.now - start
    if time > .milliseconds(100) { return "expected less than 100 ms got \(time)" }
    guard case .refused(let fault, _) = outcome else {
      return "expected refused got \(outcome.word)"
    }
    guard part == "w3c-xmlconf-notwf" else { return nil }
    let isRight = [FaultClass.malformed, .encoding, .forbidden].contains(fault)
    return isRight ? nil : "expected E-MALFORMED, E-ENCODING or E-FORBIDDEN got \(fault.rawValue)"
  }

  /// The parse layer alone.
  private static func parsed(_ bytes: [UInt8]) -> BadXMLOutcome {
    do {
      return .accepted(try XMLTree(parsing: bytes, file: "message.xml").root())
    } catch {
      guard let problem = error as? Diagnostic, let fault = FaultClass(problem) else {
        return .held
      }
      return .refused(fault, [problem])
    }
  }

  // MARK: Recipes

  private static func recipes(in corpus: URL) throws -> [Result] {
    let x = String(repeating: "x", count: 11_000_000)
    let numbers = 0..<50_000
    let word = String(repeating: "a", count: 50_000)
    let entities = String(repeating: "&a;", count: 50_000)
    let inputs: [(String, String, [FaultClass])] = [
      (
        "depth-100k",
        String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000),
        [.limit]
      ),
      (
        "attributes-50k", "<a " + numbers.map { "a\($0)=\"1\"" }.joined(separator: " ") + "/>",
        [.limit]
      ),
      (
        "namespaces-50k",
        "<a " + numbers.map { "xmlns:n\($0)=\"u\($0)\"" }.joined(separator: " ") + "/>", [.limit]
      ),
      (
        "quadratic-2.5GB", "<!DOCTYPE a [<!ENTITY a \"\(word)\">]><a>\(entities)</a>",
        [.documentType]
      ),
      ("text-11MB", "<a>\(x)</a>", [.limit]), ("cdata-11MB", "<a><![CDATA[\(x)]]></a>", [.limit]),
      ("attribute-11MB", "<a b=\"\(x)\"/>", [.limit]),
      ("comment-11MB", "<!--\(x)--><a/>", [.limit, .forbidden]),
      (
        "wide-1M", "<a>" + String(repeating: "<b/>", count: 1_000_000) + "</a>",
        [.limit, .namespace]
      ),
      ("tag-never-ends", "<a " + String(repeating: "x", count: 20_000_000), [.limit]),
    ]
    let pipeline = try BadXMLPipeline(corpus: corpus)
    return try inputs.map { name, text, allowed in
      var pipeline = pipeline
      let bytes = Array(text.utf8)
      let start = ContinuousClock.now
      let outcome = try pipeline.outcome(of: bytes, sealed: false, inSequence: false)
      let time = ContinuousClock.now - start
      if time > .milliseconds(100) { return Result(name: name, problem: "took \(time)") }
      let isRight = allowed.map(\.rawValue).contains(outcome.word)
      return Result(name: name, problem: isRight ? nil : "got \(outcome.word)")
    } + [
      try largeAttachment(in: corpus), try manySmall(in: corpus), try cutAnywhere(in: corpus),
      try flipAnywhere(in: corpus),
    ]
  }

  private static func file(_ name: String, in corpus: URL) throws -> [UInt8] {
    Array(try Data(contentsOf: corpus.appending(path: name)))
  }

  private static func largeAttachment(in corpus: URL) throws -> Result {
    var pipeline = try BadXMLPipeline(corpus: corpus)
    let text = String(decoding: try file("ok/ok-07-attachment.xml", in: corpus), as: UTF8.self)
    let inline = Base64.encode(Array(repeating: 0, count: 8 << 20))
    let start = text.firstRange(of: "Inline>")!.upperBound  // the corpus's own file has one
    let end = text[start...].firstIndex(of: "<") ?? start
    let bytes = Array((text[..<start] + inline + text[end...]).utf8)
    let word = try pipeline.outcome(of: bytes, sealed: false, inSequence: false).word
    let isRight = ["E-LIMIT", "E-ATTACHMENT"].contains(word)
    return Result(name: "attachment-8MB", problem: isRight ? nil : "got \(word)")
  }

  /// 100,000 records in one batch, read one by one.
  private static func manySmall(in corpus: URL) throws -> Result {
    let text = String(decoding: try file("ok/ok-01-minimal.xml", in: corpus), as: UTF8.self)
    let record = Array((text.split(separator: "?>", maxSplits: 1).last ?? "").utf8)
    var pipeline = try BadXMLPipeline(corpus: corpus)
    var sent = -1
    var reader = XMLReader(file: "batch.xml") {
      sent += 1
      return sent == 0
        ? Array("<batch>".utf8)
        : sent <= 100_000 ? record : sent == 100_001 ? Array("</batch>".utf8) : []
    }
    let before = residentMemory()
    var most = before
    var accepted = 0
    while let next = try reader.next() {
      if case .accepted = try pipeline.outcome(of: next.bytes, sealed: false, inSequence: false) {
        accepted += 1
      }
      if accepted % 1_000 == 0 { most = max(most, residentMemory()) }
    }
    let isRight = accepted == 100_000 && most - before < 100 << 20
    return Result(
      name: "many-small",
      problem: isRight ? nil : "\(accepted) accepted, \((most - before) >> 20) MB")
  }

  private static func residentMemory() -> Int {
    let pages = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?
      .split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return (pages ?? 0) * 4096
  }

  private static func cutAnywhere(in corpus: URL) throws -> Result {
    let whole = try file("ok/ok-05-sealed.xml", in: corpus)
    // nothing but the line end may be missing behind the root
    let end = (whole.lastIndex(of: UInt8(ascii: ">")) ?? 0) + 1
    let pipeline = try BadXMLPipeline(corpus: corpus)
    for length in 0..<end {
      var pipeline = pipeline
      let outcome = try pipeline.outcome(
        of: Array(whole[..<length]), sealed: true, inSequence: false)
      if case .refused = outcome { continue }
      return Result(name: "cut-anywhere", problem: "\(outcome.word) after \(length) bytes")
    }
    return Result(name: "cut-anywhere", problem: nil)
  }

  private static func flipAnywhere(in corpus: URL) throws -> Result {
    let whole = try file("ok/ok-05-sealed.xml", in: corpus)
    let form = try canonical(whole)
    let pipeline = try BadXMLPipeline(corpus: corpus)
    for bit in 0..<(8 * whole.count) {
      var pipeline = pipeline
      var changed = whole
      changed[bit / 8] ^= 1 << UInt8(bit % 8)
      let outcome = try pipeline.outcome(of: changed, sealed: true, inSequence: false)
      if case .accepted = outcome, try canonical(changed) != form {
        return Result(name: "flip-anywhere", problem: "accepted with bit \(bit) changed")
      }
    }
    return Result(name: "flip-anywhere", problem: nil)
  }

  private static func canonical(_ bytes: [UInt8]) throws -> [UInt8] {
    try XMLTree(parsing: bytes, file: "a.xml").canonical(leavingOut: SealProfile.signature)
  }
}
