#!/bin/sh
# Writes Sources/CResources/resources.c: one #embed for each file the binary carries. `make resources` runs it.
# A test compares the embedded bytes with the files, so a forgotten run does not pass.
set -eu
cd "$(dirname "$0")/../.."
out=Sources/CResources/resources.c
files=$(
  {
    find Workflows -type f \( -name '*.bpmn' -o -name '*.dmn' -o -name '*.csv' \)
    find Forms -type f \( -name '*.xml' -o -name '*.csv' \)
    # the compiler does not embed UTF-16
    find Samples/demo Samples/dossiers Samples/partner-kit Samples/simulation -type f -not -name 'utf-16.xml'
    find Sources/Commission/Messages Sources/Dossier/Schemas Sources/Store/Migrations -type f
  } | LC_ALL=C sort
)
{
  printf '/* Written by Tests/Scripts/embed.sh; `make resources` writes it again. */\n'
  printf '#include "CResources.h"\n\n#pragma clang diagnostic ignored "-Wc23-extensions"\n\n'
  n=0
  for file in $files; do
    printf 'static const unsigned char file%d[] = {\n#embed "../../%s" suffix(, )\n0};\n' "$n" "$file"
    n=$((n + 1))
  done
  printf '\nstatic const cresources_file files[] = {\n'
  n=0
  for file in $files; do
    name=$(printf '%s' "$file" | sed -e 's,^Sources/Commission/,,' -e 's,^Sources/Dossier/,,' -e 's,^Sources/Store/,,')
    printf '    {"%s", file%d, sizeof file%d - 1},\n' "$name" "$n" "$n"
    n=$((n + 1))
  done
  printf '};\n\nsize_t cresources_count(void) { return sizeof files / sizeof files[0]; }\n\n'
  printf 'cresources_file cresources_at(size_t index) { return files[index]; }\n'
} >"$out.new"
if cmp -s "$out.new" "$out"; then rm "$out.new"; else mv "$out.new" "$out"; fi
