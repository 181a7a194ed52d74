//! `lgt_ece_binary`: a mergeable state.

use super::guard;
use super::inputs::RawPoints;
use super::state;
use super::types::*;
use crate::metrics::ece_binary::{EceBinary, params};
use crate::metrics::reliability::{ReliabilityBin, ReliabilityReport};
use crate::rows::numbers::Numbers;
use crate::state::view_mut;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a state of `lgt_ece_binary` needs: 40, and 104 a bin.
///
/// # Shape
/// `bins`: how many bins of equal width, 1 to 65536; 10 and 15 are usual.
/// `closed`: `LGT_BINS_RIGHT` or `LGT_BINS_LEFT`. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (bins, closed).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_size(bins: u32, closed: u32, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<EceBinary>(params(bins, closed), bytes) }
}

/// Starts a state of calibration error of binary probabilities: P(y = 1) against
/// how often y is 1. A mergeable state.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_ece_binary_size` says. `bins`: how many bins of equal width, 1 to 65536;
/// 10 and 15 are usual. `closed`: which end of a bin belongs to it,
/// `LGT_BINS_RIGHT` (as scikit-learn's `calibration_curve` and
/// uncertainty-calibration) or `LGT_BINS_LEFT` (as netcal, whose edges may be off
/// k / bins by a rounding, and as torchmetrics, which has a bin of its own for 1).
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins,
/// closed).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_init(
    state: *mut c_void,
    size: usize,
    bins: u32,
    closed: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<EceBinary>(state, size, params(bins, closed)) }
}

unsafe fn update(state: *mut c_void, points: RawPoints) -> Status {
    if state.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<EceBinary>(state.cast()).and_then(|state| {
            state.update(&points.check()?);
            Ok(LGT_OK)
        })
    })
}

/// Adds probabilities to a state of calibration error of binary probabilities:
/// P(y = 1) against how often y is 1.
///
/// Bins are `(low, high]` with 0 in the first, or `[low, high)` with 1 in the
/// last, as `lgt_ece_binary_init` was told; their edges are `k / bins` rounded to
/// the type of the data (float for f16 and bf16). A NaN, or what is not in
/// 0 .. 1.01, is in no bin, is counted in `nan_rows` and makes the result NaN.
/// This is torchmetrics' question in `BinaryCalibrationError` and scikit-learn's
/// in `calibration_curve`; confidence of the predicted class against accuracy is
/// `lgt_ece_top_label`.
///
/// # Shape
/// `x`: `n` probabilities that y is 1. `labels`: `n` times 0 or 1, of the integer
/// type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: `n` numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Sums are exact; what comes of them is as right as `lgt_reliability_finish`
/// says. The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// M. Pakdaman Naeini et al., "Obtaining Well Calibrated Probabilities Using
/// Bayesian Binning" (2015), section on calibration measures.
///
/// # Example
/// ```c
/// uint64_t state[5 + 13 * 10];
/// float p[4] = {0.25f, 0.25f, 0.75f, 0.75f};
/// uint8_t y[4] = {0, 0, 1, 0};
/// lgt_reliability_report report;
/// assert(lgt_ece_binary_init(state, sizeof state, 10, LGT_BINS_RIGHT) == LGT_OK);
/// assert(lgt_ece_binary_update_f32(state, p, y, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_ece_binary_finish(state, &report) == LGT_OK && report.ece == 0.25);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_update_f32(
    state: *mut c_void,
    x: *const f32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    n: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F32(x),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, points) }
}

/// `double` form of `lgt_ece_binary_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_update_f64(
    state: *mut c_void,
    x: *const f64,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    n: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F64(x),
        labels,
        label_type,
        weights: Numbers::F64(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, points) }
}

/// `lgt_f16` form of `lgt_ece_binary_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    n: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, points) }
}

/// `lgt_bf16` form of `lgt_ece_binary_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    n: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::Bf16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n,
    };
    // SAFETY: the contract of this function.
    unsafe { update(state, points) }
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
pub unsafe extern "C" fn lgt_ece_binary_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<EceBinary>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct, as `lgt_reliability_finish` makes of the bins, and with
/// `nan_rows`. NaN with `LGT_UNDEFINED` if nothing, or a NaN, was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_finish(
    state: *const c_void,
    report: *mut ReliabilityReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, EceBinary::finish, |report| report.ece.is_nan()) }
}

/// Writes the bins of the reliability curve, lowest probability first.
///
/// # Shape
/// `bins`: `count` structs; at least as many as `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_ece_binary_get_bins(
    state: *const c_void,
    bins: *mut ReliabilityBin,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (bins, count), |state: &EceBinary| {
            guard::fill(bins, count, state.bins())
        })
    }
}
