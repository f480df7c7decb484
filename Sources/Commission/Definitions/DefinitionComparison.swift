internal import Diagnostics

/// What differs between two versions of a definition: elements of a process, rules of a table, questions of a form, days
/// of a calendar, rows of a list.
public struct DefinitionComparison: Hashable, Sendable {
  /// One difference.
  public struct Change: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable { case added, removed, changed }

    public let kind: Kind
    /// What it is about, with its name: `userTask assess`, `rule exam-mode r3`, `input reason`, `day 2026-03-20`.
    public let part: String
    /// What of it changed; `nil` when the part itself came or went.
    public let property: String?
    public let before: String?
    public let after: String?
  }

  /// `kind/identifier`.
  public let definition: String
  /// `nil`: a file that is not deployed.
  public let old: Int?
  public let new: Int?
  public let changes: [Change]

  /// Compares what the two say, part by part; where things are drawn does not count.
  ///
  /// - Throws: what reading them throws.
  init(
    _ definition: String, from old: (version: Int?, parts: [DefinitionPart]),
    to new: (version: Int?, parts: [DefinitionPart])
  ) {
    self.definition = definition
    self.old = old.version
    self.new = new.version
    let before = Dictionary(old.parts.map { ($0.name, $0) }) { first, _ in first }
    let after = Set(new.parts.map(\.name))
    var changes: [Change] = []
    for part in old.parts where !after.contains(part.name) {
      changes.append(
        Change(kind: .removed, part: part.name, property: nil, before: part.text, after: nil))
    }
    for part in new.parts {
      if let old = before[part.name] {
        changes += DefinitionComparison.changes(from: old, to: part)
      } else {
        changes.append(
          Change(kind: .added, part: part.name, property: nil, before: nil, after: part.text))
      }
    }
    self.changes = changes
  }

  private static func changes(from old: DefinitionPart, to new: DefinitionPart) -> [Change] {
    let before = Dictionary(old.properties) { "\($0), \($1)" }
    let after = Dictionary(new.properties) { "\($0), \($1)" }
    return (new.properties + old.properties).map(\.0).removingRepeats().compactMap { name in
      guard before[name] != after[name] else { return nil }
      return Change(
        kind: .changed, part: new.name, property: name, before: before[name], after: after[name])
    }
  }
}

extension Office {
  /// What changed between two deployed versions of a definition.
  ///
  /// - Parameters:
  ///   - name: its identifier, or `kind/identifier`.
  ///   - old: the earlier version; `nil`: the one before `new`.
  ///   - new: the later version; `nil`: the newest.
  /// - Throws: `CASE047` when there is none of that name; `CASE062` when several kinds have it; `CASE063` when there is no
  ///   such version.
  public func compareDefinition(
    _ name: String, from old: Int? = nil, to new: Int? = nil
  ) async throws -> DefinitionComparison {
    let versions = try await store.definitions().filter {
      $0.identifier == name || $0.key == name
    }
    let keys = versions.map(\.key).removingRepeats().sorted()
    guard let key = keys.first, let newest = versions.map(\.version).max() else {
      throw Diagnostic("CASE047", ["name": name])
    }
    guard keys.count == 1 else {
      throw Diagnostic("CASE062", ["name": name, "found": keys.joined(separator: ", ")])
    }
    func version(_ number: Int) throws -> (Int?, [DefinitionPart]) {
      guard let found = versions.first(where: { $0.version == number }) else {
        throw Diagnostic("CASE063", ["name": name, "version": "\(number)"])
      }
      return try (number, DefinitionPart.all(of: found.kind, found.bytes, file: found.file))
    }
    let later = new ?? newest
    return try DefinitionComparison(key, from: version(old ?? later - 1), to: version(later))
  }
}
