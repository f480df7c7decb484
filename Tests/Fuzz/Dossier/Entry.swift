import Foundation

/// Run from the root of the repository, where the schemas lie.
nonisolated(unsafe) private var target: DossierFuzzTarget? = try? DossierFuzzTarget(
  checkout: URL(filePath: FileManager.default.currentDirectoryPath))

/// Where libFuzzer comes in; compiled by `Tests/Scripts/fuzz-dossier.sh` with `Tests/DossierTests/DossierFuzzTarget.swift`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let target else { fatalError("no schemas below the current folder") }
  target.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
