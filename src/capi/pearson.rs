//! `lgt_pearson`: a mergeable state.

use super::columns::{self, RawColumns};
use super::types::*;
use super::{guard, state};
use crate::correlation::pearson::{Pearson, PearsonReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_pearson` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Pearson>(0, bytes) }
}

/// Starts a state of Pearson's correlation.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_pearson_size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_init(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Pearson>(state, size, 0) }
}

unsafe fn update<E: Elem<Acc: Elem>>(state: *mut c_void, columns: RawColumns<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { columns::update(state, columns, Pearson::update) }
}

/// Adds rows to a state of Pearson's correlation of x and y, which also knows the line
/// of least squares for y over x, and Lin's concordance.
///
/// Sums of x, y, their squares and their product are kept exactly, to the last bit and
/// for numbers of any size, so that a mean far from 0 takes nothing from a small
/// variance, where sums in floating point lose all digits of it.
///
/// `r` is that of scipy's `pearsonr` and numpy's `corrcoef`, NaN if x or y is constant;
/// of two rows it is 1 or -1. `p_value` is two-sided, for rows that are drawn from a
/// normal distribution (1 of two rows), and `low` to `high` is Fisher's interval (-1 to 1
/// up to three rows), both as scipy's. Variances and covariance have the divisor n - 1.
/// `concordance` is Lin's coefficient as he gave it, with the divisor n;
/// torchmetrics' has n - 1. Weights count as repetitions, and n is their sum.
///
/// A row with a NaN or an infinity is counted in `nan_rows` and makes all but the
/// weight NaN.
///
/// # Shape
/// `x`, `y`: `n` numbers each. `weights`: `n` numbers from 0 to 2^63, or NULL for 1 each;
/// a weight of 0, or below 2^-160, leaves its row out, and others are rounded to
/// multiples of 2^-160.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is
/// then as it was.
///
/// # Accuracy
/// Sums are exact, and means, variances, `r` and `slope` are made of them with relative
/// errors below 1e-15; `intercept` is off by as much of the mean of y or of slope times
/// the mean of x. `p_value`: a relative error of 1e-12, or what n times the rounding of
/// `r` makes. The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// K. Pearson, "Notes on regression and inheritance in the case of two parents" (1895);
/// R. A. Fisher, "On the probable error of a coefficient of correlation deduced from a
/// small sample" (1921); L. I.-K. Lin, "A concordance correlation coefficient to
/// evaluate reproducibility" (1989), equation 5.
///
/// # Example
/// ```c
/// uint64_t state[312];
/// double x[4] = {1e8 + 1, 1e8 + 2, 1e8 + 3, 1e8 + 4}, y[4] = {1, 3, 2, 4};
/// lgt_pearson_report report;
/// assert(lgt_pearson_init(state, sizeof state) == LGT_OK);
/// assert(lgt_pearson_update_f64(state, x, y, NULL, 4) == LGT_OK);
/// assert(lgt_pearson_finish(state, 0.95, &report) == LGT_OK);
/// assert(report.r == 0.8 && report.slope == 0.8 && report.variance_x == 5.0 / 3);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_update_f32(
    state: *mut c_void,
    x: *const f32,
    y: *const f32,
    weights: *const f32,
    n: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// `double` form of `lgt_pearson_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_update_f64(
    state: *mut c_void,
    x: *const f64,
    y: *const f64,
    weights: *const f64,
    n: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// `lgt_f16` form of `lgt_pearson_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    y: *const lgt_f16,
    weights: *const f32,
    n: usize,
) -> Status {
    let (x, y) = (x.cast::<F16>(), y.cast::<F16>());
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// `lgt_bf16` form of `lgt_pearson_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    y: *const lgt_bf16,
    weights: *const f32,
    n: usize,
) -> Status {
    let (x, y) = (x.cast::<Bf16>(), y.cast::<Bf16>());
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// Adds what another state has seen. The order of merging does not change a bit. For
/// bytes from elsewhere use `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS` (the same state twice). The state is then
/// as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Pearson>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `level`: confidence of the interval, between 0 and 1. `report`: one struct. `r` is NaN
/// with `LGT_UNDEFINED` if x or y is constant, or a NaN was seen; what else there is has
/// been written.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (level). Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_pearson_finish(
    state: *const c_void,
    level: f64,
    report: *mut PearsonReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Pearson| {
            guard::confidence(level)?;
            let result = state.finish(level);
            *report = result;
            Ok(if result.r.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}
