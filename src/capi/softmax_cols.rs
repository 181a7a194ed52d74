//! `lgt_softmax_cols` and its gradient.

use super::gradients::{RawGrads, RawOutputs};
use super::guard;
use super::softmax::lgt_softmax_opts;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::moments::TableMut;
use crate::rows::numbers::Numbers;
use crate::softmax::cols::{self, Columns, Want};
use crate::status::Status;

/// A transform of columns, as C gives it.
#[derive(Clone, Copy)]
pub(super) struct RawColumns {
    /// Scores.
    pub x: Raw,
    /// Results, and from row to row.
    pub y: (*mut u8, usize),
    /// One number a column, of the type computed in.
    pub lse: *mut u8,
    /// What is made of them.
    pub want: Want,
}

impl RawColumns {
    /// Checks and does it.
    ///
    /// # Safety
    /// Pointers must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn apply(self, opts: *const lgt_softmax_opts) -> Result<Status, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let opts = lgt_softmax_opts::read(opts)?;
            match self.x.x {
                Numbers::F64(_) => cols::apply(self.columns::<f64>()?, &opts),
                _ => cols::apply(self.columns::<f32>()?, &opts),
            }
        }
    }

    unsafe fn columns<T: Copy>(&self) -> Result<Columns<T>, Status> {
        let RawColumns { x: raw, want, .. } = *self;
        let none = TableMut { data: core::ptr::null_mut(), stride: 0 };
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let x = raw.check()?;
            let (y, span) = if want == Want::Sums {
                guard::not_null(self.lse, raw.cols)?;
                (none, (core::ptr::null(), 0))
            } else {
                guard::not_null(self.y.0, raw.rows.min(raw.cols))?;
                let (y, span) = raw.beside(self.y.0, self.y.1)?;
                (y.unwrap_or(none), span)
            };
            let lse = guard::column(self.lse.cast::<T>(), raw.cols, &[raw.span(), span])?;
            Ok(Columns { x, y, lse, want })
        }
    }
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
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
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
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Shares);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
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
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Shares);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
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
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Shares);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
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
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (y, lse, want) = ((y.cast(), y_stride), lse.cast(), Want::Shares);
    // SAFETY: the contract of this function.
    guard::code(unsafe { RawColumns { x, y, lse, want }.apply(opts) })
}

/// Gradient of column-wise softmax, as a vector-Jacobian product: `dx[r][c] = scale *
/// y[r][c] * (dy[r][c] - sum_r y[r][c] * dy[r][c])`, each sum over the rows of a column.
/// `lgt_softmax_grad_f32` along axis 0.
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
/// assert(lgt_softmax_cols_grad_f32(&y[0][0], 1, &dy[0][0], 1, &dx[0][0], 1, 2, 1, NULL) ==
///        LGT_OK);
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
