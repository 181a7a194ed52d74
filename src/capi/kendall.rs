//! `lgt_kendall`: Kendall's tau.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::{
    columns,
    kendall::{self, KendallReport},
};
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_kendall` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kendall_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(columns::words(n), bytes) }
}

unsafe fn apply(pair: RawPair, report: *mut KendallReport) -> Status {
    let make = |columns: &_, scratch: &mut [u64]| Ok(kendall::apply(columns, scratch));
    // SAFETY: the contract of the C functions below.
    unsafe { pair.report(report, columns::words(pair.n), make, |made| made.tau_b.is_nan()) }
}

/// Kendall's tau, in all its forms: of the pairs of rows, those in the same order in x
/// and in y less those in opposite orders.
///
/// `tau_b` and `tau_c` are those of scipy's `kendalltau`, and so is `p_value`, two-sided:
/// without ties exact up to 33 rows, and where at most one pair is in an order of its own;
/// else by the normal distribution, with the variance for the ties there are. `gamma` is
/// Goodman and Kruskal's. NaN if x or y is constant. Equal means equal in value (-0 and 0
/// are); infinities are numbers like others. A NaN is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller, in time n log n.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_kendall_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (less than two
/// rows, x or y constant, or a NaN).
///
/// # Accuracy
/// Counts are exact; taus at most 1e-15, p-values a relative 1e-12. The same rows give the
/// same bits in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. G. Kendall, "Rank Correlation Methods" (1970); A. Stuart, "The estimation and
/// comparison of strengths of association in contingency tables" (1953), for tau-c;
/// L. A. Goodman and W. H. Kruskal, "Measures of association for cross classifications"
/// (1954).
///
/// # Example
/// ```c
/// double x[5] = {12, 2, 1, 12, 2}, y[5] = {1, 4, 7, 1, 0};
/// uint64_t scratch[3 * 3];
/// lgt_kendall_report report;
/// assert(lgt_kendall_f64(x, y, &report, 5, scratch, sizeof scratch) == LGT_OK);
/// assert(report.concordant == 2 && report.discordant == 6 && report.ties_both == 1);
/// assert(report.tau_b > -0.4714046 && report.tau_b < -0.4714045);
/// assert(report.p_value > 0.2827454 && report.p_value < 0.2827455);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kendall_f32(
    x: *const f32,
    y: *const f32,
    report: *mut KendallReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `double` form of `lgt_kendall_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kendall_f64(
    x: *const f64,
    y: *const f64,
    report: *mut KendallReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `lgt_f16` form of `lgt_kendall_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kendall_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut KendallReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `lgt_bf16` form of `lgt_kendall_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kendall_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut KendallReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair {
        x: Numbers::Bf16(x.cast()),
        y: Numbers::Bf16(y.cast()),
        n,
        scratch,
        scratch_size,
    };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}
