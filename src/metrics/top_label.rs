//! The predicted class of each row and its probability: what makes a question of
//! yes and no out of one of many classes.

use crate::rows::top;
use crate::rows::view::{Column, Rows};
use crate::simd::{Elem, Io, Kernel, Real};

/// What stands for no class: of a row with a NaN, or without columns.
pub const NONE: u32 = u32::MAX;

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
        let n = self.rows.cols;
        for r in 0..self.rows.rows {
            let row = self.rows.row(r);
            // SAFETY: the view vouches for its rows.
            let (max, class) = unsafe {
                let max = top::largest(s, row, n);
                (max, top::find(s, row, n, max))
            };
            // NaN is found nowhere, and -inf not in a row without columns.
            let some = class < n;
            self.confidence.set(r, if some { max } else { E::Acc::NAN });
            self.predicted.set(r, if some { class as u32 } else { NONE });
        }
    }
}
