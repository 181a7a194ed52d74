//! `lgt_log_loss`: a mergeable state.

use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::log_loss::{LogLoss, LogLossReport, RENORMALIZE, params};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Each row is divided by its sum first.
pub const LGT_LOG_LOSS_RENORMALIZE: u32 = 1;

// Written as a number because the header generator evaluates nothing.
const _: () = assert!(LGT_LOG_LOSS_RENORMALIZE == RENORMALIZE);

/// Writes how many bytes a state of `lgt_log_loss` needs.
///
/// # Shape
/// `eps`: the least probability, at least 0 and below 0.5. `flags`: 0 or
/// `LGT_LOG_LOSS_RENORMALIZE`.
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (eps, flags).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_size(eps: f64, flags: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<LogLoss>(params(eps, flags), bytes) }
}

/// Starts a state of log loss of probabilities: the mean of
/// `-ln p_label`.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_log_loss_size` says.
/// `eps`: the least probability, at least 0 and below 0.5. `flags`: 0 or
/// `LGT_LOG_LOSS_RENORMALIZE`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (eps, flags).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_init(
    state: *mut c_void,
    size: usize,
    eps: f64,
    flags: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<LogLoss>(state, size, params(eps, flags)) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, LogLoss::update) }
}

/// Adds rows to a state of log loss of probabilities: the mean of
/// `-ln p_label`.
///
/// Only the label's own probability counts. With `eps` above 0 it is first clipped
/// to `[eps, 1 - eps]`, and the row counted in `clipped_rows`; with 0 a label of
/// probability 0 makes the mean +inf (`infinite_rows`). A little above 1 (up to
/// 1.01) is taken as rounding of 1 and clipped. Where the logits are at hand,
/// `lgt_nll` is the same score without a clip.
///
/// A row that holds a NaN, or of which the label has less than 0 or more than 1.01,
/// makes the mean NaN (`nan_rows`). With `LGT_LOG_LOSS_RENORMALIZE` each row is
/// divided by its sum first, as scikit-learn did before 1.5; now it warns and does
/// not, and torch's `nll_loss(log(p))` never did.
///
/// `1 - eps` is formed in `double` whatever the type of the data, and so is the
/// logarithm. scikit-learn's `log_loss` clips with the `eps` of the array's type:
/// for float32 that is 1.2e-7, so that no row can cost more than 15.9, and a model
/// that is sure and wrong looks better than it is. `eps` = 2.2e-16 is what it does
/// to float64, and 1e-15 what it did for years.
///
/// # Shape
/// `x`: probabilities, rows x cols, row-major, stride
/// in elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a
/// row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// A row's loss: at most 6e-16 relative, or 1e-12 absolutely if renormalised. Sums
/// over rows are exact and rounded once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// The metric's definition (the logarithmic score of I. J. Good, "Rational
/// decisions", 1952); `sklearn.metrics.log_loss`.
///
/// # Example
/// ```c
/// uint64_t state[79];
/// float p[2][2] = {{0.5f, 0.5f}, {0, 1}};
/// int64_t y[2] = {0, 1};
/// lgt_log_loss_report report;
/// assert(lgt_log_loss_init(state, sizeof state, 0, 0) == LGT_OK);
/// assert(lgt_log_loss_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 2, 2) == LGT_OK);
/// assert(lgt_log_loss_finish(state, &report) == LGT_OK);
/// assert(report.log_loss > 0.34657 && report.log_loss < 0.34658);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `double` form of `lgt_log_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_f16` form of `lgt_log_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<F16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_bf16` form of `lgt_log_loss_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let data = RawLabelled {
        x: x.cast::<Bf16>(),
        stride: x_stride,
        labels,
        label_type,
        weights,
        rows,
        cols,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// Adds what another state of the same parameters has seen. The order of merging
/// does not change a bit. For bytes from elsewhere use `lgt_state_merge`, which
/// is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same
/// state twice). The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<LogLoss>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen;
/// else +inf if a label of probability 0 was.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_loss_finish(
    state: *const c_void,
    report: *mut LogLossReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, LogLoss::finish, |report| report.log_loss.is_nan()) }
}
