//! One visit to a row, for everything that scoring asks of it.
//!
//! Of logits, all is relative to the label's own entry: the other exponentials are
//! summed without it, so that `ln(1 + rest / own)` keeps a small loss a correct small
//! loss, and no maximum has to be known before. The label's entry is left out by
//! walking to its vector, and on from there; that is also where ties cease to stand
//! before it. Of probabilities, the entries themselves are summed.
//!
//! What the sums cannot hold (an entry far above the label's, NaN, infinities, what is
//! no probability) shows in them; such a row is left out.

use super::top;
use super::visit_terms::TERMS;
use crate::math::exp::{ExpPlan, Scale, least_rest};
use crate::math::ln::ln_small;
use crate::simd::{Elem, Io, Lanes, Real, V, W};

/// The most rows that are visited before something is done with them.
pub const BLOCK: usize = 64;

/// A confidence above this is no probability, however it was rounded.
pub const LARGEST: f64 = 1.01;

/// The label's probability below which its logarithm is not taken in lanes.
pub const SMALLEST: f64 = 1e-37;

/// The label of a row, which may be of another part of the row.
#[derive(Clone, Copy)]
pub struct Label<T> {
    /// Its entry.
    pub score: T,
    /// Its place; not below the number of columns if it is not here.
    pub at: usize,
    /// Whether it stands before all columns.
    pub passed: bool,
}

/// What is known of some rows after the visit. Exponentials are relative to the power
/// of two `2^k` that is nearest to the label's; `power` is what that lacks:
/// `exp(label) = 2^(k + power)`.
pub struct Visits {
    /// The sum of all exponentials, or probabilities, but the label's.
    pub rest: [f64; BLOCK],
    /// The sum of their squares.
    pub squares: [f64; BLOCK],
    /// The sum of each exponential times the distance of its logit from the label's, or
    /// of each probability times its logarithm.
    pub slope: [f64; BLOCK],
    /// As above, at most about 1/2 in magnitude.
    pub power: [f64; BLOCK],
    /// The largest of the others.
    pub top: [f64; BLOCK],
    /// The next, which may be equal; if there is none, what probability 0 has.
    pub second: [f64; BLOCK],
    /// What of logits is averaged over rows, where `settled`: then none of the above.
    pub terms: [[f64; BLOCK]; TERMS],
    /// Whether the terms are there.
    pub settled: bool,
    /// The rows' labels.
    pub labels: [Label<f64>; BLOCK],
    /// Whether rows are parts of rows, which may be without their label.
    pub parts: bool,
    /// How many entries stand before the label, from high to low and by index.
    pub rank: [f64; BLOCK],
    /// The lowest index of the largest of all.
    pub predicted: [f64; BLOCK],
    /// Bit `i` is whether row `i` is left out: the rest of it says nothing.
    pub left_out: u64,
}

impl Visits {
    /// Room for visits.
    pub const NONE: Visits = {
        let column = [0.0; BLOCK];
        Visits {
            rest: column,
            squares: column,
            slope: column,
            power: column,
            top: column,
            second: column,
            terms: [column; TERMS],
            settled: false,
            labels: [Label { score: 0.0, at: 0, passed: false }; BLOCK],
            parts: false,
            rank: column,
            predicted: column,
            left_out: 0,
        }
    };

    /// The label's rank and the predicted class of row `i < BLOCK`.
    #[inline(always)]
    pub fn places(&self, i: usize) -> (usize, usize) {
        // SAFETY: what is written there are counts and indices.
        let whole = |x: f64| unsafe { x.to_int_unchecked::<i64>() } as usize;
        let get = |column: &[f64; BLOCK]| whole(*column.get(i).unwrap_or(&0.0));
        (get(&self.rank), get(&self.predicted))
    }
}

/// Bytes by which a row, and the next, is asked for ahead.
pub(super) const AHEAD: usize = 8 << 10;

/// Vectors that are added before the sums go into something wider.
const FOLD: usize = 32;

/// The sums and the two largest of each lane.
struct Lane<E: Elem, S: Io<E>, const LOGITS: bool> {
    sums: [V<E, S>; 3],
    totals: [W<E, S>; 3],
    top: V<E, S>,
    second: V<E, S>,
    least: V<E, S>,
}

impl<E: Elem, S: Io<E>, const LOGITS: bool> Lane<E, S, LOGITS> {
    #[inline(always)]
    fn new(s: S) -> Self {
        let zero = s.splat(E::Acc::ZERO);
        let none = s.splat(nothing::<E>(LOGITS));
        Lane { sums: [zero; 3], totals: [s.wide_zero(); 3], top: none, second: none, least: zero }
    }

    /// Adds a vector; `own` is the label's entry.
    #[inline(always)]
    fn add(&mut self, s: S, plan: &ExpPlan<E::Acc>, own: V<E, S>, v: V<E, S>) {
        let (e, factor) = if LOGITS {
            let x = plan.within::<E, S>(s, v);
            (plan.eval_difference::<E, S>(s, x), s.sub(x, own))
        } else {
            self.least = s.min(v, self.least);
            (v, ln_small::<E::Acc, S>(s, v))
        };
        let [rest, squares, slope] = &mut self.sums;
        *rest = s.add(*rest, e);
        *squares = s.mul_add(e, e, *squares);
        *slope = s.mul_add(e, factor, *slope);
        self.second = s.max(s.min(self.top, v), self.second);
        self.top = s.max(v, self.top);
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
    fn largest(&self, s: S) -> (E::Acc, E::Acc) {
        let top = s.reduce_max(self.top);
        let ties = s.eq(self.top, s.splat(top));
        if s.bits(ties).count_ones() > 1 {
            return (top, top);
        }
        (top, s.reduce_max(s.select(ties, self.second, self.top)))
    }
}

/// What stands where no entry is.
#[inline(always)]
pub fn nothing<E: Elem>(logits: bool) -> E::Acc {
    if logits { E::Acc::NEG_INFINITY } else { E::Acc::ZERO }
}

/// Visits a row, and writes what is known of it to place `i`; false if it is left out.
///
/// # Safety
/// `row` must be readable for `n` values, of which the label is one if it is here;
/// `i < BLOCK`.
#[inline(always)]
pub unsafe fn visit<E: Elem, S: Io<E>, const LOGITS: bool>(
    s: S,
    row: *const E,
    n: usize,
    scale: &Scale<E::Acc>,
    to: &mut Visits,
    i: usize,
) -> bool {
    let lanes = <S as Lanes<E::Acc>>::N;
    let none = nothing::<E>(LOGITS);
    // SAFETY: the caller vouches for the place.
    let label = unsafe { *to.labels.get_unchecked(i) };
    let own = E::Acc::of(label.score);
    let Some((plan, power)) = scale.near(if LOGITS { own } else { E::Acc::ZERO }) else {
        return false;
    };
    let (base, next) = (s.splat(own), s.splat(own.above()));
    let mut lane = Lane::<E, S, LOGITS>::new(s);
    let (at_label, full) = (label.at - label.at % lanes, n - n % lanes);
    let (mut at, mut rank) = (0, 0);
    // An entry stands before the label if it is at least this: until the label's vector
    // is met the label itself, from then on the next number.
    let mut bar = if label.passed { next } else { base };
    let mut end = at_label.min(full);
    // SAFETY: every load starts at `at` and ends at or before `n`; the caller vouches
    // for the place.
    unsafe {
        loop {
            while at < end {
                let stop = end.min(at + FOLD * lanes);
                while at < stop {
                    let v = s.load(row.add(at));
                    s.prefetch(row.wrapping_add(at + AHEAD / size_of::<E>()));
                    rank += s.bits(s.ge(v, bar)).count_ones() as usize;
                    lane.add(s, &plan, base, v);
                    at += lanes;
                }
                lane.fold(s);
            }
            if at >= n {
                break;
            }
            // A vector by itself: the label's, without it, or the tail.
            let mut v = s.load_head(row.add(at), lanes.min(n - at), none);
            let mut stands = s.bits(s.ge(v, bar));
            if at == at_label {
                let (before, to) = (s.head(label.at - at), s.head(label.at - at + 1));
                (bar, end) = (next, full);
                stands = stands & s.bits(before) | s.bits(s.ge(v, bar));
                v = s.select(before, v, s.select(to, s.splat(none), v));
            }
            rank += stands.count_ones() as usize;
            lane.add(s, &plan, base, v);
            at += lanes;
        }
        lane.fold(s);
        let [rest, squares, slope] = lane.totals.map(|total| s.wide_sum(total));
        let (top, second) = lane.largest(s);
        // Written so that NaN fails.
        let mut good = squares < f64::MAX && rest < f64::MAX;
        if !LOGITS {
            let zero = s.splat(E::Acc::ZERO);
            let p = own.to_f64();
            good = good
                && s.bits(s.gt(zero, lane.least)) == 0
                && (SMALLEST..=LARGEST).contains(&p)
                && top.to_f64() <= LARGEST;
        }
        if !good {
            return false;
        }
        let some = if LOGITS && rest < least_rest::<E::Acc>(n) { 0.0 } else { 1.0 };
        let predicted = if rank == 0 { label.at } else { top::find(s, row, n, top) };
        let set = |column: &mut [f64; BLOCK], x: f64| *column.get_unchecked_mut(i) = x;
        set(&mut to.rest, some * rest);
        set(&mut to.squares, squares);
        set(&mut to.slope, some * slope);
        set(&mut to.power, power);
        set(&mut to.top, top.to_f64());
        set(&mut to.second, second.to_f64());
        set(&mut to.rank, rank as f64);
        set(&mut to.predicted, predicted as f64);
    }
    true
}
