"""Runs tests on another processor, under QEMU, at every level that it has.

    python3 tools/cross.py TARGET            the C tests, built for it
    python3 tools/cross.py TARGET --rust     the Rust tests, built for it
    python3 tools/cross.py TARGET --quick    some of the C tests

What is missing is installed from Debian, or named. CMAKE is the cmake to build with.
Where this machine runs the programs itself, but as another model of its processor, they
are those of build/c_tests.
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
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
BUILD = PROJECT / "build"
RUSTC = "/usr/bin/rustc"
RUST = ["rustc-web", "rust-web-src"]
SKIPPED = 77
# Seconds after which a test is taken to hang.
PATIENCE = 900
# What the C tests take of all sizes here: one in 23, which shares no factor with lanes.
STEP = "23"
# A few quick tests of each kind: that kernels, states and models work at all.
QUICK = ["accuracy", "auroc", "cpu", "extsum", "logsumexp", "nll", "platt"]
# The Rust tests that compare numbers, and of the many of parity.rs some quick ones.
RUST_TESTS = ["conversions", "laws", "philox", "special_functions"]
PARITY = """accuracy brier ece::f extsum_examples maps_gumbel maps_labels maps_spherical maps_taylor
nll softmax_of_columns worked_examples""".split()

# MDEBR multiplies two f32 to an f64. QEMU 7.2 takes the wrong half of the first: 3 x 2 is 64.
# Where it does, nothing that computes in f32 comes out right, whoever compiled it.
MULTIPLIES_F32 = """
int main(void) {
    volatile float a = 3, b = 2;
    double product;
    __asm__("ler %0,%1; mdebr %0,%2" : "=&f"(product) : "f"(a), "f"(b));
    return product != 6;
}
"""
COMPUTE_IN_F32 = """
ca_features ca_loss ca_temperature conformal_scores conformal_sets contrastive_dro cross_entropy
dkd dro_kl dro_temperature ensemble_temperature entmax entmax_loss entropy focal info_nce js_div
kd kl_div logit logsumexp_grad nkd renyi_entropy reproducible soft_topk_loss softmax
softmax_cols softmax_mask tau_cross_entropy temperature temperature_rows threads
"""
# As x86-64, QEMU 7.2 calls handlers of signals with a stack that is not aligned.
HANDLES_SIGNALS = """
#include <signal.h>
static volatile int askew;
static void handler(int number) {
    askew = number != SIGUSR1 || (unsigned long)__builtin_frame_address(0) % 16 != 0;
}
int main(void) {
    signal(SIGUSR1, handler);
    raise(SIGUSR1);
    return askew;
}
"""
# What QEMU itself does wrongly, by processor: a program that shows it, and the tests that
# it would fail.
BEYOND_QEMU = {"s390x": (MULTIPLIES_F32, COMPUTE_IN_F32), "x86_64": (HANDLES_SIGNALS, "signals")}


@dataclass(frozen=True)
class Target:
    """A processor, and how programs get there."""

    qemu: str
    processor: str  # QEMU's name of the model
    levels: tuple[str, ...]  # first the one that the library must find by itself
    packages: tuple[str, ...] = ()
    core: bool = False  # Rust's core is compiled along: Debian has none for it
    # QEMU's masked loads of x86 touch the entries that they leave out: guard pages, and page
    # 0 for what is empty. There those may be read, for which page 0 must be QEMU's to give.
    touches: bool = False

    @property
    def native(self) -> bool:
        return self.qemu == "x86_64"

    @property
    def triple(self) -> str:
        rust = {"riscv64": "riscv64gc"}.get(self.qemu, self.qemu)
        return f"{rust}-unknown-linux-gnu"

    @property
    def linker(self) -> str:
        return f"{self.qemu}-linux-gnu-gcc"

    @property
    def emulator(self) -> list[str]:
        base = ["-B", "0x10000000"] if self.touches else []
        return [f"qemu-{self.qemu}-static", "-cpu", self.processor, *base]


def gcc(processor: str) -> tuple[str, ...]:
    return (f"gcc-{processor}-linux-gnu", f"libc6-dev-{processor}-cross")


TARGETS = {
    # Before AVX2, and with AVX2 but without AVX-512.
    "nehalem": Target("x86_64", "Nehalem", ("portable",)),
    "haswell": Target("x86_64", "Haswell", ("avx2",), touches=True),
    # No SVE, nor anything else past the first of the 64-bit Arm processors.
    "aarch64": Target(
        "aarch64",
        "cortex-a53",
        ("neon",),
        ("gcc-aarch64-linux-gnu", "libc6-dev-arm64-cross", "libstd-rust-web-dev:arm64"),
    ),
    "riscv64": Target("riscv64", "rv64", ("portable",), gcc("riscv64"), core=True),
    # Big-endian.
    "s390x": Target("s390x", "max", ("portable",), gcc("s390x"), core=True),
}


def installed(target: Target) -> bool:
    """Everything that Debian has of what is needed; says what cannot be installed."""
    missing = not shutil.which(target.emulator[0])
    packages = ["qemu-user-static"]
    if not target.native:
        missing |= not (shutil.which(target.linker) and Path(RUSTC).exists())
        packages += [*RUST, *target.packages]
        sysroot = Path("/usr/lib/rustlib")
        missing |= not (sysroot / ("src" if target.core else target.triple)).exists()
    if not missing:
        return True
    if os.geteuid() == 0 and any(p.endswith(":arm64") for p in packages):
        subprocess.run(["dpkg", "--add-architecture", "arm64"])
    if subprocess.run([PROJECT / "tools/debian.sh", *packages]).returncode:
        print(f"NOT RUN on {target.qemu}: it takes {' '.join(packages)}")
        return False
    return True


def environment(target: Target) -> dict[str, str]:
    """For cargo: Debian's compiler, since its libraries for other processors are packages.
    It compiles the library in parts, which takes less time than they lose under emulation."""
    name = target.triple.upper().replace("-", "_")
    emulator = " ".join(["timeout", str(PATIENCE), *target.emulator])
    env = {
        **os.environ,
        "RUSTC": RUSTC,
        f"CARGO_TARGET_{name}_LINKER": target.linker,
        f"CARGO_TARGET_{name}_RUNNER": emulator,
        "CARGO_PROFILE_DIST_LTO": "off",
        "CARGO_PROFILE_DIST_CODEGEN_UNITS": "16",
    }
    if target.core:
        env |= {"RUSTC_BOOTSTRAP": "1", "CARGO_UNSTABLE_BUILD_STD": "core"}
    return env


def build(target: Target) -> Path:
    """The C tests, linked whole, so that QEMU need not look for libraries."""
    if target.native:
        return BUILD / "c_tests"
    into = BUILD / target.qemu
    cmake = os.environ.get("CMAKE", "cmake")
    options = {
        "LOGITUDE_CARGO_TARGET": target.triple,
        "CMAKE_SYSTEM_NAME": "Linux",
        "CMAKE_SYSTEM_PROCESSOR": target.qemu,
        "CMAKE_C_COMPILER": target.linker,
        "CMAKE_CXX_COMPILER": "NOTFOUND",
        "CMAKE_EXE_LINKER_FLAGS": "-static",
        "BUILD_SHARED_LIBS": "OFF",
        "LOGITUDE_BUILD_EXAMPLES": "OFF",
        "LOGITUDE_INSTALL": "OFF",
    }
    definitions = [f"-D{name}={value}" for name, value in options.items()]
    env = environment(target)
    subprocess.run([cmake, "-S", PROJECT, "-B", into, *definitions], check=True, env=env)
    subprocess.run([cmake, "--build", into], check=True, env=env)
    return into / "c_tests"


def run(target: Target, test: Path, level: str) -> int:
    """The exit status of a test at a level. The best level is not asked for: to be found is
    part of the test, which refuses to run at another than it is told."""
    env = {name: value for name, value in os.environ.items() if name != "LOGITUDE_LEVEL"}
    env |= {"LOGITUDE_TEST_STEP": STEP} | ({"LOGITUDE_TEST_READABLE": "1"} if target.touches else {})
    if level != target.levels[0]:
        env["LOGITUDE_LEVEL"] = level
    command = ["timeout", str(PATIENCE), *target.emulator, str(test), level]
    start = time.monotonic()
    done = subprocess.run(command, env=env, text=True, capture_output=True)
    seconds = time.monotonic() - start
    if done.returncode or seconds > 30:
        print(f"{test.name} {level}: status {done.returncode}, {seconds:.0f} s")
        print(done.stderr[-2000:] if done.returncode else "", end="", flush=True)
    return done.returncode


def prove(name: str, level: str, kind: str, passed: int, skipped: int, failed: int,
          seconds: float) -> None:
    row = {
        "table": "targets",
        "target": name,
        "processor": TARGETS[name].processor,
        "level": level,
        "kind": kind,
        "passed": passed,
        "skipped": skipped,
        "failed": failed,
        "seconds": round(seconds),
    }
    print("proof " + json.dumps(row), flush=True)


def beyond(target: Target, built: Path) -> set[str]:
    """The tests to be left out, where the program shows the fault."""
    if target.qemu not in BEYOND_QEMU:
        return set()
    source, tests = BEYOND_QEMU[target.qemu]
    program = built / "beyond_qemu"
    compiler = [shutil.which(target.linker) or "cc", "-static", "-x", "c", "-", "-o", str(program)]
    subprocess.run(compiler, input=source, text=True, check=True)
    if subprocess.run([*target.emulator, str(program)]).returncode == 0:
        return set()
    names = " ".join(tests.split())
    print(f"NOT RUN as {target.processor}, for a fault of this QEMU that a program shows: {names}",
          flush=True)
    return set(tests.split())


def c_tests(name: str, quick: bool) -> bool:
    """Whether all tests pass at all levels; none may skip itself."""
    target = TARGETS[name]
    built = build(target)
    tests = sorted(built.glob("c.*")) if not quick else [built / f"c.{t}" for t in QUICK]
    if not tests:
        sys.exit(f"no tests in {built}")
    left_out = beyond(target, built)
    tests = [test for test in tests if test.name.removeprefix("c.") not in left_out]
    good = True
    for level in target.levels[:1] if quick else target.levels:
        start = time.monotonic()
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            codes = list(pool.map(lambda test: run(target, test, level), tests))
        passed, skipped = codes.count(0), codes.count(SKIPPED)
        failed = len(codes) - passed - skipped
        kind = "C tests, a few" if quick else "C tests"
        skipped += len(left_out)
        prove(name, level, kind, passed, skipped, failed, time.monotonic() - start)
        good &= passed == len(codes)
    return good


def rust_tests(name: str) -> bool:
    """Whether all tests pass; each goes through the levels by itself."""
    target = TARGETS[name]
    env = environment(target) | {"CARGO_TARGET_DIR": str(PROJECT / "target" / target.qemu)}
    command = ["cargo", "test", "--locked", "--features", "capi", "--no-fail-fast"]
    command += ["--target", target.triple]
    tests = [word for test in RUST_TESTS for word in ("--test", test)]
    subprocess.run([*command, *tests, "--test", "parity", "--no-run"], check=True, env=env)
    start = time.monotonic()
    done = [subprocess.run([*command, *chosen], env=env, text=True, stdout=subprocess.PIPE)
            for chosen in (tests, ["--test", "parity", "--", *PARITY])]
    seconds = time.monotonic() - start
    output = "".join(run.stdout for run in done)
    print(output, flush=True)
    results = re.findall(r"^test result: .* (\d+) passed; (\d+) failed; (\d+) ignored",
                         output, re.M)
    passed, failed, skipped = (sum(map(int, column)) for column in zip(*results))
    prove(name, " ".join(target.levels), "Rust tests", passed, skipped, failed, seconds)
    return not any(run.returncode for run in done) and len(results) == len(RUST_TESTS) + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--rust", action="store_true", help="the Rust tests")
    parser.add_argument("--quick", action="store_true", help="some of the C tests")
    asked = parser.parse_args()
    if not installed(TARGETS[asked.target]):
        sys.exit(not asked.quick)
    good = rust_tests(asked.target) if asked.rust else c_tests(asked.target, asked.quick)
    sys.exit(not good)


if __name__ == "__main__":
    main()
