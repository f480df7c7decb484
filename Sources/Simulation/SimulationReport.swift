public import FEEL

/// What came of a simulated run: how long people waited, who had how much to do, what was late.
public struct SimulationReport: Hashable, Sendable {
  /// The most that waited for each post at any moment of a working day, in the order of `posts`.
  public struct Queue: Hashable, Sendable {
    public let day: Day
    public let counts: [Int]

    public init(day: Day, counts: [Int]) {
      self.day = day
      self.counts = counts
    }
  }

  /// The cases of one kind.
  public struct Kind: Hashable, Sendable {
    /// As `CaseKind` writes it.
    public let kind: String
    public let opened: Int
    /// Whose decision was issued.
    public let decided: Int
    public let closed: Int
    /// From opening to decision, in days and tenths; `nil`: none was decided.
    public let days: Spread?
  }

  /// The people of one line of the table of people.
  public struct Post: Hashable, Sendable {
    public let name: String
    /// By language.
    public let titles: [String: String]
    public let people: Int
    /// Tasks that were handed in.
    public let done: Int
    /// How long tasks waited before they were begun, in hours of work and tenths; `nil`: none was begun.
    public let waiting: Spread?
    /// Hundredths of the time at work that went into tasks.
    public let utilisation: Int
    public let longestQueue: Int
    /// The longest of the last working day.
    public let queue: Int
  }

  /// How a statutory clock was kept.
  public struct Clock: Hashable, Sendable {
    public let parameter: String
    /// The article.
    public let source: String
    public let opened: Int
    /// How many ran out before they were stopped.
    public let late: Int
    /// Of those, how many still run.
    public let open: Int
    /// How many days the worst was late; 0: none was.
    public let worst: Int
  }

  /// What half and what nine tenths do not exceed, in tenths.
  public struct Spread: Hashable, Sendable {
    public let median: Int
    public let ninetieth: Int

    /// - Returns: `nil` when there are no values.
    init?(_ values: [Int]) {
      guard !values.isEmpty else { return nil }
      let sorted = values.sorted()
      func value(at percent: Int) -> Int {
        sorted[max(0, (sorted.count * percent + 99) / 100 - 1)]
      }
      median = value(at: 50)
      ninetieth = value(at: 90)
    }
  }

  /// Something that did not go on.
  public struct Trouble: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable {
      /// What arrived was refused.
      case arrival
      /// A step of a workflow holds.
      case incident
      /// Nobody could hand in a task.
      case task
    }

    public let kind: Kind
    /// Of the workflow; empty for arrivals.
    public let element: String
    /// Of the refusal.
    public let code: String
  }

  public let plan: Simulation.Plan
  public let from: Day
  /// Appeals that came in.
  public let appeals: Int
  /// By kind.
  public let kinds: [Kind]
  /// In the order of the table of people; posts that had nothing to do too.
  public let posts: [Post]
  /// The one that was late most often first.
  public let clocks: [Clock]
  /// One for each working day.
  public let queues: [Queue]
  /// What did not go on, and how often.
  public let troubles: [Trouble: Int]

  /// Most frequent first.
  public var troublesInOrder: [(trouble: Trouble, count: Int)] {
    troubles.map { (trouble: $0.key, count: $0.value) }.sorted {
      ($1.count, $0.trouble.code, $0.trouble.element)
        < ($0.count, $1.trouble.code, $1.trouble.element)
    }
  }
}
