//! Softmax by exponentials computed twice: once for their sum, once to be
//! written. An output past the cache is written once and never read, and one of
//! 16 bits is rounded once.
//!
//! A long row is cut into segments, whose sums are added in order. Whether
//! workers share them or one goes through them alone, the bits are the same.

use super::passes::Row;
use super::row::{Algorithm, Corner, Opts, RowsPair, past, write_corner};
use super::{online, two_pass};
use crate::math::exp::{ExpPlan, Scale};
use crate::math::sum::Sum;
use crate::rows::kind::{Kind, kind};
use crate::rows::segments::{SEGMENTS, segment};
use crate::simd::{Elem, Io, Kernel, Real};
use crate::status::{Outcome, Status};
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Entries at each end of which the largest is the guess.
const GUESS: usize = 16;

/// A row's reference and sum, or what else it is.
pub type Summed<T> = Result<(ExpPlan<T>, f64), Kind<T>>;

/// Softmax by any algorithm that does not keep exponentials; the segments of a row
/// are shared out.
#[inline(never)]
pub fn apply<E: Elem>(io: &RowsPair<E>, opts: &Opts, scale: &Scale<E::Acc>) -> Outcome {
    let mut status = Status::LGT_OK;
    for r in 0..io.x.rows {
        let row = Recompute { io: io.part(r, 1), opts, scale };
        match row.sum()? {
            Ok((plan, sum)) => {
                row.share(plan, sum)?;
                if io.lse.is_wanted() {
                    io.lse.set(r, E::Acc::of(plan.log(sum, scale)));
                }
            }
            Err(kind) => {
                let arrays = (io.x.row(r), io.y.row(r), io.x.cols);
                // SAFETY: the views vouch for their rows.
                let (log, advisory) =
                    unsafe { write_corner(&kind, &Corner::shares(), opts, arrays) };
                io.lse.set(r, log);
                status = status.or(advisory);
            }
        }
    }
    Ok(status)
}

/// One row by its maximum, which is known; into the cache.
#[inline(never)]
pub fn by_maximum<E: Elem>(io: &RowsPair<E>, scale: &Scale<E::Acc>, max: E::Acc) {
    let plan = scale.direct(max);
    let row = Row { from: io.x.row(0), to: io.y.row(0), n: io.x.cols, past: false };
    let sum = E::dispatch(SegmentSum { row, plan });
    E::dispatch(SegmentShare { row, plan, sum });
    if io.lse.is_wanted() {
        io.lse.set(0, E::Acc::of(plan.log(sum, scale)));
    }
}

/// One row, and how it is gone about.
pub struct Recompute<'a, E: Elem> {
    /// The row.
    pub io: RowsPair<E>,
    /// How.
    pub opts: &'a Opts,
    /// The scale among them, ready for use.
    pub scale: &'a Scale<E::Acc>,
}

impl<E: Elem> Recompute<'_, E> {
    fn row(&self) -> Row<E> {
        let RowsPair { x, y, .. } = self.io;
        let past = past::<E>(self.opts, x.cols);
        Row { from: x.row(0), to: y.row(0), n: x.cols, past }
    }

    /// The row's reference and sum by the algorithm; where that does not do, by the
    /// maximum; or what else the row is. Nothing is written.
    pub fn sum(&self) -> Result<Summed<E::Acc>, Status> {
        let (row, scale) = (self.row(), *self.scale);
        let summed = match self.opts.algorithm {
            Algorithm::TwoPass => two_pass::sum(row, scale),
            Algorithm::Online => online::sum(row, scale),
            _ => None,
        };
        if let Some(summed) = summed {
            return Ok(Ok(summed));
        }
        if self.opts.algorithm == Algorithm::Auto
            && let Some(plan) = scale.guess(self.some_max())
        {
            let sum = self.segments(plan)?;
            if plan.fits(sum) {
                return Ok(Ok((plan, sum)));
            }
        }
        // SAFETY: the views vouch for the row.
        Ok(match unsafe { kind(row.from, row.n) } {
            Kind::Finite(max) => {
                let plan = scale.direct(max);
                Ok((plan, self.segments(plan)?))
            }
            other => Err(other),
        })
    }

    /// The largest of a few entries at both ends, as `rows/reference.rs` has it.
    fn some_max(&self) -> E::Acc {
        let (row, few) = (self.row(), self.io.x.cols.min(GUESS));
        let mut max = E::Acc::NEG_INFINITY;
        for i in (0..few).chain(row.n - few..row.n) {
            // SAFETY: the views vouch for the row.
            let x = unsafe { *row.from.add(i) }.widen();
            max = if x > max { x } else { max };
        }
        max
    }

    /// The sum of all segments.
    fn segments(&self, plan: ExpPlan<E::Acc>) -> Result<f64, Status> {
        let (n, each) = (self.io.x.cols, segment::<E>(self.io.x.cols));
        let sums = [const { AtomicU64::new(0) }; SEGMENTS];
        let segments = n.div_ceil(each);
        self.opts.exec.run(segments, |i| {
            let sum = E::dispatch(SegmentSum { row: self.part(i * each, each), plan });
            if let Some(slot) = sums.get(i) {
                slot.store(sum.to_bits(), Relaxed);
            }
        })?;
        let sums = sums.iter().take(segments);
        let sum = sums.fold(Sum::ZERO, |sum, slot| sum.plus(f64::from_bits(slot.load(Relaxed))));
        Ok(sum.value())
    }

    /// The shares of all segments.
    pub fn share(&self, plan: ExpPlan<E::Acc>, sum: f64) -> Result<(), Status> {
        let (n, each) = (self.io.x.cols, segment::<E>(self.io.x.cols));
        self.opts.exec.run(n.div_ceil(each), |i| {
            E::dispatch(SegmentShare { row: self.part(i * each, each), plan, sum });
        })
    }

    fn part(&self, at: usize, n: usize) -> Row<E> {
        // SAFETY: the views vouch for the row, and `at` is inside it.
        unsafe { self.row().part(at, n) }
    }
}

/// The sum of one segment.
pub struct SegmentSum<E: Elem> {
    /// The segment.
    pub row: Row<E>,
    /// What the exponentials are relative to.
    pub plan: ExpPlan<E::Acc>,
}

impl<E: Elem> Kernel<E> for SegmentSum<E> {
    type Out = f64;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> f64 {
        // SAFETY: as above.
        unsafe { self.row.sum(s, &self.plan) }
    }
}

/// The shares of one segment.
pub struct SegmentShare<E: Elem> {
    /// The segment.
    pub row: Row<E>,
    /// What the exponentials are relative to.
    pub plan: ExpPlan<E::Acc>,
    /// The sum of those of all segments.
    pub sum: f64,
}

impl<E: Elem> Kernel<E> for SegmentShare<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        // SAFETY: as above.
        unsafe { self.row.share(s, &self.plan, self.sum) }
    }
}
