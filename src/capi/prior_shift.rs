//! `lgt_prior_shift`: a bias for each class.

use super::guard;
use super::inputs::RawPoints;
use super::linear::{Room, apply, fit, job, open};
use super::matrix_search::lgt_matrix_search_opts;
use super::model::size_of_model;
use super::types::*;
use crate::calibration::linear_fit::PriorShift;
use crate::calibration::linear_map::Form;

use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a model of `lgt_prior_shift` takes up: 40, and 8 a parameter,
/// of which there are cols.
///
/// # Shape
/// `cols`: the number of classes, at least 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_size(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { size_of_model(job(Form::Bias, 0.0, cols).parameters(), bytes) }
}

/// Writes how many bytes of scratch `lgt_prior_shift_fit` needs: about 8 x 35 a parameter.
///
/// # Shape
/// `cols`: the number of classes, at least 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(job(Form::Bias, 0.0, cols).words(), bytes) }
}

/// Fits a bias for each class to held-out logits and labels: the `b` that minimises the
/// mean negative log-likelihood of `softmax(x + b)`, plus `bias` times the sum of `b^2`. The
/// mean predicted probability of each class is then its share of the labels. Where biases
/// cost nothing, one number may be added to all of them: their mean is 0.
///
/// `fit_status` in the model, and the return value, say how it ended: `LGT_OK`;
/// `LGT_AT_BOUND` (a parameter reached `bound`, the loss fell to nothing, or a class has no
/// rows while biases cost nothing: the minimum is at infinity, and a point on the way there
/// is kept); `LGT_DEGENERATE` (no rows, all weights 0, or one column: the identity);
/// `LGT_NOT_CONVERGED` (`max_iter` passes made: the best point met). The model is written
/// in every case, and its loss is never above that of the identity. `nll_before` is the mean
/// loss of the identity, `nll_after` that of the model, without penalties.
///
/// The fit is `lgt_matrix_search` and `lgt_matrix_loss` in turn, which do the same where the
/// rows are split among workers.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_prior_shift_size` says. `x`:
/// logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
/// a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_prior_shift_scratch` says, apart from
/// the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
/// model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
/// columns, or a row of weight above 0 with a NaN or an infinity), `LGT_E_SCRATCH`,
/// `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
/// `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// Parameters within 1e-6 of the exact minimum for f32 logits (f64: 1e-8), of the larger of
/// themselves and 1, where the minimum is not flat. In another order of rows the last digits may differ.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// A. M. Alexandari et al., "Maximum Likelihood with Bias-Corrected Calibration is
/// Hard-To-Beat at Label Shift Adaptation" (2020), without the temperature.
///
/// # Example
/// ```c
/// float x[4][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
/// int32_t y[4] = {0, 0, 0, 1};
/// uint64_t model[7], scratch[1024];
/// assert(lgt_prior_shift_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL, scratch, sizeof scratch) == LGT_OK);
/// double b = ((double *)model)[5];
/// assert(b > 0.5493061 && b < 0.5493062);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Bias, 0.0), (points, x_stride, cols), opts, room) }
}

/// `double` form of `lgt_prior_shift_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Bias, 0.0), (points, x_stride, cols), opts, room) }
}

/// `lgt_f16` form of `lgt_prior_shift_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Bias, 0.0), (points, x_stride, cols), opts, room) }
}

/// `lgt_bf16` form of `lgt_prior_shift_fit_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Bias, 0.0), (points, x_stride, cols), opts, room) }
}

/// Probabilities with shifted priors: `softmax(x + b)` with the model's biases. For
/// probabilities instead of logits give their logarithms.
///
/// # Shape
/// `model`: a fitted model. `x`: logits, `y`: probabilities, rows x cols, row-major,
/// strides in elements, at least cols; cols as in the fit.
///
/// # In place
/// As `lgt_softmax_f32`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
/// (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Nothing is then
/// written. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// Computed in double, then rounded to the type of `y`. A NaN makes its row NaN; infinities
/// are as in `lgt_softmax_f32` of the mapped logits.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_prior_shift_fit_f32`.
///
/// # Example
/// ```c
/// float x[4][2] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}}, p[4][2];
/// int32_t y[4] = {0, 0, 0, 1};
/// uint64_t model[7], scratch[1024];
/// assert(lgt_prior_shift_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 4, 2, NULL, scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_prior_shift_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 4, 2) == LGT_OK);
/// assert(p[3][0] > 0.749999f && p[3][0] < 0.750001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(open::<PriorShift>(model), (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `double` form of `lgt_prior_shift_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply(open::<PriorShift>(model), (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_prior_shift_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_apply_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(open::<PriorShift>(model), (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_prior_shift_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_prior_shift_apply_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply(open::<PriorShift>(model), (x, x_stride), (y, y_stride), (rows, cols)) }
}
