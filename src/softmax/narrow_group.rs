//! One group of as many short rows as there are lanes: what is done before its
//! exponentials are stored, and what after.
//!
//! Values are read and written in whole vectors. Where those would reach past the
//! rows there are, or rows do not stand one after another, or some must not be
//! written, the group passes through a place of its own.

use super::narrow::{NARROW, Want};
use super::row::RowsPair;
use crate::math::exp::{Scale, least_sum};
use crate::math::exp_each::ExpEach;
use crate::math::ln::ln_plus;
use crate::rows::view::{Rows, RowsMut};
use crate::simd::{Elem, Io, Lanes, M, Places, Real, V};
use core::mem::MaybeUninit;

/// Room for the groups of a block, and what is the same for all groups.
pub struct Memory<E: Elem, S: Io<E>> {
    /// Which row of its group each entry belongs to.
    places: MaybeUninit<[Places<E, S>; NARROW]>,
    /// Exponentials, row after row, and a vector more.
    exps: MaybeUninit<[V<E, S>; NARROW + 1]>,
    /// Entries, then results, of groups that need a place of their own.
    own: MaybeUninit<[V<E, S>; NARROW + 1]>,
}

impl<E: Elem, S: Io<E>> Memory<E, S> {
    /// Nothing in it yet.
    #[inline(always)]
    pub fn new() -> Self {
        let (exps, own) = (MaybeUninit::uninit(), MaybeUninit::uninit());
        Memory { places: MaybeUninit::uninit(), exps, own }
    }
}

/// What is done to groups of rows, and where.
pub struct Groups<'a, E: Elem, S: Io<E>> {
    io: &'a RowsPair<E>,
    scale: &'a Scale<E::Acc>,
    want: Want,
    places: *mut Places<E, S>,
    exps: *mut V<E, S>,
    own: *mut V<E, S>,
    /// Columns before the last vector of a row, which is never empty.
    full: usize,
    /// The lanes of the last vector.
    last: M<E, S>,
    /// `N`, which the compiler is not to know: the loops over it are worth keeping.
    lanes: usize,
}

/// A group between its two halves.
#[derive(Clone, Copy)]
pub struct Group<E: Elem, S: Io<E>> {
    /// Its first row.
    pub start: usize,
    /// Its rows.
    pub count: usize,
    from: *const E,
    max: V<E, S>,
    plan: ExpEach<E, S>,
    /// How many more entries than one are equal to the maximum.
    more: V<E, S>,
    /// Rows that no direct plan fits.
    left_out: u32,
}

/// A vector at any address of its numbers.
#[repr(C, packed)]
struct Anywhere<V>(V);

impl<'a, E: Elem, S: Io<E>> Groups<'a, E, S> {
    const N: usize = <S as Lanes<E::Acc>>::N;

    /// For these rows, of which there is at least one.
    #[inline(always)]
    pub fn new(
        s: S,
        io: &'a RowsPair<E>,
        scale: &'a Scale<E::Acc>,
        want: Want,
        memory: &'a mut Memory<E, S>,
    ) -> Self {
        let n = io.x.cols;
        let places = memory.places.as_mut_ptr().cast::<Places<E, S>>();
        let full = (n - 1) / Self::N * Self::N;
        let mut at = s.splat(E::Acc::ZERO);
        for i in 0..Self::N {
            // SAFETY: a vector is its lanes in order.
            unsafe { *(&raw mut at).cast::<E::Acc>().add(i) = E::Acc::of(i as f64 + 0.5) };
        }
        let each = s.splat(E::Acc::of(1.0 / n as f64));
        for i in 0..n.min((io.x.rows * n).div_ceil(Self::N)) {
            // SAFETY: n is at most NARROW.
            unsafe { *places.add(i) = s.places(s.mul(at, each)) };
            at = s.add(at, s.splat(E::Acc::of(Self::N as f64)));
        }
        let lanes = core::hint::black_box(Self::N);
        let (exps, own) = (memory.exps.as_mut_ptr().cast(), memory.own.as_mut_ptr().cast());
        Groups { io, scale, want, places, exps, own, full, last: s.head(n - full), lanes }
    }

    /// The first half of the group of `count` rows from row `start` on, the
    /// block's `i`th: maxima and exponentials.
    ///
    /// # Safety
    /// The rows are among those given to `new`; `(i + 1) * cols` is at most `NARROW`.
    #[inline(always)]
    pub unsafe fn begin(&self, s: S, i: usize, start: usize, count: usize) -> Group<E, S> {
        let (x, n) = (&self.io.x, self.io.x.cols);
        let zero = s.splat(E::Acc::ZERO);
        let past_end = (Self::N - 1) * n + self.full + Self::N > (x.rows - start) * n;
        // SAFETY: a group that is read where it is has a vector more behind the
        // start of its last row's last vector; one with its own place has that there.
        unsafe {
            let from = if x.packed() && !past_end && count == Self::N {
                x.row(start)
            } else {
                let own = self.own.add(i * n);
                for v in 0..=n {
                    *own.add(v) = zero;
                }
                gather(&x.part(start, count), own.cast());
                own.cast_const().cast()
            };
            let max = self.max_each(s, from);
            let (plan, fits) = ExpEach::<E, S>::new(s, self.scale, max);
            let left_out = !s.bits(fits) & ((1 << count) - 1);
            let mut group = Group { start, count, from, max, plan, more: zero, left_out };
            let exps = self.exps.add(i * n);
            let vectors = (count * n).div_ceil(Self::N);
            let mut ties = 0;
            for v in 0..vectors {
                let p = *self.places.add(v);
                let x = s.load(from.add(v * Self::N));
                let mut e = plan.at(s, p).eval(s, self.scale, x);
                if self.want == Want::Logs {
                    let tie = s.eq(x, s.permute(max, p));
                    ties += s.bits(tie).count_ones() as usize;
                    e = s.select(tie, zero, e);
                }
                *exps.add(v) = e;
            }
            for v in vectors..=n {
                *exps.add(v) = zero;
            }
            // A whole group of rows with one maximum each has N of them.
            let single = count == Self::N && ties == Self::N && left_out == 0;
            if self.want == Want::Logs && !single {
                let max = (&raw const group.max).cast();
                count_ties(from, count, n, max, (&raw mut group.more).cast());
            }
            group
        }
    }

    /// The second half: sums, logarithms, results. Returns the rows that were left
    /// out, of which nothing is written.
    ///
    /// # Safety
    /// As `begin`, which returned the group; with `past`, it is whole, the output
    /// is packed and the group's part of it aligned for vectors.
    #[inline(always)]
    pub unsafe fn end(&self, s: S, i: usize, group: &Group<E, S>, past: bool) -> u32 {
        let n = self.io.x.cols;
        let of = |x| s.splat(E::Acc::of(x));
        let (lse, logs) = (self.io.lse.at(group.start), self.want == Want::Logs);
        // SAFETY: there are n vectors of exponentials and one more; the rows of the
        // output are writable.
        unsafe {
            let exps = self.exps.add(i * n);
            let sum = self.sum_each(s, exps.cast());
            let mut factor = s.div(of(1.0), sum);
            if logs || !lse.is_null() {
                let (mut base, mut power, mut rest) = (sum, group.plan.missing(s), s.sub(sum, sum));
                if logs {
                    let one = group.plan.eval(s, self.scale, group.max);
                    let none = s.gt(of(least_sum::<E::Acc>(n)), sum);
                    let u = s.add(s.select(none, of(0.0), s.div(sum, one)), group.more);
                    base = s.add(u, of(1.0));
                    // What that sum lost, to first order.
                    rest = s.div(s.sub(u, s.sub(base, of(1.0))), base);
                    power = of(0.0);
                }
                let mut log = ln_plus::<E::Acc, S>(s, base, power, rest);
                if logs {
                    factor = s.sub(of(0.0), log);
                    let high = E::Acc::of(self.scale.value());
                    let low = of(self.scale.value() - high.to_f64());
                    log = s.fma(group.max, s.splat(high), s.mul_add(group.max, low, log));
                }
                if !lse.is_null() {
                    store_first::<E, S>(lse, group.count, log);
                }
            }
            if self.want == Want::Sums {
                return group.left_out;
            }
            let whole = group.count == Self::N && group.left_out == 0;
            let direct = whole && self.io.y.packed(n);
            let own = self.own.add(i * n).cast::<E>();
            let to = if direct { self.io.y.row(group.start) } else { own };
            let minus_max = s.mul(group.max, of(-0.5));
            for v in 0..(group.count * n).div_ceil(Self::N) {
                let (p, at) = (*self.places.add(v), v * Self::N);
                let y = if logs {
                    // As in `log_softmax.rs`.
                    let x = s.load(group.from.add(at));
                    let d = s.mul_add(x, of(0.5), s.permute(minus_max, p));
                    s.mul_add(d, of(2.0 * self.scale.value()), s.permute(factor, p))
                } else {
                    s.mul(*exps.add(v), s.permute(factor, p))
                };
                if past && direct {
                    s.store_past(to.add(at), y);
                } else {
                    s.store(to.add(at), y);
                }
            }
            if !direct {
                scatter(own, &self.io.y.part(group.start), group.count, n, group.left_out);
            }
        }
        group.left_out
    }

    /// The largest entry of each row that is not NaN, or -inf.
    #[inline(always)]
    unsafe fn max_each(&self, s: S, mut from: *const E) -> V<E, S> {
        let least = s.splat(E::Acc::NEG_INFINITY);
        let mut step = self.io.x.cols;
        let mut last = self.last;
        let mut parts = MaybeUninit::<S::Vs>::uninit();
        // SAFETY: the caller vouches for N rows and a vector more.
        unsafe {
            if self.full > 0 {
                // Longer than a vector: made one first.
                let to = parts.as_mut_ptr().cast::<E>();
                for r in 0..self.lanes {
                    let row = from.add(r * step);
                    let mut max = s.select(last, s.load(row.add(self.full)), least);
                    let mut at = 0;
                    while at < self.full {
                        // The running maximum stands second, so that a NaN is passed over.
                        max = s.max(s.load(row.add(at)), max);
                        at += Self::N;
                    }
                    s.store(to.add(r * Self::N), max);
                }
                (from, step, last) = (to, Self::N, s.head(Self::N));
            }
            let mut rows = s.repeat(least);
            for (r, slot) in rows.as_mut().iter_mut().enumerate() {
                *slot = s.max(s.select(last, s.load(from.add(r * step)), least), least);
            }
            s.max_each(rows)
        }
    }

    /// The sum of each row of exponentials.
    #[inline(always)]
    unsafe fn sum_each(&self, s: S, mut exps: *const E::Acc) -> V<E, S> {
        let zero = s.splat(E::Acc::ZERO);
        let mut step = self.io.x.cols;
        let mut last = self.last;
        let mut parts = MaybeUninit::<S::Vs>::uninit();
        // SAFETY: the caller vouches for N rows and a vector more.
        unsafe {
            if self.full > 0 {
                let to = parts.as_mut_ptr().cast::<V<E, S>>();
                for r in 0..self.lanes {
                    let row = exps.add(r * step);
                    let mut sum = s.select(last, anywhere::<E, S>(row.add(self.full)), zero);
                    let mut at = 0;
                    while at < self.full {
                        sum = s.add(sum, anywhere::<E, S>(row.add(at)));
                        at += Self::N;
                    }
                    *to.add(r) = sum;
                }
                (exps, step, last) = (to.cast_const().cast(), Self::N, s.head(Self::N));
            }
            let mut rows = s.repeat(zero);
            for (r, slot) in rows.as_mut().iter_mut().enumerate() {
                *slot = s.select(last, anywhere::<E, S>(exps.add(r * step)), zero);
            }
            s.sum_each(rows)
        }
    }
}

/// The `N` numbers from `p` on.
#[inline(always)]
unsafe fn anywhere<E: Elem, S: Io<E>>(p: *const E::Acc) -> V<E, S> {
    // SAFETY: the caller vouches for them; a vector is its lanes in order.
    unsafe { (*p.cast::<Anywhere<V<E, S>>>()).0 }
}

/// Writes the first `count` lanes.
#[inline(always)]
unsafe fn store_first<E: Elem, S: Io<E>>(to: *mut E::Acc, count: usize, v: V<E, S>) {
    // SAFETY: the caller vouches for the place; a vector is its lanes in order.
    unsafe {
        if count == <S as Lanes<E::Acc>>::N {
            (*to.cast::<Anywhere<V<E, S>>>()).0 = v;
        } else {
            copy_numbers((&raw const v).cast(), to, count);
        }
    }
}

// Plain code, once for all instruction sets: what follows runs for the last group
// of a call, or where rows stand apart.

/// Copies numbers between arrays that are apart.
#[inline(never)]
unsafe fn copy_numbers<T: Real>(from: *const T, to: *mut T, n: usize) {
    // SAFETY: the caller vouches for both arrays.
    unsafe { to.copy_from_nonoverlapping(from, n) }
}

/// Copies rows to where they stand one after another.
#[inline(never)]
unsafe fn gather<E: Elem>(x: &Rows<E>, to: *mut E) {
    for r in 0..x.rows {
        // SAFETY: the caller vouches for the room, and the view for its rows.
        unsafe { to.add(r * x.cols).copy_from_nonoverlapping(x.row(r), x.cols) }
    }
}

/// Copies `count` rows of `n` from where they stand one after another, but for those
/// that are left out.
#[inline(never)]
unsafe fn scatter<E: Elem>(from: *const E, y: &RowsMut<E>, count: usize, n: usize, left_out: u32) {
    for r in 0..count {
        if left_out >> r & 1 == 0 {
            // SAFETY: the view vouches for its rows.
            unsafe { y.row(r).copy_from_nonoverlapping(from.add(r * n), n) }
        }
    }
}

/// How many more entries than one are equal to each row's maximum.
#[cold]
#[inline(never)]
unsafe fn count_ties<E: Elem>(
    from: *const E,
    count: usize,
    n: usize,
    max: *const E::Acc,
    more: *mut E::Acc,
) {
    for r in 0..count {
        // SAFETY: the caller vouches for `count` rows, maxima and results.
        unsafe {
            let tie = |c: &usize| (*from.add(r * n + c)).widen() == *max.add(r);
            *more.add(r) = E::Acc::of((0..n).filter(tie).count() as f64 - 1.0);
        }
    }
}
