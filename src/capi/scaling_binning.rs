//! `lgt_scaling_binning`: a logistic regression on the score, in bins.

use super::calibrator::{self, RawFit};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::logistic_form::Form;
use crate::calibration::logistic_search;
use crate::calibration::scaling_binning::{self, MOST_BINS, Opts, ScalingBinning};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Platt's regression on scores of any kind, with his smoothed targets.
pub const LGT_SCALING_BINNING_SMOOTHED: u32 = 0;
/// The same with targets 0 and 1.
pub const LGT_SCALING_BINNING_PLAIN: u32 = 1;
/// The regression on the logits of probabilities, with targets 0 and 1 and a slope of 0 or
/// more.
pub const LGT_SCALING_BINNING_LOGIT: u32 = 2;

/// Options of `lgt_scaling_binning_fit`. Fill with `lgt_scaling_binning_opts_default`, then
/// change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_scaling_binning_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Bins at most, from 1 to 65536; default 10.
    pub bins: u32,
    /// The regression: `LGT_SCALING_BINNING_SMOOTHED` (the default),
    /// `LGT_SCALING_BINNING_PLAIN` or `LGT_SCALING_BINNING_LOGIT`.
    pub scaling: u32,
    /// Passes over the data at most, at least 3; default 100.
    pub max_iter: u32,
    /// As in `lgt_platt_opts`; from 0 to 1, default 1e-6.
    pub tol: f64,
    /// Of `LGT_SCALING_BINNING_LOGIT`: probabilities are held in `[eps, 1 - eps]`; from
    /// 1e-300 to below 0.5, default 2^-52.
    pub eps: f64,
}

// SAFETY: repr(C), 4 * 4 + 2 * 8 bytes, plain numbers.
unsafe impl Options for lgt_scaling_binning_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        bins: 10,
        scaling: LGT_SCALING_BINNING_SMOOTHED,
        max_iter: 100,
        tol: 1e-6,
        eps: f64::EPSILON,
    };
}

/// The least eps, so that no probability is subnormal.
const LEAST_EPS: f64 = 1e-300;

impl lgt_scaling_binning_opts {
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the contract of this function.
        let Self { bins, scaling, max_iter, tol, eps, .. } = unsafe { guard::options(opts)? };
        let (form, eps) = match scaling {
            LGT_SCALING_BINNING_SMOOTHED => (Form::Platt, 0.0),
            LGT_SCALING_BINNING_PLAIN => (Form::PlattPlain, 0.0),
            LGT_SCALING_BINNING_LOGIT if (LEAST_EPS..0.5).contains(&eps) => (Form::BetaEqual, eps),
            LGT_SCALING_BINNING_LOGIT => return Err(LGT_E_VALUE),
            _ => return Err(LGT_E_OPTION),
        };
        let good = (1..=MOST_BINS).contains(&bins) && max_iter >= 3 && (0.0..=1.0).contains(&tol);
        if !good {
            return Err(LGT_E_VALUE);
        }
        let scaling = logistic_search::Opts { form, max_iter, tol, eps };
        Ok(Opts { scaling, bins: bins as usize })
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_opts_default(opts: *mut lgt_scaling_binning_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_scaling_binning_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_scaling_binning` takes at most: 64 and 16 a bin,
/// of which there are no more than rows.
///
/// # Shape
/// `rows`: number of rows. `opts`: NULL for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_size(
    rows: usize,
    opts: *const lgt_scaling_binning_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        match lgt_scaling_binning_opts::read(opts) {
            Ok(opts) => model::size_of_model(Some(opts.parameters(rows)), bytes),
            Err(status) => status,
        }
    }
}

/// Writes how many bytes of scratch `lgt_scaling_binning_fit` needs: twice the bytes of a
/// score a row (at least 6), with weights 8 a row and those of a score. Half of the former is
/// touched only where scores are not next to one another.
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
pub unsafe extern "C" fn lgt_scaling_binning_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        calibrator::scratch_bytes(scaling_binning::words, (rows, score_size, weighted), bytes)
    }
}

unsafe fn fit<E: Elem, A: Elem>(
    raw: RawFit<E, A>,
    opts: *const lgt_scaling_binning_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_scaling_binning_opts::read(opts).and_then(|opts| {
            let room = Some(opts.parameters(raw.rows.rows));
            let fit = raw.check(room, scaling_binning::words)?;
            let found =
                scaling_binning::fit(&fit.data, &fit.scored, &opts, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<ScalingBinning>(opts.scaling.form as u32, found))
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
    unsafe { model::apply::<ScalingBinning, E>(model, x, y, rows, scaling_binning::apply) }
}

/// Fits a scaling-binning calibrator to held-out scores of two classes: a logistic
/// regression on the score, then bins of equal weight, each of which gives the mean of the
/// regression's values in it. It takes few values, so that its calibration error can be
/// measured, and they vary less than the frequencies of histogram binning.
///
/// The regression is that of `lgt_platt` for scores of any kind, with smoothed or plain
/// targets, or, with `LGT_SCALING_BINNING_LOGIT`, Platt's on the logits of probabilities (as
/// `lgt_beta` of the variant with one slope). Both steps use the same rows. With W the sum of
/// weights and B bins, a bin ends with the first score with which all up to it weigh j W / B or
/// more, j = 1 .. B - 1: rows of one score are never divided, and where they are many there are
/// fewer bins. Since the regression is monotonic, a bin is a range of scores; it begins
/// halfway between its lowest score and the next lower one, and contains that edge. The lowest
/// and the highest bin go on without end.
///
/// The model is bytes of the caller: its head (`lgt_model_head`); the regression's slope a,
/// intercept b and eps (0 but for logits); then where bins begin, rising, of which the first is
/// the lowest score; then as many values. `nll_before` is the mean loss of scores taken as
/// probabilities, NaN if one is outside 0 .. 1; `nll_after` that of the values. `fit_status`,
/// which is also returned, is that of the regression, as `lgt_platt_fit_f32` says:
/// `LGT_DEGENERATE` without rows of weight above 0 (the value is 0.5 everywhere), with
/// one score, or with one class and targets 0 and 1 (one value for all); with smoothed targets
/// one class is as good as two, and the slope 0. `iterations` are its passes over the data.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_scaling_binning_size` says. `x`: `rows`
/// scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1, of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`: NULL
/// for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_scaling_binning_scratch` says, apart from the other arrays; what is there before does not
/// matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment of
/// the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score that is
/// NaN or beyond 1e300 in magnitude, or for logits no probability), `LGT_E_SCRATCH`,
/// `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
/// `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// The regression as that of `lgt_platt_fit_f32`; values are the means of what it gives
/// within 1e-13, losses those of values within 1e-13, relative.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. Kumar, P. Liang, T. Ma, "Verified Uncertainty Calibration" (2019), section 4.1,
/// algorithm 1. Their package has edges halfway between fitted values instead of scores.
///
/// # Example
/// ```c
/// double x[4] = {-2, -1, 1, 2};
/// uint8_t y[4] = {0, 1, 0, 1};
/// uint64_t model[16], scratch[8];
/// lgt_scaling_binning_opts opts;
/// lgt_scaling_binning_opts_default(&opts);
/// opts.bins = 2;
/// assert(lgt_scaling_binning_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 4, &opts,
///                                    scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_scaling_binning_apply_f64(model, x, 1, x, 1, 4) == LGT_OK);
/// assert(x[0] == x[1] && x[2] == x[3] && x[0] < 0.5 && x[2] > 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_scaling_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `double` form of `lgt_scaling_binning_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_scaling_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_f16` form of `lgt_scaling_binning_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_scaling_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_bf16` form of `lgt_scaling_binning_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_scaling_binning_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// Calibrated probabilities: the value of the bin that the score is in.
///
/// NaN stays NaN; an infinite score is in the lowest or the highest bin.
///
/// # Shape
/// `model`: a fitted model. `x`: `rows` scores, `y`: `rows` probabilities; strides in
/// elements, at least 1.
///
/// # In place
/// `y` may be `x` with the same stride.
///
/// # Errors
/// `LGT_E_STATE` if the bytes at `model` are no model of this kind, `LGT_E_NULL`,
/// `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// The value of the bin, rounded once to the type of `y`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_scaling_binning_fit_f32`.
///
/// # Example
/// ```c
/// float x[4] = {0, 1, 2, 3}, y;
/// uint8_t labels[4] = {0, 1, 0, 1};
/// uint64_t model[16], scratch[4];
/// lgt_scaling_binning_opts opts;
/// lgt_scaling_binning_opts_default(&opts);
/// opts.bins = 2;
/// assert(lgt_scaling_binning_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, &opts,
///                                    scratch, sizeof scratch) == LGT_OK);
/// float score = 10;
/// assert(lgt_scaling_binning_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK);
/// assert(y > 0.60041f && y < 0.60042f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_apply_f32(
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

/// `double` form of `lgt_scaling_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_apply_f64(
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

/// `lgt_f16` form of `lgt_scaling_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_apply_f16(
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

/// `lgt_bf16` form of `lgt_scaling_binning_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_scaling_binning_apply_bf16(
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
