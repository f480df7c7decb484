internal import BPMN
internal import FEEL

/// Pictures of a simulated run: what waited, who was busy, what was late, how long people waited for a decision.
public struct SimulationPicture {
  /// One chart.
  public enum Chart: String, CaseIterable, Sendable {
    case queues, utilisation, clocks, decisions
  }

  /// The words of the pictures, in the reader's language.
  public struct Words: Sendable {
    public let title: String
    /// The same as the pictures, in a sentence.
    public let description: String
    public let headings: [Chart: String]
    /// Under a chart that has nothing to show.
    public let nothing: String
    /// Between two numbers: 3 of 40.
    public let of: String
    public let language: String
    /// The name of a kind of case.
    public let kind: @Sendable (String) -> String

    public init(
      title: String, description: String, headings: [Chart: String], nothing: String, of: String,
      language: String, kind: @escaping @Sendable (String) -> String
    ) {
      self.title = title
      self.description = description
      self.headings = headings
      self.nothing = nothing
      self.of = of
      self.language = language
      self.kind = kind
    }
  }

  private let report: SimulationReport
  private let words: Words
  private var canvas = SVGCanvas()
  /// Where the next chart begins.
  private var top = 0.0

  private static let width = 960.0
  private static let left = 40.0
  /// Where bars begin: names stand left of it.
  private static let axis = 260.0
  private static let grey = "#d9d9d9"
  private static let ink = "#1f1f1f"
  /// Colours that people with any colour vision tell apart (Okabe and Ito), each with a dash of its own.
  private static let pens: [(stroke: String, dash: String?)] = [
    ("#0072b2", nil), ("#d55e00", "7 3"), ("#009e73", "2 3"), ("#cc79a7", "10 3 2 3"),
    ("#8a6d00", "5 2 5 6"), ("#3a7ca5", "1 2"), ("#000000", "12 4"), ("#7f3c8d", "3 6"),
    ("#a23b2a", "8 2 1 2 1 2"),
  ]

  public init(_ report: SimulationReport, words: Words) {
    self.report = report
    self.words = words
  }

  /// The charts below each other, as one SVG file.
  public func svg(_ charts: [Chart] = Chart.allCases) -> String {
    var picture = self
    picture.heading(words.title, size: 20, space: 44)
    for chart in charts { picture.draw(chart) }
    let box = Bounds(x: 0, y: 0, width: Self.width, height: picture.top + 16)
    var paper = SVGCanvas()
    paper.rectangle(box, Pen(stroke: "none", fill: "#ffffff"))
    paper.append(picture.canvas)
    return paper.svg(in: box, title: words.title, description: words.description)
  }

  private mutating func draw(_ chart: Chart) {
    heading(words.headings[chart] ?? chart.rawValue, size: 14, space: 34)
    switch chart {
    case .queues: drawQueues()
    case .utilisation:
      drawBars(
        report.posts.filter { $0.people > 0 }.map { post in
          Bar(
            name: "\(post.titles[words.language] ?? post.name) (\(post.people))",
            value: Double(post.utilisation), light: 100, label: "\(post.utilisation) %")
        }, most: 100)
    case .clocks:
      let shown = report.clocks.filter { $0.opened > 0 }.prefix(12)
      drawBars(
        shown.map { clock in
          Bar(
            name: clock.parameter, value: Double(clock.late), light: Double(clock.opened),
            label: "\(clock.late) \(words.of) \(clock.opened) · \(clock.source)")
        }, most: Double(shown.map(\.opened).max() ?? 0))
    case .decisions:
      drawBars(
        report.kinds.compactMap { kind in
          kind.days.map { days in
            Bar(
              name: words.kind(kind.kind), value: Double(days.median) / 10,
              light: Double(days.ninetieth) / 10,
              label: "\(Self.tenths(days.median)) / \(Self.tenths(days.ninetieth))")
          }
        }, most: report.kinds.compactMap { $0.days.map { Double($0.ninetieth) / 10 } }.max() ?? 0)
    }
    top += 28
  }

  private mutating func heading(_ text: String, size: Double, space: Double) {
    canvas.text(
      [text], at: Point(x: Self.left, y: top + size + 12), size: size, anchor: .start, bold: true)
    top += space
  }

  static func tenths(_ value: Int) -> String { "\(value / 10).\(value % 10)" }

  // MARK: Bars

  private struct Bar {
    let name: String
    let value: Double
    /// How far the light bar behind it reaches.
    let light: Double
    let label: String
  }

  /// A dark bar for each value before a light one, and what it says in words.
  private mutating func drawBars(_ bars: [Bar], most: Double) {
    guard !bars.isEmpty, most > 0 else { return drawNothing() }
    let room = 300.0
    for bar in bars {
      canvas.text(
        [bar.name], at: Point(x: Self.axis - 10, y: top + 13), size: 11, anchor: .end)
      if bar.light > 0 { rectangle(width: bar.light / most * room, colour: Self.grey) }
      if bar.value > 0 { rectangle(width: bar.value / most * room, colour: Self.pens[0].stroke) }
      canvas.text(
        [bar.label], at: Point(x: Self.axis + room + 12, y: top + 13), size: 11, anchor: .start)
      top += 22
    }
  }

  private mutating func rectangle(width: Double, colour: String) {
    canvas.rectangle(
      Bounds(x: Self.axis, y: top + 2, width: width, height: 14),
      Pen(stroke: "none", width: 0, fill: colour))
  }

  private mutating func drawNothing() {
    canvas.text([words.nothing], at: Point(x: Self.left, y: top + 13), size: 11, anchor: .start)
    top += 22
  }

  // MARK: Queues

  /// A line for each post for which anything ever waited, with its name at the end.
  private mutating func drawQueues() {
    let lines = report.posts.indices.filter { report.posts[$0].longestQueue > 0 }
    guard report.queues.count > 1, !lines.isEmpty else { return drawNothing() }
    let plot = Bounds(x: 70, y: top + 6, width: 660, height: 240)
    let most = Self.ceiling(lines.map { report.posts[$0].longestQueue }.max() ?? 1)
    drawGrid(plot, most: most)
    let step = plot.width / Double(report.queues.count - 1)
    func height(_ count: Int) -> Double {
      plot.y + plot.height * (1 - Double(count) / Double(most))
    }
    var labels: [(y: Double, line: Int)] = []
    for (index, post) in lines.enumerated() {
      let points = report.queues.enumerated().map { day, queue in
        Point(x: plot.x + Double(day) * step, y: height(queue.counts[post]))
      }
      canvas.line(points, pen(index))
      labels.append((y: points.last?.y ?? plot.y, line: index))
    }
    drawLabels(labels, of: lines, right: plot.x + plot.width, bottom: plot.y + plot.height)
    top = plot.y + plot.height + 26
  }

  private func pen(_ index: Int) -> Pen {
    let (stroke, dash) = Self.pens[index % Self.pens.count]
    return Pen(stroke: stroke, width: 2, dash: dash)
  }

  /// Names at the ends of the lines, pushed apart where they would cover each other.
  private mutating func drawLabels(
    _ labels: [(y: Double, line: Int)], of posts: [Int], right: Double, bottom: Double
  ) {
    var rest = bottom + 6
    for label in labels.sorted(by: { ($0.y, $0.line) > ($1.y, $1.line) }) {
      let y = min(label.y, rest)
      rest = y - 16
      let post = report.posts[posts[label.line]]
      canvas.line([Point(x: right + 4, y: label.y), Point(x: right + 16, y: y)], pen(label.line))
      canvas.line([Point(x: right + 16, y: y), Point(x: right + 34, y: y)], pen(label.line))
      canvas.text(
        ["\(post.titles[words.language] ?? post.name)"], at: Point(x: right + 40, y: y + 4),
        size: 11, anchor: .start)
    }
  }

  /// Lines at four heights and days along the axis.
  private mutating func drawGrid(_ plot: Bounds, most: Int) {
    for part in 0...4 {
      let y = plot.y + plot.height * Double(4 - part) / 4
      canvas.line(
        [Point(x: plot.x, y: y), Point(x: plot.x + plot.width, y: y)],
        Pen(stroke: part == 0 ? Self.ink : Self.grey, width: 1))
      canvas.text(
        ["\(most * part / 4)"], at: Point(x: plot.x - 8, y: y + 4), size: 11, anchor: .end)
    }
    let last = report.queues.count - 1
    for part in 0...5 {
      let place = last * part / 5
      let day = report.queues[place].day
      let x = plot.x + plot.width * Double(place) / Double(last)
      canvas.text(
        ["\(Self.two(day.day)).\(Self.two(day.month))"],
        at: Point(x: x, y: plot.y + plot.height + 18), size: 11)
    }
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// A multiple of four that is at least `count`, and reads well.
  private static func ceiling(_ count: Int) -> Int {
    var step = 1
    while true {
      for factor in [1, 2, 5] where factor * step * 4 >= count { return factor * step * 4 }
      step *= 10
    }
  }
}
