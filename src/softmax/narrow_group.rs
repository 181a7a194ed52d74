//! One group of as many short rows as there are lanes: what is done before its
//! exponentials are stored, and what after.
//!
//! Values are read and written in whole vectors. Where those would reach past the
//! rows there are, or rows do not stand one after another, or some must not be
//! written, the group passes through a place of its own.

use super::narrow::{NARROW, Narrow, Want};
use crate::math::exp::least_sum;
use crate::math::exp_each::ExpEach;
use crate::math::ln::ln_plus;
use crate::rows::pass::sum4;
use crate::rows::view::Rows;
use crate::simd::{Elem, Io, Lanes, M, Places, Real, V};
use crate::status::Status;
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
    work: &'a Narrow<E>,
    places: *mut Places<E, S>,
    exps: *mut V<E, S>,
    own: *mut V<E, S>,
    /// Columns before the last vector of a row, which is never empty.
    full: usize,
    /// The lanes of the last vector.
    last: M<E, S>,
    /// `N`, which the compiler is not to know: it would unroll every loop.
    lanes: usize,
}

/// A group between its two halves.
pub struct Group<E: Elem, S: Io<E>> {
    /// Its first row.
    start: usize,
    /// Its rows.
    count: usize,
    from: *const E,
    max: V<E, S>,
    plan: ExpEach<E, S>,
    /// How many more entries than one are equal to the maximum.
    more: V<E, S>,
    /// Rows that no direct plan fits.
    left_out: u32,
}

/// What stands where no row is. Not 0, for which a compiler calls `memset`.
const UNUSED: f64 = 1.0;

/// A vector at any address of its numbers.
#[repr(C, packed)]
struct Anywhere<V>(V);

impl<'a, E: Elem, S: Io<E>> Groups<'a, E, S> {
    const N: usize = <S as Lanes<E::Acc>>::N;

    /// For rows of at least one column.
    #[inline(always)]
    pub fn new(s: S, work: &'a Narrow<E>, memory: &'a mut Memory<E, S>) -> Self {
        let n = work.io.x.cols;
        let lanes = core::hint::black_box(Self::N);
        let full = (n - 1) / Self::N * Self::N;
        let mut at = s.splat(E::Acc::ZERO);
        for i in 0..Self::N {
            // SAFETY: a vector is its lanes in order.
            unsafe { *(&raw mut at).cast::<E::Acc>().add(i) = E::Acc::of(i as f64 + 0.5) };
        }
        let (each, step) =
            (s.splat(E::Acc::of(1.0 / n as f64)), s.splat(E::Acc::of(Self::N as f64)));
        let values = n * work.io.x.rows.min(Self::N);
        let places = memory.places.as_mut_ptr().cast::<Places<E, S>>();
        let (mut place, mut entry) = (places, 0);
        while entry < values {
            // SAFETY: n is at most NARROW.
            unsafe {
                *place = s.places(s.mul(at, each));
                place = place.add(1);
            }
            at = s.add(at, step);
            entry += lanes;
        }
        let (exps, own) = (memory.exps.as_mut_ptr().cast(), memory.own.as_mut_ptr().cast());
        Groups { work, places, exps, own, full, last: s.head(n - full), lanes }
    }

    /// The first half of the group of `count` rows from row `start` on, the
    /// block's `i`th: maxima and exponentials.
    ///
    /// # Safety
    /// The rows are among those given to `new`; `(i + 1) * cols` is at most `NARROW`.
    #[inline(always)]
    pub unsafe fn begin(
        &self,
        s: S,
        group: &mut MaybeUninit<Group<E, S>>,
        i: usize,
        start: usize,
        count: usize,
    ) {
        let (x, n) = (&self.work.io.x, self.work.io.x.cols);
        let logs = self.work.want == Want::Logs;
        let (zero, unused) = (s.splat(E::Acc::ZERO), s.splat(E::Acc::of(UNUSED)));
        let reach = (Self::N - 1) * n + self.full + Self::N;
        let vectors = (count * n).div_ceil(Self::N);
        // Rows no longer than a vector are reduced even where there are none.
        let ends = if self.full > 0 { vectors } else { n };
        // SAFETY: a group that is read where it is has a vector more behind the
        // start of its last row's last vector; one with its own place has that there.
        unsafe {
            let here = x.packed() && count == Self::N && reach <= (x.rows - start) * n;
            let from = if here {
                x.row(start)
            } else {
                let own = self.own.add(i * n).cast();
                gather(&x.part(start, count), own, (ends + 1) * Self::N);
                own.cast_const()
            };
            let max = self.max_each(s, from, count);
            let (plan, fits) = ExpEach::<E, S>::new(s, &self.work.scale, max);
            let left_out = !s.bits(fits) & ((1 << count) - 1);
            let group = group.write(Group { start, count, from, max, plan, more: zero, left_out });
            let exps = self.exps.add(i * n);
            let mut ties = 0;
            for v in 0..vectors {
                let p = *self.places.add(v);
                let x = s.load(from.add(v * Self::N));
                // The next group comes while there is work to do on this one.
                s.prefetch(from.wrapping_add((n + v) * Self::N));
                let mut e = plan.at(s, p).eval(s, &self.work.scale, x);
                if logs {
                    let tie = s.eq(x, s.permute(max, p));
                    ties += s.bits(tie).count_ones() as usize;
                    e = s.select(tie, zero, e);
                }
                *exps.add(v) = e;
            }
            for v in vectors..=ends {
                *exps.add(v) = unused;
            }
            // A whole group of rows with one maximum each has N of them.
            if logs && (ties != Self::N || count != Self::N || left_out != 0) {
                let max = (&raw const group.max).cast();
                count_ties(from, (count, n), max, (&raw mut group.more).cast());
            }
        }
    }

    /// The second half: sums, logarithms, results.
    ///
    /// # Safety
    /// As `begin`, which wrote the group; with `past`, the output of a whole group
    /// is packed and aligned for vectors.
    #[inline(always)]
    pub unsafe fn end(&self, s: S, group: &Group<E, S>, i: usize, past: bool) -> Status {
        let Narrow { io, scale, want, .. } = self.work;
        let n = io.x.cols;
        let of = |x| s.splat(E::Acc::of(x));
        let (lse, logs) = (io.lse.at(group.start), *want == Want::Logs);
        let whole = group.count == Self::N && group.left_out == 0;
        let Group { start, count, left_out, .. } = *group;
        let none = core::ptr::null();
        let mut rest = Rest { start, count, left_out, results: none, logs: core::ptr::null() };
        // SAFETY: there are n vectors of exponentials and one more; the rows of the
        // output are writable.
        unsafe {
            let exps = self.exps.add(i * n);
            let sum = self.sum_each(s, exps.cast(), count);
            let mut factor = s.div(of(1.0), sum);
            let mut log;
            if logs || !lse.is_null() {
                let (mut base, mut power, mut lost) = (sum, group.plan.missing(s), s.sub(sum, sum));
                if logs {
                    let one = group.plan.eval(s, scale, group.max);
                    let vanishes = s.gt(of(least_sum::<E::Acc>(n)), sum);
                    let u = s.add(s.select(vanishes, of(0.0), s.div(sum, one)), group.more);
                    base = s.add(u, of(1.0));
                    // To first order.
                    lost = s.div(s.sub(u, s.sub(base, of(1.0))), base);
                    power = of(0.0);
                }
                log = ln_plus::<E::Acc, S>(s, base, power, lost);
                if logs {
                    factor = s.sub(of(0.0), log);
                    let high = E::Acc::of(scale.value());
                    let low = of(scale.value() - high.to_f64());
                    log = s.fma(group.max, s.splat(high), s.mul_add(group.max, low, log));
                }
                if whole && !lse.is_null() {
                    (*lse.cast::<Anywhere<V<E, S>>>()).0 = log;
                } else {
                    rest.logs = (&raw const log).cast();
                }
            }
            if *want != Want::Sums {
                let here = whole && io.y.packed(n);
                let own = self.own.add(i * n).cast::<E>();
                let to = if here { io.y.row(start) } else { own };
                let minus_max = s.mul(group.max, of(-0.5));
                for v in 0..(count * n).div_ceil(Self::N) {
                    let (p, at) = (*self.places.add(v), v * Self::N);
                    let y = if logs {
                        // As in `log_softmax.rs`.
                        let x = s.load(group.from.add(at));
                        let d = s.mul_add(x, of(0.5), s.permute(minus_max, p));
                        s.mul_add(d, of(2.0 * scale.value()), s.permute(factor, p))
                    } else {
                        s.mul(*exps.add(v), s.permute(factor, p))
                    };
                    if past && here {
                        s.store_past(to.add(at), y);
                    } else {
                        s.store(to.add(at), y);
                    }
                }
                if !here {
                    rest.results = own;
                }
            }
            if whole && rest.results.is_null() {
                return Status::LGT_OK;
            }
            settle(self.work, &rest)
        }
    }

    /// The largest entry of each row, or -inf. Of a row with a NaN it may be any,
    /// for the sum will be NaN by whatever reference.
    #[inline(always)]
    unsafe fn max_each(&self, s: S, mut from: *const E, count: usize) -> V<E, S> {
        let least = s.splat(E::Acc::NEG_INFINITY);
        let mut step = self.work.io.x.cols;
        let mut last = self.last;
        let mut parts = MaybeUninit::<S::Vs>::uninit();
        // SAFETY: the caller vouches for N rows and a vector more.
        unsafe {
            if self.full > 0 {
                // Longer than a vector: made one first.
                let to = parts.as_mut_ptr().cast::<E>();
                for r in 0..count {
                    let row = from.add(r * step);
                    let mut max = s.select(last, s.load(row.add(self.full)), least);
                    let mut at = 0;
                    while at < self.full {
                        max = s.max(s.load(row.add(at)), max);
                        at += self.lanes;
                    }
                    s.store(to.add(r * Self::N), max);
                }
                for r in count..self.lanes {
                    s.store(to.add(r * Self::N), least);
                }
                (from, step, last) = (to, Self::N, s.head(Self::N));
            }
            let mut rows = s.repeat(least);
            for (r, slot) in rows.as_mut().iter_mut().enumerate() {
                *slot = s.select(last, s.load(from.add(r * step)), least);
            }
            s.max_each(rows)
        }
    }

    /// The sum of each row of exponentials.
    #[inline(always)]
    unsafe fn sum_each(&self, s: S, mut exps: *const E::Acc, count: usize) -> V<E, S> {
        let (zero, unused) = (s.splat(E::Acc::ZERO), s.splat(E::Acc::of(UNUSED)));
        let mut step = self.work.io.x.cols;
        let mut last = self.last;
        let mut parts = MaybeUninit::<S::Vs>::uninit();
        // SAFETY: the caller vouches for N rows and a vector more.
        unsafe {
            if self.full > 0 {
                let to = parts.as_mut_ptr().cast::<V<E, S>>();
                for r in 0..count {
                    let row = exps.add(r * step);
                    let mut rest = s.select(last, anywhere::<E, S>(row.add(self.full)), zero);
                    let (mut sum, mut at) = (zero, 0);
                    // In fours, a pair and the rest, so that small terms have met
                    // each other before they meet a large one that would lose them.
                    while at + 4 * Self::N <= self.full {
                        let (a, b) = pair::<E, S>(row.add(at));
                        let (c, d) = pair::<E, S>(row.add(at + 2 * Self::N));
                        sum = s.add(sum, sum4::<E, S>(s, [a, b, c, d]));
                        at += 4 * self.lanes;
                    }
                    if self.full & Self::N != 0 {
                        rest = s.add(rest, anywhere::<E, S>(row.add(self.full - Self::N)));
                    }
                    if self.full & (2 * Self::N) != 0 {
                        let (a, b) = pair::<E, S>(row.add(at));
                        rest = s.add(rest, s.add(a, b));
                    }
                    sum = s.add(sum, rest);
                    *to.add(r) = sum;
                }
                for r in count..self.lanes {
                    *to.add(r) = unused;
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

/// The `2 N` numbers from `p` on.
#[inline(always)]
unsafe fn pair<E: Elem, S: Io<E>>(p: *const E::Acc) -> (V<E, S>, V<E, S>) {
    // SAFETY: the caller vouches for them.
    unsafe { (anywhere::<E, S>(p), anywhere::<E, S>(p.add(<S as Lanes<E::Acc>>::N))) }
}

// Plain code: what follows runs for few groups.

/// Copies rows to where they stand one after another, with zeros up to `end`.
#[inline(never)]
unsafe fn gather<E: Elem>(x: &Rows<E>, to: *mut E, end: usize) {
    // SAFETY: the caller vouches for the room, and the view for its rows.
    unsafe {
        for r in 0..x.rows {
            to.add(r * x.cols).copy_from_nonoverlapping(x.row(r), x.cols);
        }
        for i in x.rows * x.cols..end {
            *to.add(i) = E::narrow(E::Acc::ZERO);
        }
    }
}

/// What remains to be done for a group: results that stand one after another, logarithms,
/// each unless null, and rows that are left out.
struct Rest<E: Elem> {
    start: usize,
    count: usize,
    left_out: u32,
    results: *const E,
    logs: *const E::Acc,
}

/// Brings a group's results to their places, and does what it left out.
#[inline(never)]
unsafe fn settle<E: Elem>(work: &Narrow<E>, rest: &Rest<E>) -> Status {
    let (io, n) = (&work.io, work.io.x.cols);
    // SAFETY: the caller vouches for results and logarithms, the views for their rows.
    unsafe {
        if !rest.logs.is_null() && !io.lse.at(rest.start).is_null() {
            io.lse.at(rest.start).copy_from_nonoverlapping(rest.logs, rest.count);
        }
        for r in 0..rest.count {
            if !rest.results.is_null() && rest.left_out >> r & 1 == 0 {
                io.y.row(rest.start + r).copy_from_nonoverlapping(rest.results.add(r * n), n);
            }
        }
    }
    let mut status = Status::LGT_OK;
    for r in 0..rest.count {
        if rest.left_out >> r & 1 != 0 {
            let advisory = work.plain(io.part(rest.start + r, 1));
            if advisory != Status::LGT_OK {
                status = advisory;
            }
        }
    }
    status
}

/// How many more entries than one are equal to each row's maximum.
#[cold]
#[inline(never)]
unsafe fn count_ties<E: Elem>(
    from: *const E,
    (count, n): (usize, usize),
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
