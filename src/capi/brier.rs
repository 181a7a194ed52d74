//! `lgt_brier`: a mergeable state.

use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::brier::{Brier, BrierReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_brier` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Brier>(0, bytes) }
}

/// Starts a state of the multiclass Brier score: the mean of
/// `sum_c (p_c - y_c)^2`, from 0 to 2.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_brier_size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_init(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Brier>(state, size, 0) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, Brier::update) }
}

/// Adds rows to a state of the multiclass Brier score: the mean of
/// `sum_c (p_c - y_c)^2`, from 0 to 2.
///
/// Probabilities are taken as they are: neither clipped nor normalised. A row
/// whose score is not finite makes the mean NaN (`nan_rows`).
///
/// With two classes this is twice the binary Brier score `(p_1 - y)^2`, which is
/// `brier` of `lgt_binary`. scikit-learn's `brier_score_loss` halves it for two
/// classes and for no other number (`scale_by_half="auto"`); with
/// `scale_by_half=False` it is this score always.
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
/// A row's score: at most 5e-7 relative from f32 (f64: 1e-15), or of 1e-37
/// (f64: 1e-300) where it is less than that. Sums over rows are exact and rounded
/// once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// G. W. Brier, "Verification of forecasts expressed in terms of
/// probability" (1950), equation 2.
///
/// # Example
/// ```c
/// uint64_t state[42];
/// float p[1][2] = {{0.75f, 0.25f}};
/// int64_t y[1] = {0};
/// lgt_brier_report report;
/// assert(lgt_brier_init(state, sizeof state) == LGT_OK);
/// assert(lgt_brier_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 1, 2) == LGT_OK);
/// assert(lgt_brier_finish(state, &report) == LGT_OK && report.brier == 0.125);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_update_f32(
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

/// `double` form of `lgt_brier_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_update_f64(
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

/// `lgt_f16` form of `lgt_brier_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_update_f16(
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

/// `lgt_bf16` form of `lgt_brier_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_update_bf16(
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
pub unsafe extern "C" fn lgt_brier_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Brier>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_brier_finish(
    state: *const c_void,
    report: *mut BrierReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Brier::finish, |report| report.brier.is_nan()) }
}
