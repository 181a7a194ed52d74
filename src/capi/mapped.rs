//! The arguments that maps of rows and their gradients share.

use super::guard;
use super::temperatures::Raw;
use crate::rows::moments::TableMut;
use crate::rows::numbers::Numbers;
use crate::softmax::elementwise::{self, Entries, Function};
use crate::softmax::weighed::{self, Scores, Weighing};
use crate::status::Status::{self, *};

/// Rows, what comes from above if a gradient is wanted, and where results go.
#[derive(Clone, Copy)]
pub(super) struct RawMap {
    /// Rows.
    pub x: Raw,
    /// What comes from above, and from row to row.
    pub dy: Option<(Numbers, usize)>,
    /// Where results go, and from row to row.
    pub y: (*mut u8, usize),
}

impl RawMap {
    /// The same, checked.
    ///
    /// # Safety
    /// Pointers that are not null must be good for what they stand for.
    #[inline(never)]
    pub unsafe fn check(&self) -> Result<Scores, Status> {
        // SAFETY: the caller vouches for the arrays.
        unsafe {
            let x = self.x.check()?;
            let dy = match self.dy {
                None => None,
                Some((numbers, stride)) => {
                    let dy = Raw { x: numbers, stride, ..self.x };
                    dy.beside(self.y.0, self.y.1)?;
                    Some(dy.check()?)
                }
            };
            Ok(Scores { x, dy, y: place(&self.x, self.y)? })
        }
    }

    /// Applies a function of single entries, or its derivative.
    ///
    /// # Safety
    /// As [`check`](Self::check).
    #[inline(never)]
    pub unsafe fn elementwise(&self, function: Function) -> Status {
        // SAFETY: as above.
        guard::code(unsafe { self.check() }.map(|Scores { x, dy, y }| {
            elementwise::apply(Entries { x, dy, y }, function);
            LGT_OK
        }))
    }

    /// Weighs scores, or takes the gradient of that.
    ///
    /// # Safety
    /// As [`check`](Self::check).
    #[inline(never)]
    pub unsafe fn weigh(&self, weighing: Result<Weighing, Status>) -> Status {
        // SAFETY: as above.
        guard::code(
            weighing.and_then(|weighing| unsafe { Ok(weighed::apply(&self.check()?, &weighing)) }),
        )
    }
}

/// Where as many rows go: where these are, or apart from them.
///
/// # Safety
/// Null, or writable for the whole array.
#[inline(never)]
pub(super) unsafe fn place(x: &Raw, (y, stride): (*mut u8, usize)) -> Result<TableMut, Status> {
    guard::not_null(y, x.rows.min(x.cols))?;
    // SAFETY: the caller vouches for the array.
    let (place, _) = unsafe { x.beside(y, stride)? };
    if place.is_none() && stride < x.cols {
        return Err(LGT_E_STRIDE);
    }
    Ok(place.unwrap_or(TableMut { data: y, stride: 0 }))
}

/// A number from 1e-30 to 1e30, as scales and temperatures are.
pub(super) fn scale(x: f64) -> Result<f64, Status> {
    if (1e-30..=1e30).contains(&x) { Ok(x) } else { Err(LGT_E_VALUE) }
}
