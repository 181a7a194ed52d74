//! Rows whose columns are seen in parts: shards of a vocabulary.
//!
//! Every part knows the label's logit, so it can leave that out, and say how many stand
//! before it. Its sums are relative to its own largest column, not to the label, which may
//! be so far off that columns of different parts would not be told apart; where two parts
//! meet, those of the lower become relative to the higher.

use super::evaluate_row::of_infinite;
use super::evaluate_terms::Terms;
use crate::math::exp::Scale;
use crate::math::sum::Sum;
use crate::rows::labels::Labels;
use crate::rows::view::Rows;
use crate::rows::visit::{BLOCK, Label, Visits};
use crate::rows::visit_block::visit_block;
use crate::simd::{Elem, Real};
use crate::state::{Head, Kind, Params, State};

/// Some rows; the header's parameter is their number.
#[repr(C)]
pub struct EvaluateRows {
    head: Head,
    rows: [Part],
}

/// What is known of the columns seen so far, but the label's. Exponentials are relative
/// to that of the largest.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Part {
    /// The two largest, where any column was seen.
    top: f64,
    second: f64,
    /// The sum of all exponentials but that of the largest, beside which small ones would
    /// be lost; of +inf how many there are but one. NaN if a column is.
    below: f64,
    /// The sum of the squares of all.
    squares: f64,
    /// The sum of each times its distance from the largest.
    slope: f64,
    /// The lowest index of the largest, where one stands before the label.
    predicted: u64,
    /// How many stand before the label.
    rank: u64,
    /// Columns seen.
    seen: u64,
}

const _: () = assert!(size_of::<Part>() == 8 * 8);

// SAFETY: repr(C) of f64s and u64s behind a head of 16 bytes.
unsafe impl State for EvaluateRows {
    const KIND: Kind = Kind::EvaluateRows;

    fn size(rows: &Params) -> Option<usize> {
        let bytes = size_of::<Head>() as u64 + u64::from(rows.param) * size_of::<Part>() as u64;
        // The header has 32 bits for it.
        u32::try_from(bytes).ok().and_then(|bytes| usize::try_from(bytes).ok())
    }

    fn at(data: *mut u8, rows: &Params) -> *mut Self {
        core::ptr::slice_from_raw_parts_mut(data, rows.param as usize) as *mut Self
    }

    fn merge(&mut self, other: &Self) {
        self.rows.iter_mut().zip(&other.rows).for_each(|(part, more)| part.merge(more));
    }
}

/// `exp(x - y)` without what rounding takes from the difference; of equals 1.
fn exp_apart(x: f64, y: f64) -> f64 {
    if x == y {
        return 1.0;
    }
    let apart = x - y;
    let e = libm::exp(apart);
    // Else a fraction is not told apart, or the result is 0 anyway.
    if apart.abs() < 1000.0 {
        let part = apart - x;
        e + e * ((x - (apart - part)) - (y + part))
    } else {
        e
    }
}

/// `x` times `distance`, where 0 is 0 however far.
fn weighed(x: f64, distance: f64) -> f64 {
    if x > 0.0 { x * distance } else { 0.0 }
}

impl Part {
    /// No more than that columns were seen, all of them -inf.
    fn none(seen: u64) -> Part {
        let (top, second) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let (below, squares, slope, predicted, rank) = (0.0, 0.0, 0.0, 0, 0);
        Part { top, second, below, squares, slope, predicted, rank, seen }
    }

    /// Adds what is known of other columns of the row.
    fn merge(&mut self, other: &Part) {
        if self.seen == 0 {
            *self = *other;
            return;
        }
        if other.seen == 0 {
            return;
        }
        let (high, low) = if self.top >= other.top { (*self, *other) } else { (*other, *self) };
        let factor = if low.top == f64::NEG_INFINITY { 0.0 } else { exp_apart(low.top, high.top) };
        // In this order, so that of equals either may be the first.
        let below = (high.below + factor * low.below) + factor;
        let predicted = match (high.rank > 0, low.rank > 0) {
            (true, true) if high.top == low.top => high.predicted.min(low.predicted),
            (true, _) => high.predicted,
            _ => low.predicted,
        };
        *self = Part {
            top: high.top,
            second: high.second.max(low.top),
            below: if below.is_nan() { f64::NAN } else { below },
            squares: high.squares + factor * factor * low.squares,
            slope: high.slope + low.slope_from(high.top, factor),
            predicted,
            rank: high.rank.wrapping_add(low.rank),
            seen: high.seen.wrapping_add(low.seen),
        };
    }

    /// The slope relative to `x`, beside which all exponentials are `factor` times as large.
    fn slope_from(&self, x: f64, factor: f64) -> f64 {
        if self.top == x {
            return self.slope;
        }
        factor * self.slope + weighed(factor * (1.0 + self.below), self.top - x)
    }

    /// What a visit to some columns, of which the first is `first`, found out; the visit
    /// was relative to the label's `own`.
    fn of_visit(visits: &Visits, i: usize, own: f64, first: u64, seen: u64) -> Part {
        let get = |column: &[f64; BLOCK]| *column.get(i).unwrap_or(&0.0);
        let (top, rest) = (get(&visits.top), get(&visits.rest));
        let (rank, predicted) = visits.places(i);
        let mut part = Part {
            // Without the sign of a 0.
            top: top + 0.0,
            second: get(&visits.second) + 0.0,
            predicted: if rank > 0 { first + predicted as u64 } else { 0 },
            rank: rank as u64,
            ..Part::none(seen)
        };
        if rest > 0.0 {
            let factor = libm::exp2(-get(&visits.power)) * exp_apart(own, top);
            part.below = rest * factor - 1.0;
            part.squares = get(&visits.squares) * factor * factor;
            // From the label's distance to the largest's.
            part.slope = (get(&visits.slope) + rest * (own - top)) * factor;
        } else if top > f64::NEG_INFINITY {
            // So far below the label that the sums lost them all.
            part.squares = 1.0;
        }
        part
    }

    /// That by definition, for columns that a visit leaves out; the label, if it is here,
    /// at `at`.
    fn by_definition(row: &dyn Fn(usize) -> f64, n: usize, first: u64, label: &Label<f64>) -> Part {
        let mut part = Part::none(n as u64);
        let (mut place, mut nan, mut infinite) = (usize::MAX, label.score.is_nan(), 0u32);
        for i in (0..n).filter(|i| *i != label.at) {
            let v = row(i) + 0.0;
            nan |= v.is_nan();
            infinite += u32::from(v == f64::INFINITY);
            let before = label.passed || i > label.at;
            part.rank += u64::from(v > label.score || (v == label.score && !before));
            if v > part.top {
                (part.top, part.second, place) = (v, part.top, i);
            } else {
                part.second = part.second.max(v);
            }
        }
        if part.rank > 0 && place < n {
            part.predicted = first + place as u64;
        }
        if nan {
            part.below = f64::NAN;
        } else if infinite > 0 {
            part.below = f64::from(infinite - 1);
        } else if place < n {
            let (mut below, mut squares, mut slope) = (Sum::ZERO, Sum::ZERO, Sum::ZERO);
            squares = squares.plus(1.0);
            for i in (0..n).filter(|i| *i != label.at && *i != place) {
                let e = exp_apart(row(i), part.top);
                below = below.plus(e);
                squares = squares.plus(e * e);
                slope = slope.plus(weighed(e, row(i) - part.top));
            }
            (part.below, part.squares, part.slope) =
                (below.value(), squares.value(), slope.value());
        }
        part
    }

    /// The label's rank, the predicted class, and the terms of the row; nothing if it has
    /// no probabilities.
    pub fn finish(&self, own: f64, label: usize) -> Option<(usize, usize, Terms)> {
        let part = if self.seen == 0 { Part::none(0) } else { *self };
        let predicted = if part.rank == 0 { label } else { part.predicted as usize };
        let most = part.top.max(own);
        if own.is_nan() || part.below.is_nan() || most == f64::NEG_INFINITY {
            return None;
        }
        let terms = if most == f64::INFINITY {
            let others = if part.top == most { part.below + 1.0 } else { 0.0 };
            of_infinite(others + f64::from(u8::from(own == most)), own == most)
        } else {
            part.terms(own)
        };
        Some((part.rank as usize, predicted, terms))
    }

    /// The terms of finite logits, or -inf but for the largest, to which all is relative.
    fn terms(&self, own: f64) -> Terms {
        let most = self.top.max(own);
        let factor = if self.top == f64::NEG_INFINITY { 0.0 } else { exp_apart(self.top, most) };
        let (others, of_own) = (factor * (1.0 + self.below), exp_apart(own, most));
        // Without the largest, which is 1; and the next.
        let (below, next) = if own >= self.top {
            (others, self.top)
        } else {
            (self.below + of_own, self.second.max(own))
        };
        let (share, log) = (1.0 / (1.0 + below), libm::log1p(below));
        let slope = self.slope_from(most, factor) + weighed(of_own, own - most);
        Terms {
            nll: (most - own) + log,
            brier: (others * others + self.squares * factor * factor) * share * share,
            confidence: share.min(1.0),
            entropy: (log - slope * share).max(0.0),
            margin: ((1.0 - exp_apart(next, most)) * share).clamp(0.0, 1.0),
        }
    }
}

/// The labels of rows: their logits, and their classes.
#[derive(Clone, Copy)]
pub struct RowLabels {
    /// One logit a row.
    pub scores: *const f64,
    /// One class a row, of the whole vocabulary.
    pub classes: Labels,
}

impl RowLabels {
    /// The logit and the class of row `r`.
    #[inline(always)]
    fn get(&self, r: usize) -> (f64, u64) {
        // SAFETY: who made this was told of a logit a row.
        (unsafe { *self.scores.add(r) }, self.classes.get(r))
    }

    /// The label of row `r` among columns of which the first is `first`.
    #[inline(always)]
    fn label(&self, r: usize, first: u64, cols: usize) -> Label<f64> {
        let (score, class) = self.get(r);
        let here = class >= first && class - first < cols as u64;
        let at = if here { (class - first) as usize } else { cols + BLOCK };
        Label { score, at, passed: class < first }
    }
}

impl EvaluateRows {
    /// How many rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// What the columns of each row, and its label, come to.
    pub fn each(&self, labels: RowLabels, mut f: impl FnMut(usize, Option<(usize, usize, Terms)>)) {
        for (r, part) in self.rows.iter().enumerate() {
            let (own, class) = labels.get(r);
            f(r, part.finish(own, class as usize));
        }
    }

    /// Adds columns of as many rows as there are, of which the first is `first`.
    pub fn update<E: Elem>(&mut self, x: Rows<E>, first: u64, labels: RowLabels) {
        if x.cols == 0 {
            return;
        }
        let mut visits = Visits { parts: true, ..Visits::NONE };
        let scale = Scale::new(1.0);
        let mut start = 0;
        while start < x.rows {
            let count = BLOCK.min(x.rows - start);
            for (i, label) in visits.labels.iter_mut().enumerate().take(count) {
                *label = labels.label(start + i, first, x.cols);
            }
            visit_block(&x.part(start, count), &scale, true, &mut visits);
            for (i, part) in self.rows.iter_mut().skip(start).take(count).enumerate() {
                let more = if visits.left_out >> i & 1 != 0 {
                    let row = x.row(start + i);
                    // SAFETY: the view vouches for its rows.
                    let value = |i: usize| unsafe { *row.add(i) }.widen().to_f64();
                    let label = labels.label(start + i, first, x.cols);
                    Part::by_definition(&value, x.cols, first, &label)
                } else {
                    let (own, _) = labels.get(start + i);
                    Part::of_visit(&visits, i, own, first, x.cols as u64)
                };
                part.merge(&more);
            }
            start += count;
        }
    }
}
