//! Log-softmax: `y = s x - ln sum exp(s x)`, row by row.
//!
//! Written as `(x - max) s - ln(sum exp((x - max) s))`: both parts are at most
//! 0, so nothing cancels, and the logarithm is of `1 + rest`, so that the entry
//! with nearly all the mass keeps its relative accuracy.

use super::line::{BYTES, Line};
use super::narrow::{self, Want};
use super::parallel::over_rows;
use super::row::{Corner, Opts, RowsPair, past, settled, write_corner};
use crate::math::exp::Scale;
use crate::rows::exp_sum::{LogSum, by_blocks, by_segments};
use crate::rows::kind::Kind;
use crate::rows::pass::{Pass, walk, walk_singly};
use crate::rows::segments::{is_long, segment};
use crate::rows::stream::{Quarters, walk_quarters};
use crate::simd::{Elem, Io, Kernel, Real, V};
use crate::status::{Outcome, Status};

/// Applies log-softmax to every row: rows side by side where an executor is lent,
/// and of a long row the segments.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Outcome {
    let (n, scale) = (io.x.cols, Scale::new(opts.scale));
    let opts = Opts { store: settled::<E>(&io, &opts), ..opts };
    if narrow::fits(n, Want::Logs) {
        return narrow::apply(io, opts, Want::Logs);
    }
    if is_long::<E>(n) {
        let mut status = Status::LGT_OK;
        for r in 0..io.x.rows {
            let row = io.part(r, 1);
            let sum = by_segments(&opts.exec, &row.x, &scale)?;
            let each = segment::<E>(n);
            opts.exec.run(n.div_ceil(each), |i| {
                E::dispatch(Subtract { io: row.piece(i * each, each), sums: &[sum], opts });
            })?;
            status = status.or(finish(&row, &[sum], &opts));
        }
        return Ok(status);
    }
    over_rows(&opts.exec, io.x.rows, n, |start, rows| serial(&io.part(start, rows), &opts, &scale))
}

/// The same, one after the other, for rows that are not long.
#[inline(never)]
pub fn serial<E: Elem>(io: &RowsPair<E>, opts: &Opts, scale: &Scale<E::Acc>) -> Status {
    let mut status = Status::LGT_OK;
    by_blocks(&io.x, scale, |first, sums| {
        let block = io.part(first, sums.len());
        E::dispatch(Subtract { io: block, sums, opts: *opts });
        status = status.or(finish(&block, sums, opts));
    });
    status
}

/// Writes the logarithms that are asked for, and the rows of which none is a
/// number.
fn finish<E: Elem>(io: &RowsPair<E>, sums: &[LogSum<E::Acc>], opts: &Opts) -> Status {
    let corner = Corner {
        at_infinity: |count| -libm::log(count),
        beside: E::Acc::NEG_INFINITY,
        // Shares of 0 have a logarithm of -inf.
        empty: E::Acc::NEG_INFINITY,
    };
    let mut status = Status::LGT_OK;
    for (r, sum) in sums.iter().enumerate() {
        io.lse.set(r, sum.lse(opts.scale));
        if !matches!(sum.kind, Kind::Finite(_)) {
            let arrays = (io.x.row(r), io.y.row(r), io.x.cols);
            // SAFETY: the views vouch for their rows.
            let (_, advisory) = unsafe { write_corner(&sum.kind, &corner, opts, arrays) };
            status = status.or(advisory);
        }
    }
    status
}

/// Log-softmax of rows whose logarithms are known; others are left alone.
pub struct Subtract<'a, E: Elem> {
    /// The rows.
    pub io: RowsPair<E>,
    /// Their logarithms.
    pub sums: &'a [LogSum<E::Acc>],
    /// How.
    pub opts: Opts,
}

impl<E: Elem> Kernel<E> for Subtract<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let past = past::<E>(&self.opts, self.io.x.cols) && Line::<E>::can_pass::<S>();
        for (r, sum) in self.sums.iter().enumerate() {
            let Kind::Finite(max) = sum.kind else { continue };
            let (from, to, n) = (self.io.x.row(r), self.io.y.row(r), self.io.x.cols);
            let mut pass = LogPass::<E, S> {
                to,
                half: s.splat(E::Acc::of(0.5)),
                minus_max: s.splat(E::Acc::of(-0.5 * max.to_f64())),
                scale: s.splat(E::Acc::of(2.0 * self.opts.scale)),
                minus_log: s.splat(E::Acc::of(-sum.log)),
            };
            let zero = E::Acc::ZERO;
            // SAFETY: the views vouch for their rows; a head of whole values brings
            // the output to the alignment that storing past the cache needs.
            unsafe {
                if past {
                    let head = to.align_offset(BYTES).min(n);
                    walk_singly(s, from, head, zero, &mut pass);
                    pass.to = to.add(head);
                    walk_quarters(s, from.add(head), n - head, zero, &mut pass);
                } else {
                    walk(s, from, n, zero, &mut pass);
                }
            }
        }
        if past {
            s.fence();
        }
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

impl<E: Elem, S: Io<E>> Quarters<E, S> for LogPass<E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        for (v, at) in v.into_iter().zip(at) {
            // SAFETY: as above, and whole vectors from an aligned start.
            unsafe { s.store_past(self.to.add(at), self.eval(s, v)) };
        }
    }
}
