//! `lgt_hinge`.

use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::hinge::{self, Opts};
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// Hinge loss: the mean over all columns of what each but the label's costs.
pub const LGT_HINGE_MEAN: u32 = 0;
/// Hinge loss: what the largest score but the label's costs.
pub const LGT_HINGE_MAX: u32 = 1;

unsafe fn apply(
    raw: RawLosses,
    (labels, label_type): (*const c_void, u32),
    (margin, power, form): (f64, u32, u32),
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            if !(1..=2).contains(&power) || form > LGT_HINGE_MAX {
                return Err(LGT_E_OPTION);
            }
            if !(0.0..=1e30).contains(&margin) {
                return Err(LGT_E_VALUE);
            }
            let losses = raw.check(opts)?;
            let labels = guard::labels(labels, label_type, raw.x.rows)?;
            if labels.first_bad(raw.x.rows, raw.x.cols).is_some() {
                return Err(LGT_E_LABEL);
            }
            let of = Opts { margin, squared: power == 2, largest: form == LGT_HINGE_MAX };
            Ok(hinge::apply(&losses, labels, of))
        })
    })
}

/// Hinge loss of each row of scores, with its gradient: a score that is not `margin` below
/// the label's costs what it lacks, `max(0, margin - x_y + x_c)^power`.
///
/// With `LGT_HINGE_MEAN` a row's loss is the sum over all columns but the label's, divided
/// by cols; with `LGT_HINGE_MAX` the largest of them, whose gradient is that of the first
/// of the largest scores. Two classes with scores 0 and s have the binary hinge loss of s,
/// `max(0, margin - s)` where the label is 1 and `max(0, margin + s)` where it is 0; half
/// that with `LGT_HINGE_MEAN`. Where nothing is lacking the derivative is 0. A score at
/// -inf costs nothing, a label there +inf. A NaN makes the loss of its row NaN, and so do a
/// label and another score that are both +inf.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one
/// class a row, 0 to cols - 1, of the integer type `label_type`. `margin`: from 0 to 1e30;
/// 1 is usual. `power`: 1 or 2. `form`: an `LGT_HINGE_`. `weights`, `loss`, `grad`,
/// `total`, `opts`: as `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights,
/// margin, grad_scale), `LGT_E_OPTION` (power, form, reduction), `LGT_E_ALIAS`. Advisory:
/// `LGT_UNDEFINED` for the mean of no rows, which is NaN.
///
/// # Accuracy
/// A row's loss: at most 1e-6 (f64: 4e-15) times the largest of 1 and the scores' size,
/// squared with `power` 2. Its gradient as much. `total` is the exact sum, rounded once:
/// the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// The mean: `torch.nn.functional.multi_margin_loss`. The largest: K. Crammer and Y. Singer,
/// "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines" (2001);
/// scikit-learn's `hinge_loss`.
///
/// # Example
/// ```c
/// float x[1][3] = {{1, 0.5f, -1}}, grad[1][3];
/// int32_t y[1] = {0};
/// double loss;
/// assert(lgt_hinge_f32(&x[0][0], 3, y, LGT_I32, NULL, 1, 1, LGT_HINGE_MAX, &loss, &grad[0][0], 3,
///                      NULL, 1, 3, NULL) == LGT_OK);
/// assert(loss == 0.5 && grad[0][0] == -1 && grad[0][1] == 1 && grad[0][2] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_hinge_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    margin: f64,
    power: u32,
    form: u32,
    loss: *mut f64,
    grad: *mut f32,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), (margin, power, form), opts) }
}

/// `double` form of `lgt_hinge_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_hinge_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    margin: f64,
    power: u32,
    form: u32,
    loss: *mut f64,
    grad: *mut f64,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F64(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), (margin, power, form), opts) }
}

/// `lgt_f16` form of `lgt_hinge_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_hinge_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    margin: f64,
    power: u32,
    form: u32,
    loss: *mut f64,
    grad: *mut lgt_f16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), (margin, power, form), opts) }
}

/// `lgt_bf16` form of `lgt_hinge_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_hinge_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    margin: f64,
    power: u32,
    form: u32,
    loss: *mut f64,
    grad: *mut lgt_bf16,
    grad_stride: usize,
    total: *mut f64,
    rows: usize,
    cols: usize,
    opts: *const lgt_loss_opts,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (weights, grad) = (Numbers::F32(weights), (grad.cast(), grad_stride));
    let raw = RawLosses { x, weights, loss, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), (margin, power, form), opts) }
}
