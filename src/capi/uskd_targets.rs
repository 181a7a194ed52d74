//! `lgt_uskd_targets`.

use super::divergence::labels as labelled;
use super::guard;
use super::loss::{RawLosses, understood};
use super::temperatures::Raw;
use super::types::*;
use crate::loss::uskd;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

unsafe fn apply(raw: RawLosses, labels: (*const c_void, u32)) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        understood(0, 1.0).and_then(|opts| {
            let losses = raw.check(opts)?;
            guard::not_null(raw.loss, raw.x.rows)?;
            uskd::targets(&losses, labelled(labels, raw.x.rows, raw.x.cols)?);
            Ok(LGT_OK)
        })
    })
}

/// The target of each row's label in distillation without a teacher: `S_y^2 + 1` less the
/// mean of `S_y^2` over the batch, where `S` is the softmax of a row of logits.
///
/// Above 1 where the student is surer than on average. The mean is over rows of a weight
/// above 0 that are not NaN, weighted. A NaN makes its row NaN, and so does nothing above
/// -inf; entries at +inf share the mass. Where no row counts, there is no mean, and all is
/// NaN.
///
/// # Shape
/// `x`: logits, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
/// a row, 0 to cols - 1, of the integer type `label_type`. `weights`: one number a row from 0
/// to 2^63, or NULL for 1 each. `targets`: one number a row.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_VALUE` (weights),
/// `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-6 (f64: 4e-15).
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_uskd_f32`.
///
/// # Example
/// ```c
/// float x[2][2] = {{0, 0}, {0, -1e38f}};
/// int32_t y[2] = {0, 0};
/// double targets[2]; // S_y^2 are 1/4 and 1
/// assert(lgt_uskd_targets_f32(&x[0][0], 2, y, LGT_I32, NULL, targets, 2, 2) == LGT_OK);
/// assert(targets[0] == 0.625 && targets[1] == 1.375);
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_targets_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    targets: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (grad, total) = ((core::ptr::null_mut(), 0), core::ptr::null_mut());
    let raw = RawLosses { x, weights: Numbers::F32(weights), loss: targets, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type)) }
}

/// `double` form of `lgt_uskd_targets_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_targets_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f64,
    targets: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (grad, total) = ((core::ptr::null_mut(), 0), core::ptr::null_mut());
    let raw = RawLosses { x, weights: Numbers::F64(weights), loss: targets, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type)) }
}

/// `lgt_f16` form of `lgt_uskd_targets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_targets_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    targets: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (grad, total) = ((core::ptr::null_mut(), 0), core::ptr::null_mut());
    let raw = RawLosses { x, weights: Numbers::F32(weights), loss: targets, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type)) }
}

/// `lgt_bf16` form of `lgt_uskd_targets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_uskd_targets_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    weights: *const f32,
    targets: *mut f64,
    rows: usize,
    cols: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (grad, total) = ((core::ptr::null_mut(), 0), core::ptr::null_mut());
    let raw = RawLosses { x, weights: Numbers::F32(weights), loss: targets, grad, total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type)) }
}
