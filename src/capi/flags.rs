//! Rows of labels that are there or not, and the update that takes them.

use super::guard;
use crate::metrics::multilabel::Multilabel;
use crate::rows::flags::{Above, Flags, Predicted};
use crate::rows::labels::Weights;
use crate::simd::{Elem, Real};
use crate::state::view_mut;
use crate::status::Status;
use core::ffi::c_void;

/// Rows of integers: where they are, from row to row, their type.
pub(super) type Integers = (*const c_void, usize, u32);

pub(super) unsafe fn flags(
    (data, stride, kind): Integers,
    rows: usize,
    cols: usize,
) -> Result<Flags, Status> {
    // SAFETY: the contract of the C functions.
    unsafe {
        let labels = guard::label_rows(data, kind, stride, rows, cols)?;
        let flags = Flags::new(labels, stride);
        if flags.good(rows, cols) { Ok(flags) } else { Err(Status::LGT_E_LABEL) }
    }
}

pub(super) unsafe fn update<W: Real, P: Predicted>(
    state: *mut c_void,
    predicted: impl FnOnce() -> Result<P, Status>,
    labels: Integers,
    weights: *const W,
    (rows, cols): (usize, usize),
) -> Status {
    if state.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions below.
    guard::code(unsafe {
        view_mut::<Multilabel>(state.cast()).and_then(|state| {
            if cols != state.labels() {
                return Err(Status::LGT_E_SHAPE);
            }
            let (predicted, labels) = (predicted()?, flags(labels, rows, cols)?);
            if !weights.is_null() && !state.weighted() {
                return Err(Status::LGT_E_OPTION);
            }
            let weights = Weights::new(weights);
            weights.check(rows)?;
            state.update(&labels, &predicted, &|r| weights.get(r), rows);
            Ok(Status::LGT_OK)
        })
    })
}

/// Scores with a threshold.
pub(super) unsafe fn above<E: Elem>(
    (x, stride): (*const E, usize),
    (rows, cols): (usize, usize),
    threshold: f64,
) -> Result<Above<E>, Status> {
    if threshold.is_nan() {
        return Err(Status::LGT_E_VALUE);
    }
    // SAFETY: the contract of the C functions below.
    let rows = unsafe { guard::rows(x, stride, rows, cols)? };
    Ok(Above { rows, threshold: E::Acc::of(threshold) })
}
