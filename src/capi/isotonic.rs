//! `lgt_isotonic`: the rising function of a score that is nearest to the labels.

use super::calibrator::{self, RawFit};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::isotonic::{self, Isotonic};
use crate::calibration::pooling;
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Straight lines between the first and last score of each block, as scikit-learn.
pub const LGT_ISOTONIC_LINEAR: u32 = 0;
/// Straight lines between the mean scores of blocks: nothing is flat between two of them.
pub const LGT_ISOTONIC_CENTRED: u32 = 1;
/// Steps at the first score of each block, as R's `isoreg`.
pub const LGT_ISOTONIC_STEP: u32 = 2;

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(LGT_ISOTONIC_LINEAR == isotonic::LINEAR);
const _: () = assert!(LGT_ISOTONIC_CENTRED == isotonic::CENTRED);
const _: () = assert!(LGT_ISOTONIC_STEP == isotonic::STEP);

/// Options of `lgt_isotonic_fit`. Fill with `lgt_isotonic_opts_default`, then change
/// what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_isotonic_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// What is between blocks: `LGT_ISOTONIC_LINEAR`, which is the default,
    /// `LGT_ISOTONIC_CENTRED` or `LGT_ISOTONIC_STEP`.
    pub kind: u32,
}

// SAFETY: repr(C), 4 + 4 bytes, plain numbers.
unsafe impl Options for lgt_isotonic_opts {
    const DEFAULT: Self = Self { struct_size: size_of::<Self>() as u32, kind: LGT_ISOTONIC_LINEAR };
}

impl lgt_isotonic_opts {
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<u32, Status> {
        // SAFETY: the contract of this function.
        let Self { kind, .. } = unsafe { guard::options(opts)? };
        if kind > LGT_ISOTONIC_STEP { Err(LGT_E_VALUE) } else { Ok(kind) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_opts_default(opts: *mut lgt_isotonic_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_isotonic_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_isotonic` takes at most: with weights 40 and 16
/// a row. Without, blocks have different fractions of label 1, of which there are not
/// many: about 330 KB for a million rows, as the power 2/3 of their number. What a fit
/// has used is in its head, and `lgt_model_size` says it.
///
/// # Shape
/// `rows`: number of rows. `weighted`: 1 if weights are given, else 0. `bytes`: one
/// number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`), `LGT_E_SIZE` (4 GiB or more).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_size(
    rows: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::size_of_model(isotonic::parameters, (rows, weighted), bytes) }
}

/// Writes how many bytes of scratch `lgt_isotonic_fit` needs: without weights twice the
/// bytes of a score a row (at least 6) and some more for blocks, with weights 48 a row and
/// those of a score. Half of the former is touched only where scores are not next to one
/// another.
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
pub unsafe extern "C" fn lgt_isotonic_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::scratch_bytes(pooling::words, (rows, score_size, weighted), bytes) }
}

unsafe fn fit<E: Elem, A: Elem>(raw: RawFit<E, A>, opts: *const lgt_isotonic_opts) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_isotonic_opts::read(opts).and_then(|kind| {
            let room = isotonic::parameters(raw.rows.rows, !raw.rows.weights.is_null());
            let fit = raw.check(room, pooling::words)?;
            let found = isotonic::fit(&fit.data, &fit.scored, kind, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<Isotonic>(kind, found))
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
    unsafe { model::apply::<Isotonic, E>(model, x, y, rows, isotonic::apply) }
}

/// Fits an isotonic calibrator to held-out scores of two classes: the function, rising with
/// the score, that is nearest to the labels by squares, and by likelihood as well.
///
/// Rows of one score are one to begin with; -0 and 0 are, and no others however near. Then
/// neighbours are pooled as long as the lower mean is not below the higher one. Between
/// blocks, `opts` chooses: straight lines from the last score of one to the first of the
/// next, as scikit-learn's `IsotonicRegression` with `out_of_bounds="clip"`; lines between
/// the mean scores of blocks, so that all scores between the first and the last of those
/// keep their order (centred isotonic regression); or steps. Below the first threshold and
/// above the last the function is constant.
///
/// Values are exact fractions of the data, so 0 and 1 are among them wherever the lowest or
/// highest scores are of one class; a loss on other data may then be infinite. Infinite
/// scores are scores, and in order; between a finite threshold and an infinite one the value
/// is that of the finite one, between two infinite ones the mean of both.
///
/// The model is bytes of the caller: its head (`lgt_model_head`), the thresholds in order,
/// and as many values. `nll_before` is the mean loss of scores taken as probabilities, NaN if
/// one is outside 0 .. 1; `nll_after` that of values fitted to their own rows. `fit_status`,
/// which is also returned, is `LGT_OK`, or `LGT_DEGENERATE` where there is but one block:
/// one row, one class, one score, or labels that do not rise with scores; the model is then
/// the mean label, or 0.5 where no row counts. It can be used in either case.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_isotonic_size` says. `x`:
/// `rows` scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1,
/// of the integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from
/// 0 to 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`:
/// NULL for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_isotonic_scratch` says, apart from the other arrays; what is there before does not
/// matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
/// of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
/// that is NaN), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was. Advisory:
/// `LGT_DEGENERATE`.
///
/// # Accuracy
/// Without weights, blocks are exact and values rounded once; with weights, both are those
/// of sums within 1e-12. The order of rows does not change a bit. Losses within 1e-13.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Zadrozny, C. Elkan, "Transforming Classifier Scores into Accurate Multiclass
/// Probability Estimates" (2002); M. Ayer et al., "An Empirical Distribution
/// Function for Sampling with Incomplete Information" (1955); A. Oron, N. Flournoy,
/// "Centered Isotonic Regression: Point and Interval Estimation for Dose-Response Studies"
/// (2017), for the centred one.
///
/// # Example
/// ```c
/// double x[4] = {0.1, 0.2, 0.3, 0.4};
/// uint8_t y[4] = {0, 1, 0, 1};
/// uint64_t model[13], scratch[12];
/// assert(lgt_isotonic_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, NULL, scratch,
///                             sizeof scratch) == LGT_OK);
/// assert(lgt_isotonic_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
/// assert(x[0] == 0 && x[1] == 0.5 && x[2] == 0.5 && x[3] == 1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_isotonic_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `double` form of `lgt_isotonic_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_isotonic_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_f16` form of `lgt_isotonic_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_isotonic_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_bf16` form of `lgt_isotonic_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_isotonic_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// Calibrated probabilities: the fitted function at new scores.
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
/// `LGT_E_STATE` if the bytes at `model` are no isotonic model, `LGT_E_NULL`,
/// `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// 4e-16 and one rounding to the type of `y`, times what is lost of a score near a
/// threshold.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_isotonic_fit_f32`.
///
/// # Example
/// ```c
/// float x[4] = {0, 1, 2, 3}, y;
/// uint8_t labels[4] = {0, 0, 1, 1};
/// uint64_t model[13], scratch[12];
/// assert(lgt_isotonic_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, NULL, scratch,
///                             sizeof scratch) == LGT_OK);
/// float score = 1.25f;
/// assert(lgt_isotonic_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK && y == 0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_apply_f32(
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

/// `double` form of `lgt_isotonic_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_apply_f64(
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

/// `lgt_f16` form of `lgt_isotonic_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_apply_f16(
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

/// `lgt_bf16` form of `lgt_isotonic_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_isotonic_apply_bf16(
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
