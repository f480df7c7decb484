import DMN
import FEEL

/// Decision tables of three sizes, compiled once and run over a hundred queries, with and without trace.
///
/// The tables are those of `bench/dmn/tables.py`, which the peers run too; every answer is checked before the clock
/// starts.
enum DMNBenchmark {
  /// Evaluations a second.
  static func run() -> [Figure] {
    let small = BenchmarkTable.small
    let large = BenchmarkTable.large("large", chapters: BenchmarkTable.chapters)
    let huge = BenchmarkTable.large("huge", chapters: BenchmarkTable.manyChapters)
    return measure("table-5x2", small, "UNIQUE")
      + ["UNIQUE", "FIRST", "COLLECT"].flatMap {
        measure("table-200x6 \($0.lowercased())", large, $0)
      }
      + measure("table-2000x6", huge, "UNIQUE")
      + [loading("table-200x6 load", large), loading("table-2000x6 load", huge)]
      + [linting("table-200x6 lint", large), linting("table-2000x6 lint", huge)]
  }

  private static func measure(_ name: String, _ table: BenchmarkTable, _ policy: String)
    -> [Figure]
  {
    guard let model = table.model(policy) else { fatalError("our own table cannot be read") }
    let queries = table.queries
    for query in queries {
      let value = try? model.value(of: table.name, inputs: query).value
      let answers = table.answers(query)
      let expected: FEELValue = policy == "COLLECT" ? .list(answers) : answers.first ?? .null
      precondition(value == expected, "\(name): \(query)")
    }
    var position = 0
    let plain = Figure.rate(name, unit) {
      position = (position + 1) % queries.count
      return (try? model.value(of: table.name, inputs: queries[position]))?.value.isNull == false
    }
    let traced = Figure.rate("\(name) with trace", unit) {
      position = (position + 1) % queries.count
      return (try? model.evaluate(table.name, inputs: queries[position]))?.trace.matched.isEmpty
        == false
    }
    return [plain, traced]
  }

  private static func loading(_ name: String, _ table: BenchmarkTable) -> Figure {
    let bytes = Array(table.dmn("UNIQUE").utf8)
    return .rate(name, "tables/s", batch: 1) {
      (try? DecisionModel(parsing: bytes, file: "table.dmn")) != nil
    }
  }

  private static func linting(_ name: String, _ table: BenchmarkTable) -> Figure {
    guard let model = table.model("UNIQUE") else { fatalError("our own table cannot be read") }
    return .rate(name, "tables/s", batch: 1) { !model.lint().isEmpty }
  }

  private static let unit = "decisions/s"
}

/// A table as data: rendered as DMN, and answered by looking through all its rules.
struct BenchmarkTable {
  enum Test {
    case any
    case oneOf([FEELValue])
    case range(Int, Int)
    case below(Int)
    case from(Int)
    case above(Int)

    var feel: String {
      switch self {
      case .any: "-"
      case .oneOf(let values): values.map(\.description).joined(separator: ",")
      case .range(let low, let high): "[\(low)..\(high)]"
      case .below(let bound): "&lt; \(bound)"
      case .from(let bound): "&gt;= \(bound)"
      case .above(let bound): "&gt; \(bound)"
      }
    }

    func holds(_ value: FEELValue) -> Bool {
      switch self {
      case .any: true
      case .oneOf(let values): values.contains(value)
      case .range(let low, let high): value.integer.map { low <= $0 && $0 <= high } ?? false
      case .below(let bound): value.integer.map { $0 < bound } ?? false
      case .from(let bound): value.integer.map { $0 >= bound } ?? false
      case .above(let bound): value.integer.map { $0 > bound } ?? false
      }
    }
  }

  let name: String
  let inputs: [(name: String, type: String)]
  let rules: [(tests: [Test], result: String)]
  let queries: [FEELContext]

  func answers(_ query: FEELContext) -> [FEELValue] {
    rules.filter { rule in
      zip(rule.tests, inputs).allSatisfy { $0.holds(query[$1.name] ?? .null) }
    }.map { .string($0.result) }
  }

  func model(_ policy: String) -> DecisionModel? {
    try? DecisionModel(parsing: Array(dmn(policy).utf8), file: "\(name).dmn")
  }

  func dmn(_ policy: String) -> String {
    let data = inputs.map {
      "<inputData id=\"\($0.name)\" name=\"\($0.name)\">"
        + "<variable name=\"\($0.name)\" typeRef=\"\($0.type)\"/></inputData>"
    }
    let needs = inputs.map {
      "<informationRequirement><requiredInput href=\"#\($0.name)\"/></informationRequirement>"
    }
    let columns = inputs.map {
      "<input><inputExpression typeRef=\"\($0.type)\"><text>\($0.name)</text></inputExpression></input>"
    }
    let rows = rules.map { rule in
      "<rule>" + rule.tests.map { "<inputEntry><text>\($0.feel)</text></inputEntry>" }.joined()
        + "<outputEntry><text>\"\(rule.result)\"</text></outputEntry></rule>"
    }
    let variable = policy == "COLLECT" ? "" : " typeRef=\"string\""
    return
      ([
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"d\" namespace=\"urn:d\">"
      ] + data + [
        "<decision id=\"\(name)\" name=\"\(name)\"><variable name=\"\(name)\"\(variable)/>"
      ]
      + needs + ["<decisionTable hitPolicy=\"\(policy)\">"] + columns
      + ["<output name=\"result\" typeRef=\"string\"/>"] + rows
      + ["</decisionTable></decision></definitions>"]).joined(separator: "\n")
  }
}

extension BenchmarkTable {
  static let chapters = "ABCDEFGHIJKLMNOPQRST".map { "\($0)00-\($0)99" }
  static let manyChapters = "ABCDEFGHIJKLMNOPQRST".flatMap { letter in
    (0..<10).map { "\(letter)0\($0)" }
  }

  /// Five rules over two numbers.
  static var small: BenchmarkTable {
    BenchmarkTable(
      name: "small", inputs: [("degree", "number"), ("age", "number")],
      rules: [
        ([.below(3), .below(18)], "child-none"), ([.below(3), .from(18)], "none"),
        ([.oneOf([3]), .any], "third"), ([.oneOf([4]), .any], "second"),
        ([.above(4), .any], "first"),
      ],
      queries: (0..<100).map { ["degree": FEELValue($0 % 5 + 1), "age": FEELValue($0 * 37 % 101)] })
  }

  /// Ten rules a chapter, six inputs, mutually exclusive.
  static func large(_ name: String, chapters: [String]) -> BenchmarkTable {
    var rules: [(tests: [Test], result: String)] = []
    for chapter in chapters {
      for (low, high) in [(0, 17), (18, 39), (40, 59), (60, 79), (80, 130)] {
        for (index, degree) in [(1, 2), (3, 5)].enumerated() {
          rules.append(
            (
              [
                .oneOf([.string(chapter)]), .range(low, high), .range(degree.0, degree.1),
                .oneOf(["adult", "child"]), .range(0, 100), index == 0 ? .any : .oneOf([true]),
              ], "g\(rules.count)"
            ))
        }
      }
    }
    let queries = (0..<100).map { index -> FEELContext in
      [
        "chapter": .string(chapters[index * 7 % chapters.count]),
        "age": FEELValue(index * 37 % 101), "degree": FEELValue(index % 5 + 1),
        "category": index % 2 == 0 ? "adult" : "child", "points": FEELValue(index * 53 % 101),
        "permanent": true,
      ]
    }
    return BenchmarkTable(
      name: name,
      inputs: [
        ("chapter", "string"), ("age", "number"), ("degree", "number"), ("category", "string"),
        ("points", "number"), ("permanent", "boolean"),
      ], rules: rules, queries: queries)
  }
}
