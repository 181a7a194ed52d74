//! `lgt_conformal`: thresholds of prediction sets.

use super::guard::{self, Options};
use super::model;
use crate::conformal::fitted::{self, parameters};
use crate::conformal::rule::{METHODS, Rule};
use crate::conformal::threshold::{self, ByClass, Weighted};
use crate::model::{Fitted, seal};
use crate::rows::labels::LabelType;
use crate::state::Kind;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The score is what the class's probability lacks of 1.
pub const LGT_CONFORMAL_LAC: u32 = 0;
/// The score is the mass of the classes down to this one.
pub const LGT_CONFORMAL_APS: u32 = 1;
/// As `LGT_CONFORMAL_APS`, with `lambda` for each rank past `k_reg`.
pub const LGT_CONFORMAL_RAPS: u32 = 2;
/// The score is the largest probability, and `lambda` for each rank.
pub const LGT_CONFORMAL_SAPS: u32 = 3;
/// The score is the rank, from 1.
pub const LGT_CONFORMAL_TOP_K: u32 = 4;
/// The score is the largest probability of another class less that of this one.
pub const LGT_CONFORMAL_MARGIN: u32 = 5;

/// Rows are probabilities, not logits.
pub const LGT_CONFORMAL_PROBABILITIES: u32 = 1;
/// A class with too few scores has the threshold of all scores, not +inf.
pub const LGT_CONFORMAL_MARGINAL: u32 = 2;

/// How classes are scored. Fill with `lgt_conformal_opts_default`, then change what is
/// to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_conformal_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_CONFORMAL_LAC` (the default) to `LGT_CONFORMAL_MARGIN`.
    pub method: u32,
    /// `LGT_CONFORMAL_PROBABILITIES`, `LGT_CONFORMAL_MARGINAL`, both, or 0, the default.
    pub flags: u32,
    /// Of RAPS: how many ranks bear no penalty; default 5.
    pub k_reg: u32,
    /// Of RAPS and SAPS: what a rank costs, finite and at least 0; default 0.01.
    pub lambda: f64,
}

// SAFETY: repr(C), 4 * 4 + 8 bytes, plain numbers.
unsafe impl Options for lgt_conformal_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        method: LGT_CONFORMAL_LAC,
        flags: 0,
        k_reg: 5,
        lambda: 0.01,
    };
}

impl lgt_conformal_opts {
    /// The rule, and whether a class may have the threshold of all.
    ///
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<(Rule, bool), Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { method, flags, k_reg, lambda, .. } = unsafe { guard::options(opts)? };
        let method = *METHODS.get(method as usize).ok_or(LGT_E_OPTION)?;
        if flags & !(LGT_CONFORMAL_PROBABILITIES | LGT_CONFORMAL_MARGINAL) != 0 {
            return Err(LGT_E_OPTION);
        }
        if !(0.0..=f64::MAX).contains(&lambda) {
            return Err(LGT_E_VALUE);
        }
        let logits = flags & LGT_CONFORMAL_PROBABILITIES == 0;
        let rule = Rule { method, logits, lambda, free: f64::from(k_reg), rough: 0.0 };
        Ok((rule, flags & LGT_CONFORMAL_MARGINAL != 0))
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_opts_default(opts: *mut lgt_conformal_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_conformal_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_conformal_fit` takes: 96 for one threshold, 80
/// and 16 a class for thresholds of their own.
///
/// # Shape
/// `classes`: how many classes have thresholds of their own, or 0 for one threshold.
/// `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_size(classes: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { model::size_of_model(parameters(classes), bytes) }
}

/// Words of scratch: none for one threshold.
fn words(n: usize, classes: usize) -> Option<usize> {
    if classes == 0 { Some(0) } else { threshold::words_by_class(n, classes) }
}

/// Writes how many bytes of scratch `lgt_conformal_fit` needs: none for one threshold,
/// 8 a score, 8 a class and 8 for thresholds by class.
///
/// # Shape
/// `n`: number of scores. `classes`: as for the fit. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_scratch(
    n: usize,
    classes: usize,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(words(n, classes), bytes) }
}

/// Finds the threshold of prediction sets: of `n` scores of rows with known classes the
/// `k`-th lowest, `k = ceil((n + 1) (1 - alpha))`. The set of a new row, the classes
/// that score no more, then has its class with probability `1 - alpha` at least, if the
/// rows are exchangeable.
///
/// With `classes` above 0 each class has the threshold of its own scores, and the
/// promise holds for the rows of each class. Where there are too few scores
/// (`k > n`) the threshold is +inf, which lets every class in: `LGT_DEGENERATE`; of a
/// class it is that of all scores instead if `LGT_CONFORMAL_MARGINAL` is asked for.
///
/// The model keeps `opts`, from which `lgt_conformal_sets` reads how classes are scored:
/// they must be those of the scores. Behind the head it holds method, 1 for logits or 0,
/// lambda, k_reg, alpha, thresholds, and how many scores each of these has.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_conformal_size` says.
/// `scores`: `n` numbers as `lgt_conformal_scores` writes them, +inf allowed, NaN not.
/// `labels`: the class of each, 0 to `classes` - 1, of the integer type `label_type`;
/// or NULL where `classes` is 0. `alpha`: above 0 and below 1. `opts`: NULL for
/// the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_conformal_scratch` says.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_STATE` (alignment), `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (scores, alpha, lambda), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is
/// then as it was. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Exact: thresholds are among the scores. `(n + 1) (1 - alpha)` within 1e-9 above a
/// whole number is that number.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// V. Vovk, A. Gammerman and G. Shafer, "Algorithmic Learning in a Random World" (2005),
/// chapter 4; A. Angelopoulos and S. Bates, "A Gentle Introduction to Conformal
/// Prediction" (2021), section 1; by class: V. Vovk, "Conditional Validity of Inductive
/// Conformal Predictors" (2012).
///
/// # Example
/// ```c
/// double scores[4] = {0.3, 0.1, 0.4, 0.2};
/// uint64_t model[12];
/// assert(lgt_conformal_fit(model, sizeof model, scores, NULL, LGT_U8, 4, 0, 0.4, NULL, NULL, 0) == LGT_OK);
/// assert(((const double *)model)[10] == 0.3);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_fit(
    model: *mut c_void,
    size: usize,
    scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    n: usize,
    classes: usize,
    alpha: f64,
    opts: *const lgt_conformal_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let raw = Raw { scores, labels, label_type, n, classes };
    // SAFETY: the contract of this function.
    guard::code(unsafe { fit((model, size), &raw, alpha, opts, (scratch, scratch_size)) })
}

struct Raw {
    scores: *const f64,
    labels: *const c_void,
    label_type: u32,
    n: usize,
    classes: usize,
}

unsafe fn fit(
    (model, size): (*mut c_void, usize),
    raw: &Raw,
    alpha: f64,
    opts: *const lgt_conformal_opts,
    (scratch, scratch_size): (*mut c_void, usize),
) -> Result<Status, Status> {
    let &Raw { n, classes, .. } = raw;
    // SAFETY: the contract of the C function.
    unsafe {
        let (rule, marginal) = lgt_conformal_opts::read(opts)?;
        let scores = numbers(raw.scores, n, alpha)?;
        let label_size = guard::label_type(raw.label_type).map_or(0, LabelType::size);
        let by_class = classes > 0;
        let labels = guard::labels(raw.labels, raw.label_type, if by_class { n } else { 0 })?;
        if by_class && labels.first_bad(n, classes).is_some() {
            return Err(LGT_E_LABEL);
        }
        let count = parameters(classes).ok_or(LGT_E_SIZE)?;
        let used = crate::model::size(count).ok_or(LGT_E_SIZE)?;
        let labels_at = (raw.labels.cast::<u8>(), if by_class { n * label_size } else { 0 });
        let others = [(raw.scores.cast::<u8>(), size_of_val(scores)), labels_at];
        let to = model::room(model, size, count, &others)?;
        let [first, second] = others;
        let others = [first, second, (model.cast_const().cast(), used)];
        let scratch = guard::scratch(scratch, scratch_size, words(n, classes), others)?;
        let (thresholds, counts) = fitted::write(to, &rule, alpha).ok_or(LGT_E_SIZE)?;
        if by_class {
            let label = |i: usize| labels.get(i) as usize;
            let otherwise = if marginal { threshold::of(scores, alpha) } else { f64::INFINITY };
            ByClass { scores, label: &label, alpha, otherwise }.write(thresholds, counts, scratch);
        } else {
            thresholds.fill(threshold::of(scores, alpha));
            counts.fill(n as f64);
        }
        let everything = thresholds.contains(&f64::INFINITY);
        let status = if everything { LGT_DEGENERATE } else { LGT_OK };
        let fitted = Fitted { status, iterations: 1, nll_before: f64::NAN, nll_after: f64::NAN };
        seal(model.cast(), Kind::Conformal, classes as u32, count, &fitted);
        Ok(status)
    }
}

/// Scores, none of them NaN.
unsafe fn numbers<'a>(data: *const f64, n: usize, alpha: f64) -> Result<&'a [f64], Status> {
    // SAFETY: the contract of the C functions.
    let scores = unsafe { guard::slice(data, n)? };
    let good = alpha > 0.0 && alpha < 1.0 && !scores.iter().any(|score| score.is_nan());
    if good { Ok(scores) } else { Err(LGT_E_VALUE) }
}

/// Writes how many bytes of scratch `lgt_conformal_weighted` needs: 32 a score.
///
/// # Shape
/// `n`: number of scores. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_weighted_scratch(n: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(threshold::words_weighted(n), bytes) }
}

/// A threshold for each of `rows` new rows, where these are from another distribution
/// than the `n` rows of known class, and weights say how much more likely each row is
/// under it: the least score such that those up to it have a share of `1 - alpha` of all
/// weight, that of the new row included. +inf where there is none, `LGT_DEGENERATE`.
///
/// `lgt_conformal_sets` takes them in place of the model's.
///
/// # Shape
/// `scores`: `n` numbers as `lgt_conformal_scores` writes them, +inf allowed, NaN not.
/// `weights`: `n` numbers from 0 to 2^63. `new_weights`: `rows` numbers, likewise.
/// `alpha`: above 0 and below 1. `thresholds`: `rows` numbers. `scratch`: `scratch_size`
/// bytes, 8-byte aligned, at least what `lgt_conformal_weighted_scratch` says, apart from
/// the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`, `LGT_E_VALUE` (scores, weights, alpha), `LGT_E_SCRATCH`,
/// `LGT_E_ALIAS`. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Thresholds are among the scores. A share within 1e-12, relative, of the wanted one
/// reaches it.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// R. Tibshirani et al., "Conformal Prediction Under Covariate Shift" (2019), corollary 1.
///
/// # Example
/// ```c
/// double scores[3] = {0.3, 0.1, 0.2}, weights[3] = {1, 1, 6}, own[2] = {1, 8}, q[2];
/// uint64_t scratch[4 * 3];
/// assert(lgt_conformal_weighted(scores, weights, 3, own, 0.3, q, 2, scratch, sizeof scratch) == LGT_DEGENERATE);
/// assert(q[0] == 0.2 && q[1] > 1e300);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_weighted(
    scores: *const f64,
    weights: *const f64,
    n: usize,
    new_weights: *const f64,
    alpha: f64,
    thresholds: *mut f64,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let arrays = [(weights, n), (new_weights, rows)];
    // SAFETY: the contract of this function.
    guard::code(unsafe {
        numbers(scores, n, alpha).and_then(|checked| {
            let [weights, new_weights] = arrays.map(|(data, n)| guard::slice(data, n));
            let (weights, new_weights) = (weights?, new_weights?);
            let good = |w: &f64| (0.0..=crate::math::fixed::BOUND).contains(w);
            if !weights.iter().chain(new_weights).all(good) {
                return Err(LGT_E_VALUE);
            }
            guard::not_null(thresholds, rows)?;
            let [scores_at, weights_at, new_at] =
                [checked, weights, new_weights].map(|a| (a.as_ptr().cast::<u8>(), 8 * a.len()));
            let to = guard::column(thresholds, rows, &[scores_at, weights_at, new_at])?;
            let others = [scores_at, weights_at, new_at, (to.at(0).cast_const().cast(), 8 * rows)];
            let words = threshold::words_weighted(n);
            let scratch = guard::scratch(scratch, scratch_size, words, others)?;
            let sorted = Weighted::new(checked, weights, scratch).ok_or(LGT_E_SCRATCH)?;
            let mut status = LGT_OK;
            for (r, weight) in new_weights.iter().enumerate() {
                let threshold = sorted.of(*weight, alpha);
                to.set(r, threshold);
                if threshold == f64::INFINITY {
                    status = LGT_DEGENERATE;
                }
            }
            Ok(status)
        })
    })
}
