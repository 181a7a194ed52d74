//! `lgt_spearman`: Spearman's rank correlation.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::{
    columns,
    spearman::{self, SpearmanReport},
};
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_spearman` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spearman_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(columns::words(n), bytes) }
}

unsafe fn apply(pair: RawPair, report: *mut SpearmanReport, level: f64) -> Status {
    let make = |columns: &_, scratch: &mut [u64]| {
        guard::confidence(level)?;
        Ok(spearman::apply(columns, level, scratch))
    };
    // SAFETY: the contract of the C functions below.
    unsafe { pair.report(report, columns::words(pair.n), make, |made| made.r.is_nan()) }
}

/// Spearman's rank correlation: Pearson's of the ranks, where equal numbers (-0 and 0
/// are) have the mean of theirs.
///
/// `r` and `p_value` are those of scipy's `spearmanr`: two-sided, by Student's t with n - 2
/// degrees of freedom (of two rows it is 1, where scipy has NaN). `low` to `high` is
/// Fisher's interval, as scipy has it for `pearsonr`: -1 to 1 up to three rows. NaN if x or
/// y is constant. Infinities are numbers like others, at the ends. A NaN is counted in
/// `nan_rows` and makes the result NaN. A batch function over arrays and scratch of the
/// caller.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `level`: confidence of the interval, between 0 and 1.
/// `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_spearman_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (level), `LGT_E_SCRATCH` (too small, not
/// aligned), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (less than two
/// rows, x or y constant, or a NaN).
///
/// # Accuracy
/// Whole numbers, and a few roundings at the end: at most 1e-15. The same rows give the
/// same bits in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// C. Spearman, "The proof and measurement of association between two things" (1904).
///
/// # Example
/// ```c
/// float x[5] = {1, 2, 3, 4, 5}, y[5] = {5, 6, 7, 8, 7};
/// uint64_t scratch[3 * 3];
/// lgt_spearman_report report;
/// assert(lgt_spearman_f32(x, y, &report, 5, 0.95, scratch, sizeof scratch) == LGT_OK);
/// assert(report.r > 0.8207826 && report.r < 0.8207827);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spearman_f32(
    x: *const f32,
    y: *const f32,
    report: *mut SpearmanReport,
    n: usize,
    level: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, level) }
}

/// `double` form of `lgt_spearman_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spearman_f64(
    x: *const f64,
    y: *const f64,
    report: *mut SpearmanReport,
    n: usize,
    level: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, level) }
}

/// `lgt_f16` form of `lgt_spearman_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spearman_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut SpearmanReport,
    n: usize,
    level: f64,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, level) }
}

/// `lgt_bf16` form of `lgt_spearman_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spearman_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut SpearmanReport,
    n: usize,
    level: f64,
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
    unsafe { apply(pair, report, level) }
}
