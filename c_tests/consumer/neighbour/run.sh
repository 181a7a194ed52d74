#!/bin/sh
# Links our archive beside another Rust one, in either order.
# usage: run.sh CC ARCHIVE INCLUDE BUILD_DIR
set -eu
cc=$1 archive=$2 include=$3 build=$4
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:$HOME/.cargo/bin

if ! command -v rustc >/dev/null; then
    echo "NOT RUN: neighbour (rustc is not on the path)"
    exit 77
fi
rustc --edition 2024 --crate-type staticlib "$here/other.rs" -o "$build/libother.a"
for order in "$archive $build/libother.a" "$build/libother.a $archive"; do
    # shellcheck disable=SC2086 # two archives are two words
    "$cc" -I"$include" "$here/main.c" $order -lpthread -ldl -lm -o "$build/neighbour"
    "$build/neighbour"
done
