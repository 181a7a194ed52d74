//! Two columns of numbers, as C gives them.

use super::guard;
use crate::rows::column::{TwoColumns, Values};
use crate::rows::view::Rows;
use crate::simd::Elem;
use crate::state::{State, view_mut};
use crate::status::Status::{self, *};
use core::ffi::c_void;

/// The arguments of an update.
pub(super) struct RawColumns<E: Elem> {
    /// The one ..
    pub(super) x: *const E,
    /// .. and the other.
    pub(super) y: *const E,
    /// Weights, or null.
    pub(super) weights: *const E::Acc,
    /// How many.
    pub(super) n: usize,
}

impl<E: Elem<Acc: Elem>> RawColumns<E> {
    /// The same, checked: every weight is a weight.
    unsafe fn check(&self) -> Result<TwoColumns, Status> {
        // SAFETY: the contract of the C functions; of weights, null is looked at before
        // they are.
        let data = unsafe {
            TwoColumns {
                x: Values::new(&guard::rows(self.x, 1, self.n, 1)?, 1),
                y: Values::new(&guard::rows(self.y, 1, self.n, 1)?, 1),
                weights: Values::new(&Rows::new(self.weights, 1, self.n, 1), 1),
                rows: self.n,
            }
        };
        data.check()?;
        Ok(data)
    }
}

/// Adds rows to a state.
pub(super) unsafe fn update<E: Elem<Acc: Elem>, S: State>(
    data: *mut c_void,
    columns: RawColumns<E>,
    add: fn(&mut S, TwoColumns),
) -> Status {
    if data.is_null() {
        return LGT_E_NULL;
    }
    // SAFETY: the contract of the C functions.
    guard::code(unsafe {
        view_mut::<S>(data.cast()).and_then(|state| {
            add(state, columns.check()?);
            Ok(LGT_OK)
        })
    })
}
