#!/bin/sh
# Installs with DESTDIR, and moves what came of it: nothing in it may know where
# it was.
# usage: install.sh CMAKE BUILD_DIR STAGE
set -eu
cmake=$1 build=$2 stage=$3

rm -rf "$stage" "$stage.destdir"
DESTDIR=$stage.destdir "$cmake" --install "$build" --prefix /opt/logitude
mv "$stage.destdir/opt/logitude" "$stage"
rm -r "$stage.destdir"
if grep -rIlE "$build|/opt/logitude" "$stage"; then
    echo "these know where they were built or installed" >&2
    exit 1
fi
