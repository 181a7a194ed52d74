#!/bin/sh
# Compiles the library and its tests to count lines and branches, runs them, and writes
# DIRECTORY/coverage.lcov. The tools are those of the LLVM that the compiler was made with.
set -eu

into=${1:?usage: tools/coverage/measure.sh DIRECTORY}
tests="parity laws special_functions conversions executor philox safe"
llvm=$(rustc -vV | sed -n 's/LLVM version: \([0-9]*\).*/\1/p')

command -v "llvm-cov-$llvm" >/dev/null || tools/debian.sh "llvm-$llvm"

mkdir -p "$into/raw"
into=$(cd "$into" && pwd)
rm -f "$into"/raw/*
# Branches are counted by a flag that is not stable yet; the tests are to be quick to compile.
export RUSTC_BOOTSTRAP=1 RUSTC_WRAPPER="$PWD/tools/coverage/rustc.sh"
export CARGO_PROFILE_DIST_LTO=off CARGO_PROFILE_DIST_OPT_LEVEL=1
# Lines are reached at a few sizes as at all.
export LOGITUDE_TEST_STEP=23
# All processes of a program add to the same two files.
export LLVM_PROFILE_FILE="$into/raw/%2m.profraw"

cmake -S . -B "$into/c" -G Ninja -DLOGITUDE_BUILD_EXAMPLES=OFF -DLOGITUDE_INSTALL=OFF \
    -DCMAKE_CXX_COMPILER=NOTFOUND
cmake --build "$into/c"
ctest --test-dir "$into/c" --output-on-failure -j "$(nproc)" -R '^c\.'
library=$into/c/liblogitude.so
for level in portable avx2 avx512; do
    LOGITUDE_LEVEL=$level python3 tools/coverage/calls.py "$library"
done

# Without those that would take minutes each.
objects=$library
for test in $tests; do
    program=$(CARGO_TARGET_DIR="$into/rust" cargo test --locked --no-run --message-format json \
        --test "$test" | sed -n 's/.*"executable":"\([^"]*\)".*/\1/p')
    LOGITUDE_LIBRARY=$library "$program" -q --skip evaluate_rows_corners --skip maps_attention \
        --skip smooth_ece_of_the_calibrated
    objects="$objects $program"
done

"llvm-profdata-$llvm" merge -sparse "$into"/raw/*.profraw -o "$into/all.profdata"
# One after the other: together, what is not used in the first would hide what is in others.
for object in $objects; do
    "llvm-cov-$llvm" export "$object" -instr-profile="$into/all.profdata" -format=lcov \
        -ignore-filename-regex='/rustc/|/\.cargo/|/tests/'
done >"$into/coverage.lcov"
