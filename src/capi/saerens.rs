//! `lgt_saerens`: new class priors from unlabelled probabilities.

use super::guard::{self, Options};
use super::linear::Room;
use super::types::*;
use crate::calibration::linear_fit::PriorShift;
use crate::calibration::saerens::{self, Opts, Unlabelled};
use crate::math::fixed::BOUND;
use crate::model::{Model, seal};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Options of `lgt_saerens_fit`. Fill with `lgt_saerens_opts_default`, then change what is
/// to be different.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct lgt_saerens_opts {
    /// The size of this struct in bytes.
    pub struct_size: u32,
    /// Passes over the data at most, at least 1; default 10000.
    pub max_iter: u32,
    /// Done when a pass changes no prior by more than this; from 0 to 1, default 1e-10.
    pub tol: f64,
}

// SAFETY: repr(C), 4 + 4 + 8 bytes, plain numbers.
unsafe impl Options for lgt_saerens_opts {
    const DEFAULT: Self =
        Self { struct_size: size_of::<Self>() as u32, max_iter: 10000, tol: 1e-10 };
}

/// Writes the default options. Does nothing for NULL. Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_opts_default(opts: *mut lgt_saerens_opts) {
    if !opts.is_null() {
        // SAFETY: the contract of this function.
        unsafe { *opts = lgt_saerens_opts::DEFAULT };
    }
}

/// Words of scratch: those of the search, and both priors.
fn words(cols: usize) -> Option<usize> {
    saerens::words(cols)?.checked_add(cols.checked_mul(2)?)
}

/// Writes how many bytes of scratch `lgt_saerens_fit` needs: 40 a class.
///
/// # Shape
/// `cols`: the number of classes. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(words(cols), bytes) }
}

/// Where an array lies: start, bytes.
type Span = (*const u8, usize);

/// Rows without labels, as C gives them.
struct Rows {
    numbers: Numbers,
    stride: usize,
    weights: Numbers,
    rows: usize,
    cols: usize,
}

impl Rows {
    /// The same, checked: every weight is a weight; and where they lie.
    unsafe fn check(&self) -> Result<(Unlabelled, [Span; 2]), Status> {
        let Rows { numbers, stride, weights, rows, cols } = *self;
        let given = Some(weights).filter(|weights| !weights.address().is_null());
        // SAFETY: the contract of the C functions below.
        let x = unsafe { guard::numbers(numbers, stride, rows, cols)? };
        let data = Unlabelled { numbers, stride, weights: given, rows };
        if !(0..rows).all(|r| (0.0..=BOUND).contains(&data.weight(r))) {
            return Err(LGT_E_VALUE);
        }
        let bytes = if given.is_some() { rows * weights.size() } else { 0 };
        Ok((data, [x, (weights.address(), bytes)]))
    }
}

/// The old priors, divided by their sum.
fn normalised(given: &[f64], to: &mut [f64]) -> Result<(), Status> {
    let sum: f64 = given.iter().sum();
    if !(given.iter().all(|p| *p > 0.0) && (1.0 - 1e-6..=1.0 + 1e-6).contains(&sum)) {
        return Err(LGT_E_VALUE);
    }
    to.iter_mut().zip(given).for_each(|(to, p)| *to = p / sum);
    Ok(())
}

unsafe fn fit(
    data: Rows,
    (given, priors): (*const f64, *mut f64),
    opts: *const lgt_saerens_opts,
    room: Room,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        guard::options(opts).and_then(|lgt_saerens_opts { max_iter, tol, .. }| {
            if !(max_iter >= 1 && (0.0..=1.0).contains(&tol) && data.cols > 0) {
                return Err(LGT_E_VALUE);
            }
            let cols = data.cols;
            let (data, [x, of_weights]) = data.check()?;
            let old = guard::slice(given, cols)?;
            let of_priors = guard::span_of(priors.cast_const(), cols);
            let arrays = [x, of_weights, guard::span_of(given, cols), of_priors];
            let (parameters, scratch) = room.check(Some(cols), words(cols), arrays)?;
            for other in [x, of_weights] {
                guard::apart(of_priors, other)?;
            }
            let scratch =
                core::slice::from_raw_parts_mut(scratch.as_mut_ptr().cast(), scratch.len());
            let split = scratch.split_at_mut_checked(cols).ok_or(LGT_E_SCRATCH)?;
            let (from, rest) = split;
            let (to, rest) = rest.split_at_mut_checked(cols).ok_or(LGT_E_SCRATCH)?;
            normalised(old, from)?;
            let mut shift = |i: usize, x: f64| {
                if let Some(b) = parameters.get_mut(i) {
                    *b = x;
                }
            };
            let opts = Opts { max_iter, tol };
            let fitted = saerens::fit(&data, from, &opts, (&mut *to, rest), &mut shift)?;
            seal(room.model.cast(), PriorShift::KIND, cols as u32, cols, &fitted);
            if !priors.is_null() {
                let _ = guard::fill(priors, cols, to.iter().copied())?;
            }
            Ok(fitted.status)
        })
    })
}

/// New class priors from unlabelled probabilities: expectation maximisation from the priors of
/// the training set, `train_priors`, to those that make the rows most likely. No pass makes
/// them less likely, and it always stops: `LGT_OK` (no prior changed by more than `tol`);
/// `LGT_AT_BOUND` (the same, but a prior has fallen below 1e-9: its class is not there);
/// `LGT_DEGENERATE` (no rows, or all weights 0: the priors stay); `LGT_NOT_CONVERGED`
/// (`max_iter` passes made).
///
/// What comes of it is a model of `lgt_prior_shift`: its biases are the logarithms of the
/// ratios of new to old priors, and `lgt_prior_shift_apply` takes the logits, or the logarithms
/// of the probabilities, that the rows were made of. `nll_before` and `nll_after` are the
/// mean of -ln of the likelihood of a row relative to that under the old priors.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_prior_shift_size` says. `x`:
/// probabilities of a classifier trained under the old priors, rows x cols, row-major, stride
/// in elements, at least cols. `weights`: one number a row from 0 to 2^63, or NULL for 1
/// each. `train_priors`: cols numbers above 0 that come to 1 within 1e-6, and are divided by
/// their sum. `priors`: cols numbers, the new priors, or NULL. `opts`: NULL for the defaults.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what `lgt_saerens_scratch` says,
/// apart from the other arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_STATE` (the model is not aligned),
/// `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, priors, no columns, a row with a number
/// not from 0 to 1.01, or of nothing but 0), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. Nothing is then
/// written. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// Each pass within 1e-12; how far the last guess is from the maximum depends on `tol`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Saerens, P. Latinne and C. Decaestecker, "Adjusting the Outputs of a Classifier to New a
/// Priori Probabilities: A Simple Procedure" (2002).
///
/// # Example
/// ```c
/// float p[4][2] = {{0.9f, 0.1f}, {0.9f, 0.1f}, {0.9f, 0.1f}, {0.1f, 0.9f}};
/// double old[2] = {0.5, 0.5}, priors[2];
/// uint64_t model[7], scratch[16];
/// assert(lgt_saerens_fit_f32(model, sizeof model, &p[0][0], 2, NULL, 4, 2, old, priors, NULL, scratch, sizeof scratch) == LGT_OK);
/// assert(priors[0] > 0.81249 && priors[0] < 0.81251);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    weights: *const f32,
    rows: usize,
    cols: usize,
    train_priors: *const f64,
    priors: *mut f64,
    opts: *const lgt_saerens_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let data = Rows { numbers, stride: x_stride, weights, rows, cols };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(data, (train_priors, priors), opts, room) }
}

/// `double` form of `lgt_saerens_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    weights: *const f64,
    rows: usize,
    cols: usize,
    train_priors: *const f64,
    priors: *mut f64,
    opts: *const lgt_saerens_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let data = Rows { numbers, stride: x_stride, weights, rows, cols };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(data, (train_priors, priors), opts, room) }
}

/// `lgt_f16` form of `lgt_saerens_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    weights: *const f32,
    rows: usize,
    cols: usize,
    train_priors: *const f64,
    priors: *mut f64,
    opts: *const lgt_saerens_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let data = Rows { numbers, stride: x_stride, weights, rows, cols };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(data, (train_priors, priors), opts, room) }
}

/// `lgt_bf16` form of `lgt_saerens_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_saerens_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    weights: *const f32,
    rows: usize,
    cols: usize,
    train_priors: *const f64,
    priors: *mut f64,
    opts: *const lgt_saerens_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let data = Rows { numbers, stride: x_stride, weights, rows, cols };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit(data, (train_priors, priors), opts, room) }
}
