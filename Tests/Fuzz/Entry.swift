/// Where libFuzzer comes in; compiled by `Tests/Scripts/fuzz.sh` together with `Tests/DMNTests/FuzzTarget.swift`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FuzzTarget.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
