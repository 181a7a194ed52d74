//! The two passes of a softmax that computes exponentials twice, over one row.

use super::line::{BYTES, Line};
use crate::math::exp::ExpPlan;
use crate::rows::pass::{Pass, walk, walk_back, walk_singly};
use crate::rows::stream::{Quarters, walk_quarters};
use crate::rows::tally::{self, Tally};
use crate::simd::{Elem, Io, Real, V};

/// A row to read and one to write: `from` is readable and `to` writable for `n`
/// values, and they are apart or the same.
#[derive(Clone, Copy)]
pub struct Row<E> {
    /// Scores.
    pub from: *const E,
    /// Shares.
    pub to: *mut E,
    /// Columns.
    pub n: usize,
    /// Whether what is written goes past the cache.
    pub past: bool,
}

impl<E: Elem> Row<E> {
    /// Up to `n` columns from `at < self.n` on.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn part(self, at: usize, n: usize) -> Row<E> {
        // SAFETY: `at` is inside the row.
        unsafe {
            Row { from: self.from.add(at), to: self.to.add(at), n: n.min(self.n - at), ..self }
        }
    }

    /// The sum of exponentials of a segment; where the plan is a guess, it tells
    /// whether that was good.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn sum<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>) -> f64 {
        let mut pass = SumPass::<E, S> { plan, sum: Tally::new(s) };
        // SAFETY: the caller vouches for the row.
        unsafe {
            if plan.is_direct() {
                walk_quarters(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass);
            } else {
                let mut pass = Shifted { pass: &mut pass, shift: s.splat(plan.shift()) };
                walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass);
            }
        }
        pass.sum.value(s)
    }

    /// Scores become shares of the sum, their exponentials computed again:
    /// backwards, where the pass before left the cache warmest, or in four streams
    /// past the cache.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn share<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, sum: f64) {
        let Row { from, to, n, past } = self;
        let share = s.splat(plan.share(sum));
        let pass = |to| SharePass::<E, S> { plan, to, share };
        let least = E::Acc::NEG_INFINITY;
        // SAFETY: the caller vouches for the row; a head of whole values brings
        // the output to the alignment that storing past the cache needs.
        unsafe {
            if !plan.is_direct() {
                let mut pass = Shifted { pass: &mut pass(to), shift: s.splat(plan.shift()) };
                walk(s, from, n, least, &mut pass);
            } else if past && Line::<E>::can_pass::<S>() {
                let head = to.align_offset(BYTES).min(n);
                walk_singly(s, from, head, least, &mut pass(to));
                walk_quarters(s, from.add(head), n - head, least, &mut pass(to.add(head)));
                s.fence();
            } else {
                walk_back(s, from, n, least, &mut pass(to));
            }
        }
    }
}

/// The sum of exponentials.
struct SumPass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    sum: Tally<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SumPass<'_, E, S> {
    const FOLD: usize = tally::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        self.sum.add_wide(s, self.plan.eval_direct::<E, S>(s, v));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], at: usize) {
        self.four(s, v, [at; 4]);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.sum.fold(s);
    }
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for SumPass<'_, E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: [usize; 4]) {
        let plan = self.plan;
        let (a, b) = (plan.eval_direct::<E, S>(s, a), plan.eval_direct::<E, S>(s, b));
        let (c, d) = (plan.eval_direct::<E, S>(s, c), plan.eval_direct::<E, S>(s, d));
        self.sum.four(s, [a, b, c, d]);
    }
}

/// A pass over differences from the maximum. Scores so large that they need it are
/// rare: what counts is that they are right.
struct Shifted<'a, E: Elem, S: Io<E>, P: Pass<E, S>> {
    pass: &'a mut P,
    shift: V<E, S>,
}

impl<E: Elem, S: Io<E>, P: Pass<E, S>> Pass<E, S> for Shifted<'_, E, S, P> {
    const FOLD: usize = P::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.pass.step(s, s.sub(v, self.shift), at);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], at: usize) {
        let (a, b) = (s.sub(a, self.shift), s.sub(b, self.shift));
        let (c, d) = (s.sub(c, self.shift), s.sub(d, self.shift));
        self.pass.quad(s, [a, b, c, d], at);
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        self.pass.tail(s, s.sub(v, self.shift), at, n);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.pass.fold(s);
    }
}

/// Scores become shares, the exponential computed once more.
struct SharePass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    to: *mut E,
    share: V<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        let y = self.plan.eval_direct_times::<E, S>(s, v, self.share);
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), y) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let y = self.plan.eval_direct_times::<E, S>(s, v, self.share);
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, y) };
    }
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        for (v, at) in v.into_iter().zip(at) {
            let y = self.plan.eval_direct_times::<E, S>(s, v, self.share);
            // SAFETY: as above, and whole vectors from an aligned start.
            unsafe { s.store_past(self.to.add(at), y) };
        }
    }
}
