//! `lgt_evaluate`: a mergeable state of everything that one visit to each row tells.

use super::class_counts::lgt_class_counts_finish_opts;
use super::guard::{self, Options};
use super::inputs::RawLabelled;
use super::state;
use super::types::*;
use crate::metrics::class_counts::ClassCountsReport;
use crate::metrics::evaluate::{Evaluate, EvaluateClass, EvaluateReport, LOGITS, PROBABILITIES};
use crate::metrics::reliability::ReliabilityBin;
use crate::simd::{Bf16, Elem, F16};
use crate::state::Params;
use crate::status::Status;
use core::ffi::c_void;

/// Scores are logits.
pub const LGT_EVALUATE_LOGITS: u32 = 0;
/// Scores are probabilities.
pub const LGT_EVALUATE_PROBABILITIES: u32 = 1;

const _: () = assert!(
    LGT_EVALUATE_LOGITS as u64 == LOGITS && LGT_EVALUATE_PROBABILITIES as u64 == PROBABILITIES
);

/// What an evaluation counts. Fill with `lgt_evaluate_opts_default`, then change what
/// is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_evaluate_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_EVALUATE_LOGITS` (default) or `LGT_EVALUATE_PROBABILITIES`.
    pub input: u32,
    /// Bins of equal width of the calibration errors, 1 to 65536; default 15.
    pub bins: u32,
    /// How many of the label's ranks are counted one by one, 1 to 65536; default 10.
    /// So many different k has `lgt_evaluate_get_accuracy`.
    pub ranks: u32,
    /// How many classes are counted for `lgt_evaluate_get_classes`, and are then the
    /// only number of columns that an update takes; default 0: none, and any number.
    pub classes: u32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: repr(C), six times 4 bytes.
unsafe impl Options for lgt_evaluate_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        input: LGT_EVALUATE_LOGITS,
        bins: 15,
        ranks: 10,
        classes: 0,
        reserved: 0,
    };
}

/// The parameters that options stand for.
unsafe fn params(opts: *const lgt_evaluate_opts) -> Result<Params, Status> {
    // SAFETY: the contract of the C functions.
    let opts = unsafe { guard::options(opts)? };
    if opts.reserved != 0 {
        return Err(Status::LGT_E_OPTION);
    }
    let words = [opts.classes.into(), opts.ranks.into(), opts.input.into(), 0];
    Ok(Params { param: opts.bins, words })
}

/// Writes the defaults to `opts`, unless that is NULL.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_opts_default(opts: *mut lgt_evaluate_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_evaluate_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_evaluate` needs: 472, and 136 a bin, 40 a rank,
/// 24 a class.
///
/// # Shape
/// `opts`: what is to be counted, or NULL for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION` (the struct's size), `LGT_E_VALUE` (what it says).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_size(
    opts: *const lgt_evaluate_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe { params(opts).map(|p| state::size_of_state::<Evaluate>(p, bytes)) })
}

/// Starts a state of everything that one visit to each row of scores tells.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what `lgt_evaluate_size`
/// says. `opts`: what is to be counted, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION` (the struct's
/// size), `LGT_E_VALUE` (what it says).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_init(
    state: *mut c_void,
    size: usize,
    opts: *const lgt_evaluate_opts,
) -> Status {
    // SAFETY: the contract of this function.
    guard::code(unsafe { params(opts).map(|p| state::init::<Evaluate>(state, size, p)) })
}

unsafe fn update<E: Elem>(state: *mut c_void, data: RawLabelled<E>) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { state::try_update(state, data, Evaluate::update) }
}

/// Adds rows to a state of everything that one visit to each row of scores tells:
/// accuracy at every rank, negative log-likelihood, Brier score, confidence and its
/// calibration errors with their bins, entropy, margin, and the counts of each class.
///
/// Each row is read once. With p = softmax(x), or p = x where the state was started for
/// probabilities, and y the label: the loss is -ln p_y, the Brier score the sum over
/// classes of the squared distance of p from 1 at y and 0 elsewhere, the entropy -sum p ln p, the confidence the largest
/// p, the margin what it has over the next. The rank of the label is the number of
/// entries above it, and of equal entries before it; the predicted class is the lowest
/// index of the largest. Bins are `(low, high]`, 0 in the first, their edges rounded to
/// float, of double scores to double, as in `lgt_ece_top_label`.
///
/// Scores of -inf have probability 0; if the label's has, its loss is +inf and counted in
/// `infinite_rows`. Several of +inf share the mass. A row with a NaN, or with nothing
/// above -inf, or, of probabilities, with one below 0 or above 1.01, is counted in
/// `nan_rows`, is a miss at every rank, and makes the other means NaN. Probabilities are
/// not divided by their sum.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or
/// below 2^-160, leaves its row out. Classes are counted in rows, not weights.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_SHAPE` (another number of columns than of classes), `LGT_E_STATE`. The state is
/// then as it was.
///
/// # Accuracy
/// Counts are exact. Of a row, for float scores (for double): loss, Brier score and
/// entropy within 1.5e-6 (5e-14) of the largest of themselves and, for the entropy of a
/// row whose label is not the largest, the loss; confidence and margin within 1.5e-6
/// (5e-14). Of loss and Brier score 4e-18 (6e-153) a column may be lost besides, of the
/// entropy 2e-16 (2e-150). A confidence is rounded to 2^-50; other sums over rows are
/// exact but for half of 2^-98 a row. The same rows give the same bytes in any order and
/// any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its own and
/// merge them.
///
/// # Source
/// C. Guo et al., "On Calibration of Modern Neural Networks" (2017), for the calibration
/// errors; G. Brier, "Verification of Forecasts Expressed in Terms of Probability" (1950).
///
/// # Example
/// ```c
/// uint64_t state[512];
/// float z[3][2] = {{1, 0}, {0, 0}, {0, 3}};
/// uint8_t y[3] = {0, 1, 1};
/// lgt_evaluate_report report;
/// double top_2;
/// assert(lgt_evaluate_init(state, sizeof state, NULL) == LGT_OK);
/// assert(lgt_evaluate_update_f32(state, &z[0][0], 2, y, LGT_U8, NULL, 3, 2) == LGT_OK);
/// assert(lgt_evaluate_finish(state, &report) == LGT_OK && report.rows == 3);
/// assert(report.accuracy > 0.66 && report.accuracy < 0.67);
/// assert(report.nll > 0.3516 && report.nll < 0.3517);
/// assert(lgt_evaluate_get_accuracy(state, 2, &top_2) == LGT_OK && top_2 == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_update_f32(
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

/// `double` form of `lgt_evaluate_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_update_f64(
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

/// `lgt_f16` form of `lgt_evaluate_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = x.cast::<F16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// `lgt_bf16` form of `lgt_evaluate_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
) -> Status {
    let x = x.cast::<Bf16>();
    let data = RawLabelled { x, stride: x_stride, labels, label_type, weights, rows, cols };
    // SAFETY: the contract of this function.
    unsafe { update(state, data) }
}

/// Adds what another state of the same options has seen. The order of merging does not
/// change a bit. For bytes from elsewhere use `lgt_state_merge`, which is told their size.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_MISMATCH`, `LGT_E_ALIAS` (the same state twice).
/// The state is then as it was.
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Evaluate>(state, other) }
}

/// Writes the result so far; the state can go on.
///
/// # Shape
/// `report`: one struct. Its means are NaN with `LGT_UNDEFINED` if nothing, or a NaN, was
/// seen; `accuracy` is a number as soon as anything was.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_finish(
    state: *const c_void,
    report: *mut EvaluateReport,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::finish(state, report, Evaluate::finish, |report| report.nll.is_nan()) }
}

/// Writes the top-k accuracy so far: the weighted share of rows whose label ranks among
/// the first `k`.
///
/// # Shape
/// `k`: from 1 to the ranks that `init` was told of. `accuracy`: one number; NaN with
/// `LGT_UNDEFINED` if nothing was seen.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_VALUE` (k). Advisory: `LGT_UNDEFINED`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_get_accuracy(
    state: *const c_void,
    k: u32,
    accuracy: *mut f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, accuracy, |state: &Evaluate| {
            let share = state.accuracy(k as usize).ok_or(Status::LGT_E_VALUE)?;
            *accuracy = share;
            Ok(if share.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
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
pub unsafe extern "C" fn lgt_evaluate_get_bins(
    state: *const c_void,
    bins: *mut ReliabilityBin,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (bins, count), |state: &Evaluate| {
            guard::fill(bins, count, state.bins())
        })
    }
}

/// Writes what was counted of each class; `lgt_evaluate_finish_classes` makes precision,
/// recall and their kin of it.
///
/// # Shape
/// `classes`: `count` structs; at least as many as `init` was told.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_get_classes(
    state: *const c_void,
    classes: *mut EvaluateClass,
    count: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (classes, count), |state: &Evaluate| {
            guard::fill(classes, count, state.classes())
        })
    }
}

/// Writes precision, recall, F-beta and their kin, averaged over classes, with MCC and
/// Cohen's kappa: of the predicted class against the label, as
/// `lgt_class_counts_finish` does for labels alone.
///
/// # Shape
/// `report`: one struct, whose `ignored` are rows without probabilities; rows count, not
/// weights. `opts`: one struct, or NULL for the defaults (macro, beta 1).
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta; or the
/// state was not
/// told of classes). Advisory: `LGT_UNDEFINED` (a number has no value).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_evaluate_finish_classes(
    state: *const c_void,
    report: *mut ClassCountsReport,
    opts: *const lgt_class_counts_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Evaluate| {
            let opts = lgt_class_counts_finish_opts::read(opts)?;
            let made = state.classes_report(&opts).ok_or(Status::LGT_E_VALUE)?;
            *report = made;
            Ok(if made.has_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}
