//! `lgt_log_softmax_cols` and its gradient.

use super::gradients::{RawGrads, RawOutputs};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::softmax_cols::RawColumns;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::cols::Want;
use crate::status::Status;

/// Column-wise log-softmax: `y[r][c] = scale * x[r][c] - ln sum_r exp(scale * x[r][c])`:
/// log-softmax along axis 0, without a transposed copy.
///
/// A NaN makes its column NaN. -inf stays -inf. Of k entries at +inf each becomes -ln k,
/// and the others of the column -inf. A column with nothing above -inf becomes NaN, or
/// -inf with `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
///
/// # Shape
/// As `lgt_softmax_cols_f32`.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// As `lgt_softmax_cols_f32`.
///
/// # Accuracy
/// At most 12 ulp, of values near 0 as well (f16 and bf16: the nearest value to that).
/// `lse`: as of `lgt_softmax_cols_f32`.
///
/// Stack: at most 64 KiB, for what waits between being computed and being written.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_log_softmax_f32`, with a column in each lane.
///
/// # Example
/// ```c
/// float x[2][2] = {{1, 0}, {1, 0}}, y[2][2];
/// lgt_status status = lgt_log_softmax_cols_f32(&x[0][0], 2, &y[0][0], 2, NULL, 2, 2, NULL);
/// assert(status == LGT_OK && y[0][0] == y[1][1] && y[0][0] > -0.6932f && y[0][0] < -0.6931f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Logs);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `double` form of `lgt_log_softmax_cols_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Logs);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `lgt_f16` form of `lgt_log_softmax_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Logs);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// `lgt_bf16` form of `lgt_log_softmax_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Logs);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// Gradient of column-wise log-softmax, as a vector-Jacobian product: `dx[r][c] = scale *
/// (dy[r][c] - exp(y[r][c]) * sum_r dy[r][c])`, each sum over the rows of a column.
/// `lgt_log_softmax_grad_f32` along axis 0.
///
/// Numbers that are none are as there, a column in the place of a row.
///
/// # Shape
/// `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols.
/// `opts`: as in the forward call, NULL for the defaults; a mask is refused.
///
/// # In place
/// `dx` may be `y` or `dy`, with equal strides; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (scale), `LGT_E_CALLBACK` (the executor failed: columns may then be missing).
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times the scale and the sum of |dy| and the share times `sum |dy|`
/// and the larger of 1 and |y|, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_log_softmax_grad_f32`, a column in the place of a row.
///
/// # Example
/// ```c
/// float y[2][1] = {{-0.6931472f}, {-0.6931472f}}, dy[2][1] = {{1}, {0}}, dx[2][1];
/// assert(lgt_log_softmax_cols_grad_f32(&y[0][0], 1, &dy[0][0], 1, &dx[0][0], 1, 2, 1, NULL) ==
///        LGT_OK);
/// assert(dx[0][0] > 0.4999f && dx[0][0] < 0.5001f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_grad_f32(
    y: *const f32,
    y_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F32(y), stride: y_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawGrads {
        y: raw,
        dy: (Numbers::F32(dy), dy_stride),
        x: (Numbers::F32(y), 0),
        to,
        logs: true,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `double` form of `lgt_log_softmax_cols_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_grad_f64(
    y: *const f64,
    y_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F64(y), stride: y_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawGrads {
        y: raw,
        dy: (Numbers::F64(dy), dy_stride),
        x: (Numbers::F64(y), 0),
        to,
        logs: true,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_f16` form of `lgt_log_softmax_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_grad_f16(
    y: *const lgt_f16,
    y_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::F16(y.cast()), stride: y_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawGrads {
        y: raw,
        dy: (Numbers::F16(dy.cast()), dy_stride),
        x: (Numbers::F16(y.cast()), 0),
        to,
        logs: true,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_bf16` form of `lgt_log_softmax_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_cols_grad_bf16(
    y: *const lgt_bf16,
    y_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let raw = Raw { x: Numbers::Bf16(y.cast()), stride: y_stride, rows, cols };
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink: core::ptr::null_mut() };
    let grads = RawGrads {
        y: raw,
        dy: (Numbers::Bf16(dy.cast()), dy_stride),
        x: (Numbers::Bf16(y.cast()), 0),
        to,
        logs: true,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}
