//! What functions of an `lgt_spherical_layer` are given, checked.

use super::guard;
use crate::loss::spherical_layer::SphericalLayer;
use crate::loss::spherical_step::{self, Batch};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// An array to read, or nothing for null.
pub(super) unsafe fn weights_of<'a>(
    data: *const f64,
    stride: usize,
    rows: usize,
    cols: usize,
) -> Result<&'a [f64], Status> {
    if data.is_null() {
        return Ok(&[]);
    }
    let bytes = guard::extent_of(size_of::<f64>(), stride, rows, cols)?;
    // SAFETY: the caller vouches for the array.
    unsafe { guard::slice(data, bytes / size_of::<f64>()) }
}

/// Inputs and labels, as C gives them.
pub(super) struct RawBatch {
    /// Inputs, and from row to row.
    pub h: (*const f64, usize),
    /// Labels and their type.
    pub labels: (*const c_void, u32),
    /// Labels an input.
    pub targets: usize,
    /// Inputs.
    pub rows: usize,
}

impl RawBatch {
    /// Labels in all.
    pub fn count(&self) -> Result<usize, Status> {
        self.rows.checked_mul(self.targets).ok_or(LGT_E_SIZE)
    }

    /// The same, checked.
    ///
    /// # Safety
    /// Pointers that are not null must be readable for what they stand for.
    pub unsafe fn check<'a>(&self, layer: &SphericalLayer) -> Result<Batch<'a>, Status> {
        let RawBatch { h: (h, stride), labels: (labels, kind), targets, rows } = *self;
        let (d, count) = (layer.dims(), self.count()?);
        let bytes = guard::extent_of(size_of::<f64>(), stride, rows, d)?;
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let h = guard::slice(h, bytes / size_of::<f64>())?;
            let labels = guard::labels(labels, kind, count)?;
            if labels.first_bad(count, layer.classes()).is_some() {
                return Err(LGT_E_LABEL);
            }
            Ok(Batch { h, stride, rows, labels, targets })
        }
    }
}

/// Where a layer lies.
pub(super) fn span_of(layer: &SphericalLayer) -> (*const u8, usize) {
    (core::ptr::from_ref(layer).cast(), size_of_val(layer))
}

/// `n` numbers to write, apart from other arrays.
pub(super) unsafe fn writable<'a>(
    data: *mut f64,
    n: usize,
    others: &[(*const u8, usize)],
) -> Result<&'a mut [f64], Status> {
    guard::not_null(data, n)?;
    // SAFETY: the caller vouches for the array, which is apart from the others.
    unsafe {
        guard::column(data, n, others)?;
        Ok(if n == 0 { &mut [] } else { core::slice::from_raw_parts_mut(data, n) })
    }
}

/// Scratch of doubles.
pub(super) unsafe fn room<'a, const N: usize>(
    (data, size): (*mut c_void, usize),
    dims: usize,
    rows: usize,
    others: [(*const u8, usize); N],
) -> Result<&'a mut [f64], Status> {
    let words = spherical_step::scratch(dims, rows);
    // SAFETY: the caller vouches for the scratch.
    let words = unsafe { guard::scratch(data, size, words, others)? };
    // SAFETY: words of 8 bytes, of which all bits are doubles.
    Ok(unsafe { core::slice::from_raw_parts_mut(words.as_mut_ptr().cast(), words.len()) })
}
