//! `lgt_log_softmax_grad`.

use super::gradients::{RawGrads, RawOutputs};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// Gradient of row-wise log-softmax, as a vector-Jacobian product: from the log-shares `y` and
/// the gradient `dy` of something in them to that in the scores, `dx[r][c] = scale *
/// (dy[r][c] - exp(y[r][c]) * sum_c dy[r][c])`.
///
/// An entry whose log-share is -inf has a gradient of 0 and adds nothing to the sum, whatever
/// `dy` is there. A NaN in `dy` beside a share makes its row NaN; a NaN in `y` at least its
/// entry.
///
/// With a mask in `opts`, the one of the forward call: entries that it leaves out have a
/// gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
/// add to the gradient of the column that they came from, while those that are not have 0.
/// The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
///
/// # Shape
/// As `lgt_softmax_grad_f32`. `dsink` is the negative of the sink's share times `sum_c dy`.
///
/// # In place
/// As `lgt_softmax_grad_f32`.
///
/// # Errors
/// As `lgt_softmax_grad_f32`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times the scale and the sum of |dy| and the share times `sum |dy|`
/// and the larger of 1 and |y|, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The derivative of log-softmax, the identity less a row of shares in every row.
///
/// # Example
/// ```c
/// float y[1][2] = {{-0.6931472f, -0.6931472f}}, dy[1][2] = {{1, 0}}, dx[1][2];
/// assert(lgt_log_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, NULL, 0, &dx[0][0], 2, NULL, 1, 2,
///                                 NULL) == LGT_OK);
/// assert(dx[0][0] > 0.4999f && dx[0][0] < 0.5001f && dx[0][1] < -0.4999f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_grad_f32(
    y: *const f32,
    y_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    x: *const f32,
    x_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (y, dy) =
        (Raw { x: Numbers::F32(y), stride: y_stride, rows, cols }, (Numbers::F32(dy), dy_stride));
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawGrads { y, dy, x: (Numbers::F32(x), x_stride), to, logs: true };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `double` form of `lgt_log_softmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_grad_f64(
    y: *const f64,
    y_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    x: *const f64,
    x_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (y, dy) =
        (Raw { x: Numbers::F64(y), stride: y_stride, rows, cols }, (Numbers::F64(dy), dy_stride));
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawGrads { y, dy, x: (Numbers::F64(x), x_stride), to, logs: true };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_f16` form of `lgt_log_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_grad_f16(
    y: *const lgt_f16,
    y_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    x: *const lgt_f16,
    x_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (y, dy) = (
        Raw { x: Numbers::F16(y.cast()), stride: y_stride, rows, cols },
        (Numbers::F16(dy.cast()), dy_stride),
    );
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawGrads { y, dy, x: (Numbers::F16(x.cast()), x_stride), to, logs: true };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_bf16` form of `lgt_log_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_log_softmax_grad_bf16(
    y: *const lgt_bf16,
    y_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    x: *const lgt_bf16,
    x_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    dsink: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (y, dy) = (
        Raw { x: Numbers::Bf16(y.cast()), stride: y_stride, rows, cols },
        (Numbers::Bf16(dy.cast()), dy_stride),
    );
    let to = RawOutputs { dx: (dx.cast(), dx_stride), dsink };
    let grads = RawGrads { y, dy, x: (Numbers::Bf16(x.cast()), x_stride), to, logs: true };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}
