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
use super::moments_pass::{Scales, sums, write};
use super::numbers::Numbers;
use crate::simd::{Elem, Real};

/// Rows of scores, of whatever type: what is done with moments is not worth a copy of
/// the code for each.
#[derive(Clone, Copy)]
pub struct Table {
    /// Where they lie.
    pub numbers: Numbers,
    /// From row to row, in elements.
    pub stride: usize,
    /// Number of rows.
    pub rows: usize,
    /// Values in a row.
    pub cols: usize,
}

impl Table {
    /// Row `r < rows`.
    #[inline(always)]
    pub fn row(&self, r: usize) -> Row {
        Row::new(self.row_numbers(r), self.cols)
    }

    /// The numbers of row `r < rows`.
    #[inline(always)]
    pub fn row_numbers(&self, r: usize) -> Numbers {
        self.numbers.from(r.wrapping_mul(self.stride))
    }

    /// Row `r < rows` without entry `hole < cols`.
    #[inline(always)]
    pub fn row_without(&self, r: usize, hole: usize) -> Row {
        Row::without(self.row_numbers(r), self.cols, hole)
    }
}

/// Rows to write, of the type of those that are read.
#[derive(Clone, Copy)]
pub struct TableMut {
    /// Where they lie.
    pub data: *mut u8,
    /// From row to row, in bytes.
    pub stride: usize,
}

impl TableMut {
    /// Where row `r` starts.
    #[inline(always)]
    pub fn row(&self, r: usize) -> *mut u8 {
        self.data.wrapping_add(r.wrapping_mul(self.stride))
    }
}

/// A row of scores, and what its maximum says about it. One entry may be left out.
#[derive(Clone, Copy)]
pub struct Row {
    data: Numbers,
    n: usize,
    /// The entry that is left out, or `n`.
    hole: usize,
    kind: Kind<f64>,
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
    #[inline(never)]
    pub fn log_mean(&self) -> f64 {
        libm::log(self.sum / self.entries)
    }

    /// The divergence of the shares from equal ones: of the entries above -inf, as if
    /// the others were not there.
    #[inline(never)]
    pub fn divergence(&self) -> f64 {
        let divergence = self.mean - self.log_mean();
        if divergence < 0.0 { 0.0 } else { divergence }
    }
}

impl Row {
    /// The first `n` of these numbers, which whoever made the table vouched for.
    #[inline(always)]
    pub fn new(data: Numbers, n: usize) -> Self {
        Row { data, n, hole: n, kind: kind_of(data, n) }
    }

    /// The row without entry `hole < n`; only of its shares and moments may be asked.
    #[inline(never)]
    pub fn without(data: Numbers, n: usize, hole: usize) -> Self {
        let row = Row { data, n, hole, kind: Kind::Empty };
        let kinds = row.parts().map(|(start, n)| kind_of(data.from(start), n));
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

    /// Start and length of what stands before the hole and behind it, if anything does.
    #[inline(always)]
    fn parts(&self) -> [(usize, usize); 2] {
        let behind = self.hole.saturating_add(1).min(self.n);
        [(0, self.hole), (behind, self.n - behind)]
    }

    /// Its numbers.
    pub fn numbers(&self) -> Numbers {
        self.data
    }

    /// The entry that is left out; as many as there are, if none is.
    pub fn hole(&self) -> usize {
        self.hole
    }

    /// How many entries it has, with the one that is left out.
    pub fn cols(&self) -> usize {
        self.n
    }

    /// What its maximum says.
    pub fn kind(&self) -> &Kind<f64> {
        &self.kind
    }

    /// Four times what rounding changes of what is computed with, or more.
    pub fn rough(&self) -> f64 {
        if matches!(self.data, Numbers::F64(_)) { f64::ROUGH } else { f32::ROUGH }
    }

    /// Entry `i < n`.
    #[inline(always)]
    pub fn at(&self, i: usize) -> f64 {
        // SAFETY: whoever made the table vouched for its rows.
        unsafe { self.data.get(i) }
    }

    /// The largest entry.
    pub fn top(&self) -> f64 {
        match self.kind {
            Kind::Finite(max) => max,
            Kind::Infinite(_) => f64::INFINITY,
            Kind::Empty => f64::NEG_INFINITY,
            Kind::Nan => f64::NAN,
        }
    }

    /// How far a score is below the largest, if that is so.
    pub fn behind(&self, own: f64) -> f64 {
        // Of two infinities there is no difference.
        if own == self.top() { 0.0 } else { self.top() - own }
    }

    /// The share of an entry that is `behind` the largest.
    #[inline(never)]
    pub fn share(&self, behind: f64, temperature: f64, sum: f64) -> f64 {
        match self.kind {
            Kind::Infinite(_) if behind > 0.0 => 0.0,
            _ => libm::exp(-behind / temperature) / sum,
        }
    }

    /// Whether entry `i < n` is the first of the largest.
    #[inline(always)]
    pub fn is_first(&self, i: usize) -> bool {
        self.at(i) == self.top() && count_equal(self.data, i, self.top()) == 0
    }

    /// The first of the largest entries; `n` if there is none.
    #[inline(never)]
    pub fn first(&self) -> usize {
        (0..self.n).find(|i| self.at(*i) == self.top()).unwrap_or(self.n)
    }

    /// Its moments.
    #[inline(never)]
    pub fn moments(&self, scales: &Scales) -> Moments {
        match self.kind {
            Kind::Finite(max) => {
                let mut all = [0.0; 4];
                for (start, n) in self.parts().into_iter().filter(|(_, n)| *n > 0) {
                    let sums = sums(self.data.from(start), n, max, scales);
                    all.iter_mut().zip(sums).for_each(|(total, sum)| *total += sum);
                }
                let [sum, first, second, entries] = all;
                let mean = first / sum;
                let variance = f64::max(second / sum - mean * mean, 0.0);
                Moments { sum, mean, variance, entries }
            }
            Kind::Infinite(count) => {
                let counts = |i: &usize| *i != self.hole && self.at(*i) > f64::NEG_INFINITY;
                let entries = (0..self.n).filter(counts).count() as f64;
                Moments { sum: count, mean: 0.0, variance: 0.0, entries }
            }
            _ => Moments::NAN,
        }
    }

    /// Writes `factor` times the shares of a row with this sum at these scales; NaN where
    /// there are none.
    ///
    /// # Safety
    /// `to` must be writable for as many values of the row's type as it has; it may be
    /// the row.
    #[inline(never)]
    pub unsafe fn write(&self, scales: &Scales, sum: f64, factor: f64, to: *mut u8) {
        let Kind::Finite(max) = self.kind else {
            for i in (0..self.n).filter(|i| *i != self.hole) {
                let share = if self.at(i) == self.top() { 1.0 / sum } else { 0.0 };
                let share = if sum.is_nan() { sum } else { share };
                // SAFETY: the caller vouches for the row.
                unsafe { self.put(to, i, factor * share) };
            }
            return;
        };
        for (start, n) in self.parts().into_iter().filter(|(_, n)| *n > 0) {
            let to = to.wrapping_add(start * self.data.size());
            write((self.data.from(start), n, max), scales, (sum, factor), to);
        }
    }

    /// Writes `x` to place `i < n` of a row of the same type.
    ///
    /// # Safety
    /// `to` must be writable for as many values as the row has.
    #[inline(always)]
    pub unsafe fn put(&self, to: *mut u8, i: usize, x: f64) {
        // SAFETY: the caller vouches for the row.
        unsafe { self.data.put(to, i, x) }
    }
}

/// What the maximum of `n` numbers says about them.
#[inline(never)]
fn kind_of(numbers: Numbers, n: usize) -> Kind<f64> {
    fn of<E: Elem>(row: *const E, n: usize) -> Kind<f64> {
        // SAFETY: whoever made the table vouched for its rows.
        match unsafe { kind(row, n) } {
            Kind::Finite(max) => Kind::Finite(max.to_f64()),
            Kind::Infinite(count) => Kind::Infinite(count),
            Kind::Empty => Kind::Empty,
            Kind::Nan => Kind::Nan,
        }
    }
    match numbers {
        Numbers::F32(row) => of(row, n),
        Numbers::F64(row) => of(row, n),
        Numbers::F16(row) => of(row, n),
        Numbers::Bf16(row) => of(row, n),
    }
}

/// How many of `n` numbers are `x`: counted to the end, so that it is done in vectors.
#[inline(never)]
fn count_equal(numbers: Numbers, n: usize, x: f64) -> usize {
    #[inline(always)]
    fn of<E: Elem>(row: *const E, n: usize, x: f64) -> usize {
        let x = E::Acc::of(x);
        // SAFETY: whoever made the table vouched for its rows.
        let is = |i: usize| unsafe { (*row.add(i)).widen() } == x;
        (0..n).fold(0, |count, i| count + usize::from(is(i)))
    }
    match numbers {
        Numbers::F32(row) => of(row, n, x),
        Numbers::F64(row) => of(row, n, x),
        Numbers::F16(row) => of(row, n, x),
        Numbers::Bf16(row) => of(row, n, x),
    }
}
