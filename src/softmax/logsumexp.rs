//! The logarithm of a row's sum of exponentials: `ln sum exp(s x)`.

use super::narrow::{self, Want};
use super::parallel::over_rows;
use super::row::{Opts, RowsPair};
use crate::math::exp::Scale;
use crate::rows::exp_sum::exp_sum;
use crate::rows::kind::{Kind, kind};
use crate::rows::view::{Column, Rows, RowsMut};
use crate::simd::{Elem, Io, Kernel, Real};
use crate::status::{Outcome, Status};

/// Writes one number a row.
pub fn apply<E: Elem>(x: Rows<E>, lse: Column<E::Acc>, opts: Opts) -> Outcome {
    if narrow::fits(x.cols, Want::Sums) {
        // SAFETY: of the sums alone no row is written.
        let y = unsafe { RowsMut::new(core::ptr::null_mut(), 0) };
        return narrow::apply(RowsPair { x, y, lse }, opts, Want::Sums);
    }
    over_rows(&opts.exec, x.rows, x.cols, |start, rows| {
        serial(x.part(start, rows), lse.part(start), opts)
    })
}

/// The same on the calling thread.
#[inline(never)]
pub fn serial<E: Elem>(x: Rows<E>, lse: Column<E::Acc>, opts: Opts) -> Status {
    E::dispatch(LogSumExp { x, lse, scale: Scale::new(opts.scale) })
}

struct LogSumExp<E: Elem> {
    x: Rows<E>,
    lse: Column<E::Acc>,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for LogSumExp<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let mut status = Status::LGT_OK;
        for r in 0..self.x.rows {
            let (row, n) = (self.x.row(r), self.x.cols);
            // SAFETY: the view vouches for its rows.
            let log = match unsafe { kind(s, row, n) } {
                Kind::Finite(max) => {
                    // SAFETY: as above.
                    let log = unsafe { exp_sum(s, row, n, max, &self.scale) }.log();
                    E::Acc::of(max.to_f64() * self.scale.value() + log)
                }
                Kind::Infinite(_) => E::Acc::INFINITY,
                Kind::Empty => {
                    status = Status::LGT_EMPTY_ROW;
                    E::Acc::NEG_INFINITY
                }
                Kind::Nan => E::Acc::NAN,
            };
            self.lse.set(r, log);
        }
        status
    }
}
