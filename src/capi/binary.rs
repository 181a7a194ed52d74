//! `lgt_binary`: a mergeable state.

use super::guard;
use super::inputs::RawScored;
use super::state;
use super::types::*;
use crate::metrics::binary::{Binary, BinaryReport, LOGITS, params};
use crate::metrics::reliability::ReliabilityBin;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Scores are probabilities of class 1.
pub const LGT_BINARY_PROBABILITIES: u32 = 0;
/// Scores are logits of class 1.
pub const LGT_BINARY_LOGITS: u32 = 1;

// Written as a number because the header generator evaluates nothing.
const _: () = assert!(LGT_BINARY_LOGITS == LOGITS);

/// Writes how many bytes a state of `lgt_binary` needs.
///
/// # Shape
/// `bins`: how many bins of equal width for the calibration error, 1 to 65536.
/// `eps`: the least probability in the log loss, at least 0 and below 0.5. `input`:
/// `LGT_BINARY_PROBABILITIES` or `LGT_BINARY_LOGITS`. `bytes`: one number, 592 +
/// 152 * bins.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (bins, eps, input).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_size(
    bins: u32,
    eps: f64,
    input: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::size_of_state::<Binary>(params(bins, eps, input), bytes) }
}

/// Starts a state of what there is to say of scores of two classes.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_binary_size` says. `bins`: how many bins of equal width for the calibration
/// error, 1 to 65536. `eps`: the least probability in the log loss, at least 0 and
/// below 0.5; of logits nothing is clipped. `input`: `LGT_BINARY_PROBABILITIES` or
/// `LGT_BINARY_LOGITS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_VALUE` (bins, eps,
/// input).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_init(
    state: *mut c_void,
    size: usize,
    bins: u32,
    eps: f64,
    input: u32,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::init::<Binary>(state, size, params(bins, eps, input)) }
}

unsafe fn update<E: Elem, A: Elem>(state: *mut c_void, data: RawScored<E, A>) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        crate::state::view_mut::<Binary>(state.cast()).and_then(|state| {
            state.update(data.check()?);
            Ok(Status::LGT_OK)
        })
    })
}

/// Adds rows to a state of what there is to say of scores of two classes: log loss,
/// Brier score, calibration error with its bins, confusion at 1/2, Spiegelhalter's
/// test, Brier skill and D2, all from one pass. A mergeable state.
///
/// * `log_loss`: the mean of -ln p where y is 1 and -ln(1 - p) where it is 0, as
///   `sklearn.metrics.log_loss`. Of probabilities, what came true has its own first
///   clipped to `[eps, 1 - eps]`, in `double` (see `lgt_log_loss_update_f32`), and is
///   counted in `clipped_rows`; at `eps` 0 a probability of 0 makes it +inf
///   (`infinite_rows`). Of logits it is `ln(1 + e^-x)` or `ln(1 + e^x)`, unclipped.
/// * `brier`: the mean of (p - y)^2, `sklearn.metrics.brier_score_loss`; half of what
///   `lgt_brier` makes of the same as two classes.
/// * `ece`, `mce`, `rms`: of P(y = 1) against its frequency, over bins (low, high], 0
///   in the first: torchmetrics' `binary_calibration_error` but for its edges, which
///   are closed on the left. Not `lgt_ece_top_label`, which is of the larger of p and
///   1 - p.
/// * `true_positives` .. `true_negatives`: told to be 1 is p > 1/2 (x > 0), which is
///   what scikit-learn's classifiers predict; at exactly 1/2 they say 0.
/// * `spiegelhalter_z`: how far the Brier score is from what it would be if outcomes
///   were drawn with these probabilities, in standard deviations; `spiegelhalter_p`
///   from both sides of the normal distribution. Weights are taken as repetitions.
/// * `brier_skill`: 1 - brier / (b (1 - b)) with the base rate b, as
///   `sklearn.metrics.d2_brier_score`; `d2_log_loss`: likewise by log loss,
///   `sklearn.metrics.d2_log_loss_score`. 1 is perfect, 0 as good as the base rate.
///
/// A row whose score is NaN, or as a probability below 0 or above 1.01, makes all
/// means NaN (`nan_rows`); a little above 1 is taken as rounding.
///
/// # Shape
/// `x`: one score of class 1 a row, `x_stride` elements apart, at least 1: a column of
/// a matrix is taken as it is. `labels`: 0 or 1 a row, of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63,
/// or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE`
/// (weights), `LGT_E_STATE`. The state is then as it was.
///
/// # Accuracy
/// Computed in `double` whatever the type. `log_loss`, `brier`: at most 4e-15 relative,
/// or 1e-20 absolutely. `mean_probability` and the bins: 4e-15. `spiegelhalter_z`:
/// 1e-12 of the larger of itself and 1, where its variance is at least 1e-12 a row.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// D. J. Spiegelhalter, "Probabilistic prediction in patient management and clinical
/// trials" (1986); G. W. Brier, "Verification of forecasts expressed in terms of
/// probability" (1950); C. Guo et al., "On Calibration of Modern Neural Networks"
/// (2017), equation 3.
///
/// # Example
/// ```c
/// uint64_t state[(592 + 152 * 10) / 8];
/// float p[4] = {0.25f, 0.25f, 0.75f, 0.5f};
/// uint8_t y[4] = {0, 0, 1, 1};
/// lgt_binary_report report;
/// assert(lgt_binary_init(state, sizeof state, 10, 0, LGT_BINARY_PROBABILITIES) == LGT_OK);
/// assert(lgt_binary_update_f32(state, p, 1, y, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_binary_finish(state, &report) == LGT_OK);
/// assert(report.brier == 0.109375 && report.base_rate == 0.5);
/// assert(report.true_positives == 1 && report.false_negatives == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_update_f32(
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

/// `double` form of `lgt_binary_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_update_f64(
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

/// `lgt_f16` form of `lgt_binary_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_update_f16(
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

/// `lgt_bf16` form of `lgt_binary_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_update_bf16(
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
pub unsafe extern "C" fn lgt_binary_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Binary>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. Means are NaN, with `LGT_UNDEFINED`, if nothing, or a NaN, was
/// seen. The skills are NaN, without it, for one class only, and Spiegelhalter's test
/// where all probabilities are 0, 1/2 or 1.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_finish(
    state: *const c_void,
    report: *mut BinaryReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Binary::finish, |report| report.brier.is_nan()) }
}

/// Writes the bins of the reliability curve, lowest probability first: for
/// `lgt_reliability_finish` and `lgt_hosmer_lemeshow_finish` too.
///
/// # Shape
/// `bins`: `count` structs; at least as many as `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_binary_get_bins(
    state: *const c_void,
    bins: *mut ReliabilityBin,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (bins, count), |state: &Binary| {
            guard::fill(bins, count, state.bins())
        })
    }
}
