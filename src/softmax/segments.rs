//! One long row shared by workers: the sums of its segments, added in order,
//! then the shares of each. The segments are those that one worker goes through
//! alone, so the bits are the same.

use super::passes::{Row, SEGMENTS, segment};
use super::row::{Opts, RowsPair, Store};
use super::softmax::{first_max, serial};
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Kernel, Real};
use crate::status::{Outcome, Status};
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Whether a row of `n` columns has segments to share.
pub fn apart<E: Elem>(n: usize) -> bool {
    E::LOSSLESS && segment::<E>(n) < n
}

/// Softmax of few and long rows.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Outcome {
    let mut status = Status::LGT_OK;
    for r in 0..io.x.rows {
        let one = io.part(r, 1);
        if !shared(&one, &opts)? {
            // A guess that was bad, or a row that is none.
            let advisory = serial(one, opts);
            if advisory != Status::LGT_OK {
                status = advisory;
            }
        }
    }
    Ok(status)
}

/// One row by the executor; false, and nothing written, where its guess is bad.
fn shared<E: Elem>(io: &RowsPair<E>, opts: &Opts) -> Result<bool, Status> {
    let scale = Scale::new(opts.scale);
    let (n, each) = (io.x.cols, segment::<E>(io.x.cols));
    let past = opts.store != Store::Cached;
    let Some(plan) = E::dispatch(Guess { io: *io, scale }) else { return Ok(false) };
    let sums = [const { AtomicU64::new(0) }; SEGMENTS];
    let segments = n.div_ceil(each.max(1));
    opts.exec.run(segments, |i| {
        let sum = E::dispatch(SegmentSum { io: *io, at: i * each, each, plan });
        if let Some(slot) = sums.get(i) {
            slot.store(sum.to_bits(), Relaxed);
        }
    })?;
    let sum =
        sums.iter().take(segments).fold(0.0, |sum, slot| sum + f64::from_bits(slot.load(Relaxed)));
    if !plan.fits(sum) {
        return Ok(false);
    }
    opts.exec.run(segments, |i| {
        E::dispatch(SegmentShare { io: *io, at: i * each, each, plan, sum, past });
    })?;
    io.lse.set(0, E::Acc::of(plan.log(sum, &scale)));
    Ok(true)
}

/// A plan from the first entries.
struct Guess<E: Elem> {
    io: RowsPair<E>,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Guess<E> {
    type Out = Option<ExpPlan<E::Acc>>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        // SAFETY: the view vouches for its row.
        self.scale.guess(unsafe { first_max(s, self.io.x.row(0), self.io.x.cols) })
    }
}

/// The sum of one segment.
struct SegmentSum<E: Elem> {
    io: RowsPair<E>,
    at: usize,
    each: usize,
    plan: ExpPlan<E::Acc>,
}

impl<E: Elem> Kernel<E> for SegmentSum<E> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> f64 {
        let RowsPair { x, y, .. } = self.io;
        let row = Row { from: x.row(0), to: y.row(0), n: x.cols, past: false };
        // SAFETY: the view vouches for its row, and `at` is inside it.
        unsafe { row.part(self.at, self.each).sum_segment(s, &self.plan, true, false) }
    }
}

/// The shares of one segment.
struct SegmentShare<E: Elem> {
    io: RowsPair<E>,
    at: usize,
    each: usize,
    plan: ExpPlan<E::Acc>,
    sum: f64,
    past: bool,
}

impl<E: Elem> Kernel<E> for SegmentShare<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let RowsPair { x, y, .. } = self.io;
        let row = Row { from: x.row(0), to: y.row(0), n: x.cols, past: self.past };
        // SAFETY: the view vouches for its row, and `at` is inside it.
        unsafe { row.part(self.at, self.each).share(s, &self.plan, self.sum) }
    }
}
