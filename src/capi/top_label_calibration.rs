//! `lgt_top_label_calibration`: a calibrator of the largest probability for each predicted class.

use super::inputs::RawPoints;
use super::reduction::{self, RawFit, lgt_reduction_opts};
use super::types::*;
use crate::calibration::top_label_calibration::TopLabel;
use crate::rows::numbers::Numbers;
use crate::simd::{Bf16, F16};
use crate::status::Status;
use core::ffi::c_void;

/// Writes how many bytes a model of `lgt_top_label_calibration` takes at most. It is cols + 2 numbers, a model of the method for all rows, and one for each class.
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
pub unsafe extern "C" fn lgt_top_label_calibration_size(
    rows: usize,
    cols: usize,
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::size::<TopLabel>((rows, cols), weighted, opts, bytes) }
}

/// Writes how many bytes of scratch `lgt_top_label_calibration_fit` needs: for each row 9 bytes, with
/// weights 17, and what the method needs for the same rows.
///
/// # Shape
/// As `lgt_top_label_calibration_size`.
///
/// # Errors
/// As `lgt_top_label_calibration_size`.
///
/// Thread safety: any thread, any time.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_scratch(
    rows: usize,
    cols: usize,
    weighted: u32,
    opts: *const lgt_reduction_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::scratch::<TopLabel>((rows, cols), weighted, opts, bytes) }
}

/// Fits a calibrator of two classes, right or wrong, to the largest probability of the rows
/// with each predicted class, the first of equal ones; classes that fewer than `min_rows`
/// rows are predicted to be share one that is fitted to all rows.
///
/// `opts` names the calibrator (`method`), isotonic by default, and may give the options of
/// its own fit. `x` holds probabilities. nll_before and nll_after are the mean negative
/// log-likelihood of "right or wrong" under the largest probability before and after, NaN
/// where it is not in 0 .. 1; iterations are of all fits together. `fit_status` and the
/// return value are `LGT_OK` if all fits are, else the status of highest number among
/// theirs.
///
/// # Shape
/// `model`: `size` bytes, 8-byte aligned, at least what `lgt_top_label_calibration_size` says, apart from
/// the other arrays. `x`: rows x cols, row-major, stride in elements, at least cols.
/// `labels`: one class a row, 0 to cols - 1, of the integer type `label_type`.
/// `weights`: one number a row from 0 to 2^63, or NULL for 1 each; a weight of 0, or below
/// 2^-160, leaves its row out. `opts`: NULL for the defaults. `scratch`: `scratch_size`
/// bytes, 8-byte aligned, at least what `lgt_top_label_calibration_scratch` says, apart from the other
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
/// C. Gupta and A. Ramdas, "Top-label Calibration and Multiclass-to-binary Reductions"
/// (2022), for the top label.
///
/// # Example
/// ```c
/// float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}};
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t model[256], scratch[256];
/// assert(lgt_top_label_calibration_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
///                        scratch, sizeof scratch) == LGT_DEGENERATE);
/// assert(lgt_model_check(model, sizeof model) == LGT_OK);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_fit_f32(
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
    unsafe { reduction::fit::<TopLabel>(raw, opts) }
}

/// `double` form of `lgt_top_label_calibration_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_fit_f64(
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
    unsafe { reduction::fit::<TopLabel>(raw, opts) }
}

/// `lgt_f16` form of `lgt_top_label_calibration_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_fit_f16(
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
    unsafe { reduction::fit::<TopLabel>(raw, opts) }
}

/// `lgt_bf16` form of `lgt_top_label_calibration_fit_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_fit_bf16(
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
    unsafe { reduction::fit::<TopLabel>(raw, opts) }
}

/// Rows in which the largest probability is replaced by the calibrated one, and the others
/// share the rest as they did before: equally where they were all 0. The calibrated one
/// may then be no longer the largest; it stands where it stood. A NaN makes its row NaN; of
/// one column the value is the calibrated one.
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
/// As `lgt_top_label_calibration_fit_f32`.
///
/// # Example
/// ```c
/// float p[4][2] = {{0.9f, 0.1f}, {0.8f, 0.2f}, {0.3f, 0.7f}, {0.2f, 0.8f}}, q[4][2];
/// uint8_t y[4] = {0, 0, 1, 1};
/// uint64_t model[256], scratch[256];
/// assert(lgt_top_label_calibration_fit_f32(model, sizeof model, &p[0][0], 2, y, LGT_U8, NULL, 4, 2, NULL,
///                        scratch, sizeof scratch) == LGT_DEGENERATE);
/// assert(lgt_top_label_calibration_apply_f32(model, &p[0][0], 2, &q[0][0], 2, 4, 2) == LGT_OK);
/// assert(q[0][0] == 1 && q[0][1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_apply_f32(
    model: *const c_void,
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::apply::<TopLabel, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `double` form of `lgt_top_label_calibration_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_apply_f64(
    model: *const c_void,
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { reduction::apply::<TopLabel, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_f16` form of `lgt_top_label_calibration_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_apply_f16(
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
    unsafe { reduction::apply::<TopLabel, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}

/// `lgt_bf16` form of `lgt_top_label_calibration_apply_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_top_label_calibration_apply_bf16(
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
    unsafe { reduction::apply::<TopLabel, _>(model, (x, x_stride), (y, y_stride), (rows, cols)) }
}
