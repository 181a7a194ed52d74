//! `lgt_conformal_scores`: what rows give their own classes.

use super::conformal::lgt_conformal_opts;
use super::guard;
use super::types::*;
use crate::conformal::rule::Rule;
use crate::conformal::scores;
use crate::conformal::table::{Stored, Table};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// What belongs to the rows, as C gives it.
struct Raw {
    labels: *const c_void,
    label_type: u32,
    u: *const f64,
    scores: *mut f64,
}

/// `E_VALUE` unless all numbers drawn, if there are any, are in 0 .. 1; where they lie.
///
/// # Safety
/// Null, or readable for one number a row.
pub(super) unsafe fn draws(u: *const f64, rows: usize) -> Result<(*const u8, usize), Status> {
    let drawn = if u.is_null() { 0 } else { rows };
    // SAFETY: the caller vouches for the array.
    let all = unsafe { guard::slice(u, drawn)? };
    let good = all.iter().all(|u| (0.0..=1.0).contains(u));
    if good { Ok((u.cast(), size_of_val(all))) } else { Err(LGT_E_VALUE) }
}

unsafe fn apply<E: Elem>(
    raw: Raw,
    (x, stride): (*const E, usize),
    (rows, cols): (usize, usize),
    opts: *const lgt_conformal_opts,
) -> Status
where
    E::Acc: Elem<Acc = E::Acc>,
{
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_conformal_opts::read(opts).and_then(|(rule, _)| {
            let table = Stored::new(guard::rows(x, stride, rows, cols)?, rule);
            write(raw, &table, guard::span(x, stride, rows, cols), &rule)
        })
    })
}

/// The same of any storage type.
unsafe fn write(
    raw: Raw,
    table: &dyn Table,
    span: (*const u8, usize),
    rule: &Rule,
) -> Result<Status, Status> {
    let (rows, cols) = table.shape();
    // SAFETY: the contract of the C functions below.
    unsafe {
        let labels = guard::labels(raw.labels, raw.label_type, rows)?;
        guard::not_null(raw.scores, rows)?;
        let labels_at = (raw.labels.cast(), rows * labels.kind().size());
        let to = guard::column(raw.scores, rows, &[span, labels_at, draws(raw.u, rows)?])?;
        if labels.first_bad(rows, cols).is_some() {
            return Err(LGT_E_LABEL);
        }
        let lost = scores::write(table, &labels, raw.u, rule, &to);
        Ok(if lost { LGT_UNDEFINED } else { LGT_OK })
    }
}

/// Writes the score that each row gives its own class: what `lgt_conformal_fit` makes
/// thresholds of. With `p` the probabilities of a row (softmax of logits, or what is
/// given), `p_y` that of its class, and classes in order from high to low, ties by
/// index, `rank` from 1, the score is, by `opts`:
///
/// - `LGT_CONFORMAL_LAC`: `1 - p_y`.
/// - `LGT_CONFORMAL_APS`: the sum of `p` before the class, and `u p_y`.
/// - `LGT_CONFORMAL_RAPS`: the same, and `lambda max(0, rank - k_reg)`.
/// - `LGT_CONFORMAL_SAPS`: `u max p` for rank 1, else `max p + lambda (rank - 2 + u)`.
/// - `LGT_CONFORMAL_TOP_K`: `rank`.
/// - `LGT_CONFORMAL_MARGIN`: the largest `p` of another class (0 of one column) less
///   `p_y`.
///
/// `u` is drawn from the uniform distribution for each row by the caller, here and again
/// for the sets; NULL stands for 1, which is not random and makes sets a little larger
/// than promised. The other methods do not look at it. Entries of +inf share the mass;
/// one of -inf has probability 0. A row with a NaN, without an entry above -inf, or with
/// a probability below 0 or above 1.01, scores NaN, and `LGT_UNDEFINED` says so.
///
/// # Shape
/// `x`: logits, or probabilities where `opts` say so, rows x cols, row-major, stride in
/// elements, at least cols. `labels`: one class a row, 0 to cols - 1, of the integer type
/// `label_type` (`LGT_I8` to `LGT_U64`). `u`: one number a row from 0 to 1, or NULL.
/// `scores`: one number a row. `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (u, lambda), `LGT_E_ALIAS`. Advisory: `LGT_UNDEFINED`.
///
/// # Accuracy
/// A probability within 1e-6 (f64: 1e-13), relative, a sum of them within 2e-6 (f64:
/// 1e-13); ranks are exact.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Sadinle, J. Lei and L. Wasserman, "Least Ambiguous Set-Valued Classifiers with
/// Bounded Error Levels" (2019); Y. Romano, M. Sesia and E. Candes, "Classification with
/// Valid and Adaptive Coverage" (2020), section 2; A. Angelopoulos et al., "Uncertainty
/// Sets for Image Classifiers using Conformal Prediction" (2021), algorithm 3; J. Huang
/// et al., "Conformal Prediction for Deep Classifier via Label Ranking" (2024); H. Lofstrom et al., "Bias Reduction through Conditional Conformal
/// Prediction" (2015) for the margin.
///
/// # Example
/// ```c
/// float p[1][3] = {{0.5f, 0.25f, 0.25f}};
/// uint8_t y[1] = {1};
/// double score[1];
/// lgt_conformal_opts opts;
/// lgt_conformal_opts_default(&opts);
/// opts.flags = LGT_CONFORMAL_PROBABILITIES;
/// assert(lgt_conformal_scores_f32(&p[0][0], 3, y, LGT_U8, NULL, score, 1, 3, &opts) == LGT_OK);
/// assert(score[0] == 0.75);
/// opts.method = LGT_CONFORMAL_APS;
/// assert(lgt_conformal_scores_f32(&p[0][0], 3, y, LGT_U8, NULL, score, 1, 3, &opts) == LGT_OK);
/// assert(score[0] == 0.75);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_scores_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    u: *const f64,
    scores: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_conformal_opts,
) -> Status {
    let raw = Raw { labels, label_type, u, scores };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (x, x_stride), (rows, cols), opts) }
}

/// `double` form of `lgt_conformal_scores_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_scores_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    u: *const f64,
    scores: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_conformal_opts,
) -> Status {
    let raw = Raw { labels, label_type, u, scores };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (x, x_stride), (rows, cols), opts) }
}

/// `lgt_f16` form of `lgt_conformal_scores_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_scores_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    u: *const f64,
    scores: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_conformal_opts,
) -> Status {
    let raw = Raw { labels, label_type, u, scores };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (x.cast::<F16>(), x_stride), (rows, cols), opts) }
}

/// `lgt_bf16` form of `lgt_conformal_scores_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_conformal_scores_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    u: *const f64,
    scores: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_conformal_opts,
) -> Status {
    let raw = Raw { labels, label_type, u, scores };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (x.cast::<Bf16>(), x_stride), (rows, cols), opts) }
}
