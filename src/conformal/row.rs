//! One visit to a row: the sum of its exponentials, its two largest, and either what
//! stands before one class, or all of the exponentials in scratch.
//!
//! Exponentials are relative to what does not depend on a label (`rows/reference.rs`),
//! and are summed in the same order in both: so the probability of a class is the same
//! number, whether it was the label or not.

use super::rule::{Seen, Terms};
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::Kind;
use crate::rows::reference::{again, reference};
use crate::simd::{Elem, Io, Kernel, Lanes, M, Real, V, W};

/// Bytes that are asked for ahead.
const AHEAD: usize = 8 << 10;

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

/// A probability above this is none, however it was rounded.
const LARGEST: f64 = 1.01;

/// A row to visit.
pub struct Row<'a, E: Elem> {
    /// Where it is.
    pub row: *const E,
    /// How many values.
    pub n: usize,
    /// 1, ready for use.
    pub scale: &'a Scale<E::Acc>,
    /// Or probabilities.
    pub logits: bool,
}

/// The visit for one class.
pub struct Own<'a, E: Elem> {
    /// The row.
    pub row: Row<'a, E>,
    /// The class, one of its values.
    pub label: usize,
}

/// The visit for all classes.
pub struct All<'a, E: Elem> {
    /// The row.
    pub row: Row<'a, E>,
    /// Where the exponentials go: as many whole vectors as the row begins.
    pub to: *mut E::Acc,
}

/// Nothing where the row has no probabilities: a NaN, nothing above -inf, what is no
/// probability.
pub type Visited<T> = Result<(Seen, T), Lost>;

/// What is to be done with a row that lanes leave.
pub enum Lost {
    /// It has no probabilities.
    Nothing,
    /// So many entries of +inf share the mass.
    Infinite(f64),
}

impl<E: Elem> Kernel<E> for Own<'_, E> {
    type Out = Visited<Terms>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let out = core::ptr::null_mut();
        // SAFETY: who made this vouched for row and label.
        unsafe { self.row.visit::<S, false>(s, self.label, out) }
    }
}

impl<E: Elem> Kernel<E> for All<'_, E> {
    type Out = Visited<Terms>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        // SAFETY: who made this vouched for row and scratch.
        unsafe { self.row.visit::<S, true>(s, 0, self.to) }
    }
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

impl<E: Elem> Row<'_, E> {
    /// By a guess of the reference, and where that was far off by the maximum.
    #[inline(always)]
    unsafe fn visit<S: Io<E>, const ALL: bool>(
        &self,
        s: S,
        label: usize,
        to: *mut E::Acc,
    ) -> Visited<Terms> {
        let mut guess = true;
        loop {
            // SAFETY: the caller vouches for the row.
            let plan = match unsafe { self.plan(s, guess) } {
                Ok(plan) => plan,
                Err(Kind::Infinite(count)) => return Err(Lost::Infinite(count)),
                Err(_) => return Err(Lost::Nothing),
            };
            if let Some(plan) = plan {
                // SAFETY: as above.
                let (seen, terms, good) = unsafe { self.visit_by::<S, ALL>(s, plan, label, to) };
                if good {
                    return Ok((seen, terms));
                }
            }
            if !guess || !self.logits {
                return Err(Lost::Nothing);
            }
            guess = again();
        }
    }

    #[inline(always)]
    unsafe fn plan<S: Io<E>>(
        &self,
        s: S,
        guess: bool,
    ) -> Result<Option<ExpPlan<E::Acc>>, Kind<E::Acc>> {
        if self.logits {
            // SAFETY: the caller vouches for the row.
            unsafe { reference(s, self.row, self.n, self.scale, guess) }
        } else {
            Ok(Some(self.scale.plain()))
        }
    }

    #[inline(always)]
    unsafe fn visit_by<S: Io<E>, const ALL: bool>(
        &self,
        s: S,
        plan: ExpPlan<E::Acc>,
        label: usize,
        to: *mut E::Acc,
    ) -> (Seen, Terms, bool) {
        let (row, n, lanes) = (self.row, self.n, <S as Lanes<E::Acc>>::N);
        let zero = s.splat(E::Acc::ZERO);
        let mut lane = Lane::<E, S> {
            plan,
            logits: s.head(if self.logits { lanes } else { 0 }),
            sums: [zero; 2],
            totals: [s.wide_zero(); 2],
            rank: 0,
            top: zero,
            second: zero,
            least: zero,
        };
        let fill = if self.logits { E::Acc::NEG_INFINITY } else { E::Acc::ZERO };
        let full = n - n % lanes;
        let at_label = label - label % lanes;
        let mut at = 0;
        // SAFETY: every load starts at `at` and ends at or before `n`; the caller vouches
        // for the row and for room.
        unsafe {
            let own = if ALL { E::Acc::ZERO } else { (*row.add(label)).widen() };
            let (base, next) = (s.splat(own), s.splat(own.above()));
            // An entry stands before the class if it is at least this: equal ones until
            // its vector is met, from then on only larger ones.
            let (mut bar, mut end) = (base, if ALL { full } else { at_label.min(full) });
            loop {
                while at < end {
                    // Where sums are emptied does not depend on the label.
                    let stop = end.min(at - at % (FOLD * lanes) + FOLD * lanes);
                    while at < stop {
                        let v = s.load(row.add(at));
                        s.prefetch(row.wrapping_add(at + AHEAD / size_of::<E>()));
                        let e = lane.add(s, v);
                        if ALL {
                            s.put(to.add(at), e);
                        } else {
                            lane.count(s, e, s.ge(v, bar));
                        }
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
                let v = s.load_head(row.add(at), lanes.min(n - at), fill);
                let e = lane.add(s, v);
                if ALL {
                    s.put(to.add(at), e);
                } else {
                    let mut stands = s.and(s.ge(v, bar), s.head(lanes.min(n - at)));
                    if at == at_label {
                        let before = s.and(stands, s.head(label - at));
                        (bar, end) = (next, full);
                        stands = s.or(before, s.and(s.ge(v, bar), s.head(lanes.min(n - at))));
                    }
                    lane.count(s, e, stands);
                }
                at += lanes;
                if at.is_multiple_of(FOLD * lanes) {
                    lane.fold(s);
                }
            }
            lane.fold(s);
            let sum = s.wide_sum(lane.totals[0]);
            let (top, second) = lane.largest(s);
            // Written so that NaN fails.
            let good = if self.logits {
                plan.fits(sum)
            } else {
                sum < f64::MAX && top <= LARGEST && s.bits(s.gt(zero, lane.least)) == 0
            };
            let terms = Terms {
                own: s.reduce_max(lane.exp(s, base)).to_f64(),
                before: s.wide_sum(lane.totals[1]),
                rank: lane.rank as f64,
            };
            (Seen { sum: if self.logits { sum } else { 1.0 }, all: sum, top, second }, terms, good)
        }
    }
}
