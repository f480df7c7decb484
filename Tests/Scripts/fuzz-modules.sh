# For the scripts that build without SwiftPM, which knows no fuzzer and no sanitizer of C: sourced, not run.
#
#   work       where modules and objects go
#   sanitizer  fuzzer, or fuzzer,address and so on

features=(-enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
  -enable-upcoming-feature MemberImportVisibility -swift-version 6)
mkdir -p "$work/modules"
headers=(-Xcc -ISources/CXML/include $(pkg-config --cflags-only-I libxml-2.0 | sed 's/-I/-Xcc -I/g')
  -Xcc "-fmodule-map-file=$PWD/$work/modules/CXML.modulemap" -I Sources/CLibXML2 -I "$work/modules")
swift_options=(-O -g -wmo -parse-as-library "-sanitize=$sanitizer" "${features[@]}" "${headers[@]}" -package-name mse)
echo "module CXML { umbrella \"$PWD/Sources/CXML/include\" export * }" >"$work/modules/CXML.modulemap"

# Our modules, in the order of their imports: the first in which something has changed, and all after it.
compile_modules() {
  local module changed=
  clang -O2 -g ${sanitizer_of_c:-} $(pkg-config --cflags libxml-2.0) -ISources/CXML/include \
    -c Sources/CXML/CXML.c -o "$work/CXML.o"
  for module in "$@"; do
    [ -n "$changed" ] || [ ! -e "$work/$module.o" ] || [ -n "$(find "Sources/$module" -name '*.swift' -newer "$work/$module.o")" ] || continue
    changed=yes
    echo "compiling $module" >&2
    find "Sources/$module" -name '*.swift' >"$work/$module.files"
    swiftc "${swift_options[@]}" -module-name "$module" -emit-module \
      -emit-module-path "$work/modules/$module.swiftmodule" -c "@$work/$module.files" -o "$work/$module.o"
  done
}

# What `Dossier` needs of swift-crypto, as SwiftPM built it.
with_crypto() {
  local build=.build/release name
  [ -e $build/Modules/Crypto.swiftmodule ] || build=.build/debug
  [ -e $build/Modules/Crypto.swiftmodule ] || { echo "first: swift build" >&2; exit 1; }
  swift_options+=(-I "$build/Modules")
  crypto=()
  for name in CCryptoBoringSSL CCryptoBoringSSLShims CXKCP CXKCPShims; do
    swift_options+=(-Xcc "-fmodule-map-file=$PWD/.build/checkouts/swift-crypto/Sources/$name/include/module.modulemap")
  done
  for name in CCryptoBoringSSL CCryptoBoringSSLShims CXKCP CXKCPShims CryptoBoringWrapper Crypto; do
    while IFS= read -r object; do crypto+=("$object"); done < <(find "$build/$name.build" -name '*.o')
  done
}
