//! `lgt_weighted_tau`: Kendall's tau with weights.

use super::columns::RawPair;
use super::guard;
use super::types::*;
use crate::correlation::weighted_tau::{self, Ranking, WeightedTauReport};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The mean of taus by the ranks of x and by those of y.
pub const LGT_WEIGHTED_TAU_BOTH: u32 = 0;
/// By the ranks of x, the largest first, equal ones by y.
pub const LGT_WEIGHTED_TAU_X: u32 = 1;
/// The rank of a row is its index.
pub const LGT_WEIGHTED_TAU_GIVEN: u32 = 2;

/// A pair counts the product of its weights rather than their sum.
pub const LGT_WEIGHTED_TAU_PRODUCT: u32 = 1;

/// Writes how many bytes of scratch `lgt_weighted_tau` needs: 20 a row.
///
/// # Shape
/// `n`: number of rows, below 2^31. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_weighted_tau_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(weighted_tau::words(n), bytes) }
}

unsafe fn apply(pair: RawPair, report: *mut WeightedTauReport, ranking: u32, flags: u32) -> Status {
    let make = |columns: &_, scratch: &mut [u64]| {
        let ranking = match ranking {
            LGT_WEIGHTED_TAU_BOTH => Ranking::Both,
            LGT_WEIGHTED_TAU_X => Ranking::X,
            LGT_WEIGHTED_TAU_GIVEN => Ranking::Given,
            _ => return Err(LGT_E_OPTION),
        };
        if flags > LGT_WEIGHTED_TAU_PRODUCT {
            return Err(LGT_E_OPTION);
        }
        let product = flags == LGT_WEIGHTED_TAU_PRODUCT;
        Ok(weighted_tau::apply(columns, ranking, product, scratch))
    };
    // SAFETY: the contract of the C functions below.
    unsafe { pair.report(report, weighted_tau::words(pair.n), make, |made| made.tau.is_nan()) }
}

/// Kendall's tau where rows at the top count more: with the rank of a row from 0 on, a
/// pair counts 1 / (rank + 1) of the one plus, or times, that of the other.
///
/// scipy's `weightedtau` with its own weigher: `LGT_WEIGHTED_TAU_BOTH` is `rank=True`,
/// `LGT_WEIGHTED_TAU_X` is `rank=None`, `LGT_WEIGHTED_TAU_GIVEN` is `rank=False`;
/// `LGT_WEIGHTED_TAU_PRODUCT` is `additive=False`. NaN if x or y is constant. Equal means
/// equal in value; infinities are numbers like others. A NaN is counted in `nan_rows` and
/// makes the result NaN, where scipy takes it for a number. A batch function over arrays and
/// scratch of the caller, in time n log n.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `ranking`: an `LGT_WEIGHTED_TAU_` number. `flags`: 0 or
/// `LGT_WEIGHTED_TAU_PRODUCT`. `report`: one struct. `scratch`: `scratch_size` bytes, 8-byte
/// aligned, at least what `lgt_weighted_tau_scratch` says, apart from the other arrays; what is
/// there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_OPTION`, `LGT_E_SCRATCH` (too small, not aligned),
/// `LGT_E_ALIAS`.
/// Advisory: `LGT_UNDEFINED` (less than
/// two rows, x or y constant, or a NaN).
///
/// # Accuracy
/// Weights are multiples of 2^-58, and their sums exact: at most 1e-14 up to 1e5 rows and
/// 1e-11 up to 1e8. The same rows give the same bits in any order, unless that gives the
/// ranks.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// S. Vigna, "A Weighted Correlation Index for Rankings with Ties" (2015).
///
/// # Example
/// ```c
/// float x[5] = {12, 2, 1, 12, 2}, y[5] = {1, 4, 7, 1, 0};
/// uint64_t scratch[3 * 3 + 5];
/// lgt_weighted_tau_report report;
/// assert(lgt_weighted_tau_f32(x, y, &report, 5, LGT_WEIGHTED_TAU_BOTH, 0, scratch,
///                             sizeof scratch) == LGT_OK);
/// assert(report.tau > -0.5669497 && report.tau < -0.5669496);
/// assert(report.tau_x > -0.4157653 && report.tau_x < -0.4157652);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_weighted_tau_f32(
    x: *const f32,
    y: *const f32,
    report: *mut WeightedTauReport,
    n: usize,
    ranking: u32,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F32(x), y: Numbers::F32(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, ranking, flags) }
}

/// `double` form of `lgt_weighted_tau_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_weighted_tau_f64(
    x: *const f64,
    y: *const f64,
    report: *mut WeightedTauReport,
    n: usize,
    ranking: u32,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair = RawPair { x: Numbers::F64(x), y: Numbers::F64(y), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, ranking, flags) }
}

/// `lgt_f16` form of `lgt_weighted_tau_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_weighted_tau_f16(
    x: *const lgt_f16,
    y: *const lgt_f16,
    report: *mut WeightedTauReport,
    n: usize,
    ranking: u32,
    flags: u32,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let pair =
        RawPair { x: Numbers::F16(x.cast()), y: Numbers::F16(y.cast()), n, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { apply(pair, report, ranking, flags) }
}

/// `lgt_bf16` form of `lgt_weighted_tau_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_weighted_tau_bf16(
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    report: *mut WeightedTauReport,
    n: usize,
    ranking: u32,
    flags: u32,
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
    unsafe { apply(pair, report, ranking, flags) }
}
