#!/bin/sh
# Links our archive beside other Rust ones, with std and without, in any order.
# usage: run.sh CC ARCHIVE INCLUDE BUILD_DIR
set -eu
cc=$1 archive=$2 include=$3 build=$4
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:$HOME/.cargo/bin

if ! command -v rustc >/dev/null; then
    echo "NOT RUN: neighbour (rustc is not on the path)"
    exit 77
fi
std=$build/libother.a bare=$build/libbare.a
rustc --edition 2024 --crate-type staticlib "$here/other.rs" -o "$std"
rustc --edition 2024 --crate-type staticlib -C panic=abort "$here/bare.rs" -o "$bare"

# link PROGRAM ARCHIVES..
link() {
    program=$1
    shift
    "$cc" -I"$include" "$here/$program.c" "$@" -lpthread -ldl -lm -o "$build/neighbour"
    "$build/neighbour"
}
link main "$archive" "$std"
link main "$std" "$archive"
link bare "$archive" "$bare"
link bare "$bare" "$archive"
