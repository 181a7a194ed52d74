//! `lgt_ece_top_label`: a mergeable state.

use super::guard;
use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::ece_top_label::{EceTopLabel, EceTopLabelReport};
use crate::metrics::reliability::ReliabilityBin;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_ece_top_label` needs.
///
/// # Shape
/// `bins`: how many bins of equal width, 1 to 65536; 15 is usual. `bytes`: one
/// number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (bins).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_size(bins: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<EceTopLabel>(bins, bytes) }
}

/// Starts a state of expected and maximum calibration error of the predicted
/// class, from probabilities.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_ece_top_label_size` says. `bins`: how many bins of equal width, 1 to
/// 65536; 15 is usual.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_init(
    state: *mut c_void,
    size: usize,
    bins: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<EceTopLabel>(state, size, bins) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::update(state, data, EceTopLabel::update) }
}

/// Adds rows to a state of expected and maximum calibration error of the
/// predicted class, from probabilities.
///
/// The confidence of a row is its largest probability, its class the lowest
/// index that has it. Bins are `(low, high]`, 0 in the first; their edges are
/// `k / bins` rounded to the type of the data (float for f16 and bf16). A row
/// with a NaN, or whose largest value is not in 0 .. 1.01, is in no bin, is
/// counted in `nan_rows` and makes the result NaN. This is confidence against
/// accuracy; P(y = 1) against frequency is another measure.
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
/// Sums are exact; each gap and the total are rounded a few times: at most
/// 1e-15 times the number of bins (`rms_debiased`: its square).
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// C. Guo et al., "On Calibration of Modern Neural Networks" (2017),
/// equations 3 and 5; bin closure as there.
///
/// # Example
/// ```c
/// uint64_t state[4 + 13 * 10];
/// float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
/// int16_t y[2] = {0, 1};
/// lgt_ece_top_label_report report;
/// assert(lgt_ece_top_label_init(state, sizeof state, 10) == LGT_OK);
/// assert(lgt_ece_top_label_update_f32(state, &p[0][0], 2, y, LGT_I16, NULL, 2, 2) == LGT_OK);
/// assert(lgt_ece_top_label_finish(state, &report) == LGT_OK && report.ece == 0.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_update_f32(
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

/// `double` form of `lgt_ece_top_label_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_update_f64(
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

/// `lgt_f16` form of `lgt_ece_top_label_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_update_f16(
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

/// `lgt_bf16` form of `lgt_ece_top_label_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_update_bf16(
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
pub unsafe extern "C" fn lgt_ece_top_label_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<EceTopLabel>(state, other) }
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
pub unsafe extern "C" fn lgt_ece_top_label_finish(
    state: *const c_void,
    report: *mut EceTopLabelReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, EceTopLabel::finish, |report| report.ece.is_nan()) }
}

/// Writes the bins of the reliability diagram, lowest confidence first.
///
/// # Shape
/// `bins`: `count` structs; at least as many as `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_top_label_get_bins(
    state: *const c_void,
    bins: *mut ReliabilityBin,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (bins, count), |state: &EceTopLabel| {
            guard::fill(bins, count, state.bins())
        })
    }
}
