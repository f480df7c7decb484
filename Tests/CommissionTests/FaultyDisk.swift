import CFaults
import Foundation
import TestSupport

/// A disk that remembers every change of the files below it, and fails when it is told to.
///
/// Nothing is really synced: what that means for a crash is what `PowerLoss` works out.
final class FaultyDisk: @unchecked Sendable {  // every access holds `lock`
  enum Change {
    case write(path: String, offset: Int, bytes: [UInt8])
    case truncate(path: String, size: Int)
    case sync(path: String)
    case delete(path: String)
    /// What the program was told to be done by then.
    case acknowledged(Int)
  }

  enum Fault {
    /// Every write from this one on, counted from 1, finds the disk full.
    case full(afterWrites: Int)
    /// This sync fails, and only this one.
    case sync(Int)
  }

  let folder: String
  private let lock = NSLock()
  private var changes: [Change] = []
  private var fault: Fault?
  private var count = 0
  private var failures = 0

  init() throws {
    folder = NSTemporaryDirectory() + "faulty-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    faults_install()
    let ask: faults_ask = { context, kind, path, offset, bytes, count in
      guard let context, let path else { return 0 }
      let disk = Unmanaged<FaultyDisk>.fromOpaque(context).takeUnretainedValue()
      return disk.answer(kind, String(cString: path), Int(offset), bytes, Int(count))
    }
    precondition(faults_watch(folder, ask, Unmanaged.passRetained(self).toOpaque()) == 1)
  }

  /// Takes the disk away; connections that are still open may go on asking it.
  func remove() {
    faults_unwatch(folder)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// A file on this disk.
  func path(_ name: String) -> String { folder + "/" + name }

  var recorded: [Change] { lock.withLock { changes } }

  /// How often the disk has failed since the fault was set.
  var failed: Int { lock.withLock { failures } }

  func set(_ fault: Fault?) {
    lock.withLock {
      self.fault = fault
      (count, failures) = (0, 0)
    }
  }

  func acknowledge(_ number: Int) { lock.withLock { changes.append(.acknowledged(number)) } }

  private static let goOn: Int32 = 0
  private static let skip: Int32 = -1
  /// `SQLITE_FULL`, `SQLITE_IOERR_FSYNC`.
  private static let isFull: Int32 = 13
  private static let syncFailed: Int32 = 10 | 4 << 8

  private func answer(
    _ kind: faults_kind, _ path: String, _ offset: Int, _ bytes: UnsafeRawPointer?, _ length: Int
  ) -> Int32 {
    lock.withLock {
      switch kind {
      case FAULTS_WRITE:
        if case .full(let last) = fault {
          count += 1
          if count > last {
            failures += 1
            return FaultyDisk.isFull
          }
        }
        let copy = Array(UnsafeRawBufferPointer(start: bytes, count: length))
        changes.append(.write(path: path, offset: offset, bytes: copy))
        return FaultyDisk.goOn
      case FAULTS_TRUNCATE:
        changes.append(.truncate(path: path, size: offset))
        return FaultyDisk.goOn
      case FAULTS_SYNC:
        if case .sync(let number) = fault {
          count += 1
          if count == number {
            failures += 1
            return FaultyDisk.syncFailed
          }
        }
        changes.append(.sync(path: path))
        return FaultyDisk.skip
      default:
        changes.append(.delete(path: path))
        return FaultyDisk.goOn
      }
    }
  }
}

/// The files as they may be found after the power was lost.
///
/// What was synced is there. Of what was written since, any part may be there, in any order, torn between sectors.
struct PowerLoss {
  private static let sector = 512
  private(set) var files: [String: [UInt8]] = [:]
  /// The last thing that was acknowledged before; 0: nothing.
  private(set) var acknowledged = 0

  /// - Parameter moment: after how many changes the power is lost.
  init(after moment: Int, of changes: [FaultyDisk.Change], _ chance: inout SeededNumbers) {
    var lastSync: [String: Int] = [:]
    for (index, change) in changes.prefix(moment).enumerated() {
      if case .sync(let path) = change { lastSync[path] = index }
    }
    for (index, change) in changes.prefix(moment).enumerated() {
      switch change {
      case .write(let path, let offset, let bytes):
        let isDurable = index < lastSync[path] ?? -1
        write(path, offset, bytes, isDurable: isDurable, &chance)
      case .truncate(let path, let size):
        if index < lastSync[path] ?? -1 || chance.next(below: 2) == 0 {
          resize(path, to: size)
        }
      case .sync: break
      case .delete(let path): files[path] = nil
      case .acknowledged(let number): acknowledged = max(acknowledged, number)
      }
    }
  }

  private mutating func write(
    _ path: String, _ offset: Int, _ bytes: [UInt8], isDurable: Bool, _ chance: inout SeededNumbers
  ) {
    if !isDurable, chance.next(below: 2) == 0 { return }
    let isTorn = !isDurable && chance.next(below: 4) == 0
    if !isTorn {
      if files[path, default: []].count < offset + bytes.count {
        resize(path, to: offset + bytes.count)
      }
      files[path]?.replaceSubrange(offset..<offset + bytes.count, with: bytes)
      return
    }
    for start in stride(from: 0, to: bytes.count, by: PowerLoss.sector) {
      if chance.next(below: 2) == 0 { continue }
      let end = min(start + PowerLoss.sector, bytes.count)
      if files[path, default: []].count < offset + end { resize(path, to: offset + end) }
      files[path]?.replaceSubrange(offset + start..<offset + end, with: bytes[start..<end])
    }
  }

  private mutating func resize(_ path: String, to size: Int) {
    let count = files[path]?.count ?? 0
    if count < size {
      files[path, default: []] += Array(repeating: 0, count: size - count)
    } else {
      files[path]?.removeLast(count - size)
    }
  }

  /// Lays the files into `folder`.
  func lay(into folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (path, bytes) in files {
      let name = path.split(separator: "/").last ?? ""
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"))
    }
  }
}
