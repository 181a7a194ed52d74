//! `lgt_accuracy`: a mergeable state.

use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::accuracy::{Accuracy, AccuracyReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_accuracy` needs.
///
/// # Shape
/// `k`: how many of the highest scores may hold the label, at least 1. `bytes`:
/// one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (k).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_size(k: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Accuracy>(k, bytes) }
}

/// Starts a state of top-k accuracy: the weighted share of rows whose label
/// ranks among the first `k`.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_accuracy_size` says. `k`: how many of the highest scores may hold the
/// label, at least 1.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (k).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_init(state: *mut c_void, size: usize, k: u32) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Accuracy>(state, size, k) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, Accuracy::update) }
}

/// Adds rows to a state of top-k accuracy: the weighted share of rows whose
/// label ranks among the first `k`.
///
/// The rank of a label is the number of entries above it, and of equal entries
/// before it: ties go to the lower index. A row with a NaN is a miss and is
/// counted in `nan_rows`.
///
/// # Shape
/// `x`: scores (logits or probabilities: only their order counts), rows x cols,
/// row-major, stride in elements, at least cols. `labels`: one class a row, 0
/// to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of
/// 0, or below 2^-160, leaves its row out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Exact: sums of weights are exact, the quotient is rounded once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// The metric's definition; ranks as scikit-learn's `top_k_accuracy_score`,
/// ties by index.
///
/// # Example
/// ```c
/// uint64_t state[12];
/// float x[2][3] = {{1, 2, 3}, {5, 0, 0}};
/// int32_t y[2] = {2, 1};
/// lgt_accuracy_report report;
/// assert(lgt_accuracy_init(state, sizeof state, 1) == LGT_OK);
/// assert(lgt_accuracy_update_f32(state, &x[0][0], 3, y, LGT_I32, NULL, 2, 3) == LGT_OK);
/// assert(lgt_accuracy_finish(state, &report) == LGT_OK && report.accuracy == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_update_f32(
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

/// `double` form of `lgt_accuracy_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_update_f64(
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

/// `lgt_f16` form of `lgt_accuracy_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_update_f16(
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

/// `lgt_bf16` form of `lgt_accuracy_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_update_bf16(
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
pub unsafe extern "C" fn lgt_accuracy_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Accuracy>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_accuracy_finish(
    state: *const c_void,
    report: *mut AccuracyReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Accuracy::finish, |report| report.accuracy.is_nan()) }
}
