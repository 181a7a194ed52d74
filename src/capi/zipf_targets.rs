//! `lgt_zipf_targets`.

use super::divergence::labels as labelled;
use super::guard;
use super::loss::{RawLosses, understood};
use super::temperatures::Raw;
use super::types::*;
use super::uskd::LGT_ZIPF_OTHERS;
use crate::loss::uskd;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

unsafe fn apply(
    raw: RawLosses,
    labels: (*const c_void, u32),
    order: u32,
    (room, size): (*mut c_void, usize),
) -> Status {
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        understood(0, 1.0).and_then(|opts| {
            if order > LGT_ZIPF_OTHERS {
                return Err(LGT_E_OPTION);
            }
            let losses = raw.check(opts)?;
            guard::not_null(raw.grad.0, raw.x.rows.min(raw.x.cols))?;
            let labels = labelled(labels, raw.x.rows, raw.x.cols)?;
            let room = guard::scratch(room, size, uskd::scratch(raw.x.cols), [raw.x.span()])?;
            uskd::zipf_targets(&losses, labels, order == LGT_ZIPF_OTHERS, room);
            Ok(LGT_OK)
        })
    })
}

/// Soft labels of the classes other than a row's label by Zipf's law: `1 / rank`, the largest
/// score of rank 1, made to add up to 1; 0 for the label.
///
/// Equal scores, of any kind, are ranked in order of index. With `LGT_ZIPF_ALL` the label has
/// a rank among the others, which is left out: the shares of what is ranked behind it are
/// smaller by that. A NaN makes its row NaN. With one class the row is 0.
///
/// # Shape
/// `x`: scores, rows x cols, row-major, stride in elements, at least cols. `labels`: one class
/// a row, 0 to cols - 1, of the integer type `label_type`. `order`: an `LGT_ZIPF_`. `y`: rows
/// x cols. `scratch`: 8-byte aligned, as many bytes as `lgt_uskd_scratch` says, or more.
///
/// # In place
/// `y == x` with equal strides is allowed; any other overlap is `LGT_E_ALIAS`.
///
/// # Errors
/// `LGT_E_NULL`, `LGT_E_STRIDE`, `LGT_E_SIZE`, `LGT_E_LABEL`, `LGT_E_OPTION`,
/// `LGT_E_SCRATCH`, `LGT_E_ALIAS`.
///
/// # Accuracy
/// At most 1e-13 relative, besides the rounding to its type.
///
/// Thread safety: any thread, as long as no other writes the arrays.
///
/// # Source
/// As `lgt_uskd_f32`.
///
/// # Example
/// ```c
/// float x[1][3] = {{9, 1, 2}}, y[1][3];
/// int32_t label[1] = {0};
/// uint64_t scratch[6];
/// assert(lgt_zipf_targets_f32(&x[0][0], 3, label, LGT_I32, LGT_ZIPF_OTHERS, &y[0][0], 3, 1, 3,
///                             scratch, sizeof scratch) == LGT_OK);
/// assert(y[0][0] == 0 && y[0][1] == (float)(1.0 / 3) && y[0][2] == (float)(2.0 / 3));
/// ```
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_zipf_targets_f32(
    x: *const f32,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    order: u32,
    y: *mut f32,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F32(x), stride: x_stride, rows, cols };
    let (loss, total) = (core::ptr::null_mut(), core::ptr::null_mut());
    let weights = Numbers::F32(core::ptr::null());
    let raw = RawLosses { x, weights, loss, grad: (y.cast(), y_stride), total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), order, (scratch, scratch_size)) }
}

/// `double` form of `lgt_zipf_targets_f32`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_zipf_targets_f64(
    x: *const f64,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    order: u32,
    y: *mut f64,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F64(x), stride: x_stride, rows, cols };
    let (loss, total) = (core::ptr::null_mut(), core::ptr::null_mut());
    let weights = Numbers::F32(core::ptr::null());
    let raw = RawLosses { x, weights, loss, grad: (y.cast(), y_stride), total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), order, (scratch, scratch_size)) }
}

/// `lgt_f16` form of `lgt_zipf_targets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_zipf_targets_f16(
    x: *const lgt_f16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    order: u32,
    y: *mut lgt_f16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::F16(x.cast()), stride: x_stride, rows, cols };
    let (loss, total) = (core::ptr::null_mut(), core::ptr::null_mut());
    let weights = Numbers::F32(core::ptr::null());
    let raw = RawLosses { x, weights, loss, grad: (y.cast(), y_stride), total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), order, (scratch, scratch_size)) }
}

/// `lgt_bf16` form of `lgt_zipf_targets_f32`; computed in f32.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn lgt_zipf_targets_bf16(
    x: *const lgt_bf16,
    x_stride: usize,
    labels: *const c_void,
    label_type: u32,
    order: u32,
    y: *mut lgt_bf16,
    y_stride: usize,
    rows: usize,
    cols: usize,
    scratch: *mut c_void,
    scratch_size: usize,
) -> Status {
    let x = Raw { x: Numbers::Bf16(x.cast()), stride: x_stride, rows, cols };
    let (loss, total) = (core::ptr::null_mut(), core::ptr::null_mut());
    let weights = Numbers::F32(core::ptr::null());
    let raw = RawLosses { x, weights, loss, grad: (y.cast(), y_stride), total };
    // SAFETY: the contract of this function.
    unsafe { apply(raw, (labels, label_type), order, (scratch, scratch_size)) }
}
