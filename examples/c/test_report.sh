#!/bin/sh
# test_report.sh REPORT DATA: runs the report program on the good data and on
# files that are wrong in one way each.
set -u
LC_ALL=C
export LC_ALL
report=$1
data=$2
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
failures=0
checks=0

# expect NAME COMMAND...: the command must succeed.
expect() {
    name=$1
    shift
    checks=$((checks + 1))
    "$@" && return
    echo "FAILED: $name"
    failures=$((failures + 1))
}

# npy FILE TYPE FORTRAN SHAPE BYTES: a .npy file of version 1 that holds zeros.
npy() {
    {
        printf '\223NUMPY\001\000\166\000'
        printf "%-117s\n" "{'descr': '$2', 'fortran_order': $3, 'shape': $4, }"
        head -c "$5" /dev/zero
    } >"$1"
}

# runs LOGITS LABELS: the program accepts the pair.
runs() { "$report" "$1" "$2" >"$dir/out" 2>"$dir/err"; }

# refuses BAD LOGITS LABELS: exit status 2, and a message that names BAD.
refuses() {
    "$report" "$2" "$3" >"$dir/out" 2>"$dir/err"
    test $? -eq 2 && grep -qF "$1: expected" "$dir/err" && test ! -s "$dir/out"
}

bad_logits() { expect "logits: $1" refuses "$dir/bad.npy" "$dir/bad.npy" "$dir/labels.npy"; }
bad_labels() { expect "labels: $1" refuses "$dir/bad.npy" "$dir/logits.npy" "$dir/bad.npy"; }

# ---- The good run --------------------------------------------------------

expect "good run" "$report" -o "$dir/diagram.svg" \
    "$data/digits_logits.npy" "$data/digits_labels.npy" >"$dir/good"
expect "ECE falls" awk '$1 == "ECE" { found = $3 < $2 } END { exit !found }' "$dir/good"
expect "NLL falls" awk '$1 == "NLL" { found = $3 < $2 } END { exit !found }' "$dir/good"
expect "accuracy stays" awk '$1 == "accuracy" { found = $3 == $2 } END { exit !found }' "$dir/good"
expect "SVG starts" grep -q '^<svg ' "$dir/diagram.svg"
expect "SVG ends" test "$(tail -n 1 "$dir/diagram.svg")" = "</svg>"
expect "SVG has no NaN" test "$(grep -ci nan "$dir/diagram.svg")" -eq 0

# The same numbers under the headers of versions 2 and 3.
for version in 2 3; do
    {
        printf "\\223NUMPY\\00$version\\000\\166\\000\\000\\000"
        head -c 128 "$data/digits_logits.npy" | tail -c 118
        tail -c +129 "$data/digits_logits.npy"
    } >"$dir/version.npy"
    expect "version $version" runs "$dir/version.npy" "$data/digits_labels.npy"
    expect "version $version: same report" cmp -s "$dir/out" "$dir/good"
done

# Every type that is understood, and tables with next to no rows.
for width in 2 4 8; do
    npy "$dir/logits.npy" "<f$width" False '(4, 3)' $((12 * width))
    for type in i1 i2 i4 i8 u1 u2 u4 u8; do
        npy "$dir/labels.npy" "<$type" False '(4,)' $((4 * ${type#?}))
        expect "f$width with $type" runs "$dir/logits.npy" "$dir/labels.npy"
    done
done
for rows in 0 1; do
    npy "$dir/logits.npy" '<f4' False "($rows, 3)" $((12 * rows))
    npy "$dir/labels.npy" '|u1' False "($rows,)" "$rows"
    expect "$rows rows" runs "$dir/logits.npy" "$dir/labels.npy"
done

# ---- Files that are not what they should be ------------------------------

npy "$dir/logits.npy" '<f4' False '(4, 3)' 48
npy "$dir/labels.npy" '|u1' False '(4,)' 4

rm -f "$dir/bad.npy"
bad_logits "missing"
bad_labels "missing"
expect "logits: a folder" refuses "$dir" "$dir" "$dir/labels.npy"

: >"$dir/bad.npy"
bad_logits "empty"
echo "1.0, 2.0, 3.0" >"$dir/bad.npy"
bad_logits "text"
for bytes in 3 9 60 130 175; do
    head -c "$bytes" "$dir/logits.npy" >"$dir/bad.npy"
    bad_logits "cut to $bytes bytes"
done
{ cat "$dir/logits.npy" && echo; } >"$dir/bad.npy"
bad_logits "too long"
printf '\223NUMPY\011\000\166\000' >"$dir/bad.npy"
bad_logits "version 9"
printf '\223NUMPY\002\000\377\377\377\377' >"$dir/bad.npy"
bad_logits "header of 4 GB"

# wrong BYTES TYPE FORTRAN SHAPE
wrong() {
    npy "$dir/bad.npy" "$2" "$3" "$4" "$1"
    bad_logits "$2 $3 $4"
}
wrong 48 '<U1' False '(4, 3)'
wrong 96 '<c8' False '(4, 3)'
wrong 48 '>f4' False '(4, 3)'
wrong 12 '|b1' False '(4, 3)'
wrong 48 '<i4' False '(4, 3)'
wrong 48 '<f4' True '(4, 3)'
wrong 48 '<f4' Maybe '(4, 3)'
wrong 48 '<f4' False '(12,)'
wrong 48 '<f4' False '(2, 2, 3)'
wrong 4 '<f4' False '()'
wrong 0 '<f4' False '(4, 0)'
wrong 48 '<f4' False '(-4, 3)'
wrong 48 '<f4' False '4, 3'
wrong 48 '<f4' False '(4611686018427387905, 4)'
wrong 48 '<f4' False '(3, 6148914691236517206)'
wrong 48 '<f4' False '(99999999999999999999999, 3)'
wrong 48 '<f4' False '(1000000000000, 3)'

npy "$dir/bad.npy" '<f4' False '(4,)' 16
bad_labels "not integers"
npy "$dir/bad.npy" '|u1' False '(4, 1)' 4
bad_labels "two dimensions"
npy "$dir/bad.npy" '|u1' False '(5,)' 5
bad_labels "one too many"
npy "$dir/bad.npy" '|u1' False '(4,)' 2
printf '\003\000' >>"$dir/bad.npy"
bad_labels "out of range"
expect "names the row" grep -q 'row 2 ' "$dir/err"
npy "$dir/bad.npy" '|i1' False '(4,)' 3
printf '\377' >>"$dir/bad.npy"
bad_labels "negative"

# ---- Arguments -----------------------------------------------------------

# usage ARGUMENTS...: exit status 2, and the usage.
usage() {
    "$report" "$@" >"$dir/out" 2>"$dir/err"
    test $? -eq 2 && grep -q '^usage:' "$dir/err"
}
expect "one file" usage "$dir/logits.npy"
expect "unknown option" usage -x 1
expect "no bins" usage -b 0
expect "bins that are no number" usage -b ten

# unwritable PLACE: exit status 2, and a message that names it.
unwritable() {
    "$report" -o "$1" "$dir/logits.npy" "$dir/labels.npy" >"$dir/out" 2>"$dir/err"
    test $? -eq 2 && grep -qF "$1: cannot be written" "$dir/err"
}
expect "a diagram where a folder is" unwritable "$dir"
expect "a diagram in no folder" unwritable "$dir/none/diagram.svg"

echo "$checks checks, $failures failed"
test "$failures" -eq 0
