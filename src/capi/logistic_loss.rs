//! `lgt_logistic_loss`: what a logistic regression asks of shards of the data.

use super::inputs::RawScored;
use super::logistic_search::lgt_logistic_search;
use super::types::*;
use super::{guard, state};
use crate::calibration::logistic_loss::LogisticLoss;
use crate::calibration::logistic_search::LogisticSearch;
use crate::simd::{Bf16, Elem, F16};
use crate::state::Params;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes the size of a state in bytes.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<LogisticLoss>(0, bytes) }
}

/// Makes a state that has seen nothing, for what a search asks next: that is part of its
/// parameters, so that answers to different questions are never merged.
///
/// # Shape
/// `state`: `size` bytes, 8-byte aligned. `search`: one struct.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (also if `search` is none).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_init(
    state: *mut c_void,
    size: usize,
    search: *const lgt_logistic_search,
) -> Status {
    if search.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of this function.
    let params: Result<Params, Status> = unsafe { (*search.cast::<LogisticSearch>()).question() };
    match params {
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<LogisticLoss>(state, size, params) },
        Err(status) => status,
    }
}

unsafe fn update<E: Elem, A: Elem>(state: *mut c_void, data: RawScored<E, A>) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        crate::state::view_mut::<LogisticLoss>(state.cast()).and_then(|state| {
            state.update(&data.check()?, 1)?;
            Ok(LGT_OK)
        })
    })
}

/// Adds rows to the answer: of each class the weight and the range of scores, or loss, slopes
/// and curvatures at the point that `lgt_logistic_loss_init` was told.
///
/// # Shape
/// `state`: made by `lgt_logistic_loss_init`. `x`: one score a row, stride at least 1, in
/// elements. `labels`: 0 or 1 a row, of the integer type `label_type`. `weights`: one number a row from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights, or a score that `lgt_platt_fit_f32` or `lgt_beta_fit_f32` would refuse). The state is then as it
/// was.
///
/// # Accuracy
/// Sums are within 1e-14 and 2^-51 times the largest term of a logit of exact ones, relative
/// to the sum of the magnitudes of their terms; so much may another order or another split
/// change. Terms are the slope times what scores are moved and divided to, and the intercept,
/// or of the beta forms `a ln s`, `b ln(1 - s)` and c.
///
/// Thread safety: any thread, one at a time for one state.
///
/// # Source
/// As `lgt_platt_fit_f32` and `lgt_beta_fit_f32`.
///
/// # Example
/// ```c
/// float s[4] = {-1, 1, -2, 2};
/// uint8_t y[4] = {0, 1, 1, 1};
/// uint64_t left[80], right[80];
/// size_t bytes;
/// lgt_logistic_search search;
/// lgt_platt_model model;
/// assert(lgt_logistic_loss_size(&bytes) == LGT_OK && bytes <= sizeof left);
/// assert(lgt_logistic_search_init(&search, NULL) == LGT_OK);
/// while (!search.done) {
///     lgt_logistic_loss_init(left, bytes, &search);
///     lgt_logistic_loss_init(right, bytes, &search);
///     lgt_logistic_loss_update_f32(left, s, 1, y, LGT_U8, NULL, 2);
///     lgt_logistic_loss_update_f32(right, s + 2, 1, y + 2, LGT_U8, NULL, 2);
///     lgt_logistic_loss_merge(left, right);
///     assert(lgt_logistic_search_step(&search, left) == LGT_OK);
/// }
/// assert(lgt_logistic_search_model(&search, &model, sizeof model) == LGT_OK);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `double` form of `lgt_logistic_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_f16` form of `lgt_logistic_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
) -> Status {
    let data =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_bf16` form of `lgt_logistic_loss_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
) -> Status {
    let data =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// Adds what another state has seen.
///
/// # Shape
/// Two states of this family.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH` (answers to different questions),
/// `LGT_E_ALIAS`. The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logistic_loss_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<LogisticLoss>(state, other) }
}
