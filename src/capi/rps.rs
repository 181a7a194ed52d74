//! `lgt_rps`: a mergeable state.

use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::rps::{NORMALIZE, Rps, RpsReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Each row's score is divided by the number of classes less one.
pub const LGT_RPS_NORMALIZE: u32 = 1;

// Written as a number because the header generator evaluates nothing.
const _: () = assert!(LGT_RPS_NORMALIZE == NORMALIZE);

/// Writes how many bytes a state of `lgt_rps` needs.
///
/// # Shape
/// `flags`: 0 or `LGT_RPS_NORMALIZE`.
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (flags).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_size(flags: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Rps>(flags, bytes) }
}

/// Starts a state of the ranked probability score: the mean of
/// `sum_k (F_k - Y_k)^2` over the first cols - 1 classes.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_rps_size` says.
/// `flags`: 0 or `LGT_RPS_NORMALIZE`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (flags).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_init(state: *mut c_void, size: usize, flags: u32) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Rps>(state, size, flags) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, Rps::update) }
}

/// Adds rows to a state of the ranked probability score: the mean of
/// `sum_k (F_k - Y_k)^2` over the first cols - 1 classes.
///
/// For classes in an order: `F_k = p_0 + .. + p_k`, and `Y_k` is 1 where k is at
/// least the label, else 0. Class 0 is the lowest. The lower the better: 0 for all
/// on the label, up to cols - 1; with `LGT_RPS_NORMALIZE` each row is divided by
/// cols - 1, and 1 is the worst. Of one class the score is 0; of two it is the
/// binary Brier score, half of `lgt_brier`.
///
/// `scoringrules.rps_score` takes labels from 1 on and goes over all cols classes;
/// its last term is 0 if the row sums to 1, and then the two are the same without
/// the flag. Rows are taken as they are: neither clipped nor normalised. A row whose
/// score is not finite makes the mean NaN (`nan_rows`).
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
/// A row's score: at most 1e-15 a class, absolutely. Sums over rows are exact and rounded once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// E. S. Epstein, "A scoring system for probability forecasts of ranked categories"
/// (1969), in the form of A. H. Murphy, "A note on the ranked probability score"
/// (1971).
///
/// # Example
/// ```c
/// uint64_t state[77];
/// float p[1][3] = {{0.5f, 0.25f, 0.25f}};
/// int64_t y[1] = {1};
/// lgt_rps_report report;
/// assert(lgt_rps_init(state, sizeof state, 0) == LGT_OK);
/// assert(lgt_rps_update_f32(state, &p[0][0], 3, y, LGT_I64, NULL, 1, 3) == LGT_OK);
/// assert(lgt_rps_finish(state, &report) == LGT_OK && report.rps == 0.3125);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_update_f32(
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

/// `double` form of `lgt_rps_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_update_f64(
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

/// `lgt_f16` form of `lgt_rps_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_update_f16(
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

/// `lgt_bf16` form of `lgt_rps_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_rps_update_bf16(
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
pub unsafe extern "C" fn lgt_rps_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Rps>(state, other) }
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
pub unsafe extern "C" fn lgt_rps_finish(state: *const c_void, report: *mut RpsReport) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Rps::finish, |report| report.rps.is_nan()) }
}
