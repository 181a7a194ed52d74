#!/bin/sh
# Installs into a staging folder, moves it, and builds strangers' programs
# against it: find_package shared and static, pkg-config.
# usage: run.sh CMAKE BUILD_DIR CC
set -eu
cmake=$1 build=$2 cc=$3
here=$(cd "$(dirname "$0")" && pwd)
stage=$build/consumer
rm -rf "$stage"

DESTDIR=$stage/first "$cmake" --install "$build" --prefix /opt >/dev/null
mv "$stage/first/opt" "$stage/moved"

"$cmake" -S "$here/cmake" -B "$stage/build" -DCMAKE_PREFIX_PATH="$stage/moved" \
    -DCMAKE_C_COMPILER="$cc" >/dev/null
"$cmake" --build "$stage/build" >/dev/null
"$stage/build/consumer_shared"
"$stage/build/consumer_static"
echo "find_package: shared and static run"

if ! command -v pkg-config >/dev/null; then
    echo "NOT RUN: pkg-config (not on this machine)"
    exit 0
fi
PKG_CONFIG_PATH=$(dirname "$(find "$stage/moved" -name logitude.pc)")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046 # the flags are words
"$cc" "$here/main.c" $(pkg-config --cflags --libs logitude) -o "$stage/consumer_pc"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir logitude) "$stage/consumer_pc"
echo "pkg-config: runs"
