internal import Commission
internal import Diagnostics
internal import Foundation

/// Seals one batch before it is committed, or several that are committed together, in their order.
struct BatchSealer {
  private let store: EncryptedStore
  /// Made for cases and people that begin with these batches.
  private(set) var newKeys: [String: SealingKey] = [:]
  /// The documents of the batches so far.
  private var documents: [String: StoredDocument] = [:]
  private var sealed = Batch()

  init(store: EncryptedStore) {
    self.store = store
  }

  private var keyring: Keyring { store.keyring }

  /// - Throws: `STORE022` when a case goes on whose key was destroyed.
  mutating func seal(_ batch: Batch) async throws -> Batch {
    sealed = Batch()
    sealed.command = batch.command
    sealed.definitions = batch.definitions
    sealed.deliveries = batch.deliveries
    sealed.answers = batch.answers
    sealed.leaves = batch.leaves
    sealed.erasures = batch.erasures
    for append in batch.appends { try await seal(append) }
    try await seal(documentsOf: batch)
    for rows in batch.cases { try sealed.cases.append(seal(rows)) }
    for person in batch.people { try sealed.people.append(seal(person)) }
    sealed.outbox = batch.outbox.map { message in
      var message = message
      message.document = keyring.store.seal(
        message.document, at: Place.message(message.identifier))
      return message
    }
    try await sealAnswer(of: batch)
    return sealed
  }

  // MARK: Streams

  private mutating func seal(_ append: Batch.Append) async throws {
    let stream = append.stream
    guard let name = stream.sealedWith else {
      sealed.appends.append(append)
      return
    }
    let key = try await key(name, mayBeNew: append.after == 0)
    let records = append.records.enumerated().map { index, draft in
      RecordDraft(
        at: draft.at, actor: draft.actor, onBehalfOf: draft.onBehalfOf, kind: draft.kind,
        payload: key.seal(
          RecordContent(reason: draft.reason, payload: draft.payload).sealedText,
          at: Place.record(stream, append.after + index + 1)))
    }
    let version = append.after + append.records.count
    sealed.appends.append(
      Batch.Append(
        to: stream, after: append.after, records: records,
        state: key.seal(append.state, at: Place.state(stream, version))))
  }

  private mutating func key(_ name: String, mayBeNew: Bool) async throws -> SealingKey {
    if let key = newKeys[name] { return key }
    // what begins now has no key yet, or another writer has begun it and is noticed
    if !mayBeNew || name == Keyring.storeKey {
      guard let key = try await keyring.key(name) else {
        throw Diagnostic("STORE022", ["stream": name])
      }
      return key
    }
    let new = keyring.new(name)
    newKeys[name] = new.key
    sealed.keys.append(new.stored)
    return new.key
  }

  /// An answer belongs to the case that the command is about, unless it erases it.
  private mutating func sealAnswer(of batch: Batch) async throws {
    guard let command = batch.command else { return }
    let owner = batch.appends.first {
      $0.stream.caseNumber != nil && !batch.erasures.contains($0.stream)
    }?.stream.description
    let name = owner ?? Keyring.storeKey
    let key = try await key(name, mayBeNew: false)
    sealed.answer = "\(name) \(key.seal(batch.answer, at: Place.answer(command)))"
  }

  // MARK: Documents

  /// Each case has its own copy of what it refers to, so that one of them can be erased and the other goes on.
  private mutating func seal(documentsOf batch: Batch) async throws {
    documents.merge(batch.documents.map { ($0.identifier, $0) }) { first, _ in first }
    var owned: Set<String> = []
    for (owner, mentioned) in mentions(in: batch).sorted(by: { $0.key < $1.key }) {
      for identifier in mentioned.sorted() {
        if let document = documents[identifier] {
          try await seal(document, for: owner)
          owned.insert(identifier)
        } else if try await !store.base.holds(store.blind(identifier), of: owner),
          let document = try await store.document(identifier)
        {
          try await seal(document, for: owner)
        }
      }
    }
    for document in batch.documents where !owned.contains(document.identifier) {
      try await seal(document, for: Keyring.storeKey)
    }
  }

  /// The documents that each case of the batch refers to.
  private func mentions(in batch: Batch) -> [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for append in batch.appends where append.stream.caseNumber != nil {
      for record in append.records {
        result[append.stream.description, default: []]
          .formUnion(Fingerprints.all(in: record.payload))
      }
    }
    for document in batch.documents where !document.owner.isEmpty {
      result[document.owner, default: []].insert(document.identifier)
    }
    for message in batch.outbox {
      guard let number = message.caseNumber else { continue }
      result[Commission.Stream.case(number).description, default: []].insert(message.document)
    }
    return result
  }

  private mutating func seal(_ document: StoredDocument, for owner: String) async throws {
    let key = try await key(owner, mayBeNew: false)
    let blind = store.blind(document.identifier)
    let place = Place.document(blind, owner)
    sealed.documents.append(
      StoredDocument(
        identifier: blind, mediaType: document.mediaType,
        bytes: [UInt8](key.seal(document.bytes, at: place)),
        context: document.context.isEmpty ? "" : key.seal(document.context, at: place),
        owner: owner))
  }

  // MARK: Rows

  private func seal(_ rows: CaseRows) throws -> CaseRows {
    let name = CaseName(initials: rows.row.initials, birthYear: rows.row.birthYear)
    var sealed = rows
    sealed.row.initials = try keyring.store.seal(name, at: Place.case(rows.row.number))
    sealed.row.birthYear = nil
    sealed.tasks = rows.tasks.map { task in
      guard let draft = task.draft else { return task }
      var task = task
      task.draft?.document = keyring.store.seal(
        draft.document, at: Place.draft(task.caseNumber))
      return task
    }
    return sealed
  }

  private func seal(_ person: PersonRow) throws -> PersonRow {
    try PersonRow(
      identifier: person.identifier,
      personalNumber: person.personalNumber.map {
        keyring.search.blind($0, for: "personal number")
      },
      birthDate: "",
      search: keyring.store.seal(PersonIdentity(person), at: Place.person(person.identifier)),
      words: person.words.map { keyring.search.blind($0, for: "name") })
  }
}

/// Fingerprints in JSON: texts of 64 hex digits.
enum Fingerprints {
  static func all(in json: String) -> [String] {
    var result: [String] = []
    var text = json
    text.withUTF8 { bytes in
      var start = -1
      for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\"") {
        if start >= 0, index - start == 65 {
          let digits = bytes[start + 1..<index]
          if digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) {
            result.append(String(decoding: digits, as: UTF8.self))
          }
        }
        start = index
      }
    }
    return result
  }
}
