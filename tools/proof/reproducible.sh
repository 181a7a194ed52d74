#!/bin/sh
# The same bits everywhere: hashes of results at every level of this machine, and of the
# processors whose tests were built in build/PROCESSOR (make test-aarch64, ..), under QEMU.
#
#     reproducible.sh build
set -eu
build=$1
truth=$(dirname "$0")/../../tests/calls.hashes

# Runs a test; 77 says that the machine has no such level.
run() {
    "$@" || test $? = 77
}

# The tests in directory $1, by the emulator that follows, if any.
tests() {
    directory=$1
    shift
    for level in portable avx2 avx512 neon; do
        for test in reproducible merges workers; do
            run env LOGITUDE_LEVEL=$level "$@" "$directory/c.$test" $level
        done
    done
    run "$@" "$directory/c.calls" "$truth"
}

tests "$build/c_tests"
for directory in "$build"/*/c_tests; do
    processor=$(basename "$(dirname "$directory")")
    emulator=qemu-$processor-static
    if [ -x "$directory/c.reproducible" ] && command -v "$emulator" > /dev/null; then
        tests "$directory" timeout 600 "$emulator"
    fi
done
