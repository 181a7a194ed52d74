//! `lgt_budget`, `lgt_budget_grad`.

use super::guard;
use super::sparse_map::{RawGrad, RawMap, grad};
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::softmax::budget;
use crate::softmax::sparse_grad::Map;
use crate::status::Status::{self, *};

unsafe fn apply(raw: RawMap, budget: f64) -> Result<Status, Status> {
    // SAFETY: the contract of the C functions below.
    let (x, y, _) = unsafe { raw.check()? };
    let most = x.cols as f64;
    if !(budget > 0.0 && budget <= most) && x.cols > 0 {
        return Err(LGT_E_VALUE);
    }
    Ok(budget::apply(x, y, budget))
}

/// Row-wise budget map: the numbers from 0 to 1 nearest to the scores that add up to a budget.
///
/// `y[r][c] = min(max(x[r][c] - tau, 0), 1)`, with the `tau` of each row at which they add up to
/// `budget`: they maximise `y x - y y / 2`. With a budget of 1 it is `lgt_sparsemax_f32`; with a
/// whole one and scores far apart, 1 for so many of the largest.
///
/// -inf becomes 0. Entries at +inf become 1, or share the budget equally where they are more
/// than that. A NaN makes its row NaN, and so does a row with nothing above -inf, with
/// `LGT_EMPTY_ROW`, or with fewer entries above -inf than the budget, with `LGT_UNDEFINED`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols. `budget`: above 0, at
/// most cols. With rows = 0
/// nothing is written.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (budget), `LGT_E_ALIAS`. Advisory:
/// `LGT_EMPTY_ROW`, `LGT_UNDEFINED`.
///
/// # Accuracy
/// At most 4e-15 and the rounding to their type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The definition as in the documentation of `budget_bisect` of the package entmax, 1.3; `tau`
/// is found between the scores of two ranks.
///
/// # Example
/// ```c
/// float x[1][3] = {{5, 0.25f, -0.25f}}, y[1][3];
/// assert(lgt_budget_f32(&x[0][0], 3, 2, &y[0][0], 3, 1, 3) == LGT_OK);
/// assert(y[0][0] == 1 && y[0][1] == 0.75f && y[0][2] == 0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_f32(
    x: *const f32,
    x_stride: usize,
    budget: f64,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { apply(raw, budget) })
}

/// `double` form of `lgt_budget_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_f64(
    x: *const f64,
    x_stride: usize,
    budget: f64,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { apply(raw, budget) })
}

/// `lgt_f16` form of `lgt_budget_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_f16(
    x: *const lgt_f16,
    x_stride: usize,
    budget: f64,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { apply(raw, budget) })
}

/// `lgt_bf16` form of `lgt_budget_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    budget: f64,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let raw = RawMap { x, y: (y.cast(), y_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { apply(raw, budget) })
}

/// Gradient of `lgt_budget_f32` through its result: `dx = J dy`.
///
/// Between 0 and 1, `dx = dy - mean of dy over all such entries of the row`; elsewhere it is 0, and
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
/// Derived from the definition of `lgt_budget_f32`.
///
/// # Example
/// ```c
/// float y[1][3] = {{1, 0.75f, 0.25f}}, dy[1][3] = {{9, 3, 1}}, dx[1][3];
/// assert(lgt_budget_grad_f32(&y[0][0], 3, &dy[0][0], 3, &dx[0][0], 3, 1, 3) == LGT_OK);
/// assert(dx[0][0] == 0 && dx[0][1] == 1 && dx[0][2] == -1);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_grad_f32(
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
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Budget) })
}

/// `double` form of `lgt_budget_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_grad_f64(
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
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Budget) })
}

/// `lgt_f16` form of `lgt_budget_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_grad_f16(
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
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Budget) })
}

/// `lgt_bf16` form of `lgt_budget_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_budget_grad_bf16(
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
    guard::code(unsafe { grad(RawGrad { y, dy, dx }, Map::Budget) })
}
