//! Log-softmax: `y = s x - ln sum exp(s x)`, row by row.
//!
//! Written as `(x - max) s - ln(sum exp((x - max) s))`: both parts are at most
//! 0, so nothing cancels, and the logarithm is of `1 + rest`, so that the entry
//! with nearly all the mass keeps its relative accuracy.

use super::narrow::{self, Want};
use super::parallel::over_rows;
use super::row::{Corner, Opts, RowsPair, write_corner};
use crate::math::exp::Scale;
use crate::rows::exp_sum::exp_sum;
use crate::rows::kind::{Kind, kind};
use crate::rows::pass::{Pass, walk};
use crate::simd::{Elem, Io, Kernel, Real, V};
use crate::status::{Outcome, Status};

/// Applies log-softmax to every row.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Outcome {
    if narrow::fits(io.x.cols, Want::Logs) {
        return narrow::apply(io, opts, Want::Logs);
    }
    over_rows(&opts.exec, io.x.rows, io.x.cols, |start, rows| serial(io.part(start, rows), opts))
}

/// The same on the calling thread.
#[inline(never)]
pub fn serial<E: Elem>(io: RowsPair<E>, opts: Opts) -> Status {
    E::dispatch(LogSoftmax { io, opts, scale: Scale::new(opts.scale) })
}

struct LogSoftmax<E: Elem> {
    io: RowsPair<E>,
    opts: Opts,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for LogSoftmax<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let RowsPair { x, y, lse } = self.io;
        let corner = Corner {
            at_infinity: |count| -libm::log(count),
            beside: E::Acc::NEG_INFINITY,
            // Shares of 0 have a logarithm of -inf.
            empty: E::Acc::NEG_INFINITY,
        };
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let (from, to, n) = (x.row(r), y.row(r), x.cols);
            // SAFETY: the views vouch for their rows.
            unsafe {
                match kind(s, from, n) {
                    Kind::Finite(max) => {
                        let log = exp_sum(s, from, n, max, &self.scale).log();
                        let mut pass = LogPass::<E, S> {
                            to,
                            half: s.splat(E::Acc::of(0.5)),
                            minus_max: s.splat(E::Acc::of(-0.5 * max.to_f64())),
                            scale: s.splat(E::Acc::of(2.0 * self.opts.scale)),
                            minus_log: s.splat(E::Acc::of(-log)),
                        };
                        walk(s, from, n, E::Acc::ZERO, &mut pass);
                        lse.set(r, E::Acc::of(max.to_f64() * self.opts.scale + log));
                    }
                    other => {
                        let row = (from, to, n);
                        let (log, advisory) = write_corner(&other, &corner, &self.opts, row);
                        lse.set(r, log);
                        if advisory != Status::LGT_OK {
                            status = advisory;
                        }
                    }
                }
            }
        }
        status
    }
}

struct LogPass<E: Elem, S: Io<E>> {
    to: *mut E,
    half: V<E, S>,
    minus_max: V<E, S>,
    scale: V<E, S>,
    minus_log: V<E, S>,
}

impl<E: Elem, S: Io<E>> LogPass<E, S> {
    /// The difference is halved and the scale doubled, since the difference of
    /// two finite numbers may not be one, while half of it is.
    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        let d = s.mul_add(v, self.half, self.minus_max);
        s.mul_add(d, self.scale, self.minus_log)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for LogPass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), self.eval(s, v)) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, self.eval(s, v)) };
    }
}
