//! `lgt_softmax_cols` and its gradient.

use super::gradients::{RawGrads, RawOutputs};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::rows::view::RowsMut;
use crate::simd::{Bf16, Elem, F16};
use crate::softmax::cols::{self, Want};
use crate::softmax::row::RowsPair;
use crate::status::Status;

/// A transform of columns.
///
/// # Safety
/// As the C functions: pointers must be good for what they stand for.
pub(super) unsafe fn apply<E: Elem>(
    (x, x_stride): (*const E, usize),
    (y, y_stride): (*mut E, usize),
    lse: *mut E::Acc,
    (rows, cols): (usize, usize),
    opts: *const lgt_softmax_opts,
    want: Want,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_softmax_opts::read(opts).and_then(|opts| {
            let mut arrays = [guard::span(x, x_stride, rows, cols), (core::ptr::null(), 0)];
            let (x, y) = if want == Want::Sums {
                guard::not_null(lse, cols)?;
                (guard::rows(x, x_stride, rows, cols)?, RowsMut::new(y, 0))
            } else {
                arrays[1] = guard::span(y, y_stride, rows, cols);
                guard::rows_pair(x, x_stride, y, y_stride, rows, cols)?
            };
            let lse = guard::column(lse, cols, &arrays)?;
            cols::apply(RowsPair { x, y, lse }, opts, want)
        })
    })
}

/// Column-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_r exp(scale * x[r][c])`, so
/// that every column sums to one: softmax along axis 0, without a transposed copy.
///
/// With an array of outer x axis x inner numbers, softmax along its axis is one call for
/// each of the outer ones, with rows = axis and cols = inner.
///
/// A NaN makes its column NaN. -inf is a share of 0. Entries at +inf share their column
/// equally. A column with nothing above -inf becomes NaN, or zeros with
/// `LGT_SOFTMAX_EMPTY_ZERO`, and the call returns `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `lse`: one number
/// a column, the natural logarithm of `sum_r exp(scale * x[r][c])`, or NULL; not
/// overlapping `x` or `y`. `opts`: NULL for the defaults; algorithm and store change
/// nothing, and a mask is refused. With an executor, columns are shared out; the results
/// have the same bits for any number of workers. With rows = 0 every column is empty;
/// with cols = 0 nothing is written.
///
/// # In place
/// `y == x` with equal strides is allowed, and so are column ranges of one array
/// that do not meet; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`, `LGT_E_OPTION`,
/// `LGT_E_VALUE` (scale), `LGT_E_CALLBACK` (the executor failed: columns may then
/// be missing). Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 12 ulp for any column of any length, subnormal results included (f16 and bf16:
/// the nearest value to that). `lse`: at most 7e-7 (f64: 1.2e-15) times the largest of 1,
/// |lse| and scale times the column's maximum in magnitude.
///
/// Stack: at most 64 KiB, for what waits between being computed and being written.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_softmax_f32`, with a column in each lane.
///
/// # Example
/// ```c
/// float x[3][2] = {{1, 0}, {2, 0}, {3, 0}}, y[3][2], lse[2];
/// lgt_status status = lgt_softmax_cols_f32(&x[0][0], 2, &y[0][0], 2, lse, 3, 2, NULL);
/// assert(status == LGT_OK && y[2][1] > 0.333f && y[2][1] < 0.334f);
/// assert(y[2][0] > 0.665f && y[2][0] < 0.666f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts, Want::Shares) }
}

/// `double` form of `lgt_softmax_cols_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    lse: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts, Want::Shares) }
}

/// `lgt_f16` form of `lgt_softmax_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const F16, *mut F16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts, Want::Shares) }
}

/// `lgt_bf16` form of `lgt_softmax_cols_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    lse: *mut f32,
    rows: usize,
    cols: usize,
    opts: *const lgt_softmax_opts,
) -> Status {
    let (x, y): (*const Bf16, *mut Bf16) = (x.cast(), y.cast());
    // SAFETY: the contract of this function.
    unsafe { apply((x, x_stride), (y, y_stride), lse, (rows, cols), opts, Want::Shares) }
}

/// Gradient of column-wise softmax, as a vector-Jacobian product: `dx[r][c] = scale * y[r][c] * (dy[r][c] - sum_r y[r][c] * dy[r][c])`, each sum over the
/// rows of a column. `lgt_softmax_grad_f32` along axis 0.
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
/// At most 1e-6 (f64: 4e-15) times the scale, the share and the sum of |dy| and `sum y |dy|`,
/// besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// That of `lgt_softmax_grad_f32`, a column in the place of a row.
///
/// # Example
/// ```c
/// float y[2][1] = {{0.25f}, {0.75f}}, dy[2][1] = {{1}, {0}}, dx[2][1];
/// assert(lgt_softmax_cols_grad_f32(&y[0][0], 1, &dy[0][0], 1, &dx[0][0], 1, 2, 1, NULL) == LGT_OK);
/// assert(dx[0][0] == 0.1875f && dx[1][0] == -0.1875f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_grad_f32(
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
        logs: false,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `double` form of `lgt_softmax_cols_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_grad_f64(
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
        logs: false,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_f16` form of `lgt_softmax_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_grad_f16(
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
        logs: false,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}

/// `lgt_bf16` form of `lgt_softmax_cols_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_softmax_cols_grad_bf16(
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
        logs: false,
    };
    // SAFETY: the contract of this function.
    guard::code(unsafe { grads.cols(opts) })
}
