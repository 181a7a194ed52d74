//! `lgt_regression`: a mergeable state.

use super::columns::{self, RawColumns};
use super::state;
use super::types::*;
use crate::correlation::regression::{Regression, RegressionReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_regression` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Regression>(0, bytes) }
}

/// Starts a state of errors of predictions of numbers.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_regression_size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_init(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Regression>(state, size, 0) }
}

unsafe fn update<E: Elem<Acc: Elem>>(state: *mut c_void, columns: RawColumns<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { columns::update(state, columns, Regression::update) }
}

/// Adds rows to a state of errors of predictions x of numbers y: R squared, explained
/// variance, mean squared, absolute, relative and pinball errors, and the largest.
///
/// All are scikit-learn's (`r2_score`, `explained_variance_score`,
/// `mean_squared_error`, `root_mean_squared_error`, `mean_absolute_error`,
/// `mean_absolute_percentage_error` as a fraction, `max_error`, `mean_pinball_loss`),
/// except that of a constant y, or of one row, `r2` and `explained_variance` are NaN
/// rather than 0 or 1. `mean_error` is the mean of y less the prediction. Weights count as
/// repetitions.
///
/// A row whose y, prediction or error is not finite is counted in `nan_rows` and makes all
/// but the weight NaN.
///
/// # Shape
/// `x`: `n` predictions. `y`: `n` numbers that came true. `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, and
/// others are rounded to multiples of 2^-160.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights), `LGT_E_STATE`. The state is
/// then as it was.
///
/// # Accuracy
/// Errors, and those relative to y, are rounded to double; their sums, and those of their
/// squares, are exact. Means have relative errors below 1e-15, as has what `r2` and
/// `explained_variance` leave of one.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// S. Wright, "Correlation and causation" (1921), for R squared; R. Koenker and
/// G. Bassett, "Regression quantiles" (1978), for the pinball loss; M. Ezekiel,
/// "Methods of Correlation Analysis" (1930), for the adjustment.
///
/// # Example
/// ```c
/// uint64_t state[394];
/// float x[4] = {2.5f, 0.0f, 2.0f, 8.0f}, y[4] = {3.0f, -0.5f, 2.0f, 7.0f};
/// lgt_regression_report report;
/// assert(lgt_regression_init(state, sizeof state) == LGT_OK);
/// assert(lgt_regression_update_f32(state, x, y, NULL, 4) == LGT_OK);
/// assert(lgt_regression_finish(state, 1, 0.5, &report) == LGT_OK);
/// assert(report.mse == 0.375 && report.mae == 0.5 && report.max_error == 1);
/// assert(report.r2 > 0.948 && report.r2 < 0.949 && report.pinball == 0.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_update_f32(
    state: *mut c_void,
    x: *const f32,
    y: *const f32,
    weights: *const f32,
    n: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// `double` form of `lgt_regression_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_update_f64(
    state: *mut c_void,
    x: *const f64,
    y: *const f64,
    weights: *const f64,
    n: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { update(state, RawColumns { x, y, weights, n }) }
}

/// `lgt_f16` form of `lgt_regression_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_update_f16(
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

/// `lgt_bf16` form of `lgt_regression_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_update_bf16(
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
pub unsafe extern "C" fn lgt_regression_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Regression>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `predictors`: how many numbers the model predicts from, for `adjusted_r2`.
/// `quantile`: of the pinball loss, from 0 to 1. `report`: one struct. NaN with
/// `LGT_UNDEFINED` if nothing, or a NaN, was seen, or y is constant; then all but `r2`,
/// `adjusted_r2` and `explained_variance` is there.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (quantile). Advisory:
/// `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_regression_finish(
    state: *const c_void,
    predictors: u32,
    quantile: f64,
    report: *mut RegressionReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Regression| {
            if !(0.0..=1.0).contains(&quantile) {
                return Err(LGT_E_VALUE);
            }
            let result = state.finish(predictors, quantile);
            *report = result;
            Ok(if result.r2.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}
