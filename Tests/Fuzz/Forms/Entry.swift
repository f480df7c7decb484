/// Where libFuzzer comes in; compiled by `Tests/Scripts/fuzz-forms.sh` with `Tests/XFormsTests/FormFuzzTarget.swift`.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  FormFuzzTarget.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
