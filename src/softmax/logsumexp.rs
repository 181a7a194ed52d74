//! The logarithm of a row's sum of exponentials: `ln sum exp(s x)`.

use super::narrow::{self, Want};
use super::parallel::over_rows;
use super::row::{Opts, RowsPair};
use crate::math::exp::Scale;
use crate::rows::exp_sum::{LogSum, by_blocks, by_segments};
use crate::rows::kind::Kind;
use crate::rows::segments::is_long;
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Real};
use crate::status::{Outcome, Status};

/// Writes one number a row.
pub fn apply<E: Elem>(x: Rows<E>, lse: Column<E::Acc>, opts: Opts) -> Outcome {
    let scale = Scale::new(opts.scale);
    if narrow::fits(x.cols, Want::Sums) {
        // SAFETY: of the sums alone no row is written.
        let y = unsafe { RowsMut::new(core::ptr::null_mut(), 0) };
        return narrow::apply(RowsPair { x, y, lse }, opts, Want::Sums);
    }
    if is_long::<E>(x.cols) {
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let sum = by_segments(&opts.exec, &x.part(r, 1), &scale)?;
            status = status.or(write(&lse, r, &sum, opts.scale));
        }
        return Ok(status);
    }
    over_rows(&opts.exec, x.rows, x.cols, |start, rows| {
        serial(&x.part(start, rows), &lse.part(start), &opts, &scale)
    })
}

/// The same, one after the other, for rows that are not long.
#[inline(never)]
pub fn serial<E: Elem>(
    x: &Rows<E>,
    lse: &Column<E::Acc>,
    opts: &Opts,
    scale: &Scale<E::Acc>,
) -> Status {
    let mut status = Status::LGT_OK;
    by_blocks(x, scale, |first, sums| {
        for (r, sum) in sums.iter().enumerate() {
            status = status.or(write(lse, first + r, sum, opts.scale));
        }
    });
    status
}

fn write<T: Real>(lse: &Column<T>, r: usize, sum: &LogSum<T>, scale: f64) -> Status {
    lse.set(r, sum.lse(scale));
    if matches!(sum.kind, Kind::Empty) { Status::LGT_EMPTY_ROW } else { Status::LGT_OK }
}
