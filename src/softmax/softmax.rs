//! Softmax: `y = exp(s x) / sum exp(s x)`, row by row.
//!
//! The exponential does not subtract the maximum but an exponent
//! (`math/exp.rs`), so small shares keep their accuracy, and it is held `2^LIFT`
//! too large, so that a share is rounded once even where it is subnormal. What
//! is subtracted need not belong to the maximum: any entry near it will do, so
//! the maximum of the first few is a guess that saves a pass over the row. The
//! sum tells whether the guess was good. If not, or if an output in the place of
//! the input would be spoilt by trying, the maximum is found first.
//!
//! Then a row is gone over twice. While the caches hold it, the exponentials
//! wait in the output and are divided from the end backwards, where they are
//! warmest; a 16-bit output would round them, so there they are computed twice.
//! A row that no cache holds is only read at first, in four streams, and then
//! read again and written past the cache.

use super::row::{Corner, Opts, RowsPair, write_corner};
use crate::math::exp::{ExpPlan, Scale};
use crate::rows::kind::{Kind, kind};
use crate::rows::pass::{Pass, sum4, walk, walk_back};
use crate::rows::stream::{Quarters, walk_quarters};
use crate::rows::top;
use crate::simd::{Elem, Io, Kernel, Lanes, Real, V, W};
use crate::status::Status;

/// Bytes of a row from which on it is taken not to stay in a cache: on the
/// machines measured, the last-level cache stops helping one core somewhere
/// between 4 and 16 MiB (`benches/c/rows.c`), whatever size CPUID gives it.
const LONG: usize = 8 << 20;

/// Entries of which the largest is the guess.
const GUESS: usize = 64;

/// Applies softmax to every row.
pub fn apply<E: Elem>(io: RowsPair<E>, opts: Opts) -> Status {
    E::dispatch(Softmax { io, opts, scale: Scale::new(opts.scale) })
}

struct Softmax<E: Elem> {
    io: RowsPair<E>,
    opts: Opts,
    scale: Scale<E::Acc>,
}

impl<E: Elem> Kernel<E> for Softmax<E> {
    type Out = Status;

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) -> Status {
        let RowsPair { x, y, lse } = self.io;
        let corner =
            Corner { at_infinity: |count| 1.0 / count, beside: E::Acc::ZERO, empty: E::Acc::ZERO };
        let mut status = Status::LGT_OK;
        for r in 0..x.rows {
            let row = Row { from: x.row(r), to: y.row(r), n: x.cols };
            // SAFETY: the views vouch for their rows.
            unsafe {
                if let Some(log) = self.guessed(s, row) {
                    lse.set(r, E::Acc::of(log));
                    continue;
                }
                match kind(s, row.from, row.n) {
                    Kind::Finite(max) => {
                        let plan = self.scale.direct(max);
                        let sum = row.sum(s, &plan, false);
                        row.divide(s, &plan, sum);
                        lse.set(r, E::Acc::of(plan.log(sum, &self.scale)));
                    }
                    other => {
                        let arrays = (row.from, row.to, row.n);
                        let (log, advisory) = write_corner(&other, &corner, &self.opts, arrays);
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

impl<E: Elem> Softmax<E> {
    /// One row by a guessed reference, and its logarithm; nothing where there is
    /// no guess, or it was bad. The input is then as it was.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    unsafe fn guessed<S: Io<E>>(&self, s: S, row: Row<E>) -> Option<f64> {
        if row.keeps_exponentials::<S>() && core::ptr::eq(row.from, row.to) {
            return None;
        }
        // SAFETY: the caller vouches for the row.
        unsafe {
            let plan = self.scale.guess(first_max(s, row.from, row.n))?;
            let sum = row.sum(s, &plan, true);
            if !plan.fits(sum) {
                return None;
            }
            row.divide(s, &plan, sum);
            Some(plan.log(sum, &self.scale))
        }
    }
}

/// The largest of the first few entries above -inf; padding may come first.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
unsafe fn first_max<E: Elem, S: Io<E>>(s: S, row: *const E, n: usize) -> E::Acc {
    let mut at = 0;
    loop {
        let end = n.min(at + GUESS);
        // SAFETY: `end` is at most `n`.
        let max = unsafe { top::max(s, row.add(at), end - at) };
        if max > E::Acc::NEG_INFINITY || end == n {
            return max;
        }
        at = end;
    }
}

/// A row to read and one to write: `from` is readable and `to` writable for `n`
/// values, and they are apart or the same.
#[derive(Clone, Copy)]
struct Row<E> {
    from: *const E,
    to: *mut E,
    n: usize,
}

impl<E: Elem> Row<E> {
    /// Whether no cache holds it; plain code has no means to make use of that.
    #[inline(always)]
    fn is_long<S: Io<E>>(&self) -> bool {
        <S as Lanes<E::Acc>>::UNROLL && self.n >= LONG / size_of::<E>()
    }

    /// Whether the exponentials wait in the output for their division.
    #[inline(always)]
    fn keeps_exponentials<S: Io<E>>(&self) -> bool {
        E::LOSSLESS && !self.is_long::<S>()
    }

    /// The sum of exponentials.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    unsafe fn sum<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, guess: bool) -> f64 {
        let (sum, total) = (s.splat(E::Acc::ZERO), s.wide_zero());
        let keep = self.keeps_exponentials::<S>();
        let mut pass = SumPass::<E, S> { plan, guess, keep, to: self.to, sum, total };
        // SAFETY: the caller vouches for the row.
        unsafe {
            if self.is_long::<S>() {
                walk_quarters(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass);
            } else {
                walk(s, self.from, self.n, E::Acc::NEG_INFINITY, &mut pass);
            }
        }
        s.wide_sum(pass.total)
    }

    /// Exponentials become shares of their sum.
    ///
    /// # Safety
    /// As [`Row`].
    #[inline(always)]
    unsafe fn divide<S: Io<E>>(self, s: S, plan: &ExpPlan<E::Acc>, sum: f64) {
        let Row { from, to, n } = self;
        let share = s.splat(plan.share(sum));
        let least = E::Acc::NEG_INFINITY;
        // SAFETY: the caller vouches for the row; a head of whole values brings
        // the output to the alignment that storing past the cache needs.
        unsafe {
            if self.keeps_exponentials::<S>() {
                walk_back(s, to, n, E::Acc::ZERO, &mut DividePass::<E, S> { to, share });
            } else if self.is_long::<S>() {
                let vector = <S as Lanes<E::Acc>>::N * size_of::<E>();
                let head = to.align_offset(vector).min(n);
                walk(s, from, head, least, &mut SharePass::<E, S> { plan, to, share });
                let mut pass = SharePass::<E, S> { plan, to: to.add(head), share };
                walk_quarters(s, from.add(head), n - head, least, &mut pass);
                s.fence();
            } else {
                walk_back(s, from, n, least, &mut SharePass::<E, S> { plan, to, share });
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

impl<E: Elem, S: Io<E>> Pass<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, at: usize) {
        let y = s.mul(self.plan.eval::<E, S>(s, v), self.share);
        // SAFETY: the output row has every column of the input row.
        unsafe { s.store(self.to.add(at), y) };
    }

    #[inline(always)]
    fn tail(&mut self, s: S, v: V<E, S>, at: usize, n: usize) {
        let y = s.mul(self.plan.eval::<E, S>(s, v), self.share);
        // SAFETY: as above.
        unsafe { s.store_head(self.to.add(at), n, y) };
    }
}

impl<E: Elem, S: Io<E>> Quarters<E, S> for SharePass<'_, E, S> {
    #[inline(always)]
    fn four(&mut self, s: S, v: [V<E, S>; 4], at: [usize; 4]) {
        for (v, at) in v.into_iter().zip(at) {
            let y = s.mul(self.plan.eval::<E, S>(s, v), self.share);
            // SAFETY: as above, and whole vectors from an aligned start.
            unsafe { s.store_past(self.to.add(at), y) };
        }
    }
}
