//! `lgt_logsumexp_cols` and its gradient.

use super::gradients::{RawOutputs, RawSumGrads};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::softmax_cols::RawColumns;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::cols::Want;
use crate::status::Status;

/// Column-wise logarithm of the sum of exponentials: `lse[c] = ln sum_r exp(scale *
/// x[r][c])`, along axis 0.
///
/// NaN of a column with a NaN; +inf of one with an entry at +inf; -inf of one with nothing
/// above -inf, and then the call returns `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: rows x cols, row-major, stride in elements, at least cols. `lse`: one number a
/// column, not overlapping `x`. `opts`: as of `lgt_softmax_cols_f32`.
///
/// # Errors
/// As `lgt_softmax_cols_f32`.
///
/// # Accuracy
/// At most 7e-7 (f64: 1.2e-15) times the largest of 1, |lse| and scale times the column's
/// maximum in magnitude.
///
/// Stack: at most 64 KiB, for what waits between being computed and being written.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_logsumexp_f32`, with a column in each lane.
///
/// # Example
/// ```c
/// float x[2][3] = {{0, 1, 2}, {0, 1, 2}}, lse[3];
/// assert(lgt_logsumexp_cols_f32(&x[0][0], 3, lse, 2, 3, NULL) == LGT_OK);
/// assert(lse[0] > 0.6931f && lse[0] < 0.6932f && lse[2] > 2.6931f && lse[2] < 2.6932f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_f32(
    x: *const f32,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((core::ptr::null_mut(), 0), lse.cast(), Want::Sums);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `double` form of `lgt_logsumexp_cols_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_f64(
    x: *const f64,
    x_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((core::ptr::null_mut(), 0), lse.cast(), Want::Sums);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `lgt_f16` form of `lgt_logsumexp_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_f16(
    x: *const lgt_f16,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((core::ptr::null_mut(), 0), lse.cast(), Want::Sums);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `lgt_bf16` form of `lgt_logsumexp_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((core::ptr::null_mut(), 0), lse.cast(), Want::Sums);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// Gradient of column-wise logsumexp, as a vector-Jacobian product: `dx[r][c] = scale *
/// exp(scale * x[r][c] - lse[c]) * dlse[c]`. `lgt_logsumexp_grad_f32` along axis 0.
///
/// Numbers that are none are as there, a column in the place of a row.
///
/// # Shape
/// `x`, `dx`: rows x cols, row-major, strides in elements, at least cols. `lse`, `dlse`:
/// one number a column. `opts`: as in the forward call, NULL for the defaults; a mask is
/// refused.
///
/// # In place
/// `dx == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (scale), `LGT_E_CALLBACK` (the executor failed: columns may then be missing). Advisory:
/// `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times itself and the largest of 1, |lse| and scale times |x|,
/// besides what `lse` was rounded by and the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_logsumexp_grad_f32`, a column in the place of a row.
///
/// # Example
/// ```c
/// float x[2][1] = {{0}, {0}}, lse[1] = {0.6931472f}, dlse[1] = {3}, dx[2][1];
/// assert(lgt_logsumexp_cols_grad_f32(&x[0][0], 1, lse, dlse, &dx[0][0], 1, 2, 1, NULL) == LGT_OK);
/// assert(dx[0][0] > 1.4999f && dx[0][0] < 1.5001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_grad_f32(
    x: *const f32,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `double` form of `lgt_logsumexp_cols_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_grad_f64(
    x: *const f64,
    x_stride: usize,
    lse: *const f64,
    dlse: *const f64,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawSumGrads { x: raw, lse: Numbers::F64(lse), dlse: Numbers::F64(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_f16` form of `lgt_logsumexp_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_bf16` form of `lgt_logsumexp_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_logsumexp_cols_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    lse: *const f32,
    dlse: *const f32,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawSumGrads { x: raw, lse: Numbers::F32(lse), dlse: Numbers::F32(dlse), to };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}
