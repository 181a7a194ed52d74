#!/bin/sh
# The export lists for macOS and Windows, as LLVM's linkers for them read them:
# of stand-ins for our functions and one more, ours alone are exported.
# usage: lists.sh MAP EXPORTS DEF BUILD_DIR
set -eu
map=$1 exports=$2 def=$3 work=$4/export_lists

# tool NAME: the program of that name, or of one with a version after it.
tool() {
    (IFS=:; for folder in $PATH; do ls "$folder/$1" "$folder/$1"-[0-9]* 2>/dev/null || :; done) |
        head -n 1
}
clang=$(tool clang) ld64=$(tool ld64.lld) link=$(tool lld-link) nm=$(tool llvm-nm)
if [ -z "$clang" ] || [ -z "$ld64" ] || [ -z "$link" ] || [ -z "$nm" ]; then
    echo "NOT RUN: export lists (clang, ld64.lld, lld-link or llvm-nm is not on this machine)"
    exit 77
fi

mkdir -p "$work"
cd "$work"
sed -n 's/^ *\(lgt_[a-z0-9_]*\);.*/\1/p' "$map" | sort >wanted
{
    echo "int calls; void surplus(void) { calls++; }"
    sed 's/.*/void &(void) { surplus(); }/' wanted
} >functions.c

"$clang" -target x86_64-apple-macos11 -c functions.c -o mac.o
"$ld64" -arch x86_64 -platform_version macos 11 11 -dylib \
    -exported_symbols_list "$exports" mac.o -o liblogitude.dylib
"$nm" --extern-only --defined-only liblogitude.dylib | sed -n 's/.* T _//p' | sort | diff wanted -

# An import library has what the DLL exports, once more with __imp_ before it.
"$clang" -target x86_64-pc-windows-msvc -c functions.c -o windows.obj
"$link" /dll /noentry "/def:$def" windows.obj /out:logitude.dll /implib:logitude.lib
"$nm" logitude.lib 2>/dev/null | sed -n 's/.* T //p' | grep -v __imp_ | sort | diff wanted -
echo "$(wc -l <wanted) functions exported by either"
