//! What the states of pairs of classes share.

use super::class_counts::lgt_class_counts_opts;
use super::{guard, state};
use crate::metrics::counted::{self, Counted};
use crate::rows::labels::Weights;
use crate::rows::pairs::Pairs;
use crate::state::view_mut;
use crate::status::Status;
use core::ffi::c_void;

pub(super) unsafe fn size<S: Counted + ?Sized>(
    classes: u32,
    opts: *const lgt_class_counts_opts,
    bytes: *mut usize,
) -> Status {
    // SAFETY: the contract of the C functions.
    match unsafe { lgt_class_counts_opts::read(opts, classes) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::size_of_state::<S>(params, bytes) },
        Err(status) => status,
    }
}

pub(super) unsafe fn init<S: Counted + ?Sized>(
    data: *mut c_void,
    size: usize,
    classes: u32,
    opts: *const lgt_class_counts_opts,
) -> Status {
    // SAFETY: the contract of the C functions.
    match unsafe { lgt_class_counts_opts::read(opts, classes) } {
        // SAFETY: as above.
        Ok(params) => unsafe { state::init::<S>(data, size, params) },
        Err(status) => status,
    }
}

/// Labels or predictions, and their type.
pub(super) type Typed = (*const c_void, u32);

pub(super) unsafe fn update<S: Counted + ?Sized>(
    data: *mut c_void,
    predicted: Typed,
    labels: Typed,
    weights: *const f64,
    rows: usize,
) -> Status {
    if data.is_null() {
        return Status::LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        view_mut::<S>(data.cast()).and_then(|state| {
            let pairs = Pairs {
                labels: guard::labels(labels.0, labels.1, rows)?,
                predicted: guard::labels(predicted.0, predicted.1, rows)?,
                rows,
                classes: state.classes() as u32,
                ignore: state.setup().ignore,
            };
            let weights = (!weights.is_null()).then(|| Weights::new(weights));
            counted::update(state, &pairs, weights).map(|()| Status::LGT_OK)
        })
    })
}
