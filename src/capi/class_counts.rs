//! `lgt_class_counts`: a mergeable state.

use super::guard::{self, Options};
use super::{pairs, state};
use crate::metrics::class_counts::{ClassCounts, ClassCountsClass, ClassCountsReport};
use crate::metrics::class_report;
use crate::metrics::class_scores::{Average, Opts};
use crate::metrics::counted::{self, Counted, Setup};
use crate::state::Params;
use crate::status::Status;
use core::ffi::c_void;

/// Rows have weights: the state holds exact sums of them, 96 bytes a class.
pub const LGT_CLASS_COUNTS_WEIGHTED: u32 = 1;
/// Rows whose label is `ignore_index` are left out.
pub const LGT_CLASS_COUNTS_IGNORE: u32 = 2;

/// Average: of the sums over classes.
pub const LGT_AVERAGE_MICRO: u32 = 0;
/// Average: every class counts alike.
pub const LGT_AVERAGE_MACRO: u32 = 1;
/// Average: each class counts as often as it is true.
pub const LGT_AVERAGE_WEIGHTED: u32 = 2;

/// A quotient by 0 is 0.
pub const LGT_ZERO_DIVISION_ZERO: u32 = 0;
/// A quotient by 0 is 1.
pub const LGT_ZERO_DIVISION_ONE: u32 = 1;
/// A quotient by 0 is NaN, and left out of averages.
pub const LGT_ZERO_DIVISION_NAN: u32 = 2;

/// Classes to average: all.
pub const LGT_CLASSES_ALL: u32 = 0;
/// Classes to average: those that are true or predicted in some row.
pub const LGT_CLASSES_PRESENT: u32 = 1;

/// How a state of `lgt_class_counts` or `lgt_confusion` is set up. Fill with
/// `lgt_class_counts_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_class_counts_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_CLASS_COUNTS_` flags; default 0.
    pub flags: u32,
    /// With `LGT_CLASS_COUNTS_IGNORE`: rows with this label are left out. Any
    /// number above INT32_MIN, a class or not; unsigned labels have none below 0.
    pub ignore_index: i32,
}

// SAFETY: repr(C), three numbers of 4 bytes.
unsafe impl Options for lgt_class_counts_opts {
    const DEFAULT: Self = Self { struct_size: size_of::<Self>() as u32, flags: 0, ignore_index: 0 };
}

impl lgt_class_counts_opts {
    /// The parameters of a state, if the options are sound.
    ///
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self, classes: u32) -> Result<Params, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        if opts.flags & !(LGT_CLASS_COUNTS_WEIGHTED | LGT_CLASS_COUNTS_IGNORE) != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        let ignore = (opts.flags & LGT_CLASS_COUNTS_IGNORE != 0).then_some(opts.ignore_index);
        let weighted = opts.flags & LGT_CLASS_COUNTS_WEIGHTED != 0;
        if ignore == Some(i32::MIN) {
            return Err(Status::LGT_E_OPTION);
        }
        Ok(Setup { weighted, ignore }.params(classes))
    }
}

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(
    LGT_CLASS_COUNTS_WEIGHTED as u64 == counted::WEIGHTED
        && LGT_CLASS_COUNTS_IGNORE as u64 == counted::IGNORE
);

/// What `lgt_class_counts_finish` and `lgt_class_counts_get_classes` are asked
/// for. Fill with `lgt_class_counts_finish_opts_default`, then change what is to
/// be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_class_counts_finish_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// An `LGT_AVERAGE_`; default `LGT_AVERAGE_MACRO`.
    pub average: u32,
    /// Of F-beta, from 0 to infinity: recall counts beta times as much as
    /// precision. Default 1.
    pub beta: f64,
    /// An `LGT_ZERO_DIVISION_`; default `LGT_ZERO_DIVISION_ZERO`.
    pub zero_division: u32,
    /// Which classes are averaged; default `LGT_CLASSES_ALL`.
    pub classes: u32,
}

// SAFETY: repr(C), 4 + 4 + 8 + 4 + 4 bytes.
unsafe impl Options for lgt_class_counts_finish_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        average: LGT_AVERAGE_MACRO,
        beta: 1.0,
        zero_division: LGT_ZERO_DIVISION_ZERO,
        classes: LGT_CLASSES_ALL,
    };
}

/// The number that stands for a quotient by 0.
pub(super) fn zero_division(policy: u32) -> Result<f64, Status> {
    match policy {
        LGT_ZERO_DIVISION_ZERO => Ok(0.0),
        LGT_ZERO_DIVISION_ONE => Ok(1.0),
        LGT_ZERO_DIVISION_NAN => Ok(f64::NAN),
        _ => Err(Status::LGT_E_OPTION),
    }
}

impl lgt_class_counts_finish_opts {
    /// The options at `opts`, understood.
    ///
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        let average = match opts.average {
            LGT_AVERAGE_MICRO => Average::Micro,
            LGT_AVERAGE_MACRO => Average::Macro,
            LGT_AVERAGE_WEIGHTED => Average::Weighted,
            _ => return Err(Status::LGT_E_OPTION),
        };
        let undefined = zero_division(opts.zero_division)?;
        let present = match opts.classes {
            LGT_CLASSES_ALL => false,
            LGT_CLASSES_PRESENT => true,
            _ => return Err(Status::LGT_E_OPTION),
        };
        if !(0.0..=f64::INFINITY).contains(&opts.beta) {
            return Err(Status::LGT_E_VALUE);
        }
        Ok(Opts { beta: opts.beta, average, undefined, present })
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_opts_default(opts: *mut lgt_class_counts_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_class_counts_opts::DEFAULT };
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_finish_opts_default(
    opts: *mut lgt_class_counts_finish_opts,
) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_class_counts_finish_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_class_counts` needs: 48, and 36 a class
/// (96 with weights), in whole words.
///
/// # Shape
/// `classes`: at least 1, and no more than fit a state of 4 GiB: 119 million, with
/// weights 44 million. `opts`: how the state is to be set up, or NULL. `bytes`:
/// one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (classes).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_size(
    classes: u32,
    opts: *const lgt_class_counts_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { pairs::size::<ClassCounts>(classes, opts, bytes) }
}

/// Starts a state of class counts: how often each class was true, predicted, and
/// both.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_class_counts_size` says of the same `classes` and `opts`. `classes`: at
/// least 1. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
/// `LGT_E_VALUE` (classes).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_init(
    state: *mut c_void,
    size: usize,
    classes: u32,
    opts: *const lgt_class_counts_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { pairs::init::<ClassCounts>(state, size, classes, opts) }
}

/// Adds rows to a state of class counts: how often each class was true,
/// predicted, and both.
///
/// That is all that precision, recall, F-beta, Jaccard, specificity, balanced
/// accuracy, Matthews' correlation and Cohen's kappa need, in memory for the
/// classes and not for their square.
///
/// # Shape
/// `predicted`: the class given to each row, of the integer type
/// `predicted_type` (`LGT_I8` to `LGT_U64`). `labels`: the true class of each row,
/// of the integer type `label_type`. Both from 0 to classes - 1, but for rows
/// whose label is the `ignore_index` of the options: they are left out, and their
/// prediction is not looked at. `weights`: one number a row from 0 to 2^63, or
/// NULL for 1 each; only for a state that was set up with
/// `LGT_CLASS_COUNTS_WEIGHTED`. A weight of 0, or below 2^-160, leaves its row
/// out, but its classes are checked.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_LABEL` (of either array), `LGT_E_VALUE` (weights),
/// `LGT_E_OPTION` (weights for a state without), `LGT_E_STATE`. The state is then
/// as it was.
///
/// # Accuracy
/// Exact: counts are whole numbers, sums of weights are exact.
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
/// uint64_t state[6 + 14];
/// int64_t y_pred[4] = {0, 1, 2, 0};
/// uint8_t y_true[4] = {0, 1, 1, 2};
/// size_t bytes;
/// lgt_class_counts_report report;
/// assert(lgt_class_counts_size(3, NULL, &bytes) == LGT_OK && bytes <= sizeof state);
/// assert(lgt_class_counts_init(state, bytes, 3, NULL) == LGT_OK);
/// assert(lgt_class_counts_update(state, y_pred, LGT_I64, y_true, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_class_counts_finish(state, &report, NULL) == LGT_OK);
/// assert(report.accuracy == 0.5 && report.precision == 0.5 && report.recall == 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_update(
    state: *mut c_void,
    predicted: *const c_void,
    predicted_type: u32,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
) -> Status {
    let (predicted, labels) = ((predicted, predicted_type), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { pairs::update::<ClassCounts>(state, predicted, labels, weights, rows) }
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
pub unsafe extern "C" fn lgt_class_counts_merge(
    state: *mut c_void,
    other: *const c_void,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<ClassCounts>(state, other) }
}

/// Writes averages over classes, accuracy and agreement; the state can go on.
///
/// Averages are those of scikit-learn's `precision_recall_fscore_support`,
/// `fbeta_score` and `jaccard_score` with `labels` = 0 .. classes - 1, or, with
/// `LGT_CLASSES_PRESENT`, with `labels=None`; torchmetrics' macro averages are
/// those of `LGT_CLASSES_PRESENT` too. `LGT_ZERO_DIVISION_NAN` is
/// `zero_division=np.nan`; it holds for the Jaccard index as for the others. How
/// many classes each quotient is undefined for is reported whatever stands for it.
/// `balanced_accuracy` is over classes that are true somewhere
/// (`balanced_accuracy_score`, and with `adjusted=True`), `mcc` is
/// `matthews_corrcoef`, 0 where all rows are of one class or predicted as one, and
/// `kappa` is `cohen_kappa_score`, NaN where both are one and the same class.
///
/// # Shape
/// `report`: one struct. `opts`: one struct, or NULL for the defaults (macro, all
/// classes, beta 1, 0 for a quotient by 0).
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
/// `LGT_UNDEFINED` if a number of the report is NaN.
///
/// # Accuracy
/// Each number is within 1e-13 of its exact value.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// C. J. van Rijsbergen, "Information Retrieval" (1979), F-beta; J. Gorodkin,
/// "Comparing two K-category assignments by a K-category correlation coefficient"
/// (2004), equation 8; J. Cohen, "A coefficient of agreement for nominal scales"
/// (1960), equation 1.
///
/// # Example
/// ```c
/// uint64_t state[6 + 9];
/// uint8_t y_pred[3] = {0, 0, 1}, y_true[3] = {0, 1, 1};
/// lgt_class_counts_finish_opts opts;
/// lgt_class_counts_report report;
/// lgt_class_counts_finish_opts_default(&opts);
/// opts.average = LGT_AVERAGE_WEIGHTED;
/// assert(lgt_class_counts_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_class_counts_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
/// assert(lgt_class_counts_finish(state, &report, &opts) == LGT_OK);
/// assert(report.recall == 2.0 / 3 && report.mcc == 0.5 && report.undefined_f == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_finish(
    state: *const c_void,
    report: *mut ClassCountsReport,
    opts: *const lgt_class_counts_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &ClassCounts| {
            let opts = lgt_class_counts_finish_opts::read(opts)?;
            let made =
                class_report::report(state.all(), (&mut state.each(), &mut state.each()), &opts);
            *report = made;
            Ok(if made.has_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}

/// Writes each class by itself; the state can go on.
///
/// # Shape
/// `classes`: `count` structs; at least as many as `init` was told. `opts`: one
/// struct, or NULL for the defaults; of it `beta` and `zero_division` count.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
/// `LGT_E_SIZE`.
///
/// # Accuracy
/// Quotients are rounded once; F-beta a few times.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// As `lgt_class_counts_finish`; scikit-learn's functions with `average=None`.
///
/// # Example
/// ```c
/// uint64_t state[6 + 9];
/// uint8_t y_pred[3] = {0, 0, 1}, y_true[3] = {0, 1, 1};
/// lgt_class_counts_class each[2];
/// assert(lgt_class_counts_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_class_counts_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
/// assert(lgt_class_counts_get_classes(state, each, 2, NULL) == LGT_OK);
/// assert(each[0].precision == 0.5 && each[0].recall == 1 && each[1].labelled == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_class_counts_get_classes(
    state: *const c_void,
    classes: *mut ClassCountsClass,
    count: usize,
    opts: *const lgt_class_counts_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (classes, count), |state: &ClassCounts| {
            let opts = lgt_class_counts_finish_opts::read(opts)?;
            guard::room::<ClassCountsClass>(count, state.classes())?;
            let total = state.all().total;
            for (c, class) in state.each().enumerate() {
                *classes.add(c) = ClassCountsClass::of(class, total, &opts);
            }
            Ok(Status::LGT_OK)
        })
    }
}
