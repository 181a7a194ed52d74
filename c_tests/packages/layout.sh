#!/bin/sh
# `make install DESTDIR=stage PREFIX=/usr`, component by component: which files
# go where, and that they are as a distribution wants them.
# usage: layout.sh CMAKE SOURCE_DIR CARGO_DIR WORK_DIR VERSION ABI CMAKE_OPTIONS..
set -eu
cmake=$1 source=$2 cargo=$3 work=$4 version=$5 abi=$6
shift 6
build=$work/build

# Compiled already: cargo finds that in a copy, too. The copy keeps what was
# built elsewhere from being touched.
rm -rf "$build" "$work/runtime" "$work/development" "$work/licences"
mkdir -p "$build"
cp -Rp "$cargo" "$build/cargo"
"$cmake" -S "$source" -B "$build" "$@" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX=/usr \
    -DLOGITUDE_BUILD_TESTS=OFF -DLOGITUDE_BUILD_EXAMPLES=OFF >"$work/layout.log"
"$cmake" --build "$build" >>"$work/layout.log"
libdir=usr/$(sed -n 's/^CMAKE_INSTALL_LIBDIR:PATH=//p' "$build/CMakeCache.txt")

failed=0
fail() {
    echo "$*" >&2
    failed=1
}

# component NAME: its files, and where links go, are what comes on standard input.
component() {
    DESTDIR=$work/$1 "$cmake" --install "$build" --strip --component "$1" >>"$work/layout.log"
    (cd "$work/$1" && find . -type l -exec sh -c 'echo "$1 -> $(readlink "$1")"' sh {} \; \
        -o -type f -print | sed 's,^\./,,' | LC_ALL=C sort) >"$work/$1.found"
    LC_ALL=C sort >"$work/$1.wanted"
    diff "$work/$1.wanted" "$work/$1.found" || fail "component $1: wanted <, found >"
}

component runtime <<END
$libdir/liblogitude.so.$abi -> liblogitude.so.$version
$libdir/liblogitude.so.$version
END
component development <<END
$libdir/cmake/logitude/logitude-config-version.cmake
$libdir/cmake/logitude/logitude-config.cmake
$libdir/cmake/logitude/logitude-targets-release.cmake
$libdir/cmake/logitude/logitude-targets.cmake
$libdir/liblogitude.a
$libdir/liblogitude.so -> liblogitude.so.$abi
$libdir/pkgconfig/logitude.pc
usr/include/logitude/functions.hpp
usr/include/logitude/logitude.h
usr/include/logitude/logitude.hpp
usr/share/logitude/api.json
END
component licences <<END
usr/share/doc/logitude/CHANGELOG.md
usr/share/doc/logitude/LICENSE-APACHE
usr/share/doc/logitude/LICENSE-MIT
END

if [ -e /etc/debian_version ]; then
    multiarch=$(cc -print-multiarch)
    [ "$libdir" = "usr/lib/$multiarch" ] || fail "$libdir is not usr/lib/$multiarch"
fi
if command -v readelf >/dev/null; then
    library=$work/runtime/$libdir/liblogitude.so.$version
    readelf -SW "$library" | grep -q "\.symtab" && fail "not stripped"
    readelf -dW "$library" | grep -E "RPATH|RUNPATH" && fail "it says where to search"
fi
if grep -rIl "$work" "$work/runtime" "$work/development"; then
    fail "these know where they were built"
fi
exit $failed
