//! One visit to a row: the sum of its exponentials, its two largest, and what stands
//! before one class, or all of the exponentials in scratch.
//!
//! Exponentials are relative to what does not depend on a label, and are summed in the same order in both: so the probability of a class is the same
//! number, whether it was the label or not.

use super::rule::{Seen, Terms};
use crate::math::exp::ExpPlan;
use crate::simd::{Elem, Io, Kernel, Lanes, M, Real, V, W};

/// Bytes that are asked for ahead.
const AHEAD: usize = 8 << 10;

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

/// A probability above this is none, however it was rounded.
const LARGEST: f64 = 1.01;

/// A row to visit: one kernel for both ends, because there is one for each storage type
/// and each set of instructions.
pub struct Visit<E: Elem> {
    /// Where it is.
    pub row: *const E,
    /// How many values.
    pub n: usize,
    /// What exponentials are relative to.
    pub plan: ExpPlan<E::Acc>,
    /// Whether they are logits, rather than probabilities.
    pub logits: bool,
    /// The class of which is asked what stands before it; at or past the end if none is.
    pub label: usize,
    /// Where exponentials go: whole vectors, each to its place, or all to the first.
    pub to: *mut E::Acc,
    /// Whether each has a place of its own.
    pub keep: bool,
}

/// Sums and the two largest of each lane.
struct Lane<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    logits: M<E, S>,
    /// Of all, and of what stands before the class.
    sums: [V<E, S>; 2],
    totals: [W<E, S>; 2],
    rank: usize,
    top: V<E, S>,
    second: V<E, S>,
    least: V<E, S>,
}

impl<E: Elem, S: Io<E>> Lane<E, S> {
    /// The exponential of logits, probabilities as they are.
    #[inline(always)]
    fn exp(&self, s: S, v: V<E, S>) -> V<E, S> {
        let d = s.sub(v, s.splat(self.plan.shift()));
        let e = self.plan.eval_difference::<E, S>(s, self.plan.within::<E, S>(s, d));
        s.select(self.logits, e, v)
    }

    #[inline(always)]
    fn add(&mut self, s: S, v: V<E, S>) -> V<E, S> {
        let e = self.exp(s, v);
        self.sums[0] = s.add(self.sums[0], e);
        self.second = s.max(s.min(self.top, e), self.second);
        self.top = s.max(e, self.top);
        self.least = s.min(e, self.least);
        e
    }

    /// Adds what stands before the class.
    #[inline(always)]
    fn count(&mut self, s: S, e: V<E, S>, stands: M<E, S>) {
        self.rank += s.bits(stands).count_ones() as usize;
        self.sums[1] = s.add(self.sums[1], s.select(stands, e, s.splat(E::Acc::ZERO)));
    }

    /// Empties the sums into what does not drift.
    #[inline(always)]
    fn fold(&mut self, s: S) {
        for (total, sum) in self.totals.iter_mut().zip(&mut self.sums) {
            *total = s.wide_add(*total, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }

    /// The two largest of all lanes.
    #[inline(always)]
    fn largest(&self, s: S) -> (f64, f64) {
        let top = s.reduce_max(self.top);
        let ties = s.eq(self.top, s.splat(top));
        let second = if s.bits(ties).count_ones() > 1 {
            top
        } else {
            s.reduce_max(s.select(ties, self.second, self.top))
        };
        (top.to_f64(), second.to_f64())
    }
}

impl<E: Elem> Kernel<E> for Visit<E> {
    /// Nothing where the sums do not hold the row.
    type Out = Option<(Seen, Terms)>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let Visit { row, n, plan, logits, label, to, keep } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let places = if keep { usize::MAX } else { 0 };
        let (zero, none) = (s.splat(E::Acc::ZERO), E::Acc::NEG_INFINITY);
        let mut lane = Lane::<E, S> {
            plan,
            logits: s.head(if logits { lanes } else { 0 }),
            sums: [zero; 2],
            totals: [s.wide_zero(); 2],
            rank: 0,
            top: zero,
            second: zero,
            least: zero,
        };
        let fill = if logits { none } else { E::Acc::ZERO };
        let (full, at_label) = (n - n % lanes, label - label % lanes);
        let mut at = 0;
        // SAFETY: every load starts at `at` and ends at or before `n`; who made this
        // vouched for the row, and for room.
        unsafe {
            let own = if label < n { (*row.add(label)).widen() } else { E::Acc::INFINITY };
            let (base, next) = (s.splat(own), s.splat(own.above()));
            // An entry stands before the class if it is at least this: equal ones until
            // its vector is met, from then on only larger ones.
            let (mut bar, mut end) = (base, at_label.min(full));
            loop {
                while at < end {
                    // Where sums are emptied does not depend on the label.
                    let stop = end.min(at - at % (FOLD * lanes) + FOLD * lanes);
                    while at < stop {
                        let v = s.load(row.add(at));
                        s.prefetch(row.wrapping_add(at + AHEAD / size_of::<E>()));
                        let e = lane.add(s, v);
                        s.put(to.add(at & places), e);
                        lane.count(s, e, s.ge(v, bar));
                        at += lanes;
                    }
                    if at.is_multiple_of(FOLD * lanes) {
                        lane.fold(s);
                    }
                }
                if at >= n {
                    break;
                }
                // A vector by itself: that of the class, or the tail.
                let here = s.head(lanes.min(n - at));
                let v = s.load_head(row.add(at), lanes.min(n - at), fill);
                let e = lane.add(s, v);
                s.put(to.add(at & places), e);
                let mut stands = s.ge(v, bar);
                if at == at_label {
                    let before = s.and(stands, s.head(label - at));
                    (bar, end) = (next, full);
                    stands = s.or(before, s.ge(v, bar));
                }
                lane.count(s, e, s.and(stands, here));
                at += lanes;
                if at.is_multiple_of(FOLD * lanes) {
                    lane.fold(s);
                }
            }
        }
        lane.fold(s);
        let [all, before] = lane.totals.map(|total| s.wide_sum(total));
        let (top, second) = lane.largest(s);
        // Written so that NaN fails.
        let good = if logits {
            plan.fits(all)
        } else {
            all < f64::MAX && top <= LARGEST && s.bits(s.gt(zero, lane.least)) == 0
        };
        let own = if label < n {
            // SAFETY: the class is one of the row.
            s.reduce_max(lane.exp(s, s.splat(unsafe { *row.add(label) }.widen()))).to_f64()
        } else {
            0.0
        };
        let seen = Seen { sum: if logits { all } else { 1.0 }, all, top, second };
        good.then_some((seen, Terms { own, before, rank: lane.rank as f64 }))
    }
}
