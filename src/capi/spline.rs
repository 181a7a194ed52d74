//! `lgt_spline`: calibration by the slope of a spline along the order of scores.

use super::calibrator::{self, RawFit};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::spline::{self, LEAST_KNOTS, MOST_KNOTS, Opts, SplineCalibration};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The spline is fitted to hits less scores, which are probabilities.
pub const LGT_SPLINE_DIFFERENCE: u32 = 0;
/// The spline is fitted to hits; of scores only the order is used.
pub const LGT_SPLINE_HITS: u32 = 1;

// Written as numbers because the header generator evaluates nothing.
const _: () = assert!(LGT_SPLINE_DIFFERENCE == spline::DIFFERENCE);
const _: () = assert!(LGT_SPLINE_HITS == spline::HITS);

/// Options of `lgt_spline_fit`. Fill with `lgt_spline_opts_default`, then change what is to
/// be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_spline_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Knots of the spline, from 2 to 32; default 6.
    pub knots: u32,
    /// What it is fitted to: `LGT_SPLINE_DIFFERENCE`, which is the default, or
    /// `LGT_SPLINE_HITS`.
    pub target: u32,
    /// Must be 0.
    pub reserved: u32,
}

// SAFETY: repr(C), 4 * 4 bytes, plain numbers.
unsafe impl Options for lgt_spline_opts {
    const DEFAULT: Self = Self {
        struct_size: size_of::<Self>() as u32,
        knots: 6,
        target: LGT_SPLINE_DIFFERENCE,
        reserved: 0,
    };
}

impl lgt_spline_opts {
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<Opts, Status> {
        // SAFETY: the contract of this function.
        let Self { knots, target, reserved, .. } = unsafe { guard::options(opts)? };
        if target > LGT_SPLINE_HITS || reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        let good = (LEAST_KNOTS..=MOST_KNOTS).contains(&(knots as usize));
        if good { Ok(Opts { knots: knots as usize, target }) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_opts_default(opts: *mut lgt_spline_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_spline_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_spline` takes at most: 40, 8 a knot, and 16 a row
/// up to 1024 rows.
///
/// # Shape
/// `rows`: number of rows. `opts`: NULL for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_OPTION`, `LGT_E_VALUE` (options).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_size(
    rows: usize,
    opts: *const lgt_spline_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        match lgt_spline_opts::read(opts) {
            Ok(opts) => model::size_of_model(Some(opts.parameters(rows)), bytes),
            Err(status) => status,
        }
    }
}

/// Writes how many bytes of scratch `lgt_spline_fit` needs: twice the bytes of a score a row
/// (at least 6), with weights 8 a row and those of a score. Half of the former is touched only
/// where scores are not next to one another.
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
pub unsafe extern "C" fn lgt_spline_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::scratch_bytes(spline::words, (rows, score_size, weighted), bytes) }
}

unsafe fn fit<E: Elem, A: Elem>(raw: RawFit<E, A>, opts: *const lgt_spline_opts) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_spline_opts::read(opts).and_then(|opts| {
            let fit = raw.check(Some(opts.parameters(raw.rows.rows)), spline::words)?;
            let found = spline::fit(&fit.data, &fit.scored, &opts, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<SplineCalibration>(opts.param(), found))
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
    unsafe { model::apply::<SplineCalibration, E>(model, x, y, rows, spline::apply) }
}

/// Fits a spline calibrator to held-out scores of two classes: along rows in order of their
/// scores, the slope of the curve to which hits add up is the probability of a hit.
///
/// With weights w, labels y and scores s in order, and W the sum of weights, let F_i be the
/// share of weight up to score i and D(F_i) the sum of w (y - s) up to it over W; D is 0 at 0
/// and straight between. Rows of one score are one step of it. The spline g is the natural
/// cubic spline over knots at 0, 1 / (k - 1), .. 1 with the least integral of (g - D)^2 over
/// 0 .. 1. The value at score i is s_i + g'(F_i), with the mean of g' from F_(i - 1) to F_i,
/// which is g' there but for scores of many rows. With `LGT_SPLINE_HITS`, D is of w y alone and
/// the value g'(F_i): it depends on nothing but the order of scores, which may be of any kind.
/// Between scores values are on straight lines, below the lowest and above the highest
/// constant; all are held in 0 .. 1. They need not rise with the score, and where they are 0 or
/// 1 a loss may be infinite.
///
/// The authors' program takes the sum of (g - D)^2 over rows, at fractions (i - 1) / (n - 1),
/// and of rows of one score each in the order it comes in: without ties, values differ
/// from these by about 1 / n.
///
/// The model is bytes of the caller: its head (`lgt_model_head`), g at its knots, then scores,
/// rising, and as many values, not held in 0 .. 1. Of up to 1024 different scores all are
/// there, of more the first and last in each 512th of the weight, and that after a score of two
/// or more of those: lines between them differ from the values by no more than g' changes along
/// a 256th. `nll_before` is the mean loss of scores taken as probabilities, NaN if one is
/// outside 0 .. 1; `nll_after` that of the fitted function. `fit_status`, which is also returned,
/// is `LGT_OK`; or `LGT_DEGENERATE` where there is one class or one score, and the function is
/// the mean label, or where no row counts: scores are then left as they are, with
/// `LGT_SPLINE_HITS` it is 0.5. g is then 0.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_spline_size` says. `x`: `rows`
/// scores, `x_stride` elements from one to the next. `labels`: as many times 0 or 1, of the
/// integer type `label_type` (`LGT_I8` to `LGT_U64`). `weights`: as many numbers from 0 to
/// 2^63, or NULL for 1 each; a weight of 0, or below 2^-160, leaves its row out. `opts`: NULL
/// for the defaults. `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_spline_scratch` says, apart from the other arrays; what is there before does not
/// matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment of
/// the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score that is
/// NaN, or with `LGT_SPLINE_DIFFERENCE` outside 0 .. 1.01), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The
/// model is then as it was. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Values within 1e-10 of the exact ones, losses of the fitted function within 1e-12,
/// relative. The order of rows does not change a bit.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// K. Gupta, A. Rahimi, T. Ajanthan, T. Mensink, C. Sminchisescu, R. Hartley, "Calibration of
/// Neural Networks using Splines" (2021), sections 3 and 4.
///
/// # Example
/// ```c
/// double x[8] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
/// uint8_t y[8] = {0, 0, 1, 0, 1, 1, 0, 1};
/// uint64_t model[40], scratch[16];
/// assert(lgt_spline_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 8, NULL, scratch,
///                           sizeof scratch) == LGT_OK);
/// assert(lgt_spline_apply_f64(model, x, 1, x, 1, 8) == LGT_OK);
/// assert(x[0] < x[3] && x[5] > 0.5);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_spline_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `double` form of `lgt_spline_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_spline_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_f16` form of `lgt_spline_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_spline_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_bf16` form of `lgt_spline_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_spline_opts,
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
/// NaN stays NaN; infinite scores are in order as others are. Where the model has infinite
/// scores, values are as those of `lgt_isotonic_apply_f32`.
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
/// 4e-16 and one rounding to the type of `y`, times what is lost of a score near another.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_spline_fit_f32`.
///
/// # Example
/// ```c
/// float x[4] = {0.25f, 0.25f, 0.75f, 0.75f}, y;
/// uint8_t labels[4] = {0, 1, 1, 1};
/// uint64_t model[24], scratch[4];
/// assert(lgt_spline_fit_f32(model, sizeof model, x, 1, labels, LGT_U8, NULL, 4, NULL, scratch,
///                           sizeof scratch) == LGT_OK);
/// float score = 0;
/// assert(lgt_spline_apply_f32(model, &score, 1, &y, 1, 1) == LGT_OK);
/// assert(y > 0.48f && y < 0.52f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_apply_f32(
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

/// `double` form of `lgt_spline_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_apply_f64(
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

/// `lgt_f16` form of `lgt_spline_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_apply_f16(
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

/// `lgt_bf16` form of `lgt_spline_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_spline_apply_bf16(
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
