//! The visit of `visit.rs` to as many short rows as there are lanes, a lane a row.
//!
//! A square of as many columns is turned over at a time, so that each vector holds
//! one column of all rows; then nothing has to be reduced across lanes. A row's
//! results depend on that row alone.

use super::view::Rows;
use super::visit::{AHEAD, BLOCK, LARGEST, SMALLEST, Visits, nothing};
use super::visit_terms::{Known, of_logits};
use crate::math::exp::{Scale, least_rest};
use crate::math::exp_each::ExpEach;
use crate::math::ln::ln_small;
use crate::simd::{Elem, Io, Lanes, M, Real, V};

/// The most columns of a row that is visited so: above, rows one by one are as fast.
pub const SHORT: usize = 128;

/// The most lanes there are.
const LANES: usize = 16;

/// Rows, a lane each.
struct Lane<E: Elem, S: Io<E>, const LOGITS: bool> {
    scale: Scale<E::Acc>,
    plan: ExpEach<E, S>,
    label: V<E, S>,
    own: V<E, S>,
    above: V<E, S>,
    /// An entry stands before the label if it is at least this.
    bar: V<E, S>,
    column: V<E, S>,
    sums: [V<E, S>; 3],
    top: V<E, S>,
    second: V<E, S>,
    least: V<E, S>,
    rank: V<E, S>,
    predicted: V<E, S>,
}

impl<E: Elem, S: Io<E>, const LOGITS: bool> Lane<E, S, LOGITS> {
    /// Takes the next column; returns what it adds to the sums.
    #[inline(always)]
    fn take(&mut self, s: S, v: V<E, S>) -> [V<E, S>; 3] {
        let of = |x| s.splat(E::Acc::of(x));
        let own = s.eq(self.label, self.column);
        self.bar = s.select(own, self.above, self.bar);
        self.rank = s.add(self.rank, s.select(s.ge(v, self.bar), of(1.0), of(0.0)));
        self.predicted = s.select(s.gt(v, self.top), self.column, self.predicted);
        self.second = s.max(s.min(self.top, v), self.second);
        self.top = s.max(v, self.top);
        self.column = s.add(self.column, of(1.0));
        let (e, factor) = if LOGITS {
            let x = self.plan.within(s, v);
            (self.plan.eval_within(s, &self.scale, x), s.sub(x, self.own))
        } else {
            self.least = s.min(v, self.least);
            (v, ln_small::<E::Acc, S>(s, v))
        };
        let e = s.select(own, of(0.0), e);
        [e, s.mul(e, e), s.mul(e, factor)]
    }

    /// The exponential of an entry a row.
    #[inline(always)]
    fn exp(&self, s: S, x: V<E, S>) -> V<E, S> {
        self.plan.eval_within(s, &self.scale, self.plan.within(s, x))
    }

    /// Adds to the sums.
    #[inline(always)]
    fn add(&mut self, s: S, terms: [V<E, S>; 3]) {
        for (sum, term) in self.sums.iter_mut().zip(terms) {
            *sum = s.add(*sum, term);
        }
    }
}

/// Visits as many rows as there are lanes, from row `i` on or as many as there are, and
/// writes what is known of them from place `i` on, for all lanes: of logits the terms. Bit
/// `r` of the result is whether row `i + r` is left out.
///
/// # Safety
/// The rows are there, of 1 to [`SHORT`] columns, their labels below that; `i + N` is at
/// most [`BLOCK`], `i` below the number of rows.
#[inline(always)]
pub unsafe fn visit_each<E: Elem, S: Io<E>, const LOGITS: bool>(
    s: S,
    x: &Rows<E>,
    i: usize,
    scale: &Scale<E::Acc>,
    to: &mut Visits,
) -> u32 {
    let lanes = <S as Lanes<E::Acc>>::N;
    let n = x.cols;
    let mut label = [E::Acc::ZERO; LANES];
    let (mut own, mut above) = (label, label);
    let mut rows = [x.row(i); LANES];
    for r in 0..lanes {
        // SAFETY: the caller vouches for the places; lanes without a row repeat the last.
        unsafe {
            let row = (i + r).min(x.rows - 1);
            let to = to.labels.get_unchecked(row);
            let score = E::Acc::of(to.score);
            *rows.get_unchecked_mut(r) = x.row(row);
            *label.get_unchecked_mut(r) = E::Acc::of_index(to.at as u32);
            *own.get_unchecked_mut(r) = score;
            *above.get_unchecked_mut(r) = score.above();
        }
    }
    // SAFETY: the arrays hold as many as the most lanes.
    let (label, own, above) =
        unsafe { (s.get(label.as_ptr()), s.get(own.as_ptr()), s.get(above.as_ptr())) };
    let (plan, fits, _) = ExpEach::<E, S>::near(s, scale, own);
    let (zero, none) = (s.splat(E::Acc::ZERO), s.splat(nothing::<E>(LOGITS)));
    let mut lane = Lane::<E, S, LOGITS> {
        scale: *scale,
        plan,
        label,
        own,
        above,
        bar: own,
        column: zero,
        sums: [zero; 3],
        top: none,
        second: none,
        least: zero,
        rank: zero,
        predicted: zero,
    };
    let mut at = 0;
    while at < n {
        let width = lanes.min(n - at);
        let mut square = s.repeat(zero);
        for (v, row) in square.as_mut().iter_mut().zip(rows) {
            let from = row.wrapping_add(at);
            s.prefetch(from.wrapping_add(AHEAD / size_of::<E>()));
            // SAFETY: this many columns are left.
            *v = unsafe { s.load_head(from, width, nothing::<E>(LOGITS)) };
        }
        let mut square = s.transpose(square);
        // The columns of a square are added up by themselves, so that a long row does
        // not lose small terms.
        let mut sums = [zero; 3];
        for v in square.as_mut().iter().take(width) {
            let terms = lane.take(s, *v);
            sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum = s.add(*sum, term));
        }
        lane.add(s, sums);
        at += lanes;
    }
    // SAFETY: the caller vouches for the places.
    unsafe { if LOGITS { settle(s, &lane, fits, n, to, i) } else { write(s, &lane, to, i) } }
}

/// Writes the terms of logits, and says which lanes are left out.
#[inline(always)]
unsafe fn settle<E: Elem, S: Io<E>, const LOGITS: bool>(
    s: S,
    lane: &Lane<E, S, LOGITS>,
    fits: M<E, S>,
    n: usize,
    to: &mut Visits,
    i: usize,
) -> u32 {
    let of = |x| s.splat(E::Acc::of(x));
    let [rest, squares, slope] = lane.sums;
    // What is NaN or infinite is not below the largest number.
    let good = s.and(s.gt(of(E::Acc::LARGE), squares), fits);
    let some = s.ge(rest, of(least_rest::<E::Acc>(n)));
    let known = Known {
        rest: s.select(some, rest, of(0.0)),
        squares,
        slope: s.select(some, slope, of(0.0)),
        own: lane.exp(s, lane.own),
        top: lane.exp(s, lane.top),
        second: lane.exp(s, lane.second),
    };
    // SAFETY: the caller vouches for the places.
    unsafe {
        for (column, term) in to.terms.iter_mut().zip(of_logits::<E::Acc, S>(s, &known)) {
            put::<E, S>(s, column, i, term);
        }
        put::<E, S>(s, &mut to.rank, i, lane.rank);
        put::<E, S>(s, &mut to.predicted, i, lane.predicted);
    }
    !s.bits(good)
}

/// Writes what is known of probabilities, and says which lanes are left out.
#[inline(always)]
unsafe fn write<E: Elem, S: Io<E>, const LOGITS: bool>(
    s: S,
    lane: &Lane<E, S, LOGITS>,
    to: &mut Visits,
    i: usize,
) -> u32 {
    let of = |x| s.splat(E::Acc::of(x));
    let [_, squares, slope] = lane.sums;
    let probable = s.and(s.ge(lane.own, of(SMALLEST)), s.ge(of(LARGEST), lane.top));
    let good = s.and(s.gt(of(E::Acc::LARGE), squares), s.ge(lane.least, of(0.0)));
    // Of the others, which is enough: where the label's is the largest, what is below the
    // next of them is not asked for.
    let best = s.ge(lane.own, lane.top);
    let top = s.select(best, lane.second, lane.top);
    let second = s.select(best, of(0.0), lane.second);
    // SAFETY: the caller vouches for the places.
    unsafe {
        put::<E, S>(s, &mut to.squares, i, squares);
        put::<E, S>(s, &mut to.slope, i, slope);
        put::<E, S>(s, &mut to.top, i, top);
        put::<E, S>(s, &mut to.second, i, second);
        put::<E, S>(s, &mut to.rank, i, lane.rank);
        put::<E, S>(s, &mut to.predicted, i, lane.predicted);
    }
    !s.bits(s.and(good, probable))
}

/// Writes lanes to a column from place `i` on.
///
/// # Safety
/// `i + N` is at most [`BLOCK`].
#[inline(always)]
unsafe fn put<E: Elem, S: Io<E>>(s: S, column: &mut [f64; BLOCK], i: usize, v: V<E, S>) {
    let mut values = [E::Acc::ZERO; LANES];
    // SAFETY: there is room for the lanes here and, as the caller vouches, there.
    unsafe {
        s.put(values.as_mut_ptr(), v);
        let column = column.as_mut_ptr().add(i);
        for (r, value) in values.iter().enumerate().take(<S as Lanes<E::Acc>>::N) {
            *column.add(r) = value.to_f64();
        }
    }
}

const _: () = assert!(BLOCK.is_multiple_of(LANES));
