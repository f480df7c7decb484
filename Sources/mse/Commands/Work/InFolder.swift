internal import Diagnostics
internal import Foundation

/// A folder into which other agencies put files. Any number of workers take from it, each file goes to one of them.
///
/// A file is whole when its name ends in `.xml`: whoever brings it renames it then. A worker claims it by renaming it into
/// `claimed` and holds a lock on it; the lock of a worker that vanished is gone, so that another one takes its file.
struct InFolder {
  private let path: String

  /// - Throws: `USE002` when the folder cannot be used.
  init(path: String) throws {
    self.path = path
    for name in ["claimed", "refused"] {
      do {
        try FileManager.default.createDirectory(
          atPath: "\(path)/\(name)", withIntermediateDirectories: true)
      } catch {
        throw Diagnostic("USE002", ["file": "\(path)/\(name)"])
      }
    }
  }

  /// Up to `limit` files that nobody else has; those of vanished workers first.
  func claim(limit: Int) -> [ClaimedFile] {
    var files: [ClaimedFile] = []
    for name in names(in: "\(path)/claimed") where files.count < limit {
      if let file = ClaimedFile(name, in: path) { files.append(file) }
    }
    for name in names(in: path) where files.count < limit {
      let claimed = "\(UUID().uuidString)~\(name)"
      guard isFile("\(path)/\(name)"), rename("\(path)/\(name)", "\(path)/claimed/\(claimed)") == 0
      else { continue }
      if let file = ClaimedFile(claimed, in: path) { files.append(file) }
    }
    return files
  }

  private func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted()
  }

  /// A link could lead to a file that is not theirs.
  private func isFile(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }
}

/// A file that this worker has, until it is finished or the worker ends.
final class ClaimedFile {
  /// As its sender named it.
  let name: String
  private let claimed: String
  private let folder: String
  private let descriptor: Int32

  /// More than any message may have.
  private static let limit = 16 << 20 + 1

  /// `nil`: another worker has it, or is done with it.
  fileprivate init?(_ claimed: String, in folder: String) {
    self.claimed = claimed
    self.folder = folder
    name = String(claimed.drop { $0 != "~" }.dropFirst())
    let path = "\(folder)/claimed/\(claimed)"
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var (here, there) = (stat(), stat())
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, fstat(descriptor, &here) == 0,
      lstat(path, &there) == 0, here.st_ino == there.st_ino
    else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// - Throws: `USE001` when it cannot be read.
  func bytes() throws -> [UInt8] {
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    do {
      try handle.seek(toOffset: 0)
      return Array(try handle.read(upToCount: Self.limit) ?? Data())
    } catch {
      throw Diagnostic("USE001", ["file": name])
    }
  }

  /// Its content is in the store.
  func finish() { unlink("\(folder)/claimed/\(claimed)") }

  /// It stays for people to look at, with the reasons beside it.
  ///
  /// - Throws: `USE002` when the reasons cannot be written.
  func refuse(because reasons: [String]) throws {
    let target = "\(folder)/refused/\(claimed.prefix(8))-\(name)"
    let text = reasons.map { $0 + "\n" }.joined()
    try Files.write(Array(text.utf8), to: target + ".txt")
    rename("\(folder)/claimed/\(claimed)", target)
  }
}
