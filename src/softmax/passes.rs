//! The passes that softmax algorithms are made of, over one row.

use crate::math::exp::ExpPlan;
use crate::rows::pass::{Pass, sum4, walk, walk_back};
use crate::rows::stream::{Quarters, walk_quarters};
use crate::simd::{Elem, Io, Lanes, Real, V, W};

/// Bytes of a row from which on it is taken not to stay in a cache: on the
/// machines measured, the last-level cache stops helping one core somewhere
/// between 4 and 16 MiB (`docs/performance.md`), whatever size CPUID gives it.
const LONG: usize = 8 << 20;

/// The least that a long row is cut into.
const SEGMENT: usize = 1 << 18;

/// The most segments of a row.
pub const SEGMENTS: usize = 256;

/// Columns of a segment of a row of `n`: all of a short row; of a long one, a
/// length that depends on nothing but `n`.
#[inline(always)]
pub fn segment<E>(n: usize) -> usize {
    if n < LONG / size_of::<E>() {
        n.max(1)
    } else {
        n.div_ceil(SEGMENTS).max(SEGMENT).next_multiple_of(64)
    }
}

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
    /// Whether these lanes can write past the cache: whole numbers, not halves,
    /// and not in plain code.
    #[inline(always)]
    pub fn can_pass<S: Io<E>>() -> bool {
        <S as Lanes<E::Acc>>::UNROLL && E::LOSSLESS
    }

    /// Whether no cache holds a row of `n` values, and that can be made use of.
    #[inline(always)]
    pub fn is_long<S: Io<E>>(n: usize) -> bool {
        Self::can_pass::<S>() && n >= LONG / size_of::<E>()
    }

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

    /// The sum of exponentials, which with `keep` stay in the output. With
    /// `guess` the plan's maximum may be too low, and the sum will tell. A long
    /// row is summed by segments, so that workers may share it.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn sum<S: Io<E>>(
        self,
        s: S,
        plan: &ExpPlan<E::Acc>,
        guess: bool,
        keep: bool,
    ) -> f64 {
        let each = segment::<E>(self.n);
        let mut total = 0.0;
        let mut at = 0;
        while at < self.n {
            // SAFETY: the caller vouches for the row, of which this is part.
            total += unsafe { self.part(at, each).sum_segment(s, plan, guess, keep) };
            at += each;
        }
        total
    }

    /// The sum of one segment, or of a short row.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn sum_segment<S: Io<E>>(
        self,
        s: S,
        plan: &ExpPlan<E::Acc>,
        guess: bool,
        keep: bool,
    ) -> f64 {
        let (sum, total) = (s.splat(E::Acc::ZERO), s.wide_zero());
        let mut pass = SumPass::<E, S> { plan, guess, keep, to: self.to, sum, total };
        let least = E::Acc::NEG_INFINITY;
        // SAFETY: the caller vouches for the row.
        unsafe {
            if Self::can_pass::<S>() && !keep && self.n >= SEGMENT {
                walk_quarters(s, self.from, self.n, least, &mut pass);
            } else {
                walk(s, self.from, self.n, least, &mut pass);
            }
        }
        s.wide_sum(pass.total)
    }

    /// Exponentials that were kept become shares of their sum.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn divide<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, sum: f64) {
        let share = s.splat(plan.share(sum));
        let pass = |to| DividePass::<E, S> { to, share };
        // SAFETY: the caller vouches for the row.
        unsafe { self.write(s, self.to, E::Acc::ZERO, pass) }
    }

    /// Scores become shares of the sum, their exponentials computed (again).
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    pub unsafe fn share<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, sum: f64) {
        let share = s.splat(plan.share(sum));
        let pass = |to| SharePass::<E, S> { plan, to, share };
        // SAFETY: the caller vouches for the row.
        unsafe { self.write(s, self.from, E::Acc::NEG_INFINITY, pass) }
    }

    /// Reads `source`, writes the output: backwards, where the pass before left
    /// the cache warmest, or in four streams past the cache.
    ///
    /// # Safety
    /// As [`Row`]; `source` is one of its two sides.
    #[inline(always)]
    unsafe fn write<S: Io<E>, P: Quarters<E, S>>(
        self,
        s: S,
        source: *const E,
        fill: E::Acc,
        pass: impl Fn(*mut E) -> P,
    ) {
        let Row { to, n, past, .. } = self;
        // SAFETY: the caller vouches for the row; a head of whole values brings
        // the output to the alignment that storing past the cache needs.
        unsafe {
            if past && Self::can_pass::<S>() {
                let vector = <S as Lanes<E::Acc>>::N * size_of::<E>();
                let head = to.align_offset(vector).min(n);
                walk(s, source, head, fill, &mut pass(to));
                walk_quarters(s, source.add(head), n - head, fill, &mut pass(to.add(head)));
                s.fence();
            } else {
                walk_back(s, source, n, fill, &mut pass(to));
            }
        }
    }
}

/// The sum of exponentials, which stay in the output if it can hold them.
struct SumPass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    guess: bool,
    keep: bool,
    to: *mut E,
    sum: V<E, S>,
    total: W<E, S>,
}

impl<E: Elem, S: Io<E>> SumPass<'_, E, S> {
    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        if self.guess { self.plan.eval_guess::<E, S>(s, v) } else { self.plan.eval::<E, S>(s, v) }
    }

    /// The exponential, left in the output.
    #[inline(always)]
    fn term(&self, s: S, v: V<E, S>, at: usize) -> V<E, S> {
        let e = self.eval(s, v);
        if self.keep {
            // SAFETY: the output row has every column of the input row.
            unsafe { s.store(self.to.add(at), e) };
        }
        e
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SumPass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        self.sum = s.add(self.sum, self.term(s, v, at));
    }

    #[inline(always)]
    fn quad(&mut self, s: S, v: [V<E, S>; 4], at: usize) {
        let n = <S as Lanes<E::Acc>>::N;
        self.four(s, v, [at, at + n, at + 2 * n, at + 3 * n]);
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let e = self.eval(s, v);
        self.sum = s.add(self.sum, e);
        if self.keep {
            // SAFETY: as above.
            unsafe { s.store_head(self.to.add(at), n, e) };
        }
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.total = s.wide_add(self.total, self.sum);
        self.sum = s.splat(E::Acc::ZERO);
    }
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for SumPass<'_, E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        let (a, b) = (self.term(s, v[0], at[0]), self.term(s, v[1], at[1]));
        let (c, d) = (self.term(s, v[2], at[2]), self.term(s, v[3], at[3]));
        self.sum = s.add(self.sum, sum4::<E, S>(s, [a, b, c, d]));
    }
}

/// Exponentials in the output become shares.
struct DividePass<E: Elem, S: Io<E>> {
    to: *mut E,
    share: V<E, S>,
}

impl<E: Elem, S: Io<E>> Pass<E, S> for DividePass<E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        // SAFETY: the vector was loaded from this very place.
        unsafe { s.store(self.to.add(at), s.mul(v, self.share)) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, s.mul(v, self.share)) };
    }
}

/// Scores become shares, the exponential computed once more.
struct SharePass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    to: *mut E,
    share: V<E, S>,
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for DividePass<E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        for (v, at) in v.into_iter().zip(at) {
            // SAFETY: as above, and whole vectors from an aligned start.
            unsafe { s.store_past(self.to.add(at), s.mul(v, self.share)) };
        }
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        let y = s.mul(self.plan.eval_within::<E, S>(s, v), self.share);
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), y) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let y = s.mul(self.plan.eval_within::<E, S>(s, v), self.share);
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, y) };
    }
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        for (v, at) in v.into_iter().zip(at) {
            let y = s.mul(self.plan.eval_within::<E, S>(s, v), self.share);
            // SAFETY: as above, and whole vectors from an aligned start.
            unsafe { s.store_past(self.to.add(at), y) };
        }
    }
}
