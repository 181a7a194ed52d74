//! `lgt_entmax15`, `lgt_entmax15_grad`.

use super::guard;
use super::sparse_map::{RawGrad, RawMap, entmax, grad};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::sparse_grad::Map;
use crate::status::Status;

/// Row-wise entmax with alpha 1.5, between softmax and sparsemax.
///
/// `y[r][c] = max(x[r][c] / 2 - tau, 0)^2`, with the `tau` of each row at which they add up to 1.
/// Only entries less than 2 below the largest can have a share.
///
/// -inf is a share of 0. Entries at +inf share their row equally. A NaN makes its row NaN, and
/// so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `tau`: one number a row,
/// the `tau`, which is one of `x / 2`, or NULL; of a row with entries at +inf it is +inf. `support`: one
/// number a row, how many of its shares are above 0 before they are rounded to their type, or
/// NULL. Neither may overlap the rows. With rows = 0 nothing is written.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`.
///
/// # Accuracy
/// At most 2e-7 (f64: 4e-15) and the rounding to their type, of a share. Rows with many
/// entries that could have one take longer, by a factor that does not grow with their length.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
///
/// # Example
/// ```c
/// float x[1][3] = {{2, 2, -1}}, y[1][3];
/// double tau;
/// size_t support;
/// assert(lgt_entmax15_f32(&x[0][0], 3, &y[0][0], 3, &tau, &support, 1, 3) == LGT_OK);
/// assert(y[0][0] > 0.4999f && y[0][0] == y[0][1] && y[0][2] == 0);
/// assert(tau > 0.2928 && tau < 0.2929 && support == 2);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_f32(
    x: *const f32,
    x_stride: usize,
    y: *mut f32,
    y_stride: usize,
    tau: *mut f64,
    support: *mut usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { entmax(raw, (tau, support), 1.5) })
}

/// `double` form of `lgt_entmax15_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_f64(
    x: *const f64,
    x_stride: usize,
    y: *mut f64,
    y_stride: usize,
    tau: *mut f64,
    support: *mut usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { entmax(raw, (tau, support), 1.5) })
}

/// `lgt_f16` form of `lgt_entmax15_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *mut lgt_f16,
    y_stride: usize,
    tau: *mut f64,
    support: *mut usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { entmax(raw, (tau, support), 1.5) })
}

/// `lgt_bf16` form of `lgt_entmax15_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *mut lgt_bf16,
    y_stride: usize,
    tau: *mut f64,
    support: *mut usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { entmax(raw, (tau, support), 1.5) })
}

/// Gradient of `lgt_entmax15_f32` through its result: `dx = J dy`.
///
/// With `s = sqrt(y)`, `dx = s (dy - sum s dy / sum s)`: where there is no share it is 0, and
/// `dy` is not looked at. A row of `y` with a NaN gives NaN.
///
/// # Shape
/// `y`, `dy`, `dx`: rows x cols, row-major, strides in elements, at least cols. With rows =
/// 0 or cols = 0 nothing is written.
///
/// # In place
/// `dx == dy` with equal strides is allowed; any other overlap of `dx` is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 4e-15 times the largest `|dy|` of the support, and the rounding to their type, from
/// the shares as they are given.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// B. Peters, V. Niculae and A. F. T. Martins, "Sparse Sequence-to-Sequence Models" (2019).
///
/// # Example
/// ```c
/// float y[1][3] = {{0.5f, 0.5f, 0}}, dy[1][3] = {{1, -1, 9}}, dx[1][3];
/// assert(lgt_entmax15_grad_f32(&y[0][0], 3, &dy[0][0], 3, &dx[0][0], 3, 1, 3) == LGT_OK);
/// assert(dx[0][0] > 0.7071f && dx[0][0] < 0.7072f && dx[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_grad_f32(
    y: *const f32,
    y_stride: usize,
    dy: *const f32,
    dy_stride: usize,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F32(y), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F32(dy), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Entmax(1.5 - 1.0)) })
}

/// `double` form of `lgt_entmax15_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_grad_f64(
    y: *const f64,
    y_stride: usize,
    dy: *const f64,
    dy_stride: usize,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F64(y), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F64(dy), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Entmax(1.5 - 1.0)) })
}

/// `lgt_f16` form of `lgt_entmax15_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_grad_f16(
    y: *const lgt_f16,
    y_stride: usize,
    dy: *const lgt_f16,
    dy_stride: usize,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::F16(y.cast()), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::F16(dy.cast()), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Entmax(1.5 - 1.0)) })
}

/// `lgt_bf16` form of `lgt_entmax15_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_entmax15_grad_bf16(
    y: *const lgt_bf16,
    y_stride: usize,
    dy: *const lgt_bf16,
    dy_stride: usize,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let y = Raw { x: Numbers::Bf16(y.cast()), stride: y_stride, rows, cols };
    let (dy, dx) = ((Numbers::Bf16(dy.cast()), dy_stride), (dx.cast(), dx_stride));
    // SAFETY: the contract of this function.
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Entmax(1.5 - 1.0)) })
}
