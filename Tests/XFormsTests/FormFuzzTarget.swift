import Diagnostics
import FEEL
import XForms
import XML

/// What the fuzzer feeds: bytes of any kind, taken for a folded form, an ODK XForm or answers when they begin like XML,
/// else for an expression.
///
/// It must always come back with a result or a `Diagnostic`. `Tests/Scripts/fuzz-forms.sh` compiles this file into a
/// libFuzzer target; `HostileTests` runs it over a fixed series of damaged texts.
enum FormFuzzTarget {
  private static let now: DateTime = {
    guard let now = DateTime("2026-03-10T09:30:00+04:00") else { fatalError("no such moment") }
    return now
  }()

  static func run(_ bytes: [UInt8]) {
    guard bytes.first == UInt8(ascii: "<") else { return expression(bytes) }
    if let form = try? Form(
      folded: bytes, file: "fuzz.xml", blocks: { _ in nil }, lists: { list(named: $0) })
    {
      _ = form.lint()
      _ = form.schema()
      let odk = form.odk().xml()
      _ = try? Form(odk: Array(odk.utf8), file: "odk.xml", resources: { _ in nil })
      _ = form.folded().xml()
      use(form)
    }
    if let form = try? Form(odk: bytes, file: "fuzz.xml", resources: { _ in nil }) {
      _ = try? form.importedAsFolded()
      use(form)
    }
    if let small, let xml = try? Element(parsing: bytes, file: "fuzz.xml", limits: .definition) {
      if let read = try? Answers.read(xml, of: small, now: now) { use(read.answers) }
      if let draft = try? Answers(small, draft: xml, now: now) { use(draft) }
    }
  }

  private static func use(_ form: Form) { use(Answers(form, now: now, seed: 1)) }

  private static func use(_ answers: Answers) {
    var answers = answers
    _ = answers.problems()
    for question in answers.questions().prefix(50) {
      _ = try? answers.choices(at: question.path, matching: "a")
      try? answers.set(question.path, to: "1")
      _ = try? answers.addRow(question.path)
    }
    _ = answers.xml()
    _ = answers.draft()
    _ = answers.submission()
    _ = answers.context()
    _ = FormPage(
      answers, words: FormWords(text: { key, _ in key }, sentence: \.code),
      purpose: .filling(showsProblems: true)
    ).document()
  }

  private static func expression(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let expression = try? XPathExpression(parsing: text),
      let root = try? Element(
        parsing: Array("<a x=\"1\"><b>2</b><b>2026-01-01</b><c><d>yes no</d></c></a>".utf8),
        file: "a.xml")
    else { return }
    let environment = XPathEnvironment(primary: DataTree(root, mixed: false))
    _ = try? XPathEvaluator.evaluate(expression, at: NodeReference(node: 1), in: environment)
  }

  private static let small = try? Form(
    folded: Array(
      """
      <form xmlns="urn:msec:form-definition:1" id="demo" version="1.2"><title az="a" en="b" ru="c"/>
      <input name="issued" type="date" value="today()" constraint=". &lt;= today()"><alert az="a" en="b" ru="c"/></input>
      <group name="person"><input name="surname" required="true()"/><input name="birthDate" type="date"/></group>
      <select name="purposes" list="codes"/><repeat name="diagnoses" min="1" max="3"><input name="percent" type="decimal"/>
      </repeat><calculate name="total" type="decimal" keep="yes" calculate="sum(../diagnoses/percent[. != ''])"/></form>
      """.utf8), file: "small.xml", blocks: { _ in nil }, lists: { list(named: $0) })

  private static func list(named _: String) -> CodeList? {
    try? CodeList(
      parsing: Array(
        "# system=s version=1\ncode,az,en,ru,kind\nfirst,a,b,c,x\nrepeat,a b,b c,c d,y\n".utf8),
      file: "lists/codes.csv")
  }
}
