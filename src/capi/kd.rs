//! `lgt_kd`.

use super::divergence::temperature as check;
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::divergence;
use crate::rows::numbers::Numbers;
use crate::status::Status;

unsafe fn apply(
    raw: RawLosses,
    (teacher, stride): (Numbers, usize),
    temperature: f64,
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            let (losses, teacher) = (raw.check(opts)?, raw.table(teacher, stride)?);
            let factor = temperature * temperature;
            Ok(divergence::apply(&losses, teacher, true, temperature, factor))
        })
    })
}

/// Knowledge distillation: `temperature^2 KL(T || S)` of the softmax of a teacher's logits and
/// a student's, both at that temperature, with its gradient in the student's logits,
/// `temperature (S - T)`.
///
/// The square keeps the gradient's size alike at all temperatures. -inf, +inf, NaN and rows
/// with nothing above -inf are as in `lgt_kl_div_f32`.
///
/// # Shape
/// `x`: the student's logits, rows x cols, row-major, stride in elements, at least cols.
/// `teacher`: rows x cols, likewise. `temperature`: from 1e-6 to 1e6; 4 is usual. `weights`,
/// `loss`, `grad`, `total`, `opts`: as `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_VALUE` (weights, temperature,
/// grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`; `LGT_UNDEFINED` for
/// the mean of no rows, which is NaN.
///
/// # Accuracy
/// As `lgt_kl_div_f32`, times the square of the temperature.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// G. Hinton et al., "Distilling the Knowledge in a Neural Network" (2015).
///
/// # Example
/// ```c
/// float s[1][2] = {{0, 0}}, t[1][2] = {{0, 0}}, grad[1][2];
/// double loss;
/// assert(lgt_kd_f32(&s[0][0], 2, &t[0][0], 2, NULL, 4, &loss, &grad[0][0], 2, NULL, 1, 2,
///                   NULL) == LGT_OK);
/// assert(loss == 0 && grad[0][0] == 0 && grad[0][1] == 0);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kd_f32(
    x: *const f32,
    x_stride: usize,
    teacher: *const f32,
    teacher_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, (Numbers::F32(teacher), teacher_stride), temperature, opts) }
}

/// `double` form of `lgt_kd_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kd_f64(
    x: *const f64,
    x_stride: usize,
    teacher: *const f64,
    teacher_stride: usize,
    weights: *const f64,
    temperature: f64,
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
    unsafe { apply(raw, (Numbers::F64(teacher), teacher_stride), temperature, opts) }
}

/// `lgt_f16` form of `lgt_kd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kd_f16(
    x: *const lgt_f16,
    x_stride: usize,
    teacher: *const lgt_f16,
    teacher_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, (Numbers::F16(teacher.cast()), teacher_stride), temperature, opts) }
}

/// `lgt_bf16` form of `lgt_kd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_kd_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    teacher: *const lgt_bf16,
    teacher_stride: usize,
    weights: *const f32,
    temperature: f64,
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
    unsafe { apply(raw, (Numbers::Bf16(teacher.cast()), teacher_stride), temperature, opts) }
}
