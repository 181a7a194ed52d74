//! `lgt_dirichlet`: Dirichlet calibration.

use super::guard;
use super::inputs::RawPoints;
use super::linear::{Room, apply_matrix, fit, job, open};
use super::matrix_search::lgt_matrix_search_opts;
use super::model::size_of_model;
use super::types::*;
use crate::calibration::linear_fit::Dirichlet;
use crate::calibration::linear_map::Form;
use crate::calibration::map_rows;
use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a model of `lgt_dirichlet` takes up: 40, and 8 a parameter,
/// of which there are cols x cols + cols + 1: the matrix row by row, biases, then `eps`.
///
/// # Shape
/// `cols`: the number of classes, at least 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_size(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { size_of_model(job(Form::Matrix, 0.5, cols).parameters(), bytes) }
}

/// Writes how many bytes of scratch `lgt_dirichlet_fit` needs: about 8 x 35 a parameter.
///
/// # Shape
/// `cols`: the number of classes, at least 1. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE` (more than 4 GiB).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(job(Form::Matrix, 0.5, cols).words(), bytes) }
}

/// Writes how many bytes of scratch `lgt_dirichlet_apply` needs: about 128 a class.
///
/// # Shape
/// `cols`: the number of classes. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_SIZE`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_apply_scratch(cols: usize, bytes: *mut usize) -> Status {
    // SAFETY: the contract of this function.
    unsafe { guard::scratch_bytes(map_rows::words(cols), bytes) }
}

/// Dirichlet calibration: fits a matrix and biases to held-out probabilities and labels, the
/// `W` and `b` that minimise the mean negative log-likelihood of `softmax(W ln p + b)`, where
/// p is the larger of a probability and `eps`, plus the penalties of `lgt_matrix_scaling_fit`.
///
/// The ODIR penalty with lambda and mu is `off_diagonal` = lambda / (cols (cols - 1)) and
/// `bias` = mu / cols. What is free is settled as by `lgt_matrix_scaling_fit`.
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
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_dirichlet_size` says. `x`:
/// probabilities, from 0 to 1.01, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
/// a row, 0 to cols - 1, of the integer type `label_type` (`LGT_I8` to `LGT_U64`).
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `eps`: from 1e-300 to 0.5;
/// 1e-15, say. `opts`: NULL for the defaults. `scratch`:
/// `scratch_size` bytes, 8-byte aligned, at least what `lgt_dirichlet_scratch` says, apart from
/// the other arrays; what is there before does not matter.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE` (an array, or the model), `LGT_E_STATE` (the
/// model is not aligned), `LGT_E_LABEL`, `LGT_E_OPTION`, `LGT_E_VALUE` (weights, options, no
/// columns, or a row of weight above 0 with a number that is no probability), `LGT_E_SCRATCH`,
/// `LGT_E_ALIAS`. The model is then as it was. Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`,
/// `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// Parameters within 1e-8 of the exact minimum, of the larger of themselves and 1, where the
/// minimum is not flat; sums are made in double whatever is stored. In another order of rows the last digits may differ.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// M. Kull et al., "Beyond temperature scaling: Obtaining well-calibrated multiclass
/// probabilities with Dirichlet calibration" (2019), sections 2 and 3.
///
/// # Example
/// ```c
/// float x[6][2] = {{0.75f, 0.25f}, {0.75f, 0.25f}, {0.75f, 0.25f}, {0.5f, 0.5f}, {0.5f, 0.5f}, {0.5f, 0.5f}};
/// int32_t y[6] = {0, 0, 1, 1, 1, 0};
/// uint64_t model[12], scratch[1024];
/// size_t bytes;
/// assert(lgt_dirichlet_scratch(2, &bytes) == LGT_OK && bytes <= sizeof scratch);
/// assert(lgt_dirichlet_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, NULL, 6, 2, 1e-15, NULL, scratch, sizeof scratch) == LGT_OK);
/// double nll = ((lgt_model_head *)model)->nll_after;
/// assert(nll > 0.636514 && nll < 0.636515);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    eps: f64,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F32(x), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Matrix, eps), (points, x_stride, cols), opts, room) }
}

/// `double` form of `lgt_dirichlet_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    eps: f64,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F64(x), Numbers::F64(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Matrix, eps), (points, x_stride, cols), opts, room) }
}

/// `lgt_f16` form of `lgt_dirichlet_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    eps: f64,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::F16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Matrix, eps), (points, x_stride, cols), opts, room) }
}

/// `lgt_bf16` form of `lgt_dirichlet_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    eps: f64,
    opts: *const lgt_matrix_search_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (numbers, weights) = (Numbers::Bf16(x.cast()), Numbers::F32(weights));
    let points = RawPoints { numbers, labels, label_type, weights, n: rows };
    let room = Room { model, size, scratch, scratch_size };
    // SAFETY: the contract of this function.
    unsafe { fit((Form::Matrix, eps), (points, x_stride, cols), opts, room) }
}

/// Calibrated probabilities: `softmax(W ln p + b)` with the model's matrix and biases, p the
/// larger of a probability and the `eps` of the fit.
///
/// # Shape
/// `model`: a fitted model. `x`: probabilities, from 0 to 1.01, `y`: probabilities, rows x cols, row-major,
/// strides in elements, at least cols; cols as in the fit.
/// `scratch`: `scratch_size` bytes, 8-byte aligned, at least what
/// `lgt_dirichlet_apply_scratch` says, apart from the other arrays.
///
/// # In place
/// `y` may be `x`, with the same stride; else they must not overlap.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` (the bytes at `model` are no such model), `LGT_E_SHAPE`
/// (cols), `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_SCRATCH`. Nothing is then
/// written. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// Computed in double, then rounded to the type of `y`. A row with a NaN is NaN.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_dirichlet_fit_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{0.75f, 0.25f}}, p[1][2];
/// int32_t y[1] = {0};
/// float weights[1] = {0};
/// uint64_t model[12], scratch[1024];
/// assert(lgt_dirichlet_fit_f32(model, sizeof model, &x[0][0], 2, y, LGT_I32, weights, 1, 2, 1e-15, NULL, scratch, sizeof scratch) == LGT_DEGENERATE);
/// assert(lgt_dirichlet_apply_f32(model, &x[0][0], 2, &p[0][0], 2, 1, 2, scratch, sizeof scratch) == LGT_OK);
/// assert(p[0][0] > 0.749999f && p[0][0] < 0.750001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        apply_matrix(
            open::<Dirichlet>(model),
            (x, x_stride),
            (y, y_stride),
            (rows, cols),
            (scratch, scratch_size),
        )
    }
}

/// `double` form of `lgt_dirichlet_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe {
        apply_matrix(
            open::<Dirichlet>(model),
            (x, x_stride),
            (y, y_stride),
            (rows, cols),
            (scratch, scratch_size),
        )
    }
}

/// `lgt_f16` form of `lgt_dirichlet_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_apply_f16(
    model: *const c_void,
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe {
        apply_matrix(
            open::<Dirichlet>(model),
            (x, x_stride),
            (y, y_stride),
            (rows, cols),
            (scratch, scratch_size),
        )
    }
}

/// `lgt_bf16` form of `lgt_dirichlet_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_dirichlet_apply_bf16(
    model: *const c_void,
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe {
        apply_matrix(
            open::<Dirichlet>(model),
            (x, x_stride),
            (y, y_stride),
            (rows, cols),
            (scratch, scratch_size),
        )
    }
}
