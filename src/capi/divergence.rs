//! What divergences and distillation check alike.

use super::guard;
use super::loss::RawLosses;
use super::temperatures::Raw;
use crate::calibration::temperatures::RANGE;
use crate::loss::distillation::Distilled;
use crate::rows::labels::Labels;
use crate::rows::moments::TableMut;
use crate::rows::numbers::Numbers;
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// `E_VALUE` unless a number is a temperature.
pub fn temperature(given: f64) -> Result<(), Status> {
    if RANGE.contains(&given) { Ok(()) } else { Err(LGT_E_VALUE) }
}

/// `E_VALUE` unless a number is finite and not below 0.
pub fn factor(given: f64) -> Result<(), Status> {
    if given >= 0.0 && given.is_finite() { Ok(()) } else { Err(LGT_E_VALUE) }
}

/// One label a row, each a column.
///
/// # Safety
/// A pointer that is not null must be readable for one label a row.
#[inline(never)]
pub unsafe fn labels(
    (labels, label_type): (*const c_void, u32),
    rows: usize,
    cols: usize,
) -> Result<Labels, Status> {
    // SAFETY: the caller vouches for the labels.
    let labels = unsafe { guard::labels(labels, label_type, rows)? };
    if labels.first_bad(rows, cols).is_some() { Err(LGT_E_LABEL) } else { Ok(labels) }
}

/// A teacher's rows and their labels.
///
/// # Safety
/// As [`RawLosses::check`], which comes before.
#[inline(never)]
pub unsafe fn distilled(
    raw: &RawLosses,
    (teacher, stride): (Numbers, usize),
    given: (*const c_void, u32),
) -> Result<Distilled, Status> {
    // SAFETY: the caller vouches for the arrays.
    unsafe {
        let teacher = raw.table(teacher, stride)?;
        Ok(Distilled { teacher, labels: labels(given, raw.x.rows, raw.x.cols)? })
    }
}

/// Room for the gradient in a second argument: that itself, or apart from it, and apart from
/// all else.
///
/// # Safety
/// Null, or writable for as many rows as there are losses.
#[inline(never)]
pub unsafe fn second(
    raw: &RawLosses,
    (other, stride): (Numbers, usize),
    (grad, grad_stride): (*mut u8, usize),
) -> Result<Option<TableMut>, Status> {
    let Raw { x, rows, cols, .. } = raw.x;
    // SAFETY: the caller vouches for the array.
    let (grad, span) = unsafe { Raw { x: other, stride, ..raw.x }.beside(grad, grad_stride)? };
    let first = guard::extent_of(x.size(), raw.grad.1, rows, cols);
    let first = if raw.grad.0.is_null() { 0 } else { first? };
    guard::apart(span, raw.x.span())?;
    guard::apart(span, (raw.grad.0, first))?;
    guard::apart(span, guard::span_of(raw.loss, rows))?;
    guard::apart(span, guard::span_of(raw.total, 1))?;
    Ok(grad)
}
