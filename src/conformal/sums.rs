//! What most scores take of a row of f32 logits: the sum of its exponentials, and what
//! stands before one class, or all of the exponentials in scratch.
//!
//! Four vectors at a time, where there are registers for them. Both kernels sum in the
//! same order, wherever the class stands: so its probability is the same number, whether
//! it was the label or not.

use super::rule::{Seen, Terms};
use crate::math::exp::ExpPlan;
use crate::rows::pass::sum4;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};

/// Bytes that are asked for ahead.
const AHEAD: usize = 8 << 10;

/// Times that sums are added to before they go into something wider.
const FOLD: usize = 8;

/// Four vectors.
type Four<E, S> = [V<E, S>; 4];

/// A row, and what its exponentials are relative to, of which nothing is subtracted.
#[derive(Clone, Copy)]
pub struct Row<E: Elem> {
    /// Where it is.
    pub at: *const E,
    /// How many values.
    pub n: usize,
    /// The plan.
    pub plan: ExpPlan<E::Acc>,
}

impl<E: Elem> Row<E> {
    /// Four vectors and their exponentials.
    ///
    /// # Safety
    /// There are as many values from `at` on.
    #[inline(always)]
    unsafe fn quad<S: Io<E>>(&self, s: S, at: usize) -> (Four<E, S>, Four<E, S>) {
        let lanes = <S as Lanes<E::Acc>>::N;
        let (mut v, mut e) = ([s.splat(E::Acc::ZERO); 4], [s.splat(E::Acc::ZERO); 4]);
        for i in 0..4 {
            let from = self.at.wrapping_add(at + i * lanes);
            s.prefetch(from.wrapping_add(AHEAD / size_of::<E>()));
            // SAFETY: the caller vouches for the values.
            v[i] = unsafe { s.load(from) };
            e[i] = self.plan.eval_direct::<E, S>(s, v[i]);
        }
        (v, e)
    }
}

/// A sum that does not drift.
struct Sum<E: Elem, S: Io<E>> {
    near: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> Sum<E, S> {
    #[inline(always)]
    fn new(s: S) -> Self {
        Sum { near: s.splat(E::Acc::ZERO), total: s.wide_zero() }
    }

    #[inline(always)]
    fn add(&mut self, s: S, v: V<E, S>) {
        self.near = s.add(self.near, v);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.total = s.wide_add(self.total, self.near);
        self.near = s.splat(E::Acc::ZERO);
    }
}

/// All exponentials go to scratch, whole vectors of them.
pub struct Keep<E: Elem> {
    /// The row.
    pub row: Row<E>,
    /// Room for the row, and to the end of a word of a set.
    pub to: *mut E::Acc,
}

impl<E: Elem> Kernel<E> for Keep<E> {
    /// Nothing where the sum does not hold the row; without the second largest.
    type Out = Option<Seen>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let Keep { row, to } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let step = 4 * lanes;
        // Where vectors are arrays, the loop for what is left over does it all.
        let full = if <S as Lanes<E::Acc>>::UNROLL { row.n - row.n % step } else { 0 };
        let (mut sum, mut at) = (Sum::<E, S>::new(s), 0);
        let mut top = s.splat(E::Acc::ZERO);
        while at < full {
            let stop = full.min(at + FOLD * step);
            while at < stop {
                // SAFETY: all four end at or before `full`.
                let (_, e) = unsafe { row.quad(s, at) };
                for (i, e) in e.iter().enumerate() {
                    // SAFETY: who made this vouched for room.
                    unsafe { s.put(to.add(at + i * lanes), *e) };
                }
                sum.add(s, sum4::<E, S>(s, e));
                top = s.max(s.max(s.max(e[0], e[1]), s.max(e[2], e[3])), top);
                at += step;
            }
            sum.fold(s);
        }
        while at < row.n {
            // SAFETY: no more are read than there are; there is room.
            let e = unsafe {
                let v = s.load_head(row.at.add(at), lanes.min(row.n - at), E::Acc::NEG_INFINITY);
                let e = row.plan.eval_direct::<E, S>(s, v);
                s.put(to.add(at), e);
                e
            };
            sum.add(s, e);
            top = s.max(e, top);
            at += lanes;
            if at.is_multiple_of(FOLD * step) {
                sum.fold(s);
            }
        }
        sum.fold(s);
        let all = s.wide_sum(sum.total);
        let top = s.reduce_max(top).to_f64();
        row.plan.fits(all).then_some(Seen { sum: all, all, top, second: 0.0 })
    }
}

/// What stands before a class.
pub struct Before<E: Elem> {
    /// The row.
    pub row: Row<E>,
    /// The class, one of the row's.
    pub label: usize,
}

impl<E: Elem> Kernel<E> for Before<E> {
    /// Nothing where the sum does not hold the row; without the largest.
    type Out = Option<(Seen, Terms)>;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Self::Out {
        let Before { row, label } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let step = 4 * lanes;
        // Where vectors are arrays, the loop for what is left over does it all.
        let full = if <S as Lanes<E::Acc>>::UNROLL { row.n - row.n % step } else { 0 };
        let (mut sum, mut before) = (Sum::<E, S>::new(s), Sum::<E, S>::new(s));
        let (mut rank, mut at) = (0, 0);
        let zero = s.splat(E::Acc::ZERO);
        // SAFETY: who made this vouched for the row and its class.
        let own = unsafe { *row.at.add(label) }.widen();
        let (base, next) = (s.splat(own), s.splat(own.above()));
        // An entry stands before the class if it is at least this: equal ones until the
        // class's four vectors are met, from then on only larger ones.
        let unit = label - label % step;
        let (mut bar, mut end) = (base, unit.min(full));
        loop {
            while at < end {
                // Where sums are emptied does not depend on the class.
                let stop = end.min(at - at % (FOLD * step) + FOLD * step);
                while at < stop {
                    // SAFETY: all four end at or before `full`.
                    let (v, e) = unsafe { row.quad(s, at) };
                    sum.add(s, sum4::<E, S>(s, e));
                    for i in 0..4 {
                        let stands = s.ge(v[i], bar);
                        rank += s.bits(stands).count_ones() as usize;
                        before.add(s, s.select(stands, e[i], zero));
                    }
                    at += step;
                }
                if at.is_multiple_of(FOLD * step) || at == full {
                    sum.fold(s);
                    before.fold(s);
                }
            }
            if end == full {
                break;
            }
            (bar, end) = (next, full);
        }
        let mut ties = zero;
        let one = row.plan.eval_direct::<E, S>(s, base);
        // Equal ones among the class's own four vectors.
        let mut tied = if unit < full { unit } else { label };
        while tied < label {
            let (here, fill) = (lanes.min(label - tied), E::Acc::NEG_INFINITY);
            // SAFETY: no more are read than stand before the class.
            let v = unsafe { s.load_head(row.at.add(tied), here, fill) };
            let equal = s.and(s.eq(v, base), s.head(here));
            rank += s.bits(equal).count_ones() as usize;
            ties = s.add(ties, s.select(equal, one, zero));
            tied += lanes;
        }
        before.add(s, ties);
        while at < row.n {
            let here = lanes.min(row.n - at);
            // SAFETY: no more are read than there are.
            let v = unsafe { s.load_head(row.at.add(at), here, E::Acc::NEG_INFINITY) };
            let e = row.plan.eval_direct::<E, S>(s, v);
            sum.add(s, e);
            let equal = s.and(s.ge(v, base), s.head(lanes.min(label.saturating_sub(at))));
            let stands = s.and(s.or(equal, s.ge(v, next)), s.head(here));
            rank += s.bits(stands).count_ones() as usize;
            before.add(s, s.select(stands, e, zero));
            at += lanes;
            if at.is_multiple_of(FOLD * step) {
                sum.fold(s);
                before.fold(s);
            }
        }
        sum.fold(s);
        before.fold(s);
        let all = s.wide_sum(sum.total);
        let terms = Terms {
            own: s.reduce_max(one).to_f64(),
            before: s.wide_sum(before.total),
            rank: rank as f64,
        };
        row.plan.fits(all).then_some((Seen { sum: all, all, top: 0.0, second: 0.0 }, terms))
    }
}
