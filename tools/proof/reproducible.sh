#!/bin/sh
# The same bits everywhere: hashes of results at every level of this machine, and of the
# processors whose tests were built in build/PROCESSOR (make test-aarch64, ..), under QEMU.
# What several levels say alike is one line of proof, with all of them.
#
#     reproducible.sh build
set -eu
build=$1
truth=$(dirname "$0")/../../tests/calls.hashes
seen=$(mktemp)
trap 'rm -f "$seen"' EXIT

# Runs a test of processor $1; 77 says that the machine has no such level.
run() {
    processor=$1
    shift
    status=0
    "$@" > "$seen.part" || status=$?
    sed -n "s/^\(proof .*\),\"level\":\"\(.*\)\"}/\1\t\2 on $processor/p" "$seen.part" >> "$seen"
    sed "/^proof /d; s/^\(NOT RUN: .*\) (this machine lacks it)/\1 on $processor, which lacks it/" "$seen.part"
    rm "$seen.part"
    test $status = 0 || test $status = 77
}

# The tests of processor $1 in directory $2, by the emulator that follows, if any.
tests() {
    processor=$1
    directory=$2
    shift 2
    for level in portable avx2 avx512 neon; do
        for test in reproducible merges executor; do
            run "$processor" env LOGITUDE_LEVEL=$level "$@" "$directory/c.$test" $level
        done
    done
    run "$processor" "$@" "$directory/calls" "$truth"
}

tests "$(uname -m)" "$build/c_tests"
for directory in "$build"/*/c_tests; do
    processor=$(basename "$(dirname "$directory")")
    emulator=qemu-$processor-static
    if [ ! -x "$directory/c.reproducible" ] || ! command -v "$emulator" > /dev/null; then
        continue
    fi
    # A program that shows a fault of the emulator itself (tools/cross.py).
    if [ -x "$directory/beyond_qemu" ] && ! "$emulator" "$directory/beyond_qemu"; then
        echo "NOT RUN on $processor: this QEMU computes wrongly"
        continue
    fi
    tests "$processor" "$directory" env LOGITUDE_TEST_STEP=23 timeout 600 "$emulator"
done

awk -F '\t' '{
    if (!($1 in levels)) order[++rows] = $1
    levels[$1] = levels[$1] (levels[$1] == "" ? "" : ", ") $2
}
END { for (i = 1; i <= rows; i++) print order[i] ",\"level\":\"" levels[order[i]] "\"}" }' "$seen"
