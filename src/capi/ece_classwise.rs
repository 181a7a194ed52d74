//! `lgt_ece_classwise`: a mergeable state.

use super::guard;
use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::ece_classwise::{EceClasswise, EceClasswiseReport, params};
use crate::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use crate::simd::{Bf16, Elem, F16};
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_ece_classwise` needs: 80, and 104 a bin
/// of a class.
///
/// # Shape
/// `bins`: how many bins of equal width, 1 to 65536; 15 is usual. `classes`: how
/// many columns rows will have, at least 1; with `bins` times `classes` a state
/// must stay below 4 GiB. `threshold`: from 0 to below 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (bins, classes, threshold).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_size(
    bins: u32,
    classes: u32,
    threshold: f64,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<EceClasswise>(params(bins, classes, threshold), bytes) }
}

/// Starts a state of calibration error of each class, from probabilities: the
/// static calibration error. A mergeable state.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_ece_classwise_size` says. `bins`: how many bins of equal width, 1 to
/// 65536; 15 is usual. `classes`: how many columns rows will have. `threshold`:
/// probabilities below it are left out; 0 for none, from 0 to below 1.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins,
/// classes, threshold).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_init(
    state: *mut c_void,
    size: usize,
    bins: u32,
    classes: u32,
    threshold: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<EceClasswise>(state, size, params(bins, classes, threshold)) }
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<EceClasswise>(state.cast()).and_then(|state| {
            if state.classes() != data.cols {
                return Err(LGT_E_SHAPE);
            }
            state.update(data.check()?);
            Ok(LGT_OK)
        })
    })
}

/// Adds rows to a state of calibration error of each class, from probabilities.
///
/// For class c the question is how far `p_c` is from how often the label is c,
/// over bins `(low, high]` with 0 in the first, edges `k / bins` rounded to the
/// type of the data (float for f16 and bf16). Probabilities below the threshold,
/// rounded likewise, are left out. A row with a NaN, or with a value that is not
/// in 0 .. 1.01, is in no bin, is counted in `nan_rows` and makes the result NaN.
///
/// # Shape
/// `x`: probabilities, rows x cols, row-major, stride in elements, at least cols.
/// `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL
/// for 1 each; a weight of 0, or below 2^-160, leaves its row out. `cols`: the
/// classes that `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_SHAPE` (cols), `LGT_E_STRIDE`,
/// `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights). The state is then as it
/// was.
///
/// # Accuracy
/// Sums are exact; a class's error is at most 1e-15 times the number of bins off.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// J. Nixon et al., "Measuring Calibration in Deep Learning" (2019), section 4:
/// static calibration error, and thresholding.
///
/// # Example
/// ```c
/// uint64_t state[10 + 13 * 10 * 2];
/// float p[2][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}};
/// int16_t y[2] = {0, 1};
/// lgt_ece_classwise_report report;
/// assert(lgt_ece_classwise_init(state, sizeof state, 10, 2, 0) == LGT_OK);
/// assert(lgt_ece_classwise_update_f32(state, &p[0][0], 2, y, LGT_I16, NULL, 2, 2) == LGT_OK);
/// assert(lgt_ece_classwise_finish(state, &report) == LGT_OK && report.ece == 0.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_update_f32(
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

/// `double` form of `lgt_ece_classwise_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_update_f64(
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

/// `lgt_f16` form of `lgt_ece_classwise_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_update_f16(
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

/// `lgt_bf16` form of `lgt_ece_classwise_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_update_bf16(
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
pub unsafe extern "C" fn lgt_ece_classwise_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<EceClasswise>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// `ece` is the mean over classes of each one's weighted mean of gaps, `max` the
/// largest of them. With a threshold a class's gaps are weighed by what it keeps,
/// and classes that keep nothing are left out.
///
/// # Shape
/// `report`: one struct. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_finish(
    state: *const c_void,
    report: *mut EceClasswiseReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, EceClasswise::finish, |report| report.ece.is_nan()) }
}

/// Writes what the bins of one class amount to, as `lgt_reliability_finish` does.
///
/// # Shape
/// `class_index`: below the number of classes. `report`: one struct. NaN with
/// `LGT_UNDEFINED` if the class has nothing in its bins, or a NaN was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (class_index). Advisory:
/// `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_get_class(
    state: *const c_void,
    class_index: u32,
    report: *mut ReliabilityReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &EceClasswise| {
            if class_index as usize >= state.classes() {
                return Err(LGT_E_VALUE);
            }
            let result = state.class(class_index as usize);
            *report = result;
            Ok(if result.ece.is_nan() { LGT_UNDEFINED } else { LGT_OK })
        })
    }
}

/// Writes the bins of the reliability curve of one class, lowest probability
/// first.
///
/// # Shape
/// `class_index`: below the number of classes. `bins`: `count` structs; at least
/// as many as `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (class_index), `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_classwise_get_bins(
    state: *const c_void,
    class_index: u32,
    bins: *mut ReliabilityBin,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (bins, count), |state: &EceClasswise| {
            if class_index as usize >= state.classes() {
                return Err(LGT_E_VALUE);
            }
            guard::fill(bins, count, state.bins(class_index as usize))
        })
    }
}
