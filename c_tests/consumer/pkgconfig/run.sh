#!/bin/sh
# A program built with what pkg-config says, against the shared library and,
# wholly static, against the archive. A path with a space in it comes out of
# pkg-config quoted for the shell, so it is read by the shell again.
# usage: run.sh CC STAGE BUILD_DIR
set -eu
cc=$1 stage=$2 build=$3
here=$(cd "$(dirname "$0")" && pwd)

if ! command -v pkg-config >/dev/null; then
    echo "NOT RUN: pkgconfig (pkg-config is not on this machine)"
    exit 77
fi
PKG_CONFIG_PATH=$(dirname "$(find "$stage" -name logitude.pc)")
export PKG_CONFIG_PATH
program=$build/consumer_pkgconfig
eval "set -- $(pkg-config --cflags --libs logitude)"
"$cc" "$here/../main.c" "$@" -o "$program"
LD_LIBRARY_PATH=$(dirname "$PKG_CONFIG_PATH") "$program"

eval "set -- $(pkg-config --static --cflags --libs logitude)"
"$cc" -static "$here/../main.c" "$@" -o "$program"
"$program"
