//! `lgt_js_div`.

use super::divergence::{second, temperature as check};
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::js_div;
use crate::rows::numbers::Numbers;
use crate::status::Status;

unsafe fn apply(
    raw: RawLosses,
    (other, stride): (Numbers, usize),
    temperature: f64,
    other_grad: (*mut u8, usize),
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            let (losses, table) = (raw.check(opts)?, raw.table(other, stride)?);
            let grad = second(&raw, (other, stride), other_grad)?;
            Ok(js_div::apply(&losses, table, grad, temperature))
        })
    })
}

/// Jensen-Shannon divergence of the softmax of two rows of logits, in nats, with its gradient
/// in both: with `p` and `q` the softmax of `x` and `y` over the temperature and
/// `m = (p + q) / 2`, half of `KL(p || m) + KL(q || m)`.
///
/// It is the same for both orders, from 0 to `ln 2`, and finite where divergences are not.
/// -inf is a share of 0; entries at +inf share the mass. A NaN in either makes the row NaN,
/// and so does a row of either with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`, `y`: logits, rows x cols, row-major, strides in elements, at least cols.
/// `temperature`: from 1e-6 to 1e6. `weights`, `loss`, `total`, `opts`: as `lgt_focal_f32`.
/// `grad`, `y_grad`: rows x cols, or NULL: the gradient of the reduced loss in `x` and in `y`,
/// times `grad_scale`.
///
/// # In place
/// `grad == x` and `y_grad == y`, each with equal strides, are allowed; any other overlap is
/// `LGT_E_ALIAS`, except that `x` and `y` may be the same as long as neither is written.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss, and its gradient times the temperature: at most 1e-6 (f64: 4e-15), besides
/// the rounding of a gradient to its type. `total` is the exact sum, rounded once: the order
/// of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// J. Lin, "Divergence Measures Based on the Shannon Entropy" (1991).
///
/// # Example
/// ```c
/// float p[1][2] = {{0, -1e38f}}, q[1][2] = {{-1e38f, 0}};
/// double loss;
/// assert(lgt_js_div_f32(&p[0][0], 2, &q[0][0], 2, NULL, 1, &loss, NULL, 0, NULL, 0, NULL, 1, 2,
///                       NULL) == LGT_OK);
/// assert(loss > 0.69314 && loss < 0.69315);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_js_div_f32(
    x: *const f32,
    x_stride: usize,
    y: *const f32,
    y_stride: usize,
    weights: *const f32,
    temperature: f64,
    loss: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    y_grad: *mut f32,
    y_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let (y, y_grad) = ((Numbers::F32(y), y_stride), (y_grad.cast(), y_grad_stride));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, y, temperature, y_grad, opts) }
}

/// `double` form of `lgt_js_div_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_js_div_f64(
    x: *const f64,
    x_stride: usize,
    y: *const f64,
    y_stride: usize,
    weights: *const f64,
    temperature: f64,
    loss: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    y_grad: *mut f64,
    y_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let (y, y_grad) = ((Numbers::F64(y), y_stride), (y_grad.cast(), y_grad_stride));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, y, temperature, y_grad, opts) }
}

/// `lgt_f16` form of `lgt_js_div_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_js_div_f16(
    x: *const lgt_f16,
    x_stride: usize,
    y: *const lgt_f16,
    y_stride: usize,
    weights: *const f32,
    temperature: f64,
    loss: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    y_grad: *mut lgt_f16,
    y_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let (y, y_grad) = ((Numbers::F16(y.cast()), y_stride), (y_grad.cast(), y_grad_stride));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, y, temperature, y_grad, opts) }
}

/// `lgt_bf16` form of `lgt_js_div_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_js_div_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    y: *const lgt_bf16,
    y_stride: usize,
    weights: *const f32,
    temperature: f64,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    y_grad: *mut lgt_bf16,
    y_grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    let (y, y_grad) = ((Numbers::Bf16(y.cast()), y_stride), (y_grad.cast(), y_grad_stride));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, y, temperature, y_grad, opts) }
}
