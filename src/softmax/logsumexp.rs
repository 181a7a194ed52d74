//! The logarithm of a row's sum of exponentials: `ln sum exp(s x)`.

use super::parallel::over_rows;
use super::row::Opts;
use crate::math::exp::Scale;
use crate::rows::exp_sum::exp_sum;
use crate::rows::kind::{Kind, kind};
use crate::rows::view::{Column, Rows};
use crate::simd::{Elem, Io, Kernel, Real};
use crate::status::{Outcome, Status};

/// Writes one number a row.
pub fn apply<E: Elem>(x: Rows<E>, lse: Column<E::Acc>, opts: Opts) -> Outcome {
    let scale = Scale::new(opts.scale);
    over_rows(&opts.exec, x.rows, x.cols, |start, rows| {
        E::dispatch(LogSumExp { x: x.part(start, rows), lse: lse.part(start), scale })
    })
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
