//! The predicted class of each row and its probability: what makes a question of
//! yes and no out of one of many classes.

use crate::rows::top;
use crate::rows::view::{Column, Rows};
use crate::simd::{Elem, Io, Kernel, Real};

/// What stands for no class: of a row with a NaN, or without columns.
pub const NONE: u32 = u32::MAX;

/// The largest of `n` values and the lowest index that has it; NaN and nothing
/// where one is NaN, or none is there.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
pub unsafe fn top_label<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
) -> (E::Acc, Option<usize>) {
    // SAFETY: the caller vouches for the row.
    unsafe {
        if n == 0 || top::has_nan(s, row, n) {
            return (E::Acc::NAN, None);
        }
        let max = top::max(s, row, n);
        (max, Some(top::find(s, row, n, max)))
    }
}

/// Writes both for each row.
pub fn apply<E: Elem>(rows: Rows<E>, confidence: Column<E::Acc>, predicted: Column<u32>) {
    E::dispatch(Each { rows, confidence, predicted });
}

struct Each<E: Elem> {
    rows: Rows<E>,
    confidence: Column<E::Acc>,
    predicted: Column<u32>,
}

impl<E: Elem> Kernel<E> for Each<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        for r in 0..self.rows.rows {
            // SAFETY: the view vouches for its rows.
            let (max, class) = unsafe { top_label(s, self.rows.row(r), self.rows.cols) };
            self.confidence.set(r, max);
            self.predicted.set(r, class.map_or(NONE, |class| class as u32));
        }
    }
}
