//! `lgt_somers`: Somers' D.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::{
    columns,
    somers::{self, SomersReport},
};
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes of scratch `lgt_somers` needs: 12 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_somers_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(columns::words(n), bytes) }
}

unsafe fn apply(pair: RawPair, report: *mut SomersReport) -> Status {
    let make = |columns: &_, scratch: &mut [u64]| Ok(somers::apply(columns, scratch));
    // SAFETY: the contract of the C functions below.
    unsafe { pair.report(report, columns::words(pair.n), make, |made| made.d_yx.is_nan()) }
}

/// Somers' D: of pairs of rows that differ in x, those in the same order in y less those
/// in the opposite order.
///
/// `d_yx` and `p_value`, two-sided by the normal distribution, are those of scipy's
/// `somersd(x, y)`, which makes a table of all values first and takes time with its size.
/// `d_xy` is that with x and y exchanged, `d` the symmetric one. For y of two classes and
/// x that are scores, `d_xy` is 2 AUC - 1. NaN if x or y is constant. Equal means equal in
/// value; infinities are numbers like others. A NaN is counted in `nan_rows` and makes the
/// result NaN. A batch function over arrays and scratch of the caller, in time n log n.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_somers_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_SCRATCH` (too small, not aligned), `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (less than two
/// rows, x or y constant, or a NaN).
///
/// # Accuracy
/// Counts are exact; D at most 1e-15, p-values a relative 1e-12. The same rows give the
/// same bits in any order.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// R. H. Somers, "A new asymmetric measure of association for ordinal variables" (1962);
/// M. B. Brown and J. K. Benedetti, "Sampling behavior of tests for correlation in two-way
/// contingency tables" (1977), for the standard error if D is 0.
///
/// # Example
/// ```c
/// float x[4] = {0.1f, 0.4f, 0.35f, 0.8f}, y[4] = {0, 0, 1, 1};
/// uint64_t scratch[3 * 2];
/// lgt_somers_report report;
/// assert(lgt_somers_f32(x, y, &report, 4, scratch, sizeof scratch) == LGT_OK);
/// assert(report.d_xy == 0.5 && report.d_yx == 2.0 / 6);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_somers_f32(
    x: *const f32,
    y: *const f32,
    report: *mut SomersReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `double` form of `lgt_somers_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_somers_f64(
    x: *const f64,
    y: *const f64,
    report: *mut SomersReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `lgt_f16` form of `lgt_somers_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_somers_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut SomersReport,
    n: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report) }
}

/// `lgt_bf16` form of `lgt_somers_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_somers_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut SomersReport,
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
