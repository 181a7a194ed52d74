"""The faults of the self-test: a change of one place, and the check that must fail for it.

One a class: what each check is for is what its fault does. The check's command runs in a copy
of the tree, where `ctest` is that of its build and `cargo` compiles into a folder of its own;
what it says must hold `says`, so that it fails for the fault and not for something else.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Text of a file that is replaced, and who must see it."""

    kind: str
    file: str
    old: str
    new: str
    check: str
    says: str
    #: What comes between: files that are generated from the changed one, say.
    prepare: str = ""
    #: Whether the check is of machine code, and so of the library as it is shipped.
    shipped: bool = False


def c(test: str, level: str) -> str:
    """A C test at a level."""
    return f"ctest -R '^c.{test}.{level}$'"


def rust(test: str, name: str = "") -> str:
    """A Rust test, or one function of it."""
    return f"cargo test --locked --test {test} {name}"


FAULTS = [
    Fault("a lane is wrong", "src/simd/steps.rs",
          "0x3f7837f0, 0x3f75fed7", "0x3f7837f0, 0x3f75ffd7",
          c("softmax", "avx2"), "failed"),
    Fault("a byte too many is read", "src/simd/x86/avx2.rs",
          "let v = _mm256_maskload_ps(p, _mm256_castps_si256(mask));",
          "let v = _mm256_loadu_ps(p);",
          c("softmax", "avx2"), "SEGFAULT|SIGSEGV"),
    Fault("a merge depends on the order", "src/metrics/accuracy.rs",
          "self.hits.merge(&other.hits);",
          "if self.rows <= other.rows {\n            self.hits.merge(&other.hits);\n        }",
          rust("laws", "any_split"), "Accuracy"),
    Fault("a check is missing", "src/capi/guard.rs",
          "if stride < cols {", "if stride < cols && stride > isize::MAX as usize {",
          c("bad_input", "portable"), "LGT_E_STRIDE"),
    Fault("a symbol is renamed", "src/capi/version.rs",
          "fn lgt_version_number()", "fn lgt_version_numeral()",
          rust("contract"), "lgt_version_number", prepare="cargo api"),
    Fault("a field moves", "src/capi/ctx.rs",
          "    /// Passed on to `run`.\n    pub user: *mut c_void,\n"
          "    /// The executor, or NULL for the calling thread alone.\n    pub run: lgt_run,",
          "    /// The executor, or NULL for the calling thread alone.\n    pub run: lgt_run,\n"
          "    /// Passed on to `run`.\n    pub user: *mut c_void,",
          rust("contract"), "lgt_ctx", prepare="cargo api"),
    Fault("an inline is lost", "src/math/exp.rs",
          "#[inline(always)]\n    pub fn eval_difference<", "#[inline(never)]\n    pub fn eval_difference<",
          rust("codegen", "doors"), "math::exp", shipped=True),
    Fault("a sum drifts", "src/simd/x86/avx2.rs",
          "(total, _mm256_add_pd(w.1, lost))", "(total, w.1)",
          c("logsumexp", "avx2"), "failed"),
    Fault("a tie is wrong", "src/rows/rank.rs",
          "threshold, or_equal: true, count: 0", "threshold, or_equal: false, count: 0",
          c("accuracy", "portable"), "failed"),
    Fault("a state's head is torn", "src/state.rs",
          "size: size as u32, param }", "size: size as u32 & !8, param }",
          c("state", "portable"), "failed"),
    Fault("memory is allocated", "src/capi/version.rs",
          "    NUMBER\n", "    // SAFETY: none.\n    core::hint::black_box(unsafe { libc::malloc(16) });\n    NUMBER\n",
          rust("exports", "imports"), "malloc is imported", shipped=True),
    Fault("what a failed call was to write is written", "src/capi/guard.rs",
          "    extent::<E>(stride, rows, cols)?;\n", "",
          c("bad_input", "portable"), "failed"),
]
