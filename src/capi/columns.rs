//! Two columns of numbers, as C gives them.

use super::guard;
use crate::correlation::columns::Columns;
use crate::rows::column::{TwoColumns, Values};
use crate::rows::numbers::Numbers;
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

/// Two columns and scratch, of a function of whole arrays.
pub(super) struct RawPair {
    /// The one ..
    pub(super) x: Numbers,
    /// .. and the other.
    pub(super) y: Numbers,
    /// How many.
    pub(super) n: usize,
    /// Scratch ..
    pub(super) scratch: *mut c_void,
    /// .. and its bytes.
    pub(super) scratch_size: usize,
}

impl RawPair {
    /// Where the columns lie.
    pub(super) fn spans(&self) -> [(*const u8, usize); 2] {
        [&self.x, &self.y].map(|numbers| (numbers.address(), self.n.saturating_mul(numbers.size())))
    }

    /// Writes the report of the columns, made in so many words of scratch, unless
    /// something is wrong; `undefined` tells of a report whether there is no result.
    pub(super) unsafe fn report<R>(
        &self,
        report: *mut R,
        words: Option<usize>,
        make: impl FnOnce(&Columns, &mut [u64]) -> Result<R, Status>,
        undefined: fn(&R) -> bool,
    ) -> Status {
        // SAFETY: the contract of the C functions.
        guard::code(unsafe {
            self.check(words).and_then(|(columns, scratch)| {
                guard::not_null(report, 1)?;
                let made = make(&columns, scratch)?;
                let status = if undefined(&made) { LGT_UNDEFINED } else { LGT_OK };
                *report = made;
                Ok(status)
            })
        })
    }

    #[inline(never)]
    unsafe fn check<'a>(&self, words: Option<usize>) -> Result<(Columns, &'a mut [u64]), Status> {
        let (x, y, n) = (self.x, self.y, self.n);
        guard::not_null(x.address(), n)?;
        guard::not_null(y.address(), n)?;
        // SAFETY: the contract of the C functions; of more numbers than there is address
        // space for there are no words.
        let scratch =
            unsafe { guard::scratch(self.scratch, self.scratch_size, words, self.spans())? };
        Ok((Columns { x, y, n }, scratch))
    }
}
