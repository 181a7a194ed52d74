//! `lgt_beta`: beta calibration of probabilities.

use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::beta;
use crate::calibration::logistic_form::Form;
use crate::calibration::logistic_search::{self, LogisticSearch, Opts};
use crate::model::Model;
use crate::simd::{Bf16, Elem, F16};
use crate::state::{Head, Kind};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// `a`, `b` and `c` are all free.
pub const LGT_BETA_ABM: u32 = 0;
/// `a = b`.
pub const LGT_BETA_AM: u32 = 1;
/// 1/2 stays 1/2: `c = (a - b) ln 2`.
pub const LGT_BETA_AB: u32 = 2;

/// Options of `lgt_beta_fit`. Fill with `lgt_beta_opts_default`, then change what is to be
/// different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_beta_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_BETA_ABM` (the default), `LGT_BETA_AM` or `LGT_BETA_AB`.
    pub variant: u32,
    /// Passes over the data at most, at least 3; default 100.
    pub max_iter: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Probabilities are held in `[eps, 1 - eps]`; from 1e-300 to below 0.5, default 2^-52.
    pub eps: f64,
    /// Done when a step would change no parameter by more than this share of it and 1;
    /// from 0 to 1, default 1e-6. What is left then is about its square.
    pub tol: f64,
}

// SAFETY: repr(C), 4 * 4 + 2 * 8 bytes, plain numbers.
unsafe impl Options for lgt_beta_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        variant: LGT_BETA_ABM,
        max_iter: 100,
        reserved: 0,
        eps: f64::EPSILON,
        tol: 1e-6,
    };
}

/// The least eps, so that no probability is subnormal.
const LEAST_EPS: f64 = 1e-300;

fn good_eps(eps: f64) -> bool {
    (LEAST_EPS..0.5).contains(&eps)
}

impl lgt_beta_opts {
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { variant, max_iter, reserved, eps, tol, .. } = unsafe { guard::options(opts)? };
        let form = match variant {
            LGT_BETA_ABM => Form::Beta,
            LGT_BETA_AM => Form::BetaEqual,
            LGT_BETA_AB => Form::BetaCentred,
            _ => return Err(LGT_E_OPTION),
        };
        if reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        let good = max_iter >= 3 && good_eps(eps) && (0.0..=1.0).contains(&tol);
        if good { Ok(Opts { form, max_iter, tol, eps }) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_opts_default(opts: *mut lgt_beta_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_beta_opts::DEFAULT };
    }
}

/// A fitted beta calibration. Plain bytes: store it anywhere.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_beta_model {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data.
    pub iterations: u32,
    /// Mean loss at a = b = 1, c = 0; NaN if there were no rows.
    pub nll_before: f64,
    /// The same at the parameters found.
    pub nll_after: f64,
    /// What ln s is multiplied by, at least 0.
    pub a: f64,
    /// What -ln(1 - s) is multiplied by, at least 0.
    pub b: f64,
    /// What is added.
    pub c: f64,
    /// Probabilities are held in `[eps, 1 - eps]`.
    pub eps: f64,
}

impl lgt_beta_model {
    pub(super) fn of(search: &LogisticSearch) -> Self {
        let [a, b, c] = search.best;
        Self {
            head: Head::new(Kind::Beta, 0, size_of::<Self>()),
            fit_status: search.fit_status,
            iterations: search.iterations,
            nll_before: search.nll_before,
            nll_after: search.nll_after,
            a,
            b,
            c,
            eps: search.eps,
        }
    }
}

impl Model for lgt_beta_model {
    const KIND: Kind = Kind::Beta;

    fn fits(param: u32, parameters: usize) -> bool {
        param == 0 && parameters == 4
    }

    fn good(_: u32, parameters: &[f64]) -> bool {
        let [a, b, c, eps] = *parameters else { return false };
        a >= 0.0 && b >= 0.0 && [a, b, c].iter().all(|p| p.is_finite()) && good_eps(eps)
    }
}

unsafe fn fit<E: Elem, A: Elem>(
    model: *mut lgt_beta_model,
    data: RawScored<E, A>,
    opts: *const lgt_beta_opts,
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_beta_opts::read(opts).and_then(|opts| {
            let search = logistic_search::fit(&data.check()?, &opts)?;
            *model = lgt_beta_model::of(&search);
            Ok(Status::from_code(search.fit_status).unwrap_or(LGT_E_STATE))
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const lgt_beta_model,
    x: (*const E, usize),
    y: (*mut E, usize),
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe {
        model::apply::<lgt_beta_model, E>(model.cast(), x, y, rows, |model, block| {
            if let [a, b, c, eps] = *model.parameters {
                beta::apply(block, [a, b, c], eps);
            }
        })
    }
}

/// Fits beta calibration to probabilities: the `a`, `b` and `c` that minimise the mean
/// negative log-likelihood of the logit `a ln s - b ln(1 - s) + c`, with a and b at least 0,
/// so that the map never falls. a = b = 1, c = 0 leaves probabilities as they are.
///
/// `variant` in the options: `LGT_BETA_ABM` (all three), `LGT_BETA_AM` (a = b) or `LGT_BETA_AB`
/// (the logit is 0 at s = 1/2, so c = (a - b) ln 2). Probabilities are held in [eps, 1 - eps], in
/// `apply` as well; of f32 probabilities those that are 0 or 1 exactly may deserve a larger eps.
/// nll_before is the loss at a = b = 1, c = 0, and nll_after is never above it.
///
/// `fit_status` in the model, and the return value, say how it ended: `LGT_OK`; `LGT_AT_BOUND`
/// (a or b is 0, which is the minimum under that condition; or a threshold tells the classes
/// apart: the loss falls without end, and a and b are held where they leave no doubt, so that
/// the nearest probabilities get logits of about -36.7 and 36.7, or at 1e6); `LGT_DEGENERATE` (no rows
/// of weight above 0: a = b = 1, c = 0; one class, or one probability for all rows: a = b = 0
/// and c the logit of the base rate, at most 36.7 in magnitude, or with `LGT_BETA_AB` and one
/// probability the a = b that gives it, if one does; or the model above where its loss is lower;
/// with `LGT_BETA_AB` one class is as good as two);
/// `LGT_NOT_CONVERGED` (`max_iter` passes made: the best model met). The model is written in
/// every case.
///
/// # Shape
/// `model`: one struct. `x`: one probability P(y = 1) a row, stride in elements, at least 1. `labels`: 0 or 1
/// a row, of the integer type `label_type`. `weights`: one number a row from 0 to 2^63, or
/// NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, whatever its score.
/// `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (weights, options, a
/// probability that is NaN or not in 0 .. 1.01). The model is then as it
/// was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// Parameters within 1e-8 of the exact minimum, of the larger of them and 1, where the data
/// tell them well. Another order of rows, or a split (`lgt_logistic_loss`), changes them by no
/// more than 1e-9 of that.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Kull, T. Silva Filho and P. Flach, "Beta calibration" (2017), with its variants.
///
/// # Example
/// ```c
/// double s[6] = {0.1, 0.3, 0.4, 0.6, 0.8, 0.9};
/// uint8_t y[6] = {0, 1, 0, 1, 0, 1};
/// lgt_beta_opts opts;
/// lgt_beta_model model;
/// lgt_beta_opts_default(&opts);
/// opts.variant = LGT_BETA_AM;
/// assert(lgt_beta_fit_f64(&model, s, 1, y, LGT_U8, NULL, 6, &opts) == LGT_OK);
/// assert(model.a == model.b && model.a > 0 && model.nll_after < model.nll_before);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_fit_f32(
    model: *mut lgt_beta_model,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_beta_opts,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `double` form of `lgt_beta_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_fit_f64(
    model: *mut lgt_beta_model,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_beta_opts,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_f16` form of `lgt_beta_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_fit_f16(
    model: *mut lgt_beta_model,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_beta_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_bf16` form of `lgt_beta_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_fit_bf16(
    model: *mut lgt_beta_model,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_beta_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// Calibrated probabilities: those of the logit `a ln s - b ln(1 - s) + c`, with s held in
/// [eps, 1 - eps]. What is no probability (NaN, or not in 0 .. 1.01) gives NaN; results below
/// 1e-153 are 0.
///
/// # Shape
/// `model`: a fitted model. `x`, `y`: one probability a row, strides in elements, at least 1.
///
/// # In place
/// `y` may be `x`, with the same stride, or a column beside it.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (no beta model), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// Computed in double: relative error 1e-15 and 2^-51 times the largest term of the logit,
/// then rounded to the type of `y`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_beta_fit_f32`.
///
/// # Example
/// ```c
/// float s[4] = {0.25f, 0.25f, 0.75f, 0.75f}, p[4];
/// uint8_t y[4] = {0, 1, 1, 1};
/// lgt_beta_model model;
/// assert(lgt_beta_fit_f32(&model, s, 1, y, LGT_U8, NULL, 4, NULL) >= 0);
/// assert(lgt_beta_apply_f32(&model, s, 1, p, 1, 4) == LGT_OK);
/// assert(p[0] <= p[2]);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_apply_f32(
    model: *const lgt_beta_model,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `double` form of `lgt_beta_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_apply_f64(
    model: *const lgt_beta_model,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_f16` form of `lgt_beta_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_apply_f16(
    model: *const lgt_beta_model,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x.cast::<F16>(), x_stride), (y.cast::<F16>(), y_stride), rows) }
}

/// `lgt_bf16` form of `lgt_beta_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_beta_apply_bf16(
    model: *const lgt_beta_model,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x.cast::<Bf16>(), x_stride), (y.cast::<Bf16>(), y_stride), rows) }
}
