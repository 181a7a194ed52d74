//! `lgt_one_vs_rest`: a calibrator of two classes for each class.

use super::inputs::RawPoints;
use super::reduction::{self, RawFit, lgt_reduction_opts};
use super::types::*;
use crate::calibration::one_vs_rest::OneVsRest;
use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a model of `lgt_one_vs_rest` takes at most. It is cols + 1 numbers and a model of the method for each class.
/// What a fit has used is in its head, and `lgt_model_size` says it.
///
/// # Shape
/// `rows`, `cols`: of the data. `weighted`: 1 if weights are given, else 0. `opts`: NULL
/// for the defaults. `bytes`: one number.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_VALUE` (`weighted`, options), `LGT_E_OPTION`, `LGT_E_SIZE` (4 GiB
/// or more).
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_size(
    rows: usize,
    cols: usize,
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::size::<OneVsRest>((rows, cols), weighted, opts, bytes) }
}

/// Writes how many bytes of scratch `lgt_one_vs_rest_fit` needs: for each row 9 bytes, with
/// weights 17, and what the method needs for the same rows.
///
/// # Shape
/// As `lgt_one_vs_rest_size`.
///
/// # Errors
/// As `lgt_one_vs_rest_size`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_scratch(
    rows: usize,
    cols: usize,
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::scratch::<OneVsRest>((rows, cols), weighted, opts, bytes) }
}

/// Fits one calibrator of two classes to each column, "this class or another"; the
/// calibrated columns of a row are then divided by their sum.
///
/// `opts` names the calibrator (`method`), isotonic by default, and may give the options of
/// its own fit. What `x` holds is what the method takes: probabilities, or for Platt's and
/// isotonic calibration scores of any kind. nll_before and nll_after are sums over the
/// classes of what the method's fit says, iterations likewise; `fit_status` and the
/// return value are `LGT_OK` if all fits are, else the status of highest number among
/// theirs: a class without rows, say, is `LGT_DEGENERATE`.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_one_vs_rest_size` says, apart from
/// the other arrays. `x`: rows x cols, row-major, stride in elements, at least cols.
/// `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`.
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`: `scratch_size`
/// bytes, 8-byte aligned, at least what `lgt_one_vs_rest_scratch` says, apart from the other
/// arrays.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (weights, options, a score that the method does not take), `LGT_E_STATE`
/// (`model` not aligned), `LGT_E_SCRATCH`, `LGT_E_ALIAS`. The model is then as it was.
/// Advisory: `LGT_AT_BOUND`, `LGT_DEGENERATE`, `LGT_NOT_CONVERGED`.
///
/// # Accuracy
/// That of the method.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Zadrozny and C. Elkan, "Transforming Classifier Scores into Accurate Multiclass
/// Probability Estimates" (2002), for one against the rest and shares.
///
/// # Example
/// ```c
/// float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}};
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t model[256], scratch[256];
/// assert(lgt_one_vs_rest_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
///                        scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_model_check(model, sizeof model) == LGT_OK);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_fit_f32(
    model: *mut c_void,
    size: usize,
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_reduction_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F32(x),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n: rows,
    };
    let (model, scratch) = ((model, size), (scratch, scratch_size));
    let raw = RawFit { points, stride: x_stride, cols, model, scratch };
    // SAFETY: the contract of this function.
    unsafe { reduction::fit::<OneVsRest>(raw, opts) }
}

/// `double` form of `lgt_one_vs_rest_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_fit_f64(
    model: *mut c_void,
    size: usize,
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_reduction_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F64(x),
        labels,
        label_type,
        weights: Numbers::F64(weights),
        n: rows,
    };
    let (model, scratch) = ((model, size), (scratch, scratch_size));
    let raw = RawFit { points, stride: x_stride, cols, model, scratch };
    // SAFETY: the contract of this function.
    unsafe { reduction::fit::<OneVsRest>(raw, opts) }
}

/// `lgt_f16` form of `lgt_one_vs_rest_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_fit_f16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_reduction_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::F16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n: rows,
    };
    let (model, scratch) = ((model, size), (scratch, scratch_size));
    let raw = RawFit { points, stride: x_stride, cols, model, scratch };
    // SAFETY: the contract of this function.
    unsafe { reduction::fit::<OneVsRest>(raw, opts) }
}

/// `lgt_bf16` form of `lgt_one_vs_rest_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_fit_bf16(
    model: *mut c_void,
    size: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_reduction_opts,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let points = RawPoints {
        numbers: Numbers::Bf16(x.cast()),
        labels,
        label_type,
        weights: Numbers::F32(weights),
        n: rows,
    };
    let (model, scratch) = ((model, size), (scratch, scratch_size));
    let raw = RawFit { points, stride: x_stride, cols, model, scratch };
    // SAFETY: the contract of this function.
    unsafe { reduction::fit::<OneVsRest>(raw, opts) }
}

/// Calibrated probabilities: each column through its own calibrator, divided by the sum of
/// the row. Where that is 0 all classes get 1 / cols; a NaN makes its row NaN.
///
/// # Shape
/// `model`: a fitted model. `x`, `y`: rows x cols, row-major, strides in elements, at
/// least cols.
///
/// # In place
/// `y` may be `x`, with the same stride.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STATE` if the bytes at `model` are no such model, `LGT_E_SHAPE` if
/// it is one of another number of classes, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// That of the method, and two roundings to the type of `y`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_one_vs_rest_fit_f32`.
///
/// # Example
/// ```c
/// float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}}, q[4][2];
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t model[256], scratch[256];
/// assert(lgt_one_vs_rest_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
///                        scratch, sizeof scratch) == LGT_OK);
/// assert(lgt_one_vs_rest_apply_f32(model, &p[0][0], 2, &q[0][0], 2, 4, 2) == LGT_OK);
/// assert(q[0][0] == 1 && q[0][1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::apply::<OneVsRest, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `double` form of `lgt_one_vs_rest_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::apply::<OneVsRest, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_one_vs_rest_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_apply_f16(
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
    unsafe { reduction::apply::<OneVsRest, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_one_vs_rest_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_one_vs_rest_apply_bf16(
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
    unsafe { reduction::apply::<OneVsRest, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}
