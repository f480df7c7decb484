public import Diagnostics
public import Dossier

/// Taking in many files.
extension Office {
  /// One file of many, and what was done with it.
  public struct HandledFile: Sendable {
    public let file: String
    public let bytes: [UInt8]
    public let result: Result<Handling, Diagnostic>
  }

  /// Takes files in as `handle` does, one after the other in their order, but quicker: the next files are read and verified
  /// while one is matched with its case, and what a few of them change is committed together.
  ///
  /// - Parameters:
  ///   - read: the bytes of a file.
  ///   - done: told of every file, in their order, when what it changed is on disk.
  /// - Throws: the codes of the store; what `read` and `done` throw. The files that `done` was told of are taken in then;
  ///   of those after it, which may be here too, the answer is given when they come again.
  public func handle(
    all files: [String], answeringWith key: SealKey?,
    read: @escaping @Sendable (String) throws -> [UInt8], done: (HandledFile) throws -> Void
  ) async throws {
    var series = FileSeries(office: self, files: files, key: key, read: read)
    while !series.isDone {
      do {
        try await series.takeTogether(telling: done)
      } catch let problem as Diagnostic where problem.code == "STORE001" {
        // another worker was first; file by file everybody gets a turn
        try await series.takeSome(telling: done)
      }
    }
  }
}

/// Files on their way in.
private struct FileSeries {
  let office: Office
  let files: [String]
  let key: SealKey?
  let read: @Sendable (String) throws -> [UInt8]
  /// How many files are taken in and told of.
  private var count = 0

  /// Files that are committed together: one sync for all, and few enough that other writers are not kept waiting.
  private static let groupSize = 8
  /// Files that are read and verified before their turn.
  private static let lookAhead = 2

  init(
    office: Office, files: [String], key: SealKey?,
    read: @escaping @Sendable (String) throws -> [UInt8]
  ) {
    self.office = office
    self.files = files
    self.key = key
    self.read = read
  }

  var isDone: Bool { count == files.count }

  /// A group under way to the disk.
  private typealias Group = (files: [Office.HandledFile], writer: Task<Void, any Error>)

  /// Takes the rest in by groups.
  ///
  /// - Throws: `STORE001` when another writer was first. Then the files from `count` on are to be taken in again.
  mutating func takeTogether(telling done: (Office.HandledFile) throws -> Void) async throws {
    let store = StagedStore(office.store)
    let together = office.working(on: store)
    var ahead: [Task<OpenedFile, any Error>] = []
    var next = count
    var group: [Office.HandledFile] = []
    var writing: Group?
    do {
      var receiver = try await together.receiver()
      while next < files.count || !ahead.isEmpty {
        while ahead.count < Self.lookAhead, next < files.count {
          ahead.append(opened(files[next], by: receiver, for: together))
          next += 1
        }
        let file = try await ahead.removeFirst().value
        group.append(try await handled(file, by: together))
        guard group.count == Self.groupSize else { continue }
        try await tell(writing, done)
        writing = (group, store.startWriting())
        group = []
        receiver = try await together.receiver()
      }
    } catch {
      // what came before it is taken in
      for task in ahead { task.cancel() }
      try await tell(writing, done)
      try await tell((group, store.startWriting()), done)
      throw error
    }
    try await tell(writing, done)
    try await tell((group, store.startWriting()), done)
  }

  private mutating func tell(
    _ group: Group?, _ done: (Office.HandledFile) throws -> Void
  ) async throws {
    guard let group else { return }
    try await group.writer.value
    for file in group.files {
      try done(file)
      count += 1
    }
  }

  private func opened(
    _ name: String, by receiver: DossierReceiver, for office: Office
  ) -> Task<OpenedFile, any Error> {
    Task { [read] in
      var file = try OpenedFile(bytes: read(name), name: name, by: receiver, at: office.now)
      await file.fillForms(for: office)
      return file
    }
  }

  private func handled(_ file: OpenedFile, by office: Office) async throws -> Office.HandledFile {
    do {
      let handling = try await office.handle(file, answeringWith: key)
      return Office.HandledFile(file: file.name, bytes: file.bytes, result: .success(handling))
    } catch let problem as Diagnostic where !problem.isOfTheStore {
      return Office.HandledFile(file: file.name, bytes: file.bytes, result: .failure(problem))
    }
  }

  /// Takes the next files in, each by itself.
  mutating func takeSome(telling done: (Office.HandledFile) throws -> Void) async throws {
    for file in files[count...].prefix(2 * Self.groupSize) {
      let bytes = try read(file)
      let result: Result<Office.Handling, Diagnostic>
      do {
        result = .success(try await office.handle(bytes, file: file, answeringWith: key))
      } catch let problem as Diagnostic where !problem.isOfTheStore {
        result = .failure(problem)
      }
      try done(Office.HandledFile(file: file, bytes: bytes, result: result))
      count += 1
    }
  }
}
