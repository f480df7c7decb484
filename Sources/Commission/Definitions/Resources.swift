internal import CResources

/// The files that the binary carries: definitions, messages, schemas, migrations and samples.
public enum Resources {
  /// The bytes of the file at `path`, as it stands in the repository; `nil` when there is none.
  public static func bytes(_ path: String) -> [UInt8]? {
    places[path].map { place in
      let file = cresources_at(place)
      return Array(UnsafeBufferPointer(start: file.bytes, count: file.size))
    }
  }

  /// The paths that begin with `prefix`, in order.
  public static func paths(below prefix: String) -> [String] {
    places.keys.filter { $0.hasPrefix(prefix) }.sorted()
  }

  private static let places: [String: Int] = Dictionary(
    uniqueKeysWithValues: (0..<cresources_count()).map {
      (String(cString: cresources_at($0).path), $0)
    })
}
