//! The moments of a row of scores under its own softmax, at any scale.
//!
//! With `u = scale (x - max)` and `e = exp(u)` they are the sum of `e`, and mean and
//! variance of `u` under `e / sum e`. They are all that temperatures are fitted by: the
//! logarithm of the sum is the loss, and what is left of it by the mean the entropy;
//! with `tau = 1 / scale`, the entropy grows by the variance times `d ln tau`.
//!
//! A row is one call, since with every row at a scale of its own nothing is gained by
//! taking several.

use super::kind::{Kind, kind};
use super::pass::{Pass, walk_singly};
use crate::math::exp::{ExpPlan, Scale};
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};

/// A row of scores, and what its maximum says about it. One entry may be left out.
#[derive(Clone, Copy)]
pub struct Row<E: Elem> {
    data: *const E,
    n: usize,
    /// The entry that is left out, or `n`.
    hole: usize,
    kind: Kind<E::Acc>,
}

/// Moments at some scale; NaN of a row with a NaN, and of one with nothing above -inf.
#[derive(Clone, Copy, Debug)]
pub struct Moments {
    /// The sum of `exp(u)`, at least 1: its inverse is the largest share.
    pub sum: f64,
    /// The mean of `u`, at most 0.
    pub mean: f64,
    /// The variance of `u`.
    pub variance: f64,
    /// Entries above -inf.
    pub entries: f64,
}

impl Moments {
    const NAN: Moments =
        Moments { sum: f64::NAN, mean: f64::NAN, variance: f64::NAN, entries: f64::NAN };

    /// `ln sum exp(scale x)` less that of as many equal entries.
    #[inline(always)]
    pub fn log_mean(&self) -> f64 {
        libm::log(self.sum / self.entries)
    }

    /// The divergence of the shares from equal ones: of the entries above -inf, as if
    /// the others were not there.
    #[inline(always)]
    pub fn divergence(&self) -> f64 {
        let divergence = self.mean - self.log_mean();
        if divergence < 0.0 { 0.0 } else { divergence }
    }
}

impl<E: Elem> Row<E> {
    /// # Safety
    /// `data` must stay readable for `n` values, as long as the row is used.
    pub unsafe fn new(data: *const E, n: usize) -> Self {
        // SAFETY: the caller vouches for the row.
        Row { data, n, hole: n, kind: unsafe { kind(data, n) } }
    }

    /// The row without entry `hole < n`; only of its shares and moments may be asked.
    ///
    /// # Safety
    /// As [`new`](Row::new).
    #[inline(never)]
    pub unsafe fn without(data: *const E, n: usize, hole: usize) -> Self {
        let row = Row { data, n, hole, kind: Kind::Empty };
        let [left, right] = row.parts();
        // SAFETY: the caller vouches for the row, of which these are parts.
        let kinds = unsafe { [left, right].map(|(start, n)| kind(data.wrapping_add(start), n)) };
        let nan = || (0..n).any(|i| i != hole && row.at(i).is_nan());
        let kind = match kinds {
            [Kind::Empty, kind] | [kind, Kind::Empty] => kind,
            [Kind::Finite(a), Kind::Finite(b)] => Kind::Finite(if a > b { a } else { b }),
            [Kind::Infinite(a), Kind::Infinite(b)] => Kind::Infinite(a + b),
            // What is beside the infinite part was not looked at for NaN.
            [Kind::Infinite(count), _] | [_, Kind::Infinite(count)] if !nan() => {
                Kind::Infinite(count)
            }
            _ => Kind::Nan,
        };
        Row { kind, ..row }
    }

    /// Start and length of what stands before the hole and behind it.
    #[inline(always)]
    fn parts(&self) -> [(usize, usize); 2] {
        let behind = self.hole.saturating_add(1).min(self.n);
        [(0, self.hole), (behind, self.n - behind)]
    }

    /// What its maximum says.
    pub fn kind(&self) -> &Kind<E::Acc> {
        &self.kind
    }

    /// Entry `i < n`.
    #[inline(always)]
    fn at(&self, i: usize) -> E::Acc {
        debug_assert!(i < self.n);
        // SAFETY: the row is there.
        unsafe { (*self.data.add(i)).widen() }
    }

    /// The largest entry.
    #[inline(always)]
    pub fn top(&self) -> E::Acc {
        match self.kind {
            Kind::Finite(max) => max,
            Kind::Infinite(_) => E::Acc::INFINITY,
            Kind::Empty => E::Acc::NEG_INFINITY,
            Kind::Nan => E::Acc::NAN,
        }
    }

    /// How far entry `i < n` is below the largest, if that is so.
    #[inline(always)]
    pub fn behind(&self, i: usize) -> f64 {
        let (own, top) = (self.at(i), self.top());
        // Of two infinities there is no difference.
        if own == top { 0.0 } else { top.to_f64() - own.to_f64() }
    }

    /// Whether entry `i < n` is the first of the largest.
    #[inline(never)]
    pub fn is_first(&self, i: usize) -> bool {
        let top = self.top();
        // Counted to the end, so that it is done in vectors.
        let before = || (0..i).fold(0usize, |count, i| count + usize::from(self.at(i) == top));
        self.at(i) == top && before() == 0
    }

    /// The first of the largest entries; `n` if there is none.
    #[inline(never)]
    pub fn first(&self) -> usize {
        let top = self.top();
        (0..self.n).find(|i| self.at(*i) == top).unwrap_or(self.n)
    }

    /// Its moments.
    #[inline(never)]
    pub fn moments(&self, scale: &Scale<E::Acc>) -> Moments {
        match self.kind {
            Kind::Finite(max) => {
                let plan = scale.shifted(max);
                let mut all = [0.0; 4];
                for (start, n) in self.parts().into_iter().filter(|(_, n)| *n > 0) {
                    let row = self.data.wrapping_add(start);
                    let sums = E::dispatch(Visit { row, n, plan, scale });
                    all.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
                }
                let [sum, first, second, entries] = all;
                let mean = first / sum;
                let variance = f64::max(second / sum - mean * mean, 0.0);
                Moments { sum: plan.lower(sum), mean, variance, entries }
            }
            Kind::Infinite(count) => {
                let masked = (0..self.n)
                    .filter(|i| *i == self.hole || self.at(*i) == E::Acc::NEG_INFINITY)
                    .count();
                let entries = (self.n - masked) as f64;
                Moments { sum: count, mean: 0.0, variance: 0.0, entries }
            }
            _ => Moments::NAN,
        }
    }

    /// Writes `factor` times the shares of a row with a finite maximum and this sum at
    /// this scale.
    ///
    /// # Safety
    /// `to` must be writable for as many values as the row has; it may be the row.
    #[inline(never)]
    pub unsafe fn write(&self, scale: &Scale<E::Acc>, sum: f64, factor: f64, to: *mut E) {
        let Kind::Finite(max) = self.kind else { return };
        let plan = scale.shifted(max);
        let share = plan.share(plan.lift(sum));
        for (start, n) in self.parts().into_iter().filter(|(_, n)| *n > 0) {
            let (row, to) = (self.data.wrapping_add(start), to.wrapping_add(start));
            E::dispatch(Write { row, n, plan, share, factor, to });
        }
    }
}

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

struct Visit<'a, E: Elem> {
    row: *const E,
    n: usize,
    plan: ExpPlan<E::Acc>,
    scale: &'a Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Visit<'_, E> {
    /// The three sums, and how many entries are above -inf.
    type Out = [f64; 4];

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> [f64; 4] {
        let Visit { row, n, plan, scale } = self;
        let lanes = <S as Lanes<E::Acc>>::N;
        let (zero, none) = (s.splat(E::Acc::ZERO), s.wide_zero());
        let scale = s.splat(E::Acc::of(scale.value()));
        let mut sums = Sums::<E, S> { plan, scale, sums: [zero; 3], totals: [none; 3], masked: 0 };
        let (mut at, full) = (0, n - n % lanes);
        // SAFETY: every load starts at `at` and ends at or before `n`, and who made the
        // row vouched for it.
        unsafe {
            while at < full {
                let stop = full.min(at + FOLD * lanes);
                while at < stop {
                    sums.add(s, s.load(row.add(at)));
                    at += lanes;
                }
                sums.fold(s);
            }
            if at < n {
                sums.add(s, s.load_head(row.add(at), n - at, E::Acc::NEG_INFINITY));
                sums.fold(s);
                at += lanes;
            }
        }
        let [sum, first, second] = sums.totals.map(|total| s.wide_sum(total));
        // What was filled up was counted as masked.
        [sum, first, second, (at - sums.masked) as f64]
    }
}

/// Sums of `e`, `u e` and `u^2 e`.
struct Sums<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    scale: V<E, S>,
    sums: [V<E, S>; 3],
    totals: [W<E, S>; 3],
    masked: usize,
}

impl<E: Elem, S: Io<E>> Sums<E, S> {
    #[inline(always)]
    fn add(&mut self, s: S, v: V<E, S>) {
        let masked = s.bits(s.eq(v, s.splat(E::Acc::NEG_INFINITY)));
        self.masked += masked.count_ones() as usize;
        let d = self.plan.difference::<E, S>(s, v);
        let (e, u) = (self.plan.eval_difference::<E, S>(s, d), s.mul(d, self.scale));
        let ue = s.mul(u, e);
        let [sum, first, second] = &mut self.sums;
        *sum = s.add(*sum, e);
        *first = s.add(*first, ue);
        *second = s.mul_add(u, ue, *second);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        for (total, sum) in self.totals.iter_mut().zip(&mut self.sums) {
            *total = s.wide_add(*total, *sum);
            *sum = s.splat(E::Acc::ZERO);
        }
    }
}

struct Write<E: Elem> {
    row: *const E,
    n: usize,
    plan: ExpPlan<E::Acc>,
    share: E::Acc,
    factor: f64,
    to: *mut E,
}

impl<E: Elem> Kernel<E> for Write<E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        let Write { row, n, plan, to, .. } = self;
        let factors = [self.share, E::Acc::of(self.factor)].map(|factor| s.splat(factor));
        let mut pass = WritePass::<E, S> { plan, factors, to };
        // SAFETY: the caller of `write` vouches for both rows.
        unsafe { walk_singly(s, row, n, E::Acc::NEG_INFINITY, &mut pass) };
    }
}

struct WritePass<E: Elem, S: Io<E>> {
    plan: ExpPlan<E::Acc>,
    factors: [V<E, S>; 2],
    to: *mut E,
}

impl<E: Elem, S: Io<E>> WritePass<E, S> {
    #[inline(always)]
    fn eval(&self, s: S, v: V<E, S>) -> V<E, S> {
        let e = self.plan.eval_difference::<E, S>(s, self.plan.difference::<E, S>(s, v));
        let [share, factor] = self.factors;
        s.mul(s.mul(e, share), factor)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for WritePass<E, S> {
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
