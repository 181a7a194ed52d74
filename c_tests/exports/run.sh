#!/bin/sh
# The shared library as the linker made it: its name, what it needs, and that
# it exports the functions of the map under their version and nothing else.
# usage: run.sh LIBRARY MAP SONAME
set -eu
library=$1 map=$2 soname=$3

for tool in nm readelf; do
    if ! command -v $tool >/dev/null; then
        echo "NOT RUN: exports ($tool is not on this machine)"
        exit 77
    fi
done

failed=0
fail() {
    echo "$*" >&2
    failed=1
}

node=$(sed -n 's/^\(LOGITUDE_[0-9.]*\) {.*/\1/p' "$map")
wanted=$(sed -n "s/^ *\(lgt_[a-z0-9_]*\);.*/\1@@$node/p" "$map" | sort)
exported=$(nm -D --defined-only --with-symbol-versions "$library" |
    awk '$2 != "A" { print $3 }' | sort)
[ -n "$wanted" ] || fail "no functions in $map"
[ "$exported" = "$wanted" ] || fail "exported: $exported
wanted: $wanted"

dynamic=$(readelf -dW "$library")
echo "$dynamic" | grep -q "(SONAME).*\[$soname\]" || fail "SONAME is not $soname"
needed=$(echo "$dynamic" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')
for name in $needed; do
    case $name in
    libc.so.* | ld-linux*) ;;
    *) fail "needs $name" ;;
    esac
done
echo "$dynamic" | grep -E "RPATH|RUNPATH" && fail "it says where to search"
echo "$dynamic" | grep -q "NOW" || fail "symbols are bound late"
echo "$dynamic" | grep -q "TEXTREL" && fail "its code is relocated"

segments=$(readelf -lW "$library")
echo "$segments" | grep -q "GNU_RELRO" || fail "its relocations stay writable"
echo "$segments" | grep "GNU_STACK" | grep -q "E" && fail "its stack is executable"

echo "$(echo "$exported" | wc -l) functions exported as $node from $soname"
exit $failed
