//! `lgt_spherical`: a mergeable state.

use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::spherical::{Spherical, SphericalReport};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_spherical` needs.
///
/// # Shape
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_size(bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Spherical>(0, bytes) }
}

/// Starts a state of the spherical score: the mean of
/// `p_label / sqrt(sum_c p_c^2)`, from 0 to 1.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_spherical_size` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_init(state: *mut c_void, size: usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Spherical>(state, size, 0) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, Spherical::update) }
}

/// Adds rows to a state of the spherical score: the mean of
/// `p_label / sqrt(sum_c p_c^2)`, from 0 to 1.
///
/// The higher the better: 1 for all on the label, 1 / sqrt(cols) for a row that is
/// uniform. (R's `sphscore` of package `scoring` is turned round, so that lower is
/// better; what is proper is the same.) A row times any number has the same score:
/// rows need not sum to 1. A row whose score is not finite, as of zeros only, makes
/// the mean NaN (`nan_rows`).
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
/// A row's score: at most 5e-7 relative from f32 (f64: 1e-15). Sums over rows
/// are exact and rounded once.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// T. Gneiting and A. E. Raftery, "Strictly proper scoring rules, prediction, and
/// estimation" (2007), example 4 with alpha = 2.
///
/// # Example
/// ```c
/// uint64_t state[77];
/// float p[1][2] = {{0.75f, 1}};
/// int64_t y[1] = {0};
/// lgt_spherical_report report;
/// assert(lgt_spherical_init(state, sizeof state) == LGT_OK);
/// assert(lgt_spherical_update_f32(state, &p[0][0], 2, y, LGT_I64, NULL, 1, 2) == LGT_OK);
/// assert(lgt_spherical_finish(state, &report) == LGT_OK && report.spherical == 0.75 / 1.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_update_f32(
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

/// `double` form of `lgt_spherical_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_update_f64(
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

/// `lgt_f16` form of `lgt_spherical_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_update_f16(
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

/// `lgt_bf16` form of `lgt_spherical_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spherical_update_bf16(
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
pub unsafe extern "C" fn lgt_spherical_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Spherical>(state, other) }
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
pub unsafe extern "C" fn lgt_spherical_finish(
    state: *const c_void,
    report: *mut SphericalReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Spherical::finish, |report| report.spherical.is_nan()) }
}
