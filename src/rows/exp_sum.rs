//! The logarithm of a row's sum of exponentials, relative to its maximum.
//!
//! The largest entry is not summed: its exponential is exactly 1, and `log1p` of
//! the rest keeps its relative accuracy where one entry has nearly all the mass.
//! That is what makes a small loss a correct small loss. Which entry is the
//! largest need not be known beforehand: each lane keeps back the largest so far,
//! and adds the smaller of that and the next. The rest is summed without
//! subtracting the maximum (`math/exp.rs` says why).

use super::kind::Kind;
use super::pass::{Pass, walk, walk_singly};
use super::reference::{again, reference};
use super::segments::segment;
use super::tally::{self, Tally};
use super::view::Rows;
use crate::math::exp::{ExpPlan, Scale};
use crate::rt::exec::Exec;
use crate::simd::{Elem, Io, Kernel, Real, V};
use crate::status::Status;
use core::cell::Cell;

/// What a row is, and, where its maximum is finite, the logarithm of the sum of
/// `exp(scale * (x - max))`: at least 0, or NaN.
#[derive(Clone, Copy)]
pub struct LogSum<T> {
    /// What the row's maximum says about it.
    pub kind: Kind<T>,
    /// The logarithm.
    pub log: f64,
}

impl<T: Real> LogSum<T> {
    /// Nothing above -inf.
    pub const EMPTY: Self = LogSum { kind: Kind::Empty, log: 0.0 };

    /// The natural logarithm of the sum of `exp(scale * x)`.
    #[inline(always)]
    pub fn lse(&self, scale: f64) -> T {
        match self.kind {
            Kind::Finite(max) => T::of(max.to_f64() * scale + self.log),
            Kind::Infinite(_) => T::INFINITY,
            Kind::Empty => T::NEG_INFINITY,
            Kind::Nan => T::NAN,
        }
    }

    /// That of both rows one after the other.
    pub fn and(self, other: Self, scale: f64) -> Self {
        let (kind, log) = match (self.kind, other.kind) {
            (Kind::Finite(a), Kind::Finite(b)) => {
                let (top, high, low) = if a > b { (a, self, other) } else { (b, other, self) };
                let gap = if a > b { a.to_f64() - b.to_f64() } else { b.to_f64() - a.to_f64() };
                // Of 1 + u, which each is, the 1 of the higher stays out.
                let more = libm::exp(low.log - gap * scale);
                (Kind::Finite(top), libm::log1p(libm::expm1(high.log) + more))
            }
            (Kind::Nan, _) | (_, Kind::Nan) => (Kind::Nan, 0.0),
            (Kind::Infinite(a), Kind::Infinite(b)) => (Kind::Infinite(a + b), 0.0),
            // A NaN beside a finite maximum shows in the logarithm.
            (Kind::Infinite(_), Kind::Finite(_)) if other.log.is_nan() => (Kind::Nan, 0.0),
            (Kind::Finite(_), Kind::Infinite(_)) if self.log.is_nan() => (Kind::Nan, 0.0),
            (Kind::Infinite(_), _) | (_, Kind::Empty) => (self.kind, self.log),
            (_, Kind::Infinite(_)) | (Kind::Empty, _) => (other.kind, other.log),
        };
        LogSum { kind, log }
    }
}

/// Bytes of rows that are looked at before something is done with them: few, so
/// that what is read and what is written take turns.
const BLOCK: usize = 8 << 10;

/// The most rows of a block.
pub const MOST: usize = 64;

/// Calls `f` with each block of rows, its first row and its logarithms.
pub fn by_blocks<E: Elem>(
    x: &Rows<E>,
    scale: &Scale<E::Acc>,
    mut f: impl FnMut(usize, &[LogSum<E::Acc>]),
) {
    let each = (BLOCK / size_of::<E>() / x.cols.max(1)).clamp(1, MOST);
    let mut sums = [LogSum::EMPTY; MOST];
    let mut start = 0;
    while start < x.rows {
        let rows = each.min(x.rows - start);
        if let Some(sums) = sums.get_mut(..rows) {
            E::dispatch(RowSums { x: x.part(start, rows), scale: *scale, sums });
            f(start, sums);
        }
        start += rows;
    }
}

/// That of one row of `n` values.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(never)]
pub unsafe fn of_row<E: Elem>(row: *const E, n: usize, scale: &Scale<E::Acc>) -> LogSum<E::Acc> {
    let mut sum = [LogSum::EMPTY];
    // SAFETY: the caller vouches for the row.
    let x = unsafe { Rows::new(row, n, 1, n) };
    E::dispatch(RowSums { x, scale: *scale, sums: &mut sum });
    sum[0]
}

/// That of one row, its segments shared out.
#[inline(never)]
pub fn by_segments<E: Elem>(
    exec: &Exec,
    row: &Rows<E>,
    scale: &Scale<E::Acc>,
) -> Result<LogSum<E::Acc>, Status> {
    let each = segment::<E>(row.cols);
    let slots = Slots([const { Cell::new(LogSum::EMPTY) }; super::segments::SEGMENTS]);
    let segments = row.cols.div_ceil(each);
    exec.run(segments, |i| {
        let mut sum = [LogSum::EMPTY];
        E::dispatch(RowSums { x: row.piece(i * each, each), scale: *scale, sums: &mut sum });
        if let Some(slot) = slots.get(i) {
            slot.set(sum[0]);
        }
    })?;
    let sums = slots.0.iter().take(segments).map(Cell::get);
    Ok(sums.fold(LogSum::EMPTY, |all, sum| all.and(sum, scale.value())))
}

/// A place for each task.
struct Slots<T>([Cell<T>; super::segments::SEGMENTS]);

// SAFETY: each task has a place of its own, and all have returned when the places
// are read.
unsafe impl<T> Sync for Slots<T> {}

impl<T> Slots<T> {
    fn get(&self, i: usize) -> Option<&Cell<T>> {
        self.0.get(i)
    }
}

/// The logarithms of as many rows as there are places.
struct RowSums<'a, E: Elem> {
    x: Rows<E>,
    scale: Scale<E::Acc>,
    sums: &'a mut [LogSum<E::Acc>],
}

impl<E: Elem> Kernel<E> for RowSums<'_, E> {
    type Out = ();

    #[inline(always)]
    fn run<S: Io<E>>(self, s: S) {
        for (r, sum) in self.sums.iter_mut().enumerate() {
            // SAFETY: the view vouches for its rows.
            *sum = unsafe { log_sum(s, self.x.row(r), self.x.cols, &self.scale) };
        }
    }
}

/// That of `n` values.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
unsafe fn log_sum<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
    scale: &Scale<E::Acc>,
) -> LogSum<E::Acc> {
    let mut guess = true;
    // A guess that fails is followed by the maximum, which does not.
    loop {
        // SAFETY: the caller vouches for the row.
        match unsafe { reference(s, row, n, scale, guess) } {
            Err(kind) => return LogSum { kind, log: 0.0 },
            Ok(None) => {}
            Ok(Some(plan)) => {
                // SAFETY: as above.
                let (max, log) = unsafe { summed(s, row, n, &plan) };
                if !guess || plan.admits(max) {
                    return LogSum { kind: Kind::Finite(max), log };
                }
            }
        }
        guess = again();
    }
}

/// The maximum, if the plan admits it, and the logarithm. A NaN among the values
/// makes that NaN.
///
/// # Safety
/// `row` must be readable for `n` values.
#[inline(always)]
unsafe fn summed<E: Elem, S: Io<E>>(
    s: S,
    row: *const E,
    n: usize,
    plan: &ExpPlan<E::Acc>,
) -> (E::Acc, f64) {
    let least = E::Acc::NEG_INFINITY;
    let shift = s.splat(plan.shift());
    let mut pass = RestPass::<E, S> { plan, shift, top: s.splat(least), sum: Tally::new(s) };
    // SAFETY: the caller vouches for the row.
    unsafe {
        if plan.is_direct() {
            walk(s, row, n, least, &mut pass);
        } else {
            walk_singly(s, row, n, least, &mut pass);
        }
    }
    // The lanes' own largest: all but one are added, those that tie by counting.
    let max = s.reduce_max(pass.top);
    let ties = s.eq(pass.top, s.splat(max));
    let zero = s.splat(E::Acc::ZERO);
    pass.sum.add_wide(s, s.select(ties, zero, plan.eval_direct::<E, S>(s, pass.top)));
    let sum = pass.sum.value(s);
    // What the maximum itself came to: dividing by it makes the sum relative to
    // the maximum, without any difference having been rounded.
    let one = s.reduce_max(plan.eval_direct::<E, S>(s, s.splat(max))).to_f64();
    let rest = if plan.vanishes(sum, n) { 0.0 } else { sum / one };
    let ties = f64::from(s.bits(ties).count_ones()) - 1.0;
    (plan.unshift(max), libm::log1p(ties + rest))
}

/// Sums all but the largest of each lane.
struct RestPass<'a, E: Elem, S: Io<E>> {
    plan: &'a ExpPlan<E::Acc>,
    shift: V<E, S>,
    top: V<E, S>,
    sum: Tally<E, S>,
}

impl<E: Elem, S: Io<E>> RestPass<'_, E, S> {
    /// The exponential of what is not kept back.
    #[inline(always)]
    fn term(&mut self, s: S, v: V<E, S>) -> V<E, S> {
        // The value stands where a NaN is kept, then where it is passed over.
        let low = s.min(self.top, v);
        self.top = s.max(v, self.top);
        self.plan.eval_direct::<E, S>(s, low)
    }
}

impl<E: Elem, S: Io<E>> Pass<E, S> for RestPass<'_, E, S> {
    const FOLD: usize = tally::FOLD;

    #[inline(always)]
    fn step(&mut self, s: S, v: V<E, S>, _: usize) {
        let term = self.term(s, s.sub(v, self.shift));
        self.sum.add_wide(s, term);
    }

    #[inline(always)]
    fn quad(&mut self, s: S, [a, b, c, d]: [V<E, S>; 4], _: usize) {
        let terms = [self.term(s, a), self.term(s, b), self.term(s, c), self.term(s, d)];
        self.sum.four(s, terms);
    }

    #[inline(always)]
    fn fold(&mut self, s: S) {
        self.sum.fold(s);
    }
}
