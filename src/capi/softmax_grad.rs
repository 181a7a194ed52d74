//! `lgt_softmax_grad`.

use super::gradients::{RawGrads, RawOutputs};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::status::Status;

/// Gradient of row-wise softmax, as a vector-Jacobian product: from the shares `y` and the
/// gradient `dy` of something in them to that in the scores, `dx[r][c] = scale * y[r][c] *
/// (dy[r][c] - sum_c y[r][c] * dy[r][c])`.
///
/// An entry whose share is 0 has a gradient of 0, whatever `dy` is there. A NaN in `y`, or in
/// `dy` beside a share, makes its row NaN. `y` is taken as it is: it need not sum to one.
///
/// With a mask in `opts`, the one of the forward call: entries that it leaves out have a
/// gradient of 0, a scale of the row multiplies, softmin negates, and columns that are picked
/// add to the gradient of the column that they came from, while those that are not have 0.
/// The gradient of a bias is `dx` divided by the scale of its row where there is no soft cap.
///
/// # Shape
/// `y`, `dy`, `x`, `dx`: rows x cols, row-major, strides in elements, at least cols; where a
/// mask picks columns, `y` and `dy` have as many as it picks. `x`: what softmax was applied
/// to, read with a soft cap only; else NULL. `dsink`: the gradient in each row's sink, 0 where
/// it has none, or NULL. It is the negative of the sink's share times `sum_c y dy`: that share
/// is read from `sink_share` of the mask, where forward left it, or with NULL there taken to
/// be what the row lacks of 1, which tells small shares less well. `opts`: as in the forward
/// call, NULL for the defaults; algorithm and store change nothing.
///
/// # In place
/// `dx` may be `y`, `dy` or `x`, with equal strides, where no columns are picked; any other
/// overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`, `LGT_E_VALUE`
/// (a scale, a number of the mask), `LGT_E_LABEL` (columns of the mask), `LGT_E_CALLBACK` (the
/// executor failed: rows may then be missing).
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15) times the scale, the share and the sum of |dy| and `sum y |dy|`,
/// besides the rounding to its type. Columns that are picked twice are added in the type of
/// `dx`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The derivative of softmax, `diag(y) - y y'`. A sink is one more column, of which only the
/// gradient is given.
///
/// # Example
/// ```c
/// float y[1][2] = {{0.25f, 0.75f}}, dy[1][2] = {{1, 0}}, dx[1][2];
/// assert(lgt_softmax_grad_f32(&y[0][0], 2, &dy[0][0], 2, NULL, 0, &dx[0][0], 2, NULL, 1, 2,
///                             NULL) == LGT_OK);
/// assert(dx[0][0] == 0.1875f && dx[0][1] == -0.1875f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_grad_f32(
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
    let grads = RawGrads { y, dy, x: (Numbers::F32(x), x_stride), to, logs: false };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `double` form of `lgt_softmax_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_grad_f64(
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
    let grads = RawGrads { y, dy, x: (Numbers::F64(x), x_stride), to, logs: false };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_f16` form of `lgt_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_grad_f16(
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
    let grads = RawGrads { y, dy, x: (Numbers::F16(x.cast()), x_stride), to, logs: false };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}

/// `lgt_bf16` form of `lgt_softmax_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_grad_bf16(
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
    let grads = RawGrads { y, dy, x: (Numbers::Bf16(x.cast()), x_stride), to, logs: false };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.rows(opts) })
}
