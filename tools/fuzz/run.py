"""Builds the fuzz target and runs it on each group of functions, two at a time.

    python tools/fuzz/run.py [--runs N] [--group NAME] [--jobs N] [--keep]

The library is compiled for it with coverage and the address sanitiser, the C side with the
undefined behaviour sanitiser too. An input that fails is left in build/fuzz/found; run it
again with `FUZZ_GROUP=NAME build/fuzz/target FILE`, with FUZZ_SHOW=1 to see the calls.
`--keep` writes what is worth keeping of the inputs to c_tests/fuzz/corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import corpus
import groups
import table

ROOT = corpus.ROOT
BUILD = ROOT / "build/fuzz"
TRIPLE = "x86_64-unknown-linux-gnu"
CLANG = os.environ.get("FUZZ_CC", "clang-19")
PACKAGES = ["clang-19", "libclang-rt-19-dev", "llvm-19", "lld-19"]
# Bytes of states, of where fits stand, of models: targets of their own.
BYTES = ["state_bytes", "search_bytes", "model_bytes"]
LONGEST_CALL, LONGEST_STATE = 256, 4096
COVERAGE = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=3",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
]
SANITISED = [
    *("-g", "-O1", "-std=c99", "-D_DEFAULT_SOURCE", "-fno-omit-frame-pointer"),
    *("-fsanitize=fuzzer,address,undefined", "-fno-sanitize-recover=undefined"),
]
SOURCES = ["calls", "contents", "lent", "checks", "target", "state", "search", "model"]
# Comparisons of bytes are nearly all of Rust's own making (of flags and discriminants). To
# follow them takes a quarter of the time, and what bytes an input has is found without.
UNFOLLOWED = "__sanitizer_cov_trace_const_cmp1"
# Little is kept of what was given back, so that memory stays in the cache. The target gives
# all of its memory back by itself.
SETTINGS = "quarantine_size_mb=8:detect_leaks=0:handle_abort=1"


def install() -> None:
    if not (shutil.which(CLANG) and shutil.which("ld.lld-19")):
        subprocess.run([ROOT / "tools/debian.sh", *PACKAGES], check=True)


def library() -> Path:
    """The archive, compiled with what a nightly compiler is asked for elsewhere."""
    environment = {
        **os.environ,
        "RUSTC_BOOTSTRAP": "1",
        "RUSTFLAGS": " ".join(["-Zsanitizer=address", *COVERAGE]),
        "CARGO_PROFILE_RELEASE_LTO": "off",
        "CARGO_PROFILE_RELEASE_OPT_LEVEL": "2",
        "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
        "CARGO_PROFILE_RELEASE_DEBUG": "line-tables-only",
    }
    command = ["cargo", "rustc", "--quiet", "--locked", "--release", "--lib", "--target", TRIPLE]
    command += ["--target-dir", str(BUILD / "cargo"), "--crate-type", "staticlib"]
    subprocess.run([*command, "--", "--cfg", "lgt_product"], cwd=ROOT, env=environment, check=True)
    return BUILD / "cargo" / TRIPLE / "release/liblogitude.a"


def target() -> Path:
    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "table.c").write_text(table.Table().text(), encoding="utf-8")
    sources = [ROOT / f"c_tests/fuzz/{name}.c" for name in SOURCES]
    sources += [ROOT / "c_tests/support/guarded.c", BUILD / "table.c"]
    includes = [f"-I{ROOT / x}" for x in ("include", "c_tests/fuzz", "c_tests/support")]
    archive = library()
    command = [CLANG, *SANITISED, *includes, *sources, archive, "-fuse-ld=lld-19", "-lm"]
    command.append(f"-Wl,--wrap={UNFOLLOWED}")
    subprocess.run([*command, "-o", BUILD / "target"], check=True)
    return BUILD / "target"


def started(program: Path, group: str, options: list[Any]) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FUZZ_GROUP": group, "ASAN_OPTIONS": SETTINGS}
    longest = LONGEST_STATE if group in BYTES else LONGEST_CALL
    common = [f"-max_len={longest}", "-timeout=60", "-rss_limit_mb=2048", "-print_final_stats=1"]
    command = [program, *common, f"-artifact_prefix={BUILD}/found/{group}-", *options]
    return subprocess.run(
        command, env=environment, stderr=subprocess.PIPE, text=True, errors="replace", check=False
    )


def last(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def run(program: Path, group: str, runs: int) -> dict[str, Any]:
    """One group: what the lines of libFuzzer say at the end."""
    inputs = BUILD / "corpus" / group
    shutil.rmtree(inputs, ignore_errors=True)
    corpus.unpack(group, inputs)
    start = time.monotonic()
    done = started(program, group, [f"-runs={runs}", "-seed=1", "-len_control=0", inputs])
    if done.returncode:
        print(f"{group}:", done.stderr[-6000:], file=sys.stderr)
    return {
        "table": "fuzz",
        "group": group,
        "functions": last(r"functions: (\d+)", done.stderr),
        "answered": last(r"answered: (\d+)", done.stderr),
        "executions": last(r"number_of_executed_units: (\d+)", done.stderr),
        "edges": last(r"cov: (\d+)", done.stderr),
        "features": last(r"ft: (\d+)", done.stderr),
        "corpus": last(r"corp: (\d+)/", done.stderr),
        "seconds": round(time.monotonic() - start),
        "findings": int(done.returncode != 0),
    }


def keep(program: Path, group: str) -> None:
    """Of all inputs that were found, a few that reach every edge that all of them reach."""
    few = BUILD / "few" / group
    shutil.rmtree(few, ignore_errors=True)
    few.mkdir(parents=True)
    started(program, group, ["-merge=1", "-use_counters=0", few, BUILD / "corpus" / group])
    print(f"{group}: {corpus.pack(group, few)} inputs kept")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--group", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    install()
    shutil.rmtree(BUILD / "found", ignore_errors=True)
    (BUILD / "found").mkdir(parents=True)
    program = target()
    names = [asked.group] if asked.group else [*groups.GROUPS, *BYTES]
    with ThreadPoolExecutor(asked.jobs) as pool:
        rows = list(pool.map(lambda name: run(program, name, asked.runs), names))
        if asked.keep:
            list(pool.map(lambda name: keep(program, name), names))
    for row in rows:
        print("proof", json.dumps(row))
    if any(row["findings"] for row in rows):
        raise SystemExit(f"Inputs that fail are in {BUILD / 'found'}")


if __name__ == "__main__":
    main()
