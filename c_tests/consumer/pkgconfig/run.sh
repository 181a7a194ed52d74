#!/bin/sh
# A program built with what pkg-config says.
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
# shellcheck disable=SC2046 # the flags are words
"$cc" "$here/../main.c" $(pkg-config --cflags --libs logitude) -o "$build/consumer_pkgconfig"
LD_LIBRARY_PATH=$(pkg-config --variable=libdir logitude) "$build/consumer_pkgconfig"
