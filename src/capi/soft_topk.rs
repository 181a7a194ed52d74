//! `lgt_soft_topk` and its gradient.

use super::guard;
use super::mapped::RawMap;
use super::temperatures::Raw;
use super::types::*;
use crate::rows::numbers::Numbers;
use crate::rows::pieces::Room;
use crate::softmax::soft_topk::{Topk, apply, grad};
use crate::softmax::weighed::Scores;
use crate::status::Status::{self, *};

/// Logarithms of shares.
pub const LGT_SOFT_TOPK_LOG: u32 = 1;

/// What `k` and `alpha` ask for.
pub(super) fn topk(k: f64, alpha: f64, flags: u32, cols: usize) -> Result<Topk, Status> {
    if flags & !LGT_SOFT_TOPK_LOG != 0 {
        return Err(LGT_E_OPTION);
    }
    let good = k > 0.0 && (k < cols as f64 || cols == 0) && (1e-30..=1e30).contains(&alpha);
    if good { Ok(Topk { k, alpha, log: flags != 0 }) } else { Err(LGT_E_VALUE) }
}

#[inline(never)]
unsafe fn forward(
    x: Raw,
    topk: Result<Topk, Status>,
    (y, y_stride): (*mut u8, usize),
    t: *mut f64,
) -> Result<Status, Status> {
    let topk = topk?;
    // SAFETY: the contract of the C functions below.
    unsafe {
        let table = x.check()?;
        let (y, span) = x.beside(y, y_stride)?;
        let t = guard::column(t, x.rows, &[x.span(), span])?;
        Ok(apply(table, y, t, topk))
    }
}

#[inline(never)]
unsafe fn back(map: RawMap, topk: Result<Topk, Status>, t: *const f64) -> Result<Status, Status> {
    let topk = topk?;
    // SAFETY: the contract of the C functions below.
    let (Scores { x, dy, y }, t) = unsafe { (map.check()?, guard::slice(t, map.x.rows)?) };
    for (r, t) in t.iter().enumerate() {
        let above = |start: usize, n: usize, room: &mut Room<f64>| {
            // SAFETY: the table has these columns.
            dy.iter().for_each(|dy| unsafe { room.load(dy.row_numbers(r).from(start), n, 0.0) });
        };
        // SAFETY: there is room for every column.
        unsafe { grad((x.row_numbers(r), x.cols), (topk, *t, 1.0), &above, y.row(r)) };
    }
    Ok(LGT_OK)
}

/// Soft top-k of each row: shares `p = sigmoid(alpha (x + t))` of which `t` is such that they
/// sum to `k`.
///
/// The larger `alpha`, the nearer are they to 1 for the `k` largest and 0 for the others; `k`
/// need not be whole. The order of scores is kept, and adding a number to all changes `t`
/// alone.
///
/// -inf is masked: a share of 0. Scores at +inf have a share of 1 before all others; where
/// there are more than `k`, they share `k` equally. Where `k` is more than all scores above
/// -inf, those have a share of 1 and the call returns `LGT_AT_BOUND`. A NaN makes its row
/// NaN, and so does a row with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: rows x cols, row-major, strides in elements, at least cols; `y`: shares, with
/// `LGT_SOFT_TOPK_LOG` their logarithms, or NULL. `k`: above 0, below cols. `alpha`: from
/// 1e-30 to 1e30; 2 is usual. `flags`: `LGT_SOFT_TOPK_LOG` or 0. `t`: one number a row, or
/// NULL: +inf, -inf where every, no finite score has a share.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags), `LGT_E_VALUE` (k,
/// alpha), `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_AT_BOUND`; `LGT_NOT_CONVERGED`
/// where no double is near enough to `t`, as with an `alpha` of 1e20.
///
/// # Accuracy
/// All types are computed in f64. Shares sum to `k` within 1e-9, up to 131072 columns, before
/// they are rounded to their type, where `alpha` times the largest size of a score is at most
/// 1e4. They, and their logarithms, are those of that `t` within 4e-15 relative, times the
/// larger of 1 and `alpha (x + t)`.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// N. Gupta et al., "Dual-Encoders for Extreme Multi-Label Classification" (2024); the
/// bracket of `t` is exact here for any number of columns.
///
/// # Example
/// ```c
/// float x[1][4] = {{3, 1, 0.5f, -2}}, p[1][4];
/// double t;
/// assert(lgt_soft_topk_f32(&x[0][0], 4, 2, 2, 0, &p[0][0], 4, &t, 1, 4) == LGT_OK);
/// assert(p[0][0] > 0.98916f && p[0][0] < 0.98917f && t > -0.74287 && t < -0.74286);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_f32(
    x: *const f32,
    x_stride: usize,
    k: f64,
    alpha: f64,
    flags: u32,
    y: *mut f32,
    y_stride: usize,
    t: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let topk = topk(k, alpha, flags, cols);
    // SAFETY: the contract of this function.
    guard::code(unsafe { forward(x, topk, (y.cast(), y_stride), t) })
}

/// `double` form of `lgt_soft_topk_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_f64(
    x: *const f64,
    x_stride: usize,
    k: f64,
    alpha: f64,
    flags: u32,
    y: *mut f64,
    y_stride: usize,
    t: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let topk = topk(k, alpha, flags, cols);
    // SAFETY: the contract of this function.
    guard::code(unsafe { forward(x, topk, (y.cast(), y_stride), t) })
}

/// `lgt_f16` form of `lgt_soft_topk_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_f16(
    x: *const lgt_f16,
    x_stride: usize,
    k: f64,
    alpha: f64,
    flags: u32,
    y: *mut lgt_f16,
    y_stride: usize,
    t: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let topk = topk(k, alpha, flags, cols);
    // SAFETY: the contract of this function.
    guard::code(unsafe { forward(x, topk, (y.cast(), y_stride), t) })
}

/// `lgt_bf16` form of `lgt_soft_topk_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    k: f64,
    alpha: f64,
    flags: u32,
    y: *mut lgt_bf16,
    y_stride: usize,
    t: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let topk = topk(k, alpha, flags, cols);
    // SAFETY: the contract of this function.
    guard::code(unsafe { forward(x, topk, (y.cast(), y_stride), t) })
}

/// Gradient of `lgt_soft_topk_f32`: with `v = alpha p (1 - p)`, `dx = v (dy - sum v dy / sum v)`;
/// of logarithms `dx = u - v sum u / sum v` with `u = alpha (1 - p) dy`.
///
/// It takes the scores and `t`, not the shares, of which near 1 nothing of `1 - p` would be
/// left. Scores at an infinity have 0, and so have all of a row whose `t` is infinite; a NaN
/// as `t` makes the row NaN.
///
/// # Shape
/// `x`: the scores; `t`: what came out with them, one number a row; `dy`: the gradient in
/// shares, with `LGT_SOFT_TOPK_LOG` in their logarithms; `dx`: that in scores. Rows x cols
/// but for `t`, row-major, strides in elements, at least cols. `alpha`, `flags`: as there.
///
/// # In place
/// `dx == x` and `dx == dy`, with equal strides, are allowed; any other overlap of `dx` is
/// `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_OPTION` (flags), `LGT_E_VALUE`
/// (alpha), `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-13 times `alpha` times the largest size of a `dy` of the row, besides the
/// rounding to its type, where `alpha` times the largest size of a score is at most 100.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As for `lgt_soft_topk_f32`.
///
/// # Example
/// ```c
/// float x[1][2] = {{0, 0}}, dy[1][2] = {{1, 0}};
/// double t;
/// assert(lgt_soft_topk_f32(&x[0][0], 2, 1, 2, 0, NULL, 2, &t, 1, 2) == LGT_OK && t == 0);
/// assert(lgt_soft_topk_grad_f32(&x[0][0], 2, &t, &dy[0][0], 2, 2, 0, &x[0][0], 2, 1, 2) ==
///        LGT_OK);
/// assert(x[0][0] == 0.25f && x[0][1] == -0.25f);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_grad_f32(
    x: *const f32,
    x_stride: usize,
    t: *const f64,
    dy: *const f32,
    dy_stride: usize,
    alpha: f64,
    flags: u32,
    dx: *mut f32,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F32(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, topk(0.5, alpha, flags, cols), t) })
}

/// `double` form of `lgt_soft_topk_grad_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_grad_f64(
    x: *const f64,
    x_stride: usize,
    t: *const f64,
    dy: *const f64,
    dy_stride: usize,
    alpha: f64,
    flags: u32,
    dx: *mut f64,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F64(dy), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, topk(0.5, alpha, flags, cols), t) })
}

/// `lgt_f16` form of `lgt_soft_topk_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_grad_f16(
    x: *const lgt_f16,
    x_stride: usize,
    t: *const f64,
    dy: *const lgt_f16,
    dy_stride: usize,
    alpha: f64,
    flags: u32,
    dx: *mut lgt_f16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::F16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, topk(0.5, alpha, flags, cols), t) })
}

/// `lgt_bf16` form of `lgt_soft_topk_grad_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_soft_topk_grad_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    t: *const f64,
    dy: *const lgt_bf16,
    dy_stride: usize,
    alpha: f64,
    flags: u32,
    dx: *mut lgt_bf16,
    dx_stride: usize,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let dy = Some((Numbers::Bf16(dy.cast()), dy_stride));
    let map = RawMap { x, dy, y: (dx.cast(), dx_stride) };
    // SAFETY: the contract of this function.
    guard::code(unsafe { back(map, topk(0.5, alpha, flags, cols), t) })
}
