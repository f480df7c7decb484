internal import Diagnostics
public import Dossier
internal import FEEL
internal import Foundation

/// The Merkle tree of an authority at one moment: three lines that speak for every record so far, short enough for the
/// minutes of a sitting.
///
/// The text is that of a C2SP checkpoint (tlog-checkpoint): origin, number of leaves, root in Base64.
public struct Checkpoint: Hashable, Sendable, CustomStringConvertible {
  /// Whose tree it is: `mse/07`.
  public let origin: String
  /// How many leaves the tree has.
  public let size: Int
  public let root: Digest

  public init(origin: String, size: Int, root: Digest) {
    self.origin = origin
    self.size = size
    self.root = root
  }

  /// Reads the three lines; signatures below an empty line are left alone.
  ///
  /// - Throws: `AUDIT002` when it is no checkpoint.
  public init(parsing bytes: [UInt8], file: String) throws {
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard lines.count >= 3, !lines[0].isEmpty, lines.dropFirst(3).first ?? "" == "",
      let size = Int(lines[1]), size >= 0, String(size) == lines[1],
      let data = Data(base64Encoded: lines[2]), let root = Digest(bytes: Array(data))
    else { throw Diagnostic("AUDIT002", ["file": file]) }
    self.init(origin: lines[0], size: size, root: root)
  }

  public var description: String {
    "\(origin)\n\(size)\n\(Data(root.bytes).base64EncodedString())\n"
  }
}

/// The right edge of the tree, as the stream of the checkpoints keeps it between two runs of the job.
struct TreeState: Codable {
  /// When the last leaf came in; `nil`: the tree is empty.
  private(set) var at: Instant?
  private(set) var size: Int
  private var peaks: [String]

  /// - Throws: `STORE012` when the stored state belongs to no tree.
  init(_ stored: StreamState?) throws {
    guard let stored else {
      at = nil
      size = 0
      peaks = []
      return
    }
    guard let state = try? Payload().value(TreeState.self, from: stored.state),
      state.frontier != nil
    else { throw Diagnostic("STORE012", ["column": "stream.state"]) }
    self = state
  }

  /// `nil`: so many peaks do not belong to a tree of that size.
  var frontier: MerkleFrontier? {
    let digests = peaks.compactMap { Digest($0) }
    return digests.count == peaks.count ? MerkleFrontier(size: size, peaks: digests) : nil
  }

  mutating func grow(to frontier: MerkleFrontier, at instant: Instant) {
    at = instant
    size = frontier.size
    peaks = frontier.peaks.map(\.description)
  }
}

/// One record of the stream of the checkpoints.
struct TreeHead: Codable, Hashable {
  let root: String
  let size: Int
  /// The name of the key that signed it, and the signature in Base64; `nil`: nobody did.
  var key: String?
  var signature: String?

  /// The checkpoint, signed when it was: `nil` when its key is not known or the rest is no checkpoint.
  func note(of origin: String, keys: KeyDirectory, owner: String) -> SignedNote? {
    guard let key, let signature, let value = Base64.decode(signature),
      let entry = keys.entry(key, owner: owner), let root = Digest(root)
    else { return nil }
    return SignedNote(
      Checkpoint(origin: origin, size: size, root: root).description, name: key, value: value,
      key: entry.publicKey)
  }
}

extension StreamHead {
  /// The leaf of the Merkle tree: name, number of records and hash of the last one, a line each.
  var leafEntry: [UInt8] { Array("\(stream)\n\(version)\n\(hash)\n".utf8) }
}
