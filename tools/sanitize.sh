#!/bin/sh
# The C tests with a tool that looks on: `address` (with the undefined behaviour of C),
# `memory`, `thread`, or `valgrind`, at every level of this machine; all four without an
# argument. Then a planted fault for each tool, which must be found.
# Loops over all sizes take one in three, and with the slow ones one in eleven, as under
# emulation.
# ORIGINS=1 has MemorySanitizer say where what it found was made.
# BUILD is where things are built; valgrind takes the tests that `make library` made there.
set -eu

build=${BUILD:-build}
jobs=${JOBS:-$(nproc)}
case $(uname -m) in
    x86_64) all_levels="portable avx2 avx512" ;;
    aarch64) all_levels="portable neon" ;;
    *) all_levels=portable ;;
esac

need() { # PROGRAM PACKAGES
    # shellcheck disable=SC2086 # Words on purpose.
    command -v "$1" > /dev/null || tools/debian.sh $2
}

compile() { # SANITIZER TARGETS: the library and the tests, in $dir
    need clang-19 "clang-19 libclang-rt-19-dev llvm-19 lld-19"
    need ld.lld-19 lld-19
    # shellcheck disable=SC2086 # Words on purpose.
    "${CMAKE:-cmake}" -S . -B "$dir" -G Ninja ${NINJA:+-DCMAKE_MAKE_PROGRAM="$NINJA"} \
        -DCMAKE_C_COMPILER=clang-19 -DCMAKE_CXX_COMPILER= \
        -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld=lld-19 -DBUILD_SHARED_LIBS=OFF \
        -DLOGITUDE_BUILD_EXAMPLES=OFF -DLOGITUDE_INSTALL=OFF -DLOGITUDE_SANITIZE="$1" \
        -DLOGITUDE_ORIGINS="${ORIGINS:-}" -DLOGITUDE_CARGO_TARGET="$(rustc -vV | sed -n 's/^host: //p')" > "$dir.log" 2>&1 &&
        "${CMAKE:-cmake}" --build "$dir" --parallel "$jobs" --target $2 >> "$dir.log" 2>&1 ||
        { cat "$dir.log" >&2; exit 1; }
}

# One program at one level; what it said, and how it ended, go into a file of its name.
export one='name=${0##*/} && { $launcher "$0" $arguments; echo "ended with $?"; } > "$logs/$name$fault" 2>&1'

proof() { # WHAT LEVEL TESTS CHECKS FINDINGS
    printf 'proof {"table":"sanitizers","tool":"%s","what":"%s","level":"%s",' "$name" "$1" "$2"
    printf '"tests":%d,"checks":%d,"findings":%d,"seconds":%d}\n' "$3" "$4" "$5" \
        $(($(date +%s) - start))
    start=$(date +%s)
}

look() { # LEVEL: every test of $tests
    export logs="$said/$1" LOGITUDE_LEVEL="$1" arguments="$1" launcher fault=
    rm -rf "$logs" && mkdir -p "$logs"
    # shellcheck disable=SC2086 # Words on purpose.
    printf "$dir/c_tests/%s\n" $tests | xargs -P "$jobs" -n 1 sh -c "$one"
    if [ -z "$(grep -L '^ended with 77' "$logs"/*)" ]; then
        echo "NOT RUN: $name at $1, which this machine lacks"
        return
    fi
    bad=$(grep -L "^ended with $fine\$" "$logs"/* || true)
    checks=$(awk '/ checks, / { n += $2 - $4 } END { print n }' "$logs"/*)
    for log in $bad; do
        echo "$name, $1: $log" >&2
        head -60 "$log" >&2
        failed=1
    done
    # shellcheck disable=SC2086 # Words on purpose.
    proof "C tests" "$1" "$(ls "$logs" | wc -l)" "$checks" "$(printf '%s\n' $bad | grep -c .)"
}

planted() { # LEVEL FAULT EXPECTED: the fault is reported in these words
    export fault=".$2" LOGITUDE_LEVEL="$1" arguments="$2 $1" launcher logs="$said/$1"
    sh -c "$one" "$dir/c_tests/planted"
    log=$logs/planted.$2
    grep -q '^ended with 77' "$log" && return
    if ! grep -q "$3" "$log" || grep -q '^ended with 0' "$log"; then
        echo "$name does not see the planted $2 at $1:" >&2
        cat "$log" >&2
        failed=1
    fi
    proof "planted $2, to be found" "$1" 1 1 "$(grep -c "$3" "$log")"
}

run() { # TOOL
    dir=$build/sanitize/$1 said=$build/sanitize/$1/said levels=$all_levels
    target=all tests= omitted= launcher= fine=0 step=1 start=$(date +%s)
    mkdir -p "$dir"
    case $1 in
        address)
            name="AddressSanitizer, UBSan" step=3
            faults="overread:heap-buffer-overflow overwrite:heap-buffer-overflow overflow:signed.integer.overflow" ;;
        memory)
            # A test that looks at what a thread has left on its stack.
            name=MemorySanitizer omitted=c.stack step=11
            faults="uninitialised:use-of-uninitialized-value" ;;
        thread)
            # It goes on after what it finds, and a race in a loop is found for minutes.
            export TSAN_OPTIONS=halt_on_error=1
            name=ThreadSanitizer tests="c.threads c.executor" step=11
            target="$tests planted"
            faults="race:data.race" ;;
        valgrind)
            # It hides AVX-512 from programs. It takes `long double`, in which the tests have
            # the truth, for `double`: so its own status tells, and not that of a test.
            # c.entmax* would take minutes.
            name=valgrind step=23 fine='[01]' dir=$build levels=avx2 omitted="c.stack c.entmax c.entmax_loss"
            launcher="valgrind --quiet --error-exitcode=9"
            faults="overread:Invalid.read overwrite:Invalid.write uninitialised:uninitialised.value" ;;
        *) echo "$1: no such tool" >&2; exit 1 ;;
    esac
    if [ "$1" = valgrind ]; then
        need valgrind "valgrind libc6-dbg"
    else
        compile "$1" "$target"
        start=$(date +%s)
    fi
    tests=${tests:-$(cd "$dir/c_tests" && ls -d c.* | grep -vxF "$(printf '%s\n' $omitted)")}
    [ -z "$omitted" ] || echo "NOT RUN with $name: $omitted"
    export LOGITUDE_TEST_STEP="$step"
    for level in $levels; do
        look "$level"
        for pair in $faults; do planted "$level" "${pair%%:*}" "${pair#*:}"; done
    done
}

failed=0
case ${1:-all} in
    all) for tool in address memory thread valgrind; do run $tool; done ;;
    undefined) run address ;;
    *) run "$1" ;;
esac
exit $failed
