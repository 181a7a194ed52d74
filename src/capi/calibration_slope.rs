//! `lgt_calibration_slope`: Cox's regression on the logits of forecasts.

use super::binary::{LGT_BINARY_LOGITS, LGT_BINARY_PROBABILITIES};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::types::*;
use crate::calibration::calibration_slope::{self, Fit, Opts};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_calibration_slope_fit`. Fill with
/// `lgt_calibration_slope_opts_default`, then change what is to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_calibration_slope_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// `LGT_BINARY_PROBABILITIES` (the default) or `LGT_BINARY_LOGITS`.
    pub input: u32,
    /// Passes over the data at most, for each of the two fits, at least 1; default
    /// 100.
    pub max_iter: u32,
    /// Must be 0.
    pub reserved: u32,
    /// Probabilities are clipped to `[eps, 1 - eps]`, above 0 and below 0.5; default
    /// 2^-52.
    pub eps: f64,
    /// Done when a step would change no parameter, of scores scaled to [-1, 1], by
    /// more than this share of the larger and 1; from 0 to 1, default 1e-9.
    pub tol: f64,
    /// The largest slope in magnitude, from 1 to 1e12; default 1e6.
    pub slope_max: f64,
}

// SAFETY: repr(C), 4 * 4 + 3 * 8 bytes, plain numbers.
unsafe impl Options for lgt_calibration_slope_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        input: LGT_BINARY_PROBABILITIES,
        max_iter: 100,
        reserved: 0,
        eps: f64::EPSILON,
        tol: 1e-9,
        slope_max: 1e6,
    };
}

impl lgt_calibration_slope_opts {
    unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the caller vouches for the struct.
        let Self { input, max_iter, reserved, eps, tol, slope_max, .. } =
            unsafe { guard::options(opts)? };
        if input > LGT_BINARY_LOGITS || reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        let good = max_iter >= 1
            && eps > 0.0
            && eps < 0.5
            && (0.0..=1.0).contains(&tol)
            && (1.0..=1e12).contains(&slope_max);
        let logits = input == LGT_BINARY_LOGITS;
        if good { Ok(Opts { logits, max_iter, eps, tol, slope_max }) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any
/// thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_calibration_slope_opts_default(opts: *mut lgt_calibration_slope_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_calibration_slope_opts::DEFAULT };
    }
}

/// What `lgt_calibration_slope_fit` found.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_calibration_slope_report {
    /// How the fit ended, an `lgt_status`.
    pub fit_status: i32,
    /// Passes over the data, of all fits.
    pub iterations: u32,
    /// Rows of weight above 0.
    pub rows: u64,
    /// Those without a logit: all else is then NaN.
    pub nan_rows: u64,
    /// Those whose probability was clipped.
    pub clipped_rows: u64,
    /// The sum of weights.
    pub weight: f64,
    /// The intercept; 0 if calibrated.
    pub intercept: f64,
    /// The slope; 1 if calibrated, below 1 if forecasts are too extreme.
    pub slope: f64,
    /// The standard error of the intercept.
    pub intercept_error: f64,
    /// The standard error of the slope.
    pub slope_error: f64,
    /// Calibration in the large: the intercept where the slope is held at 1.
    pub intercept_at_one: f64,
    /// Its standard error.
    pub intercept_at_one_error: f64,
    /// Mean log loss of the forecasts as they are.
    pub nll_before: f64,
    /// Mean log loss with intercept and slope.
    pub nll_after: f64,
}

impl From<Fit> for lgt_calibration_slope_report {
    fn from(fit: Fit) -> Self {
        Self {
            fit_status: fit.status as i32,
            iterations: fit.iterations,
            rows: fit.rows[0],
            nan_rows: fit.rows[1],
            clipped_rows: fit.rows[2],
            weight: fit.weight,
            intercept: fit.intercept[0],
            slope: fit.slope[0],
            intercept_error: fit.intercept[1],
            slope_error: fit.slope[1],
            intercept_at_one: fit.intercept_at_one[0],
            intercept_at_one_error: fit.intercept_at_one[1],
            nll_before: fit.nll[0],
            nll_after: fit.nll[1],
        }
    }
}

unsafe fn fit<E: Elem, A: Elem>(
    report: *mut lgt_calibration_slope_report,
    data: RawScored<E, A>,
    opts: *const lgt_calibration_slope_opts,
) -> Status {
    if report.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_calibration_slope_opts::read(opts).and_then(|opts| {
            let found = calibration_slope::fit(&data.check()?, &opts);
            *report = found.into();
            Ok(found.status)
        })
    })
}

/// Fits intercept a and slope b of calibration: logistic regression of what came true
/// on the logits x of the forecasts, P(y = 1) = 1 / (1 + e^-(a + b x)). A batch
/// function over arrays of the caller; it needs no scratch.
///
/// Calibrated is a = 0 and b = 1; b below 1 says that forecasts are too extreme (the
/// model is overfitted), `intercept_at_one` above 0 that they are too low on the
/// whole. Standard errors are those of maximum likelihood, from the curvature, with
/// weights taken as repetitions; twice the weight times (`nll_before` - `nll_after`)
/// is the likelihood ratio statistic of a = 0, b = 1, chi-square with 2 degrees of
/// freedom. As `cox_regression_analysis` of calzone, `statsmodels` `Logit` on logits,
/// and scikit-learn's `LogisticRegression(C=inf)`.
///
/// Newton's method with both derivatives, on scores scaled to [-1, 1], halving steps
/// that do not help, and for the intercept alone inside a bracket; it always stops.
/// `fit_status`, and the return value, say how: `LGT_OK`; `LGT_DEGENERATE` (one class
/// only, or a threshold tells the classes apart, so that no slope is steep enough:
/// a = 0, b = 1 and errors of NaN are written, but `intercept_at_one` is found if both
/// classes are there); `LGT_AT_BOUND` (`slope_max`, with the best intercept for it);
/// `LGT_NOT_CONVERGED` (the best point met is written); `LGT_UNDEFINED` (no rows, or
/// one without a logit, as of NaN or an infinite one: NaN).
///
/// # Shape
/// `report`: one struct. `x`: one forecast of class 1 a row, `x_stride` elements
/// apart, at least 1. `labels`: 0 or 1 a row, of the integer type `label_type`
/// (`LGT_I8` to `LGT_U64`). `weights`: one number a row from 0 to 2^63, or NULL for 1
/// each; a weight of 0 leaves its row out. `opts`: NULL for the defaults.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// options), `LGT_E_OPTION`. The report is then as it was. Advisory: `LGT_DEGENERATE`,
/// `LGT_AT_BOUND`, `LGT_NOT_CONVERGED`, `LGT_UNDEFINED`.
///
/// # Accuracy
/// Computed in `double` whatever the type. Parameters: at most 1e-8 of the larger of
/// themselves and 1.
///
/// Thread safety: any thread, any time.
///
/// # Source
/// D. R. Cox, "Two further applications of a model for binary regression" (1958);
/// A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in
/// logistic regression models" (1984).
///
/// # Example
/// ```c
/// float p[8] = {0.2f, 0.2f, 0.2f, 0.2f, 0.8f, 0.8f, 0.8f, 0.8f};
/// uint8_t y[8] = {0, 0, 0, 1, 1, 1, 1, 0};
/// lgt_calibration_slope_report report;
/// assert(lgt_calibration_slope_fit_f32(&report, p, 1, y, LGT_U8, NULL, 8, NULL) == LGT_OK);
/// assert(report.slope > 0.79248 && report.slope < 0.79249);
/// assert(report.intercept < 1e-6 && report.intercept > -1e-6);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_calibration_slope_fit_f32(
    report: *mut lgt_calibration_slope_report,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_calibration_slope_opts,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(report, data, opts) }
}

/// `double` form of `lgt_calibration_slope_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_calibration_slope_fit_f64(
    report: *mut lgt_calibration_slope_report,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_calibration_slope_opts,
) -> Status {
    let data = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(report, data, opts) }
}

/// `lgt_f16` form of `lgt_calibration_slope_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_calibration_slope_fit_f16(
    report: *mut lgt_calibration_slope_report,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_calibration_slope_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(report, data, opts) }
}

/// `lgt_bf16` form of `lgt_calibration_slope_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_calibration_slope_fit_bf16(
    report: *mut lgt_calibration_slope_report,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_calibration_slope_opts,
) -> Status {
    let data =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    // SAFETY: the contract of this function.
    unsafe { fit(report, data, opts) }
}
