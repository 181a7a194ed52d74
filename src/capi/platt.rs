//! `lgt_platt`: a logistic regression on one score.

use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::logistic_form::Form;
use crate::calibration::logistic_search::{self, LogisticSearch, Opts};
use crate::calibration::platt;
use crate::model::Model;
use crate::simd::{Bf16, Elem, F16};
use crate::state::{Head, Kind};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Platt's smoothed targets.
pub const LGT_PLATT_SMOOTHED: u32 = 0;
/// Targets 0 and 1: the most likely parameters.
pub const LGT_PLATT_PLAIN: u32 = 1;

/// Options of `lgt_platt_fit`. Fill with `lgt_platt_opts_default`, then change what is to
/// be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_platt_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_PLATT_SMOOTHED` (the default) or `LGT_PLATT_PLAIN`.
    pub targets: u32,
    /// Passes over the data at most, at least 3; default 100.
    pub max_iter: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Done when a step would change neither parameter, of scores scaled to [-1, 1], by
    /// more than this share of it and 1; from 0 to 1, default 1e-6. What is left then is
    /// about its square.
    pub tol: f64,
}

// SAFETY: repr(C), 4 * 4 + 8 bytes, plain numbers.
unsafe impl Options for lgt_platt_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        targets: LGT_PLATT_SMOOTHED,
        max_iter: 100,
        reserved: 0,
        tol: 1e-6,
    };
}

impl lgt_platt_opts {
    unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { targets, max_iter, reserved, tol, .. } = unsafe { guard::options(opts)? };
        if targets > LGT_PLATT_PLAIN || reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        let form = if targets == LGT_PLATT_PLAIN { Form::PlattPlain } else { Form::Platt };
        let good = max_iter >= 3 && (0.0..=1.0).contains(&tol);
        if good { Ok(Opts { form, max_iter, tol, eps: 0.0 }) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_opts_default(opts: *mut lgt_platt_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_platt_opts::DEFAULT };
    }
}

/// A fitted Platt calibration. Plain bytes: store it anywhere.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_platt_model {
    /// What these bytes are.
    pub head: Head,
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data.
    pub iterations: u32,
    /// Mean loss at a = 1, b = 0; NaN if there were no rows.
    pub nll_before: f64,
    /// The same at the parameters found.
    pub nll_after: f64,
    /// The slope.
    pub a: f64,
    /// The intercept.
    pub b: f64,
}

impl lgt_platt_model {
    pub(super) fn of(search: &LogisticSearch) -> Self {
        let [a, _, b] = search.best;
        Self {
            head: Head::new(Kind::Platt, 0, size_of::<Self>()),
            fit_status: search.fit_status,
            iterations: search.iterations,
            nll_before: search.nll_before,
            nll_after: search.nll_after,
            a,
            b,
        }
    }
}

impl Model for lgt_platt_model {
    const KIND: Kind = Kind::Platt;

    fn fits(param: u32, parameters: usize) -> bool {
        param == 0 && parameters == 2
    }
}

unsafe fn fit<E: Elem, A: Elem>(
    model: *mut lgt_platt_model,
    data: RawScored<E, A>,
    opts: *const lgt_platt_opts,
) -> Status {
    if model.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_platt_opts::read(opts).and_then(|opts| {
            let search = logistic_search::fit(&data.check()?, &opts)?;
            *model = lgt_platt_model::of(&search);
            Ok(Status::from_code(search.fit_status).unwrap_or(LGT_E_STATE))
        })
    })
}

unsafe fn apply<E: Elem>(
    model: *const lgt_platt_model,
    x: (*const E, usize),
    y: (*mut E, usize),
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe {
        model::apply::<lgt_platt_model, E>(model.cast(), x, y, rows, |model, block| {
            if let [a, b] = *model.parameters {
                platt::apply(block, [a, b]);
            }
        })
    }
}

/// Fits Platt's calibration to scores of any kind: the `a` and `b` that minimise the mean
/// cross-entropy of `P(y = 1) = 1 / (1 + exp(-(a s + b)))`.
///
/// By default targets are Platt's: (N1 + 1) / (N1 + 2) where y is 1 and 1 / (N0 + 2) where it
/// is 0, with N1 and N0 the sums of weights of the classes. The minimum is then finite
/// whatever the data: of one class, `a` is 0. `a` may be negative. nll_before is the loss at
/// a = 1, b = 0, with the same targets, and nll_after is never above it; where that is as good
/// as any, it is the model. About 2 to 4 passes are made, after one that looks at ranges.
///
/// `fit_status` in the model, and the return value, say how it ended: `LGT_OK`; `LGT_AT_BOUND`
/// (plain targets, and a threshold tells the classes apart: the loss falls without end, and
/// the slope is held where it leaves no doubt, so that the scores nearest to the threshold get
/// logits of -36.7 and 36.7, or where it is 1e6 for scores scaled to [-1, 1]); `LGT_DEGENERATE`
/// (no rows of weight above 0: a = 1, b = 0; scores that are one score, within 1e-290, or with plain
/// targets one class: a = 0 and b the logit of the mean target, at most 36.7 in magnitude);
/// `LGT_NOT_CONVERGED` (`max_iter` passes made: the best model met). The model is written in
/// every case.
///
/// # Shape
/// `model`: one struct. `x`: one score a row, stride in elements, at least 1. `labels`: 0 or 1
/// a row, of the integer type `label_type`. `weights`: one number a row from 0 to 2^63, or
/// NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out, whatever its score.
/// `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (weights, options, a score that is NaN
/// or beyond 1e300 in magnitude). The model is then as it
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
/// J. Platt, "Probabilistic Outputs for Support Vector Machines" (1999); H. Lin, C. Lin and
/// R. Weng, "A note on Platt's probabilistic outputs for support vector machines" (2007), for
/// its loss. Their A and B are -a and -b.
///
/// # Example
/// ```c
/// double s[6] = {-2, -1, -0.5, 0.5, 1, 2};
/// uint8_t y[6] = {0, 1, 1, 0, 1, 1};
/// lgt_platt_model model;
/// assert(lgt_platt_fit_f64(&model, s, 1, y, LGT_U8, NULL, 6, NULL) == LGT_OK);
/// assert(fabs(model.a - 0.3749769231) < 1e-9 && fabs(model.b - 0.6042065953) < 1e-9);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_fit_f32(
    model: *mut lgt_platt_model,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_platt_opts,
) -> Status {
    let data = RawScored { x: x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `double` form of `lgt_platt_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_fit_f64(
    model: *mut lgt_platt_model,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_platt_opts,
) -> Status {
    let data = RawScored { x: x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_f16` form of `lgt_platt_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_fit_f16(
    model: *mut lgt_platt_model,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_platt_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// `lgt_bf16` form of `lgt_platt_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_fit_bf16(
    model: *mut lgt_platt_model,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_platt_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(model, data, opts) }
}

/// Calibrated probabilities: `1 / (1 + exp(-(a s + b)))`. An infinite score counts as the
/// largest finite one, so that with a = 0 it gets what all get; NaN gives NaN. Probabilities
/// below 1e-153 are 0.
///
/// # Shape
/// `model`: a fitted model. `x`: one score a row, `y`: one probability a row, strides in
/// elements, at least 1.
///
/// # In place
/// `y` may be `x`, with the same stride, or a column beside it.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (no Platt model), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// Computed in double: relative error 1e-15 and 2^-53 times the logit, then rounded to the
/// type of `y`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_platt_fit_f32`.
///
/// # Example
/// ```c
/// float s[2] = {0, 3}, p[2];
/// uint8_t y[2] = {0, 1};
/// lgt_platt_model model;
/// assert(lgt_platt_fit_f32(&model, s, 1, y, LGT_U8, NULL, 2, NULL) == LGT_OK);
/// assert(lgt_platt_apply_f32(&model, s, 1, p, 1, 2) == LGT_OK);
/// assert(fabsf(p[0] - 1.f / 3) < 1e-6f && fabsf(p[1] - 2.f / 3) < 1e-6f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_apply_f32(
    model: *const lgt_platt_model,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `double` form of `lgt_platt_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_apply_f64(
    model: *const lgt_platt_model,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x, x_stride), (y, y_stride), rows) }
}

/// `lgt_f16` form of `lgt_platt_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_apply_f16(
    model: *const lgt_platt_model,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x.cast::<F16>(), x_stride), (y.cast::<F16>(), y_stride), rows) }
}

/// `lgt_bf16` form of `lgt_platt_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_platt_apply_bf16(
    model: *const lgt_platt_model,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(model, (x.cast::<Bf16>(), x_stride), (y.cast::<Bf16>(), y_stride), rows) }
}
