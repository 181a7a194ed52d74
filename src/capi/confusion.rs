//! `lgt_confusion`: a mergeable state.

use super::class_counts::{lgt_class_counts_finish_opts, lgt_class_counts_opts};
use super::guard::{self, Options};
use super::{pairs, state};
use crate::metrics::agreement::{self, Opts};
use crate::metrics::class_counts::{ClassCountsClass, ClassCountsReport};
use crate::metrics::class_report;
use crate::metrics::confusion::{Agreement, Confusion, Normalize};
use crate::metrics::counted::Counted;
use crate::metrics::information::Mean;
use crate::rows::view::RowsMut;
use crate::status::Status;
use core::ffi::c_void;

/// The matrix as counted.
pub const LGT_NORMALIZE_NONE: u32 = 0;
/// Each row of the matrix by its sum: the rows of a true class.
pub const LGT_NORMALIZE_TRUE: u32 = 1;
/// Each column of the matrix by its sum: the rows given a class.
pub const LGT_NORMALIZE_PRED: u32 = 2;
/// The matrix by the sum of all.
pub const LGT_NORMALIZE_ALL: u32 = 3;

/// Mean of two entropies: half their sum.
pub const LGT_MEAN_ARITHMETIC: u32 = 0;
/// Mean of two entropies: the root of their product.
pub const LGT_MEAN_GEOMETRIC: u32 = 1;
/// Mean of two entropies: the smaller.
pub const LGT_MEAN_MIN: u32 = 2;
/// Mean of two entropies: the larger.
pub const LGT_MEAN_MAX: u32 = 3;

/// Of `lgt_confusion_get_agreement`: adjusted mutual information is wanted too.
pub const LGT_AGREEMENT_ADJUSTED: u32 = 1;

/// What `lgt_confusion_get_agreement` is asked for. Fill with
/// `lgt_confusion_agreement_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_confusion_agreement_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_AGREEMENT_` flags; default 0.
    pub flags: u32,
    /// Of the V-measure, from 0 to 1e150: completeness counts beta times as much
    /// as homogeneity. Default 1.
    pub beta: f64,
    /// What mutual information is divided by, an `LGT_MEAN_` of the two
    /// entropies; default `LGT_MEAN_ARITHMETIC`.
    pub mean: u32,
    /// 0.
    pub reserved: u32,
}

// SAFETY: repr(C), 4 + 4 + 8 + 4 + 4 bytes.
unsafe impl Options for lgt_confusion_agreement_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        flags: 0,
        beta: 1.0,
        mean: LGT_MEAN_ARITHMETIC,
        reserved: 0,
    };
}

impl lgt_confusion_agreement_opts {
    /// The options at `opts`, understood.
    ///
    /// # Safety
    /// As [`guard::options`].
    unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let opts = unsafe { guard::options(opts)? };
        let mean = match opts.mean {
            LGT_MEAN_ARITHMETIC => Mean::Arithmetic,
            LGT_MEAN_GEOMETRIC => Mean::Geometric,
            LGT_MEAN_MIN => Mean::Min,
            LGT_MEAN_MAX => Mean::Max,
            _ => return Err(Status::LGT_E_OPTION),
        };
        if opts.flags & !LGT_AGREEMENT_ADJUSTED != 0 || opts.reserved != 0 {
            return Err(Status::LGT_E_OPTION);
        }
        if !(0.0..=1e150).contains(&opts.beta) {
            return Err(Status::LGT_E_VALUE);
        }
        let adjusted = opts.flags & LGT_AGREEMENT_ADJUSTED != 0;
        Ok(Opts { mean, beta: opts.beta, adjusted })
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_agreement_opts_default(
    opts: *mut lgt_confusion_agreement_opts,
) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_confusion_agreement_opts::DEFAULT };
    }
}

/// Writes how many bytes a state of `lgt_confusion` needs: 48, and 9 for each pair
/// of classes (32 with weights), in whole words.
///
/// # Shape
/// `classes`: 1 to 21845, with weights 1 to 11585: a state is below 4 GiB. `opts`:
/// how the state is to be set up, or NULL. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (classes).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_size(
    classes: u32,
    opts: *const lgt_class_counts_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { pairs::size::<Confusion>(classes, opts, bytes) }
}

/// Starts a confusion matrix: how many rows of each true class were given each
/// class.
///
/// # Shape
/// `state`: `size` bytes of the caller, 8-byte aligned, at least what
/// `lgt_confusion_size` says of the same `classes` and `opts`. `classes`: 1 to
/// 21845, with weights to 11585. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_OPTION`,
/// `LGT_E_VALUE` (classes).
///
/// Thread safety: any thread, one at a time for one state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_init(
    state: *mut c_void,
    size: usize,
    classes: u32,
    opts: *const lgt_class_counts_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { pairs::init::<Confusion>(state, size, classes, opts) }
}

/// Adds rows to a confusion matrix: how many rows of each true class were given
/// each class.
///
/// Where only numbers of single classes are wanted (precision, recall, kappa,
/// Matthews' correlation), `lgt_class_counts` gives them in memory for the classes
/// and not for their square.
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
/// The matrix' definition; rows and columns as in scikit-learn's
/// `confusion_matrix`.
///
/// # Example
/// ```c
/// uint64_t state[6 + 1 + 4], counts[2][2];
/// int64_t y_pred[3] = {0, 1, 1};
/// uint8_t y_true[3] = {0, 0, 1};
/// assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_confusion_update(state, y_pred, LGT_I64, y_true, LGT_U8, NULL, 3) == LGT_OK);
/// assert(lgt_confusion_get_counts(state, &counts[0][0], 2) == LGT_OK);
/// assert(counts[0][0] == 1 && counts[0][1] == 1 && counts[1][0] == 0 && counts[1][1] == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_update(
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
    unsafe { pairs::update::<Confusion>(state, predicted, labels, weights, rows) }
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
pub unsafe extern "C" fn lgt_confusion_merge(state: *mut c_void, other: *const c_void) -> Status {
    // SAFETY: the contract of this function.
    unsafe { state::merge::<Confusion>(state, other) }
}

/// Writes averages over classes, accuracy and agreement, as
/// `lgt_class_counts_finish` does of the same rows, to the same bits; the state can
/// go on.
///
/// # Shape
/// `report`: one struct. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
/// `LGT_UNDEFINED` if a number of the report is NaN.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_finish(
    state: *const c_void,
    report: *mut ClassCountsReport,
    opts: *const lgt_class_counts_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, report, |state: &Confusion| {
            let opts = lgt_class_counts_finish_opts::read(opts)?;
            let made =
                class_report::report(state.all(), (&mut state.each(), &mut state.each()), &opts);
            *report = made;
            Ok(if made.has_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}

/// Writes each class by itself, as `lgt_class_counts_get_classes` does.
///
/// # Shape
/// `classes`: `count` structs; at least as many as `init` was told. `opts`: one
/// struct, or NULL for the defaults; of it `beta` and `zero_division` count.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta),
/// `LGT_E_SIZE`.
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_get_classes(
    state: *const c_void,
    classes: *mut ClassCountsClass,
    count: usize,
    opts: *const lgt_class_counts_finish_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read_all(state, (classes, count), |state: &Confusion| {
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

/// Whether a matrix of rows of so many can be, and is apart from the state.
fn apart<T>(state: &Confusion, matrix: *const T, stride: usize) -> Result<(), Status> {
    let bytes = guard::extent_of(size_of::<T>(), stride, state.classes(), state.classes())?;
    guard::apart(state::span(state), (matrix.cast(), bytes))
}

/// Writes the matrix as whole numbers: entry (i, j) is the rows of true class i
/// that were given class j.
///
/// # Shape
/// `counts`: classes x classes, row-major, `counts_stride` in elements, at least
/// classes.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (a
/// state
/// with weights: see `lgt_confusion_get_matrix`).
///
/// Thread safety: any thread, as long as no other changes the state.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_get_counts(
    state: *const c_void,
    counts: *mut u64,
    counts_stride: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, counts, |state: &Confusion| {
            if state.weighted() {
                return Err(Status::LGT_E_OPTION);
            }
            apart(state, counts, counts_stride)?;
            for label in 0..state.classes() {
                for predicted in 0..state.classes() {
                    *counts.add(label * counts_stride + predicted) = state.count(label, predicted);
                }
            }
            Ok(Status::LGT_OK)
        })
    }
}

/// Writes the matrix, or the shares that its entries are of a row, a column or
/// all; the state can go on.
///
/// Entry (i, j) is of true class i and given class j. A share of nothing is 0, as
/// in scikit-learn's `confusion_matrix(normalize=..)`.
///
/// # Shape
/// `matrix`: classes x classes, row-major, `matrix_stride` in elements, at least
/// classes. `normalize`: an `LGT_NORMALIZE_`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION`
/// (normalize).
///
/// # Accuracy
/// Counts and sums of weights are rounded once, and so are quotients.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// The matrix' definition; scikit-learn's `confusion_matrix`.
///
/// # Example
/// ```c
/// uint64_t state[6 + 1 + 4];
/// uint8_t y_pred[3] = {0, 1, 1}, y_true[3] = {0, 0, 1};
/// double shares[2][2];
/// assert(lgt_confusion_init(state, sizeof state, 2, NULL) == LGT_OK);
/// assert(lgt_confusion_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 3) == LGT_OK);
/// assert(lgt_confusion_get_matrix(state, &shares[0][0], 2, LGT_NORMALIZE_TRUE) == LGT_OK);
/// assert(shares[0][0] == 0.5 && shares[0][1] == 0.5 && shares[1][1] == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_get_matrix(
    state: *const c_void,
    matrix: *mut f64,
    matrix_stride: usize,
    normalize: u32,
) -> Status {
    let normalize = match normalize {
        LGT_NORMALIZE_NONE => Normalize::None,
        LGT_NORMALIZE_TRUE => Normalize::True,
        LGT_NORMALIZE_PRED => Normalize::Predicted,
        LGT_NORMALIZE_ALL => Normalize::All,
        _ => return Status::LGT_E_OPTION,
    };
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, matrix, |state: &Confusion| {
            apart(state, matrix, matrix_stride)?;
            state.matrix(&RowsMut::new(matrix, matrix_stride), normalize);
            Ok(Status::LGT_OK)
        })
    }
}

/// Writes how far truth and prediction, or two annotators, or two clusterings,
/// agree; the state can go on.
///
/// Kappas are `cohen_kappa_score` with `weights` None, linear and quadratic.
/// `mutual_info` is `mutual_info_score`; `normalized_mutual_info` and
/// `adjusted_mutual_info` are the `_score` functions with `average_method` =
/// `mean`; `homogeneity`, `completeness` and `v_measure` as there, and so are
/// `rand` (`rand_score`), `adjusted_rand` (`adjusted_rand_score`) and
/// `fowlkes_mallows` (`fowlkes_mallows_score`), all of scikit-learn. Where nothing
/// was seen all is NaN, where scikit-learn says 1. Adjusted mutual information
/// takes time for the square of the classes times the usual overlap, so it has to
/// be asked for. It, Rand and Fowlkes-Mallows are about single rows: they are NaN
/// for a state with weights.
///
/// # Shape
/// `agreement`: one struct. `opts`: one struct, or NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE` (beta). Advisory:
/// `LGT_UNDEFINED` if a kappa is NaN: nothing was seen, or one class only.
///
/// # Accuracy
/// Each number is within 1e-12 of its exact value; what is adjusted loses digits
/// where chance alone comes close to the most there can be.
///
/// Thread safety: any thread, as long as no other changes the state.
///
/// # Source
/// J. Cohen, "Weighted kappa" (1968), equation 9; N. X. Vinh et al., "Information
/// Theoretic Measures for Clusterings Comparison" (2010), equation 24 and table 2;
/// L. Hubert and P. Arabie, "Comparing partitions" (1985), equation 5; A. Rosenberg
/// and J. Hirschberg, "V-Measure" (2007); E. B. Fowlkes and C. L. Mallows (1983).
///
/// # Example
/// ```c
/// uint64_t state[6 + 2 + 9];
/// uint8_t y_pred[4] = {0, 1, 2, 2}, y_true[4] = {0, 1, 2, 1};
/// lgt_confusion_agreement agreement;
/// assert(lgt_confusion_init(state, sizeof state, 3, NULL) == LGT_OK);
/// assert(lgt_confusion_update(state, y_pred, LGT_U8, y_true, LGT_U8, NULL, 4) == LGT_OK);
/// assert(lgt_confusion_get_agreement(state, &agreement, NULL) == LGT_OK);
/// assert(agreement.kappa > 0.636 && agreement.kappa < 0.637);
/// assert(agreement.kappa_linear > 0.70 && agreement.kappa_linear < 0.72);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_confusion_get_agreement(
    state: *const c_void,
    agreement: *mut Agreement,
    opts: *const lgt_confusion_agreement_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        state::read(state, agreement, |state: &Confusion| {
            let made = agreement::agreement(state, &lgt_confusion_agreement_opts::read(opts)?);
            *agreement = made;
            Ok(if made.kappa.is_nan() { Status::LGT_UNDEFINED } else { Status::LGT_OK })
        })
    }
}
