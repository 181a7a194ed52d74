//! `lgt_multilabel`: a mergeable state.

use super::class_counts::*;
use super::flags::{above, flags, update};
use super::guard::{self, Options};
use super::state;
use super::types::*;
use crate::metrics::class_scores::{Average, Opts};
use crate::metrics::multilabel::{self, Multilabel, MultilabelLabel, MultilabelReport};
use crate::simd::{Bf16, F16};
use crate::state::Params;
use crate::status::Status;
use core::ffi::c_void;

/// Rows have weights: the state holds exact sums of them, 96 bytes a label.
pub const LGT_MULTILABEL_WEIGHTED: u32 = 1;

/// Average, of `lgt_multilabel` only: every row counts by its weight.
pub const LGT_AVERAGE_SAMPLES: u32 = 3;

/// How a state of `lgt_multilabel` is set up. Fill with
/// `lgt_multilabel_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_multilabel_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_MULTILABEL_` flags; default 0.
    pub flags: u32,
    /// Of F-beta, from 0 to infinity: recall counts beta times as much as
    /// precision. Default 1. Part of the state, since each row has an F-beta.
    pub beta: f64,
}

// SAFETY: repr(C), 4 + 4 + 8 bytes.
unsafe impl Options for lgt_multilabel_opts {
    const DEFAULT: Self = Self { struct_size: size_of::<Self>() as u32, flags: 0, beta: 1.0 };
}

const _: () = assert!(LGT_MULTILABEL_WEIGHTED as u64 == multilabel::WEIGHTED);

impl lgt_multilabel_opts {
    unsafe fn read(opts: *const Self, labels: u32) -> Result<Params, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        if opts.flags & !LGT_MULTILABEL_WEIGHTED != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        if !(0.0..=f64::INFINITY).contains(&opts.beta) {
            return Err(Status::LGT_E_VALUE);
        }
        // Adding 0 makes -0 one, so that equal parameters are equal bytes.
        let beta = (opts.beta + 0.0).to_bits();
        Ok(Params { param: labels, words: [opts.flags.into(), beta, 0, 0] })
    }
}

/// What `lgt_multilabel_finish` and `lgt_multilabel_get_labels` are asked for. Fill
/// with `lgt_multilabel_finish_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_multilabel_finish_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_AVERAGE_`; default `LGT_AVERAGE_MACRO`.
    pub average: u32,
    /// An `LGT_ZERO_DIVISION_`; default `LGT_ZERO_DIVISION_ZERO`.
    pub zero_division: u32,
}

// SAFETY: repr(C), three numbers of 4 bytes.
unsafe impl Options for lgt_multilabel_finish_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        average: LGT_AVERAGE_MACRO,
        zero_division: LGT_ZERO_DIVISION_ZERO,
    };
}

impl lgt_multilabel_finish_opts {
    /// The options at `opts`, and whether averages are over rows.
    unsafe fn read(opts: *const Self, beta: f64) -> Result<(Opts, bool), Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        let average = match opts.average {
            LGT_AVERAGE_MICRO => Average::Micro,
            LGT_AVERAGE_MACRO | LGT_AVERAGE_SAMPLES => Average::Macro,
            LGT_AVERAGE_WEIGHTED => Average::Weighted,
            _ => return Err(Status::LGT_E_OPTION),
        };
        let undefined = zero_division(opts.zero_division)?;
        let over_rows = opts.average == LGT_AVERAGE_SAMPLES;
        Ok((Opts { beta, average, undefined, present: false }, over_rows))
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_opts_default(opts: *mut lgt_multilabel_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_multilabel_opts::DEFAULT };
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_finish_opts_default(opts: *mut lgt_multilabel_finish_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_multilabel_finish_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_multilabel` needs: 400, and 36 a label
/// (96 with weights), in whole words.
///
/// # Shape
/// `labels`: how many there are, at least 1. `opts`: how the state is to be set up,
/// or NULL. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (labels, beta).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_size(
    labels: u32,
    opts: *const lgt_multilabel_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { lgt_multilabel_opts::read(opts, labels) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::size_of_state::<Multilabel>(params, bytes) },
        Err(status) => status,
    }
}

/// Starts a state of multi-label counts.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_multilabel_size` says of the same `labels` and `opts`. `labels`: how many
/// there are, at least 1. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
/// `LGT_E_VALUE` (labels, beta).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_init(
    state: *mut c_void,
    size: usize,
    labels: u32,
    opts: *const lgt_multilabel_opts,
) -> Status {
    // SAFETY: the contract of this function.
    match unsafe { lgt_multilabel_opts::read(opts, labels) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<Multilabel>(state, size, params) },
        Err(status) => status,
    }
}

/// Adds rows to a state of multi-label counts: how often each label was true,
/// given, and both, and averages over rows.
///
/// # Shape
/// `predicted`: rows x cols numbers 0 and 1 of the integer type `predicted_type`
/// (`LGT_I8` to `LGT_U64`; C's `bool` is `LGT_U8`), row-major, stride in elements, at
/// least cols. `labels`: likewise what is true. `cols`: as `init` was told.
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; only for a state
/// with `LGT_MULTILABEL_WEIGHTED`. Below 2^-160 a row is left out.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_SHAPE` (cols), `LGT_E_LABEL`
/// (a number other than 0 and 1, in either array), `LGT_E_VALUE` (weights),
/// `LGT_E_OPTION` (weights for a state without), `LGT_E_STATE`. The state is then
/// as it was.
///
/// # Accuracy
/// Sums are exact, of quotients that are rounded once a row.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// The counts' definition.
///
/// # Example
/// ```c
/// uint64_t state[50 + 14];
/// uint8_t y_pred[2][3] = {{1, 0, 1}, {0, 0, 0}}, y_true[2][3] = {{1, 0, 1}, {0, 1, 0}};
/// lgt_multilabel_report report;
/// assert(lgt_multilabel_init(state, sizeof state, 3, NULL) == LGT_OK);
/// assert(lgt_multilabel_update(state, y_pred, 3, LGT_U8, y_true, 3, LGT_U8, NULL, 2, 3) ==
///        LGT_OK);
/// assert(lgt_multilabel_finish(state, &report, NULL) == LGT_OK);
/// assert(report.exact_match == 0.5 && report.hamming_loss == 1.0 / 6);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_update(
    state: *mut c_void,
    predicted: *const c_void,
    predicted_stride: usize,
    predicted_type: u32,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        let given = || flags((predicted, predicted_stride, predicted_type), rows, cols);
        update(state, given, (labels, labels_stride, label_type), weights, (rows, cols))
    }
}

/// Adds rows to a state of multi-label counts: labels are given by scores above a
/// threshold.
///
/// The threshold is rounded to the type that scores are computed in (float for f16
/// and bf16), and a score that equals it gives no label, as in torchmetrics. A row
/// with a NaN is counted in `nan_rows` and makes the result NaN.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols.
/// `labels`: what is true, as numbers 0 and 1 of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`), rows x cols, `labels_stride` in elements, at least cols.
/// `weights`, `cols`: as of `lgt_multilabel_update`. `threshold`: any number but
/// NaN.
///
/// # Errors
/// Those of `lgt_multilabel_update`, and `LGT_E_VALUE` (threshold). The state is
/// then as it was.
///
/// # Accuracy
/// Sums are exact, of quotients that are rounded once a row.
/// The same rows give the same bytes in any order and any split.
///
/// Thread safety: any thread, one at a time for one state; give each worker its
/// own and merge them.
///
/// # Source
/// The counts' definition.
///
/// # Example
/// ```c
/// uint64_t state[50 + 9];
/// float scores[2][2] = {{0.9f, 0.5f}, {0.2f, 0.6f}};
/// int32_t y_true[2][2] = {{1, 0}, {1, 1}};
/// lgt_multilabel_report report;
/// lgt_multilabel_finish_opts opts = {sizeof opts, LGT_AVERAGE_SAMPLES, 0};
/// assert(lgt_multilabel_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_multilabel_update_f32(state, &scores[0][0], 2, y_true, 2, LGT_I32, NULL, 2, 2,
///                                  0.5) == LGT_OK);
/// assert(lgt_multilabel_finish(state, &report, &opts) == LGT_OK);
/// assert(report.precision == 1 && report.recall == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_update_f32(
    state: *mut c_void,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    threshold: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        let given = || above((x, x_stride), (rows, cols), threshold);
        update(state, given, (labels, labels_stride, label_type), weights, (rows, cols))
    }
}

/// `double` form of `lgt_multilabel_update_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_update_f64(
    state: *mut c_void,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    threshold: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        let given = || above((x, x_stride), (rows, cols), threshold);
        update(state, given, (labels, labels_stride, label_type), weights, (rows, cols))
    }
}

/// `lgt_f16` form of `lgt_multilabel_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_update_f16(
    state: *mut c_void,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    threshold: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        let given = || above((x.cast::<F16>(), x_stride), (rows, cols), threshold);
        update(state, given, (labels, labels_stride, label_type), weights, (rows, cols))
    }
}

/// `lgt_bf16` form of `lgt_multilabel_update_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_update_bf16(
    state: *mut c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    labels_stride: usize,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    threshold: f64,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        let given = || above((x.cast::<Bf16>(), x_stride), (rows, cols), threshold);
        update(state, given, (labels, labels_stride, label_type), weights, (rows, cols))
    }
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
pub unsafe extern "C" fn lgt_multilabel_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Multilabel>(state, other) }
}

/// Writes averages over labels or rows, exact matches and wrong labels; the state
/// can go on.
///
/// Averages are those of scikit-learn's `precision_recall_fscore_support`,
/// `fbeta_score` and `jaccard_score` of indicator matrices, `LGT_AVERAGE_SAMPLES`
/// its `average="samples"`; `LGT_ZERO_DIVISION_NAN` is `zero_division=np.nan`.
/// `exact_match` is `accuracy_score`, `hamming_loss` the function of that name.
///
/// # Shape
/// `report`: one struct. `opts`: one struct, or NULL for the defaults (macro, 0 for
/// a quotient by 0).
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`. Advisory: `LGT_UNDEFINED` if a
/// number of the report is NaN that is not always so.
///
/// # Accuracy
/// Each number is within 1e-13 of its exact value.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// M.-L. Zhang and Z.-H. Zhou, "A Review on Multi-Label Learning Algorithms"
/// (2014), section 2.
///
/// # Example
/// ```c
/// uint64_t state[50 + 9];
/// uint8_t y_pred[2] = {1, 0}, y_true[2] = {1, 1};
/// lgt_multilabel_report report;
/// assert(lgt_multilabel_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_multilabel_update(state, y_pred, 2, LGT_U8, y_true, 2, LGT_U8, NULL, 1, 2) ==
///        LGT_OK);
/// assert(lgt_multilabel_finish(state, &report, NULL) == LGT_OK);
/// assert(report.recall == 0.5 && report.undefined_precision == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_finish(
    state: *const c_void,
    report: *mut MultilabelReport,
    opts: *const lgt_multilabel_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Multilabel| {
            let (opts, over_rows) = lgt_multilabel_finish_opts::read(opts, state.beta())?;
            let made = state.finish(&opts, over_rows);
            *report = made;
            let undefined = made.has_nan(over_rows);
            Ok(if undefined { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}

/// Writes each label by itself; the state can go on.
///
/// # Shape
/// `labels`: `count` structs; at least as many as `init` was told. `opts`: one
/// struct, or NULL for the defaults; of it `zero_division` counts.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_multilabel_get_labels(
    state: *const c_void,
    labels: *mut MultilabelLabel,
    count: usize,
    opts: *const lgt_multilabel_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (labels, count), |state: &Multilabel| {
            let (opts, _) = lgt_multilabel_finish_opts::read(opts, state.beta())?;
            guard::room::<MultilabelLabel>(count, state.labels())?;
            for (l, label) in state.report(opts.undefined).enumerate() {
                *labels.add(l) = label;
            }
            Ok(Status::LGT_OK)
        })
    }
}
