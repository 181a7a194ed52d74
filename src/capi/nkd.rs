//! `lgt_nkd`.

use super::divergence::{distilled, factor, temperature as check};
use super::guard;
use super::loss::{RawLosses, lgt_loss_opts};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::distillation;
use crate::rows::numbers::Numbers;
use crate::status::Status;
use core::ffi::c_void;

unsafe fn apply(
    raw: RawLosses,
    teacher: (Numbers, usize),
    labels: (*const c_void, u32),
    (gamma, temperature): (f64, f64),
    opts: *const lgt_loss_opts,
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        lgt_loss_opts::read(opts).and_then(|opts| {
            check(temperature)?;
            factor(gamma)?;
            let losses = raw.check(opts)?;
            let of = distilled(&raw, teacher, labels)?;
            Ok(distillation::nkd(&losses, of, gamma, temperature))
        })
    })
}

/// Normalised knowledge distillation:
/// `-T_y ln S_y - gamma temperature^2 sum T^_i ln S^_i` of a teacher's logits and a student's,
/// with its gradient in the student's logits.
///
/// `T` and `S` are their softmax at temperature 1, `T^` and `S^` that of the classes other
/// than the label at `temperature`, so that both add up to 1. It is added to a plain
/// cross-entropy, and is not at its least where student and teacher agree: the label's part
/// has the derivative `T_y (S - e_y)`. With one class, or where the teacher has only the
/// label, there is no second part. -inf is a share of 0: where the teacher has some, the loss
/// is +inf. Entries at +inf share the mass. A NaN makes its row NaN, and so does a row of
/// either with nothing above -inf, with `LGT_EMPTY_ROW`.
///
/// # Shape
/// `x`: the student's logits, rows x cols, row-major, stride in elements, at least cols.
/// `teacher`: rows x cols, likewise. `labels`: one class a row, 0 to cols - 1, of the integer
/// type `label_type`; of a soft label the largest. `gamma`: finite, at least 0; 1.5 is usual.
/// `temperature`: from 1e-6 to 1e6; 1 is usual. `weights`, `loss`, `grad`, `total`, `opts`: as
/// `lgt_focal_f32`.
///
/// # In place
/// `grad == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights, gamma,
/// temperature, grad_scale), `LGT_E_OPTION`, `LGT_E_ALIAS`. Advisory: `LGT_EMPTY_ROW`;
/// `LGT_UNDEFINED` for the mean of no rows, which is NaN.
///
/// # Accuracy
/// Both parts, before `gamma` and the temperature: each as `lgt_kl_div_f32`. The gradient: at
/// most 1e-6 (f64: 4e-15) times `1 + gamma temperature`, besides the rounding to its type.
/// `total` is the exact sum, rounded once: the order of rows does not matter.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// Z. Yang et al., "From Knowledge Distillation to Self-Knowledge Distillation: A Unified
/// Approach with Normalized Loss and Customized Soft Labels" (2023).
///
/// # Example
/// ```c
/// double s[1][4] = {{2, 0.5, -1, 0}}, t[1][4] = {{3, 1, 0.5, -1}}, loss;
/// int32_t y[1] = {0};
/// assert(lgt_nkd_f64(&s[0][0], 4, &t[0][0], 4, y, LGT_I32, NULL, 1.5, 1, &loss, NULL, 0, NULL,
///                    1, 4, NULL) == LGT_OK);
/// assert(loss > 2.02497 && loss < 2.02498);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_nkd_f32(
    x: *const f32,
    x_stride: usize,
    teacher: *const f32,
    teacher_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    let (teacher, labels) = ((Numbers::F32(teacher), teacher_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, teacher, labels, (gamma, temperature), opts) }
}

/// `double` form of `lgt_nkd_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_nkd_f64(
    x: *const f64,
    x_stride: usize,
    teacher: *const f64,
    teacher_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    gamma: f64,
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
    let (teacher, labels) = ((Numbers::F64(teacher), teacher_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, teacher, labels, (gamma, temperature), opts) }
}

/// `lgt_f16` form of `lgt_nkd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_nkd_f16(
    x: *const lgt_f16,
    x_stride: usize,
    teacher: *const lgt_f16,
    teacher_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    let (teacher, labels) = ((Numbers::F16(teacher.cast()), teacher_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, teacher, labels, (gamma, temperature), opts) }
}

/// `lgt_bf16` form of `lgt_nkd_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_nkd_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    teacher: *const lgt_bf16,
    teacher_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    gamma: f64,
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
    let (teacher, labels) = ((Numbers::Bf16(teacher.cast()), teacher_stride), (labels, label_type));
    // SAFETY: the contract of this function.
    unsafe { apply(raw, teacher, labels, (gamma, temperature), opts) }
}
