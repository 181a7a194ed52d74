//! `lgt_bbq`: Bayesian binning into quantiles.

use super::calibrator::{self, RawFit};
use super::guard::{self, Options};
use super::inputs::RawScored;
use super::model;
use super::types::*;
use crate::calibration::bbq::{self, Bbq};
use crate::simd::{Bf16, Elem, F16};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_bbq_fit`. Fill with `lgt_bbq_opts_default`, then change what is to be
/// different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_bbq_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Must be 0.
    pub reserved: u32,
    /// How many rows the prior is worth, 1e-6 to 1e6; default 2.
    pub prior: f64,
}

// SAFETY: repr(C), 2 * 4 + 8 bytes, plain numbers.
unsafe impl Options for lgt_bbq_opts {
    const DEFAULT: Self = Self { struct_size: size_of::<Self>() as u32, reserved: 0, prior: 2.0 };
}

impl lgt_bbq_opts {
    /// # Safety
    /// As [`guard::options`].
    pub(super) unsafe fn read(opts: *const Self) -> Result<f64, Status> {
        // SAFETY: the contract of this function.
        let Self { reserved, prior, .. } = unsafe { guard::options(opts)? };
        if reserved != 0 {
            return Err(LGT_E_OPTION);
        }
        if (1e-6..=1e6).contains(&prior) { Ok(prior) } else { Err(LGT_E_VALUE) }
    }
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any
/// time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_opts_default(opts: *mut lgt_bbq_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_bbq_opts::DEFAULT };
    }
}

/// Writes how many bytes a model of `lgt_bbq` takes at most: about 8 MB for a million rows.
/// What a fit has used, mostly far less, is in its head, and `lgt_model_size` says it.
///
/// # Shape
/// `rows`: number of rows. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (4 GiB or more).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_size(rows: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { model::size_of_model(bbq::parameters(rows), bytes) }
}

/// Writes how many bytes of scratch `lgt_bbq_fit` needs: for each row 40, the bytes of a
/// score, and what it takes to sort (as much again, at least 4; with weights at least 8);
/// and 80 times the cube root of their number.
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
pub unsafe extern "C" fn lgt_bbq_scratch(
    rows: usize,
    score_size: usize,
    weighted: u32,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { calibrator::scratch_bytes(bbq::words, (rows, score_size, weighted), bytes) }
}

unsafe fn fit<E: Elem, A: Elem>(raw: RawFit<E, A>, opts: *const lgt_bbq_opts) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_bbq_opts::read(opts).and_then(|prior| {
            let fit = raw.check(bbq::parameters(raw.rows.rows), bbq::words)?;
            let (binnings, fitted, used) =
                bbq::fit(&fit.data, &fit.scored, prior, fit.parameters, fit.scratch)?;
            Ok(fit.seal::<Bbq>(binnings, (fitted, used)))
        })
    })
}

/// Fits Bayesian binning into quantiles (BBQ) to held-out probabilities of two classes: an
/// average over histogram binnings with bins of equal mass, of all numbers of bins B from
/// `max(1, floor(n^(1/3) / 10))` to `min(n, ceil(10 n^(1/3)))`, for n rows.
///
/// In a binning, the probability of bin b has a beta distribution before the data, with
/// parameters `a p` and `a (1 - p)`: `a` is `prior / B`, and `p` the middle of the bin's
/// interval, held 2^-53 away from 0 and 1. If it has h rows of label 1 and m of label 0, its
/// value is `(h + a p) / (h + m + a)`, and the binning has the weight
/// `product over b of G(a) / G(h + m + a) * G(h + a p) / G(a p) * G(m + a (1 - p)) /
/// G(a (1 - p))`, where G is the gamma function, over the sum of those of all binnings.
///
/// Bins end where those of `lgt_histogram_binning` with equal mass do: no two part equal
/// scores, and edges are the middles between neighbours; intervals begin at 0 and end at 1.
/// A bin that equal scores leave empty has the factor 1; B remains what it is. With weights,
/// h and m are sums of those, while rows are counted for n and for where bins end.
///
/// netcal's `BBQ` is another method: it weighs binnings by BIC or AIC and drops some, and has
/// no prior.
///
/// An average of binnings is one, in the bins that all their edges make, and this is what is
/// kept. The model is bytes of the caller: its head (`lgt_model_head`), whose parameter is
/// the number of binnings; for each its B and its weight; then the edges between bins in
/// order, and the value of each bin, of which there is one more. Binnings whose weight is
/// below 2^-60 of the largest cannot be seen in the average and are left out. `nll_before` is
/// the mean loss of scores, NaN if one is above 1; `nll_after` that of values. `fit_status`,
/// which is also returned, is `LGT_OK`, or `LGT_DEGENERATE` where rows are of one class or
/// of one score, or none counts: the model can be used, and is what the prior makes of it,
/// or 0.5 where there is no row.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_bbq_size` says. `x`: `rows`
/// probabilities, up to 1.01, which is taken as rounding; `x_stride` elements from one to
/// the next. `labels`: as many times 0 or 1, of the integer type `label_type` (`LGT_I8` to
/// `LGT_U64`). `weights`: as many numbers from 0 to 2^63, or NULL for 1 each; a weight of 0,
/// or below 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_bbq_scratch` says, apart from the
/// other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (also of the model), `LGT_E_STATE` (alignment
/// of the model), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, a score
/// that is NaN, below 0 or above 1.01), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as
/// it was. Advisory: `LGT_DEGENERATE`.
///
/// # Accuracy
/// Weights and values within 1e-8 for up to a million rows. The order of rows does not change
/// a bit.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Pakdaman Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities
/// Using Bayesian Binning" (2015); the prior's size 2 and the numbers of bins are theirs.
///
/// # Example
/// ```c
/// double x[2] = {0.25, 0.75};
/// uint8_t y[2] = {0, 1};
/// uint64_t model[12], scratch[16];
/// assert(lgt_bbq_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 2, NULL, scratch,
///                        sizeof scratch) == LGT_OK);
/// assert(lgt_bbq_apply_f64(model, x, 1, x, 1, 2) == LGT_OK);
/// assert(x[0] > 0.2 && x[0] < 0.3 && x[1] > 0.7 && x[1] < 0.8);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_bbq_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `double` form of `lgt_bbq_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    opts: *const lgt_bbq_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows = RawScored { x, stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_f16` form of `lgt_bbq_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_bbq_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<F16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

/// `lgt_bf16` form of `lgt_bbq_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    opts: *const lgt_bbq_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let rows =
        RawScored { x: x.cast::<Bf16>(), stride: x_stride, labels, label_type, weights, rows };
    let raw = RawFit { rows, model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(raw, opts) }
}

unsafe fn apply<E: Elem>(
    model: *const c_void,
    x: (*const E, usize),
    y: (*mut E, usize),
    rows: usize,
) -> Status {
    // SAFETY: the contract of the C functions below.
    unsafe { model::apply::<Bbq, E>(model, x, y, rows, bbq::apply) }
}

/// Calibrates scores with a model of `lgt_bbq`: the value of the bin that each is
/// in. NaN stays NaN; -inf is in the first bin and +inf in the last. Scores may be of
/// another type than those that the model was fitted to: they are compared with its edges
/// as they are.
///
/// # Shape
/// `model`: a fitted model. `x`: `rows` scores, `x_stride` elements from one to the next.
/// `y`: as many probabilities of label 1, `y_stride` apart.
///
/// # In place
/// `y` may be `x` with the same stride.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (no such model),
/// `LGT_E_ALIAS`. `y` is then as it was.
///
/// # Accuracy
/// The values of the model, rounded to the type of the data.
///
/// Thread safety: any thread, as long as no other changes the model or writes the arrays.
///
/// # Source
/// As `lgt_bbq_fit_f32`.
///
/// # Example
/// ```c
/// double x[1] = {0.5};
/// uint8_t y[1] = {1};
/// uint64_t model[8], scratch[16];
/// assert(lgt_bbq_fit_f64(model, sizeof model, x, 1, y, LGT_U8, NULL, 1, NULL, scratch,
///                        sizeof scratch) == LGT_DEGENERATE);
/// assert(lgt_bbq_apply_f64(model, x, 1, x, 1, 1) == LGT_OK && x[0] > 0.66 && x[0] < 0.67);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_apply_f32(
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

/// `double` form of `lgt_bbq_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_apply_f64(
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

/// `lgt_f16` form of `lgt_bbq_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_apply_f16(
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

/// `lgt_bf16` form of `lgt_bbq_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_bbq_apply_bf16(
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
