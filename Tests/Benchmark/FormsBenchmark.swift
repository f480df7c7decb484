import FEEL
import XForms
import XML

/// A form of 200 binds: loading, one answer with everything that follows from it, checking; and the search in a list
/// as large as ICD-10.
///
/// The questions are those of `bench/forms/forms_bench.py`: a choice, a number asked after it, a text and a value that
/// is computed, in groups, and a table of rows with a sum.
enum FormsBenchmark {
  static func run() -> [Figure] {
    let codes = codeList(count: 14_000)
    let source = Array(formSource.utf8)
    func load() -> Form {
      guard
        let form = try? Form(
          folded: source, file: "bench.xml", blocks: { _ in nil },
          lists: { $0 == "codes" ? codes : nil })
      else { fatalError("the form of the benchmark is no form") }
      return form
    }
    let form = load()
    var answers = filled(form)
    let loading = times(60) { _ in _ = Answers(load(), now: now, language: "az") }
    let answering = times(2000) { round in
      try? answers.set("section\(round % 24)/number", to: "\(round % 4)")
    }
    precondition(answers.value(at: "section0/doubled") != nil)
    let checking = times(60) { _ in precondition(answers.problems().isEmpty) }
    let first = times(1) { _ in precondition(!search("ürək", answers).isEmpty) }
    let keystrokes = [
      "i", "i6", "i63", "b", "be", "bey", "infa", "инф", "инфар", "heart f", "ürək çat",
    ]
    let searching = times(keystrokes.count * 40) { round in
      precondition(!search(keystrokes[round % keystrokes.count], answers).isEmpty)
    }
    return figures("load, 200 binds", loading, "us", 1e6)
      + figures("one answer recomputed", answering, "us", 1e6)
      + figures("check, 200 binds", checking, "us", 1e6)
      + [Figure(name: "search, first of a list of 14,000", value: first[0] * 1e6, unit: "us")]
      + figures("search, one keystroke", searching, "us", 1e6) + expressions()
  }

  /// The expressions of `bench/forms/forms_bench.py`, compiled, over the same instance: 96 questions in groups.
  private static func expressions() -> [Figure] {
    let groups = (0..<12).map { group in
      let questions = (0..<8).map { question in
        let name = "q\(group)_\(question)"
        return "<\(name)>\(question % 4 == 0 ? "yes" : "3")</\(name)>"
      }
      return "<g\(group)>\(questions.joined())</g\(group)>"
    }
    let source = "<data><patient>3</patient><birth>3</birth>\(groups.joined())</data>"
    guard let root = try? Element(parsing: Array(source.utf8), file: "bench.xml") else {
      fatalError("the instance of the benchmark is no XML")
    }
    let environment = XPathEnvironment(primary: DataTree(root, mixed: false))
    func value(_ expression: XPathExpression, at node: NodeReference) -> XPathValue? {
      try? XPathEvaluator.evaluate(expression, at: node, in: environment)
    }
    func compiled(_ source: String) -> XPathExpression {
      guard let expression = try? XPathExpression(parsing: source) else {
        fatalError("no expression: \(source)")
      }
      return expression
    }
    guard case .nodes(let places)? = value(compiled("/data/g0/q0_1"), at: NodeReference(node: 0)),
      let place = places.first
    else { fatalError("the instance of the benchmark has no question") }
    let numbers = "sum(//*[starts-with(local-name(), 'q') and number(.) = number(.)])"
    let cases: [(name: String, source: String, result: XPathValue)] = [
      ("relevance", "../q0_0 = 'yes'", .boolean(true)),
      ("constraint", ". >= 0 and . <= 4", .boolean(true)),
      ("sum", numbers, .number(216)), ("count", "count(//*[. = 'yes'])", .number(24)),
    ]
    return cases.map { item in
      let expression = compiled(item.source)
      return .rate("xpath \(item.name)", "evaluations/s") {
        value(expression, at: place) == item.result
      }
    }
  }

  private static let now: DateTime = {
    guard let now = DateTime("2026-03-01T10:00:00+04:00") else { fatalError("no such moment") }
    return now
  }()

  private static func search(_ words: String, _ answers: Answers) -> [Choice] {
    (try? answers.choices(at: "code", matching: words)) ?? []
  }

  /// Seconds of processor time that each round took: others use the machine too.
  private static func times(_ count: Int, _ work: (Int) -> Void) -> [Double] {
    (0..<count).map { round in
      let start = Figure.processorTime()
      work(round)
      return Figure.processorTime() - start
    }
  }

  private static func figures(
    _ name: String, _ times: [Double], _ unit: String, _ factor: Double
  ) -> [Figure] {
    let sorted = times.sorted()
    let median = sorted[sorted.count / 2]
    let worst = sorted[min(sorted.count - 1, sorted.count * 99 / 100)]
    return [Figure(name: name, value: median * factor, unit: unit, p99: worst * 1e6)]
  }

  private static func filled(_ form: Form) -> Answers {
    var answers = Answers(form, now: now, language: "az")
    for section in 0..<24 {
      for index in 0..<2 {
        let suffix = index == 0 ? "" : "2"
        try? answers.set("section\(section)/choice\(suffix)", to: "yes")
        try? answers.set("section\(section)/number\(suffix)", to: "3")
        try? answers.set("section\(section)/text\(suffix)", to: "qeyd")
      }
    }
    try? answers.set("name", to: "Əliyeva")
    try? answers.set("born", to: "1971-04-30")
    try? answers.set("code", to: "I60.0")
    return answers
  }

  // MARK: The form and its list

  private static let formSource: String = {
    var text = """
      <form xmlns="urn:msec:form-definition:1" id="bench" version="1.0">
      <title az="a" en="b" ru="c"/>
      <input name="name" required="true()"><label az="Ad" en="Name" ru="Имя"/></input>
      <input name="born" type="date" constraint=". &lt;= today()"><label az="D" en="B" ru="Р"/>
      <alert az="a" en="b" ru="c"/></input>
      <select1 name="code" list="codes"><label az="Kod" en="Code" ru="Код"/></select1>
      """
    for section in 0..<24 {
      text += "<group name=\"section\(section)\"><label az=\"Q\" en=\"G\" ru=\"Г\"/>"
      for suffix in ["", "2"] { text += questions(suffix) }
      text += "</group>"
    }
    return text + "</form>"
  }()

  private static func questions(_ suffix: String) -> String {
    """
    <select1 name="choice\(suffix)" required="true()"><label az="S" en="Q" ru="В"/>
    <item value="yes" az="Bəli" en="Yes" ru="Да"/><item value="no" az="Xeyr" en="No" ru="Нет"/></select1>
    <input name="number\(suffix)" type="int" relevant="../choice\(suffix) = 'yes'" constraint=". &gt;= 0 and . &lt;= 4">
    <label az="S" en="Q" ru="В"/><alert az="a" en="b" ru="c"/></input>
    <input name="text\(suffix)"><label az="S" en="Q" ru="В"/></input>
    <calculate name="doubled\(suffix)" type="int" keep="no" calculate="../number\(suffix) * 2"/>
    """
  }

  /// Codes like those of ICD-10 with labels of the usual length in three languages.
  private static func codeList(count: Int) -> CodeList {
    let words = [
      ["beyin", "infarktı", "ürək", "çatışmazlığı", "kəskin", "xroniki", "revmatik", "sümük"],
      ["cerebral", "infarction", "heart", "failure", "acute", "chronic", "rheumatic", "bone"],
      [
        "мозг", "инфаркт", "сердце", "недостаточность", "острый", "хронический", "ревматизм",
        "кость",
      ],
    ]
    var text = "# system=icd-10 version=2019 source=\"bench\" verified=true\ncode,az,en,ru\n"
    for number in 0..<count {
      let letter = Character(Unicode.Scalar(UInt8(65 + number / 1000 % 26)))
      let code = "\(letter)\(number / 10 % 100 < 10 ? "0" : "")\(number / 10 % 100).\(number % 10)"
      let labels = words.map { list in
        (0..<4).map { list[(number >> $0 * 2 + $0) % list.count] }.joined(separator: " ")
          + " \(number)"
      }
      text +=
        "\(code)\(number / 1000 % 26 == 8 ? "" : "-\(number)"),\(labels.joined(separator: ","))\n"
    }
    guard let list = try? CodeList(parsing: Array(text.utf8), file: "lists/codes.csv") else {
      fatalError("the list of the benchmark is no list")
    }
    return list
  }
}
