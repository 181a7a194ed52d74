#!/bin/sh
# Builds logitude.wasm and logitude-simd128.wasm into the directory given. The
# compiler is Debian's, because the source of its core, which is compiled along,
# is a package too. WASM_FLAGS goes to the compiler; by default names are dropped.
set -eu

into=${1:?usage: tools/wasm.sh DIRECTORY}
rustc=${WASM_RUSTC:-/usr/bin/rustc}
linker=${WASM_LINKER:-wasm-ld-19}
packages="rustc-web rust-web-src lld-19"

complete() {
    command -v "$rustc" && command -v "$linker" &&
        test -d "$("$rustc" --print sysroot)/lib/rustlib/src/rust/library/core"
} >/dev/null

# shellcheck disable=SC2086 # Words on purpose.
complete || tools/debian.sh $packages

# build NAME RUSTFLAGS
build() {
    RUSTC=$rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target/wasm/$1 \
        CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker \
        RUSTFLAGS="-Clinker-flavor=wasm-ld $2" \
        cargo rustc --locked --profile dist --features capi --lib --crate-type cdylib \
        --target wasm32-unknown-unknown -Zbuild-std=core \
        -- --cfg lgt_product ${WASM_FLAGS--Cstrip=symbols}
    mkdir -p "$into"
    cp "target/wasm/$1/wasm32-unknown-unknown/dist/logitude.wasm" "$into/$1.wasm"
}

build logitude ""
build logitude-simd128 "-Ctarget-feature=+simd128"
wc -c "$into"/*.wasm
