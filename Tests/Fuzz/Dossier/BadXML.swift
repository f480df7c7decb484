/// The corpus of bad messages alone, for a build with a sanitizer; compiled by `Tests/Scripts/bad-xml.sh` together with the
/// suite of the same name. How long a file takes counts elsewhere: a sanitizer makes everything slower.
@main
enum BadXML {
  static func main() throws {
    let folder = CommandLine.arguments[1]
    let own = try BadXMLSuite.run(folder)
    let others = try BadXMLOthersSuite.run(folder)
    let failures = (own.failures + others.failures).filter { !$0.contains("expected less than") }
    for failure in failures { print("FAIL \(failure)") }
    print("bad-xml: \(own.total + others.total - failures.count) of \(own.total + others.total)")
  }
}
