//! `lgt_venn_abers`: two probabilities for a score, of which one is as it should be.

use super::calibrator::{self, RawFit};
use super::guard;
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::venn_abers::{self, VennAbers};
use crate::rows::column::{BLOCK, Values};
use crate::simd::{Bf16, Elem, F16, Real};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Writes how many bytes a model of `lgt_venn_abers` takes at most: 40 and 24 a row. What a
/// fit has used, 24 for each different score, is in its head, and `lgt_model_size` says it.
///
/// # Shape
/// `rows`: number of rows. `weighted`: 1 if weights are given, else 0; it is as much in
/// either case. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`), `LGT_E_SIZE` (4 GiB or more).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_size(
    rows: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::size_of_model(venn_abers::parameters, (rows, weighted), bytes) }
}

/// Writes how many bytes of scratch `lgt_venn_abers_fit` needs: 24 a row and those of a
/// score. The latter are touched only where scores are not next to one another.
///
/// # Shape
/// `rows`: number of rows, below 2^32, or with weights in f64 below 2^31. `score_size`:
/// bytes of a score, 2, 4 or 8. `weighted`: 1 if weights are given, else 0. `bytes`: one
/// number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`score_size`, `weighted`), `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::scratch_bytes(venn_abers::words, (rows, score_size, weighted), bytes) }
}

unsafe fn fit<E: Elem, A: Elem>(raw: RawFit<E, A>) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        let room = venn_abers::parameters(raw.rows.rows, false);
        raw.check(room, venn_abers::words).and_then(|fit| {
            let found = venn_abers::fit(&fit.data, &fit.scored, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<VennAbers>(0, found))
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const c_void,
    x: (*const E, usize),
    y: (*mut E, usize),
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { model::apply::<VennAbers, E>(model, x, y, rows, venn_abers::apply) }
}

unsafe fn interval<E: Elem>(
    model: *const c_void,
    (x, stride): (*const E, usize),
    [lower, upper]: [*mut E; 2],
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        model::view::<VennAbers>(model).and_then(|model| {
            let from = guard::rows(x, stride, rows, 1)?;
            let span = guard::span(x, stride, rows, 1);
            let upper_span = guard::span_of(upper.cast_const(), rows);
            let lower = guard::column(lower, rows, &[span, upper_span])?;
            let upper = guard::column(upper, rows, &[span])?;
            let values = Values::new(&from, stride);
            let (mut p0, mut p1) = ([0.0; BLOCK], [0.0; BLOCK]);
            for start in (0..rows).step_by(BLOCK) {
                let n = BLOCK.min(rows - start);
                values.get(start, n, p0.as_mut_ptr());
                venn_abers::interval(&model, &mut p0, &mut p1);
                for (i, (p0, p1)) in p0.iter().zip(&p1).take(n).enumerate() {
                    lower.set(start + i, E::narrow(E::Acc::of(*p0)));
                    upper.set(start + i, E::narrow(E::Acc::of(*p1)));
                }
            }
            Ok(LGT_OK)
        })
    })
}

/// Fits an inductive Venn-Abers predictor to held-out scores of two classes: for a new score
/// it gives two probabilities of label 1, what isotonic regression says if the new row is
/// one of the data with label 0, and what it says if with label 1. One of both labels is the
/// true one, and probabilities that are chosen by it are calibrated, whatever the
/// distribution, as long as rows are exchangeable.
///
/// The new row has weight 1. It is one with rows of its score (-0 and 0 are one, and no
/// others however near); between two scores it has the lower probability of the lower one
/// and the upper one of the higher. Below all scores the lower probability is 0, above all
/// the upper one is 1. Infinite scores are scores, and in order.
///
/// All values are found at once, in time that after sorting is proportional to the number
/// of scores. Scores are taken as they are: the package venn-abers rounds them first where
/// its `precision` is given.
///
/// The model is bytes of the caller: its head (`lgt_model_head`), the different scores in
/// order, as many lower probabilities, and as many upper ones. `nll_before` is the mean loss
/// of scores taken as probabilities, NaN if one is outside 0 .. 1; `nll_after` that of what
/// `lgt_venn_abers_apply` makes of the scores of the fit. `fit_status`, which is also
/// returned, is `LGT_OK`, or `LGT_DEGENERATE` where there are not two different scores. If
/// no row counts, probabilities are 0 and 1. The model can be used in either case. One class
/// is enough: values are then those of the other label's being rare.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_venn_abers_size` says. `x`:
/// `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1,
/// of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_venn_abers_scratch`
/// says, apart from the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
/// of the model), `LGT_E_LABEL`, `LGT_E_VALUE` (weights, a score that is NaN),
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Probabilities within 1e-15 without weights, 1e-12 with them. The order of rows does not
/// change a bit of them. Losses within 1e-13.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// V. Vovk, I. Petej, V. Fedorova, "Large-scale probabilistic predictors with and without
/// guarantees of validity" (2015), section 2 and algorithms 1 to 4.
///
/// # Example
/// ```c
/// double x[4] = {0.1, 0.2, 0.3, 0.4}, lower[4], upper[4];
/// uint8_t y[4] = {0, 1, 0, 1};
/// uint64_t model[17], scratch[16];
/// assert(lgt_venn_abers_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, scratch,
///                               sizeof scratch) == LGT_OK);
/// assert(lgt_venn_abers_interval_f64(model, x, 1, lower, upper, 4) == LGT_OK);
/// assert(lower[1] == 1.0 / 3 && upper[1] == 2.0 / 3);
/// assert(lgt_venn_abers_apply_f64(model, x, 1, x, 1, 4) == LGT_OK && x[1] > 0.499 && x[1] < 0.501);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(RawFit { rows, model, size, scratch, scratch_size }) }
}

/// `double` form of `lgt_venn_abers_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(RawFit { rows, model, size, scratch, scratch_size }) }
}

/// `lgt_f16` form of `lgt_venn_abers_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(RawFit { rows, model, size, scratch, scratch_size }) }
}

/// `lgt_bf16` form of `lgt_venn_abers_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(RawFit { rows, model, size, scratch, scratch_size }) }
}

/// Calibrated probabilities: p1 / (1 - p0 + p1), where p0 is the lower and p1 the upper
/// probability of each score, which is what loses least by logarithmic loss whichever label
/// is true.
///
/// NaN stays NaN; infinite scores are in order as others are.
///
/// # Shape
/// `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
/// elements, at least 1.
///
/// # In place
/// `y` may be `x` with the same stride.
///
/// # Errors
/// `LGT_E_STATE` if the bytes at `model` are no Venn-Abers model, `LGT_E_NULL`,
/// `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// 4e-16 and one rounding to the type of `y`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_venn_abers_fit_f32`, section 4, equation 12.
///
/// # Example
/// ```c
/// float x[2] = {0, 1}, y;
/// uint8_t labels[2] = {0, 1};
/// uint64_t model[11], scratch[7];
/// assert(lgt_venn_abers_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 2, scratch,
///                               sizeof scratch) == LGT_OK);
/// assert(lgt_venn_abers_apply_f32(model, x, 1, &y, 1, 1) == LGT_OK);
/// assert(y == (float)(1.0 / 3));
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `double` form of `lgt_venn_abers_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_f16` form of `lgt_venn_abers_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_apply_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_bf16` form of `lgt_venn_abers_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_apply_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// Lower and upper probabilities: what isotonic regression says of each score if it is one
/// of the data with label 0, and if with label 1.
///
/// Both are NaN for NaN; infinite scores are in order as others are.
///
/// # Shape
/// `model`: a fitted model. `x`: `rows` scores, stride in elements, at least 1. `lower`,
/// `upper`: `rows` numbers each, or NULL, apart from one another and from `x`.
///
/// # Errors
/// `LGT_E_STATE` if the bytes at `model` are no Venn-Abers model, `LGT_E_NULL`,
/// `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// The fitted numbers, and one rounding to the type of `lower`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_venn_abers_fit_f32`.
///
/// # Example
/// ```c
/// float x[2] = {0, 1}, score = 0.5f, lower, upper;
/// uint8_t labels[2] = {0, 1};
/// uint64_t model[11], scratch[7];
/// assert(lgt_venn_abers_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 2, scratch,
///                               sizeof scratch) == LGT_OK);
/// assert(lgt_venn_abers_interval_f32(model, &score, 1, &lower, &upper, 1) == LGT_OK);
/// assert(lower == 0 && upper == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_interval_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    lower: *mut f32,
    upper: *mut f32,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { interval(model, (x, x_stride), [lower, upper], rows) }
}

/// `double` form of `lgt_venn_abers_interval_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_interval_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    lower: *mut f64,
    upper: *mut f64,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { interval(model, (x, x_stride), [lower, upper], rows) }
}

/// `lgt_f16` form of `lgt_venn_abers_interval_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_interval_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    lower: *mut lgt_f16,
    upper: *mut lgt_f16,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { interval::<F16>(model, (x.cast(), x_stride), [lower.cast(), upper.cast()], rows) }
}

/// `lgt_bf16` form of `lgt_venn_abers_interval_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_venn_abers_interval_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    lower: *mut lgt_bf16,
    upper: *mut lgt_bf16,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { interval::<Bf16>(model, (x.cast(), x_stride), [lower.cast(), upper.cast()], rows) }
}
